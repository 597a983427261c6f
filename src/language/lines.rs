//! A text to its lines, and what kind each is. Knows no statement.

use super::lexer::is_space;

/// A line of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct TextLine<'a> {
    /// From 1.
    pub(crate) number: u32,
    /// Byte of the text at which it starts.
    pub(crate) start: u32,
    /// Without its line end (LF or CRLF) and, in line 1, without byte order marks.
    pub(crate) text: &'a str,
}

/// What a line is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum LineKind<'a> {
    /// Nothing but white space.
    Blank,
    /// A comment, without `#`.
    Comment(&'a str),
    /// Narration, without `>` and trimmed.
    Narration(&'a str),
    /// A statement, or what was to be one.
    Statement,
}

/// The lines of `text`, which is shorter than 4 GiB.
pub(crate) fn lines(text: &str) -> impl Iterator<Item = TextLine<'_>> {
    let stripped = text.trim_start_matches('\u{feff}');
    let mut start = text.len() - stripped.len();
    let mut number = 0;
    stripped.split('\n').map(move |line| {
        let from = start;
        start += line.len() + 1;
        number += 1;
        TextLine {
            number,
            start: u32::try_from(from).unwrap_or(u32::MAX),
            text: line.strip_suffix('\r').unwrap_or(line),
        }
    })
}

impl<'a> TextLine<'a> {
    /// The line without white space at its ends.
    pub(crate) fn trimmed(&self) -> &'a str {
        self.text.trim_matches(is_space)
    }

    pub(crate) fn kind(&self) -> LineKind<'a> {
        let text = self.trimmed();
        if text.is_empty() {
            LineKind::Blank
        } else if let Some(comment) = text.strip_prefix('#') {
            LineKind::Comment(comment)
        } else if let Some(narration) = text.strip_prefix('>') {
            LineKind::Narration(narration.trim_matches(is_space))
        } else {
            LineKind::Statement
        }
    }
}
