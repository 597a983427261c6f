//! Problems of a text drawn with their lines and carets, as the command line draws them. Knows no element.

use offset_lab::language::{Diagnostic, Parsed};

/// Problems that are drawn; the rest is counted.
const MOST: usize = 10;
/// Characters of a line that are shown before and behind a problem.
const AROUND: usize = 60;

/// All problems of a text that is called `name`, with an empty line between them.
pub(super) fn drawn(name: &str, text: &str, parsed: &Parsed) -> String {
    let shown = parsed.diagnostics.iter().take(MOST);
    let mut all: Vec<String> = shown.map(|d| one(name, text, d)).collect();
    let more = parsed.diagnostics.len().saturating_sub(MOST) + parsed.more;
    if more > 0 {
        all.push(format!("and {more} more"));
    }
    all.join("\n\n")
}

fn one(name: &str, text: &str, diagnostic: &Diagnostic) -> String {
    let Diagnostic {
        span,
        line,
        column,
        message,
        help,
        ..
    } = diagnostic;
    let (start, end) = (span.start as usize, span.end as usize);
    let begin = text[..start].rfind('\n').map_or(0, |at| at + 1);
    let whole = text[begin..].split('\n').next().unwrap_or("");
    let whole = whole.strip_suffix('\r').unwrap_or(whole);
    let (start, end) = (start - begin, (end - begin).min(whole.len()));
    let before: Vec<char> = whole[..start].chars().map(plain).collect();
    let skipped = before.len().saturating_sub(AROUND);
    let left: String = before[skipped..].iter().collect();
    let rest: String = whole[start..].chars().map(plain).take(2 * AROUND).collect();
    let wide = whole[start..end.max(start)].chars().count();
    let carets = "^".repeat(wide.clamp(1, 2 * AROUND));
    let cut = if skipped > 0 { "..." } else { "" };
    let margin = " ".repeat(line.to_string().len());
    let blank = " ".repeat(cut.len() + left.chars().count());
    let mut drawn = format!(
        "error: {message}\n{margin}--> {name}:{line}:{column}\n{margin} |\n{line} | {cut}{left}{rest}\n{margin} | {blank}{carets}"
    );
    if !help.is_empty() {
        drawn.push_str(&format!("\n{margin} |\n{margin} = help: {help}"));
    }
    drawn
}

/// A character that takes the place of one in every font with equal widths.
fn plain(c: char) -> char {
    match c {
        '\t' => ' ',
        c if c.is_control() => '\u{fffd}',
        c => c,
    }
}
