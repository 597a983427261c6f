//! The text under edit and the place of the caret. Knows no scenario and no browser; places are bytes.

use std::rc::Rc;

use offset_lab::base::replaced;

/// A text and the caret in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Document {
    /// What the editor shows, exactly as typed.
    pub text: Rc<str>,
    /// Where the caret is: a byte, always between two characters.
    pub caret: usize,
}

impl Document {
    /// A text with the caret at its start.
    #[must_use]
    pub fn new(text: &str) -> Self {
        Self {
            text: text.into(),
            caret: 0,
        }
    }

    /// The line of the caret, from 1.
    #[must_use]
    pub fn caret_line(&self) -> u32 {
        line_of(&self.text, self.caret)
    }
}

/// The line of a byte, from 1.
#[must_use]
pub fn line_of(text: &str, byte: usize) -> u32 {
    let before = &text.as_bytes()[..byte.min(text.len())];
    before.iter().filter(|b| **b == b'\n').count() as u32 + 1
}

/// The first byte of a line (from 1); the end of the text when there is no such line.
#[must_use]
pub fn start_of_line(text: &str, line: u32) -> usize {
    if line <= 1 {
        return 0;
    }
    let ends = text.bytes().enumerate().filter(|(_, b)| *b == b'\n');
    ends.map(|(at, _)| at + 1)
        .nth(line as usize - 2)
        .unwrap_or(text.len())
}

/// The nearest place at or before `byte` that is between two characters.
#[must_use]
pub fn floor_char(text: &str, byte: usize) -> usize {
    let mut at = byte.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// A text whose lines end as those of a text area do.
#[must_use]
pub fn with_plain_ends(text: &Rc<str>) -> Rc<str> {
    match text.contains('\r') {
        true => replaced(&replaced(text, "\r\n", "\n"), "\r", "\n").into(),
        false => Rc::clone(text),
    }
}

/// A place that a browser counts in UTF-16 units, in bytes.
#[must_use]
pub fn byte_of_utf16(text: &str, units: usize) -> usize {
    let mut seen = 0;
    for (at, c) in text.char_indices() {
        if seen >= units {
            return at;
        }
        seen += c.len_utf16();
    }
    text.len()
}

/// A place in bytes, as a browser counts it in UTF-16 units.
#[must_use]
pub fn utf16_of_byte(text: &str, byte: usize) -> usize {
    let end = floor_char(text, byte);
    text[..end].chars().map(char::len_utf16).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_and_bytes_convert_both_ways() {
        let text = "a\nbé\n\nc";
        for (line, start) in [(1, 0), (2, 2), (3, 6), (4, 7), (9, 8)] {
            assert_eq!(start_of_line(text, line), start, "line {line}");
        }
        for (byte, line) in [(0, 1), (1, 1), (2, 2), (5, 2), (6, 3), (7, 4), (99, 4)] {
            assert_eq!(line_of(text, byte), line, "byte {byte}");
        }
    }

    #[test]
    fn a_browsers_units_are_not_bytes() {
        let text = "aé😀b";
        for (units, byte) in [(0, 0), (1, 1), (2, 3), (4, 7), (5, 8), (99, 8)] {
            assert_eq!(byte_of_utf16(text, units), byte, "unit {units}");
        }
        assert_eq!(utf16_of_byte(text, 7), 4);
        assert_eq!(utf16_of_byte(text, 5), 2, "inside a character");
    }
}
