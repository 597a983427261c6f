//! Inline Markdown, as far as narration has it, and numbers for people. Knows no element.

use offset_lab::base::split_once;

/// A stretch of a paragraph.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Inline<'a> {
    /// As it is.
    Plain(&'a str),
    /// `*text*`
    Emphasis(&'a str),
    /// `` `text` ``
    Code(&'a str),
    /// `[text](address)`; only addresses of the web and of the same site.
    Link {
        /// What is shown.
        text: &'a str,
        /// Where it leads.
        to: &'a str,
    },
}

/// A paragraph in pieces. A mark without its other half is plain text.
#[must_use]
pub fn pieces(paragraph: &str) -> Vec<Inline<'_>> {
    let mut pieces = Vec::new();
    let mut plain = 0;
    let mut at = 0;
    while at < paragraph.len() {
        match marked(&paragraph[at..]) {
            Some((piece, length)) => {
                if plain < at {
                    pieces.push(Inline::Plain(&paragraph[plain..at]));
                }
                pieces.push(piece);
                at += length;
                plain = at;
            }
            None => at += paragraph[at..].chars().next().map_or(1, char::len_utf8),
        }
    }
    if plain < paragraph.len() {
        pieces.push(Inline::Plain(&paragraph[plain..]));
    }
    pieces
}

/// The marked piece that a text begins with, and its length with its marks.
fn marked(text: &str) -> Option<(Inline<'_>, usize)> {
    let between = |mark: char| {
        let inner = text.strip_prefix(mark)?.split_once(mark)?.0;
        (!inner.is_empty() && inner.trim() == inner).then_some((inner, inner.len() + 2))
    };
    if let Some((inner, length)) = between('*') {
        return Some((Inline::Emphasis(inner), length));
    }
    if let Some((inner, length)) = between('`') {
        return Some((Inline::Code(inner), length));
    }
    let (shown, rest) = split_once(text.strip_prefix('[')?, "](")?;
    let to = rest.split_once(')')?.0;
    let length = shown.len() + to.len() + 4;
    let safe = ["https://", "http://", "#", "./"]
        .iter()
        .any(|start| to.starts_with(start));
    safe.then_some((Inline::Link { text: shown, to }, length))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_read_and_half_marks_are_text() {
        assert_eq!(
            pieces("A *marker* at `next`: [docs](https://e.org/a)."),
            [
                Inline::Plain("A "),
                Inline::Emphasis("marker"),
                Inline::Plain(" at "),
                Inline::Code("next"),
                Inline::Plain(": "),
                Inline::Link {
                    text: "docs",
                    to: "https://e.org/a"
                },
                Inline::Plain("."),
            ]
        );
        for plain in ["2 * 3 * 4", "a ` b", "[x](javascript:alert(1))", "ü*", "**"] {
            assert_eq!(pieces(plain), [Inline::Plain(plain)], "{plain}");
        }
    }
}
