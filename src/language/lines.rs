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

/// The lines of a text, or those behind some of them.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Lines<'a> {
    text: &'a str,
    /// Those before.
    pub(super) before: LinesBefore,
}

/// Lines of a text that were looked at.
#[derive(Clone, Copy, Debug)]
pub(super) struct LinesBefore {
    /// Their bytes, with the ends of lines.
    bytes: usize,
    /// How many.
    count: u32,
}

/// The lines of `text`, which is shorter than 4 GiB.
pub(crate) fn lines(text: &str) -> Lines<'_> {
    let stripped = text.trim_start_matches('\u{feff}');
    let before = LinesBefore {
        bytes: text.len() - stripped.len(),
        count: 0,
    };
    lines_behind(text, before)
}

/// Those behind some of them.
pub(super) fn lines_behind(text: &str, before: LinesBefore) -> Lines<'_> {
    Lines { text, before }
}

impl<'a> Iterator for Lines<'a> {
    type Item = TextLine<'a>;

    fn next(&mut self) -> Option<TextLine<'a>> {
        let LinesBefore { bytes, count } = &mut self.before;
        let rest = self.text.get(*bytes..)?;
        let line = rest.split_once('\n').map_or(rest, |(line, _)| line);
        let start = u32::try_from(*bytes).unwrap_or(u32::MAX);
        *bytes += line.len() + 1;
        *count += 1;
        Some(TextLine {
            number: *count,
            start,
            text: line.strip_suffix('\r').unwrap_or(line),
        })
    }
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
