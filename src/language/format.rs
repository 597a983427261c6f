//! The canonical layout of a text. Knows tokens and lines, no statement: what it cannot read it leaves as it is.

use alloc::string::String;

use super::diagnostic::Diagnostic;
use super::lexer::{Token, TokenKind, is_space, lex};
use super::lines::{LineKind, TextLine, lines};
use super::parse::too_long;

/// Lays a text out: one space between words, at most one blank line, no white space at the ends, LF.
///
/// Comments, narration and the way in which numbers and strings are written stay. The result says
/// the same as the text, and laying it out again changes nothing.
///
/// # Errors
///
/// A text over the limits of a scenario is refused with the parser's diagnostic.
pub fn format(text: &str) -> Result<String, Diagnostic> {
    if let Some(diagnostic) = too_long(text) {
        return Err(diagnostic);
    }
    let mut out = String::with_capacity(text.len());
    let mut gap = false;
    for line in lines(text) {
        let kind = line.kind();
        if kind == LineKind::Blank {
            gap = !out.is_empty();
            continue;
        }
        if core::mem::take(&mut gap) {
            out.push('\n');
        }
        match kind {
            LineKind::Blank => {}
            LineKind::Comment(words) => {
                out.push('#');
                out.push_str(words);
            }
            LineKind::Narration("") => out.push('>'),
            LineKind::Narration(words) => {
                out.push_str("> ");
                out.push_str(words);
            }
            LineKind::Statement => statement(line, &mut out),
        }
        out.push('\n');
    }
    Ok(out)
}

/// Where the comment of a line begins, in bytes.
pub(crate) fn comment_of(line: &str) -> Option<usize> {
    lex(line, 0).comment.map(|comment| comment.start as usize)
}

fn statement(line: TextLine<'_>, out: &mut String) {
    let lexed = lex(line.text, 0);
    if lexed.unclosed.is_some() {
        out.push_str(line.trimmed());
        return;
    }
    let mut before: Option<&Token> = None;
    for token in &lexed.tokens {
        if before.is_some_and(|before| spaced(before, token)) {
            out.push(' ');
        }
        out.push_str(&line.text[token.span.start as usize..token.span.end as usize]);
        before = Some(token);
    }
    if let Some(comment) = lexed.comment {
        out.push_str("  ");
        out.push_str(line.text[comment.start as usize..].trim_end_matches(is_space));
    }
}

/// Whether a space belongs between two tokens: not before a comma, not in `"a name".fact`.
fn spaced(before: &Token, token: &Token) -> bool {
    let fact = before.kind == TokenKind::Text && token.kind == TokenKind::Word && token.glued;
    token.kind != TokenKind::Comma && !fact
}
