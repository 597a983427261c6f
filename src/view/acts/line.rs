//! The line that an act writes when its blanks are filled in.

use alloc::borrow::ToOwned;
use alloc::string::String;
use alloc::vec::Vec;

use super::{Act, LinePart};
use crate::language::show;

impl Act {
    /// The parts of its line, each with the blank that it comes from.
    fn pieces(&self, values: &[String]) -> Vec<(String, Option<usize>)> {
        let raw = |at: &usize| values.get(*at).map_or("", String::as_str);
        let value = |at: &usize| raw(at).trim();
        let unless_empty = |words: &str, at: &usize, write: fn(&str) -> String| match value(at) {
            "" => String::new(),
            filled => [words, " ", &write(filled)].concat(),
        };
        let piece = |part: &LinePart| match part {
            LinePart::Words(words) => ((*words).to_owned(), None),
            LinePart::Name(name) => (name.clone(), None),
            LinePart::Field(at) => (value(at).to_owned(), Some(*at)),
            LinePart::NewName(at) => (show::name(value(at)), Some(*at)),
            LinePart::Text(at) => (show::quoted(raw(at)), Some(*at)),
            LinePart::Optional(words, at) => (unless_empty(words, at, str::to_owned), Some(*at)),
            LinePart::OptionalName(words, at) => (unless_empty(words, at, show::name), Some(*at)),
            LinePart::OptionalText(words, at) => (unless_empty(words, at, show::quoted), Some(*at)),
        };
        let pieces = self.parts.iter().map(piece);
        pieces.filter(|(words, _)| !words.is_empty()).collect()
    }

    /// The line that it writes.
    #[must_use]
    pub fn line(&self, values: &[String]) -> String {
        let pieces = self.pieces(values);
        let words: Vec<&str> = pieces.iter().map(|(words, _)| words.as_str()).collect();
        words.join(" ").replace(['\n', '\r'], " ")
    }

    /// The blank that a byte of its line comes from, or the last one before it.
    #[must_use]
    pub fn field_at(&self, values: &[String], byte: usize) -> Option<usize> {
        let mut start = 0;
        let mut found = None;
        for (words, field) in self.pieces(values) {
            if start > byte {
                break;
            }
            found = field.or(found);
            start += words.len() + 1;
        }
        found
    }

    /// The first blank in which something stands that no line can have there, and what is wrong.
    #[must_use]
    pub fn mistake(&self, values: &[String]) -> Option<(usize, &'static str)> {
        let filled = self.fields.iter().zip(values).enumerate();
        filled
            .filter_map(|(at, (field, value))| Some((at, field.mistake(value)?)))
            .next()
    }
}
