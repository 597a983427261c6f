//! `offset-lab check`: every scenario below some paths, and those that Markdown files show.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use offset_lab::Timeline;
use pulldown_cmark::{CodeBlockKind, Event, Parser, Tag, TagEnd};

use crate::output::{self, Named, Out, Outcome};
use crate::run::{outcome, simulated};
use crate::source;

/// The info string of the code blocks that are scenarios.
const INFO: &str = "offset-lab";

/// Scenarios so far.
#[derive(Default)]
struct Tally {
    passed: u32,
    failed: u32,
    worst: Option<Outcome>,
}

/// Checks everything below `paths`.
pub(crate) fn check(paths: &[PathBuf], out: &mut Out) -> io::Result<Outcome> {
    let mut tally = Tally::default();
    for path in paths {
        let mut files = Vec::new();
        if let Err(message) = collect(path, &mut files) {
            output::problem(&message);
            tally.worst = Some(Outcome::Bad);
        }
        for file in files {
            one_file(&file, &mut tally, out)?;
        }
    }
    let Tally {
        passed,
        failed,
        worst,
    } = tally;
    writeln!(out, "{passed} passed, {failed} failed")?;
    Ok(worst.unwrap_or(Outcome::Good))
}

/// The files at or below `path`, sorted; a file that is named is taken whatever it is called.
fn collect(path: &Path, files: &mut Vec<PathBuf>) -> Result<(), String> {
    if !path.is_dir() {
        files.push(path.to_owned());
        return Ok(());
    }
    let failed =
        |error: io::Error| format!("cannot read {}: {}", path.display(), source::reason(&error));
    let mut entries = Vec::new();
    for entry in std::fs::read_dir(path).map_err(failed)? {
        let entry = entry.map_err(failed)?;
        entries.push((entry.path(), entry.file_type().map_err(failed)?));
    }
    entries.sort_by(|(a, _), (b, _)| a.cmp(b));
    for (path, kind) in entries {
        let hidden = path
            .file_name()
            .is_some_and(|name| name.as_encoded_bytes().starts_with(b"."));
        let wanted = path
            .extension()
            .is_some_and(|end| end == "lab" || end == "md");
        if kind.is_dir() && !hidden {
            collect(&path, files)?;
        } else if wanted && path.is_file() {
            files.push(path);
        }
    }
    Ok(())
}

fn one_file(file: &Path, tally: &mut Tally, out: &mut Out) -> io::Result<()> {
    let source = match source::read(file) {
        Ok(source) => source,
        Err(message) => {
            output::problem(&message);
            tally.failed += 1;
            tally.worst = Some(Outcome::Bad);
            return Ok(());
        }
    };
    let name = source.name.as_str();
    if file.extension().is_some_and(|end| end == "md") {
        for (text, line) in blocks(&source.text) {
            let shown = format!("{name}:{line}");
            let of = Named {
                name,
                text: &text,
                above: line,
            };
            one_text(&shown, of, tally, out)?;
        }
        return Ok(());
    }
    let of = Named {
        name,
        text: &source.text,
        above: 0,
    };
    one_text(name, of, tally, out)
}

fn one_text(shown: &str, of: Named<'_>, tally: &mut Tally, out: &mut Out) -> io::Result<()> {
    let (timeline, diagnostics, more) = simulated(of.text);
    let result = outcome(timeline.as_ref(), &diagnostics);
    tally.worst = tally.worst.max(Some(result));
    if result == Outcome::Good {
        tally.passed += 1;
        return writeln!(out, "\u{1b}[32mpassed\u{1b}[0m {shown}");
    }
    tally.failed += 1;
    writeln!(out, "\u{1b}[1;31mfailed\u{1b}[0m {shown}")?;
    for check in timeline
        .iter()
        .flat_map(Timeline::checks)
        .filter(|check| !check.passed)
    {
        let statements = timeline
            .as_ref()
            .map(|timeline| &timeline.scenario().statements);
        let line = statements.map_or(0, |all| all[check.statement.index()].line) + of.above;
        writeln!(
            out,
            "       line {line}: {} (was {})",
            output::plain(&check.text),
            output::plain(&check.actual)
        )?;
    }
    out.flush()?;
    output::diagnostics(of, &diagnostics, more);
    Ok(())
}

/// The scenario blocks of a Markdown text, each with the number of the line above its first.
fn blocks(markdown: &str) -> Vec<(String, u32)> {
    let mut blocks = Vec::new();
    let mut open: Option<(String, u32)> = None;
    for (event, range) in Parser::new(markdown).into_offset_iter() {
        if let Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info))) = &event
            && info.split_whitespace().next() == Some(INFO)
        {
            let above = markdown[..range.start].matches('\n').count() + 1;
            open = Some((String::new(), u32::try_from(above).unwrap_or(u32::MAX)));
        } else if let (Event::Text(text), Some((block, _))) = (&event, &mut open) {
            block.push_str(text);
        } else if let Event::End(TagEnd::CodeBlock) = event {
            blocks.extend(open.take());
        }
    }
    blocks
}

#[cfg(test)]
mod tests {
    use super::blocks;

    #[test]
    fn only_fenced_blocks_with_the_name_are_scenarios() {
        let text = "# A\n\n```offset-lab\nrun\nstream s\n```\n\n```rust\nfn\n```\n\n\
                    - list\n\n  ~~~offset-lab title\n  stream t\n  ~~~\n\nText\n\n    ```offset-lab\n    no\n    ```\n";
        let found = blocks(text);
        assert_eq!(
            found,
            [
                ("run\nstream s\n".to_owned(), 3),
                ("stream t\n".to_owned(), 14)
            ]
        );
    }
}
