//! Resets of a group's offsets, as the tool does them. Knows the language's words for them; never what they lead to.

use alloc::vec;
use alloc::vec::Vec;

use super::Rows;
use crate::view::acts::blank::{fixed, one};
use crate::view::acts::{Act, LinePart};

const NO_GROUP: &str = "There is no group.";

impl Rows<'_> {
    pub(super) fn resets(&self) -> Vec<Act> {
        let queue = || one("queue", "").or_nothing();
        let force = || fixed("ahead too", &["", "force"]);
        let to = |name, words, value| {
            let act = self.here.on(
                name,
                self.groups(),
                NO_GROUP,
                vec![one("", value), queue(), force()],
                vec![
                    LinePart::Words("reset"),
                    LinePart::Field(0),
                    LinePart::Words(words),
                    LinePart::Field(1),
                    LinePart::Optional("queue", 2),
                    LinePart::Field(3),
                ],
            );
            act.showing(2)
        };
        let end = |name, words| {
            let act = self.here.on(
                name,
                self.groups(),
                NO_GROUP,
                vec![queue(), force()],
                vec![
                    LinePart::Words("reset"),
                    LinePart::Field(0),
                    LinePart::Words(words),
                    LinePart::Optional("queue", 1),
                    LinePart::Field(2),
                ],
            );
            act.showing(1)
        };
        vec![
            to("Reset to offset", "to offset", "0"),
            to("Reset to time", "to time", "now"),
            end("Reset to min", "to min"),
            end("Reset to max", "to max"),
        ]
    }
}
