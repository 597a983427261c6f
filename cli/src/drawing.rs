//! Diagnostics drawn with their lines and carets, as text. Knows no terminal: what one would obey is written out here,
//! because the carets have to stand below what is shown.

use std::borrow::Cow;

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};
use offset_lab::language::Diagnostic;

use crate::escape::{Syntax, escaped};

/// A text as diagnostics name it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Named<'a> {
    /// The file.
    pub(crate) name: &'a str,
    /// The text.
    pub(crate) text: &'a str,
    /// Lines of the file before the text.
    pub(crate) above: u32,
}

/// One diagnostic of a text.
pub(crate) fn drawn(of: Named<'_>, diagnostic: &Diagnostic, renderer: &Renderer) -> String {
    let start = diagnostic.span.start as usize;
    let end = diagnostic.span.end as usize;
    let before = of.text[..start].rfind('\n').map_or(0, |at| at + 1);
    let line = of.text[before..].split('\n').next().unwrap_or("");
    let line = line.strip_suffix('\r').unwrap_or(line);
    let (start, end) = (start - before, (end - before).min(line.len()));
    // A line of megabytes is cut to what is around the problem.
    let (from, to) = around(line, start, end);
    let shown = source(&line[from..to]);
    let shown_start = source(&line[from..start]).len();
    let shown_end = source(&line[from..end.min(to)]).len();
    let name = escaped(of.name, Syntax::Line);
    let number = of.above as usize + diagnostic.line as usize;
    let snippet = Snippet::source(&*shown)
        .line_start(number)
        .path(&*name)
        .annotation(AnnotationKind::Primary.span(shown_start..shown_end));
    let message = escaped(&diagnostic.message, Syntax::Line);
    let help = escaped(&diagnostic.help, Syntax::Line);
    let group = Group::with_title(Level::ERROR.primary_title(&*message)).element(snippet);
    let group = if help.is_empty() {
        group
    } else {
        group.element(Level::HELP.message(&*help))
    };
    let drawn = renderer.render(&[group]);
    // The renderer counts columns in what it is given; people count them in their file.
    let column = shown[..shown_start].chars().count() + 1;
    if column == diagnostic.column as usize {
        return drawn;
    }
    drawn.replacen(
        &format!("{name}:{number}:{column}"),
        &format!("{name}:{number}:{}", diagnostic.column),
        1,
    )
}

/// A part of a line of a text; tabs stay, because the renderer aligns them.
fn source(line: &str) -> Cow<'_, str> {
    escaped(line, Syntax::Text)
}

/// At most some hundred bytes of `line` around a place, at borders of characters.
fn around(line: &str, start: usize, end: usize) -> (usize, usize) {
    const MARGIN: usize = 400;
    if line.len() <= 2 * MARGIN {
        return (0, line.len());
    }
    let mut from = start.saturating_sub(MARGIN);
    while !line.is_char_boundary(from) {
        from -= 1;
    }
    let mut to = end
        .min(start + MARGIN)
        .saturating_add(MARGIN)
        .min(line.len());
    while !line.is_char_boundary(to) {
        to += 1;
    }
    (from, to)
}
