//! Body templates: the text of a `publish` statement as parts. Knows no statement.

use alloc::string::String;
use alloc::vec::Vec;

use crate::log::{Body, BodyPart};

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
