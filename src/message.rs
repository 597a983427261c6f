//! Bodies of messages that differ by their numbers only: a template is kept once, whatever the number of messages.
//! Imports no family and no statement.

pub mod search;

use alloc::string::String;
use alloc::vec::Vec;

use crate::ids::PublishingId;

/// A body template: literal text with the numbers that differ from message to message.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Body {
    /// The parts in order; two literals never stand side by side.
    pub parts: Vec<BodyPart>,
}

/// One part of a [`Body`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BodyPart {
    /// Text as it stands.
    Literal(String),
    /// `{i}`: the index within the publish statement, from 0.
    Index,
    /// `{n}`: the producer's running count, from 0.
    Count,
    /// `{id}`: the publishing id.
    Id,
}

impl Body {
    /// The text of a message with this index, running count and publishing id.
    #[must_use]
    pub fn render(&self, index: u64, count: u64, id: PublishingId) -> String {
        let mut text = String::new();
        for part in &self.parts {
            match part {
                BodyPart::Literal(literal) => text.push_str(literal),
                BodyPart::Index => push_number(&mut text, index),
                BodyPart::Count => push_number(&mut text, count),
                BodyPart::Id => push_number(&mut text, id.0),
            }
        }
        text
    }
}

fn push_number(text: &mut String, n: u64) {
    use core::fmt::Write;
    write!(text, "{n}").expect("writing to a string cannot fail");
}

/// The template that `text` spells: `{i}`, `{n}` and `{id}` are placeholders, everything else is
/// literal.
#[must_use]
pub fn template(text: &str) -> Body {
    let mut parts = Vec::new();
    let mut literal = String::new();
    let mut rest = text;
    while let Some(at) = rest.find('{') {
        literal.push_str(&rest[..at]);
        rest = &rest[at..];
        let known = [
            ("{i}", BodyPart::Index),
            ("{n}", BodyPart::Count),
            ("{id}", BodyPart::Id),
        ];
        match known.into_iter().find(|(word, _)| rest.starts_with(word)) {
            Some((word, part)) => {
                if !literal.is_empty() {
                    parts.push(BodyPart::Literal(core::mem::take(&mut literal)));
                }
                parts.push(part);
                rest = &rest[word.len()..];
            }
            None => {
                literal.push('{');
                rest = &rest[1..];
            }
        }
    }
    literal.push_str(rest);
    if !literal.is_empty() {
        parts.push(BodyPart::Literal(literal));
    }
    Body { parts }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_three_placeholders_are_special() {
        let body = template("a{i}{x}{id}{n");
        assert_eq!(
            body.parts,
            [
                BodyPart::Literal("a".into()),
                BodyPart::Index,
                BodyPart::Literal("{x}".into()),
                BodyPart::Id,
                BodyPart::Literal("{n".into()),
            ]
        );
    }
}
