//! Acts that make something: topics, programs, messages. Knows the language's words and options for them; never what
//! they lead to.

use alloc::vec;
use alloc::vec::Vec;

use super::{Rows, up};
use crate::view::acts::blank::{fixed, name, one, several, text};
use crate::view::acts::{Act, LinePart};

const NO_TOPIC: &str = "There is no topic yet: make one.";
const NO_PRODUCER: &str = "There is no producer: make a new one.";
const NO_GROUP: &str = "There is no group yet: make one.";
const FROM: &[&str] = &["last", "first", "timestamp 0s", "timestamp now"];

impl Rows<'_> {
    pub(super) fn publish(&self) -> Vec<Act> {
        let act = self.here.on(
            "Publish",
            self.producers(&up),
            NO_PRODUCER,
            vec![
                one("messages", "1"),
                text("body", "order {n}"),
                one("to queue", "").or_nothing(),
                text("key", "").or_nothing(),
                one("size", "").or_nothing(),
                one("every", "").or_nothing(),
                text("tag", "").or_nothing(),
                one("delay level", "").or_nothing(),
            ],
            vec![
                LinePart::Words("publish"),
                LinePart::Field(0),
                LinePart::Field(1),
                LinePart::Text(2),
                LinePart::Optional("to queue", 3),
                LinePart::OptionalText("key", 4),
                LinePart::Optional("size", 5),
                LinePart::Optional("every", 6),
                LinePart::OptionalText("tag", 7),
                LinePart::Optional("delay", 8),
            ],
        );
        vec![act.showing(4)]
    }

    pub(super) fn new_things(&self) -> Vec<Act> {
        let topic = self.here.free(
            "Topic",
            vec![
                name("name", "events"),
                one("queues", "4").or_nothing(),
                one("read", "").or_nothing(),
                one("file", "").or_nothing(),
                one("reserved", "").or_nothing(),
            ],
            vec![
                LinePart::Words("topic"),
                LinePart::NewName(0),
                LinePart::Optional("queues", 1),
                LinePart::Optional("read", 2),
                LinePart::Optional("file", 3),
                LinePart::Optional("reserved", 4),
            ],
        );
        let producer = self.here.on(
            "Producer",
            self.topics(),
            NO_TOPIC,
            vec![name("name", "writer")],
            vec![
                LinePart::Words("producer"),
                LinePart::NewName(1),
                LinePart::Words("on"),
                LinePart::Field(0),
            ],
        );
        vec![
            topic.showing(2),
            producer,
            self.new_group(),
            self.new_member(),
        ]
    }

    fn new_group(&self) -> Act {
        let act = self.here.on(
            "Group",
            self.topics(),
            NO_TOPIC,
            vec![
                name("name", "readers"),
                several("from", "last", FROM),
                one("takes", "").or_nothing(),
                fixed("mode", &["", "orderly", "broadcast", "pop"]),
                one("commit every", "").or_nothing(),
                text("tag", "").or_nothing(),
                text("fails at", "").or_nothing(),
                text("hangs at", "").or_nothing(),
                one("client", "").or_nothing(),
            ],
            vec![
                LinePart::Words("group"),
                LinePart::NewName(1),
                LinePart::Words("on"),
                LinePart::Field(0),
                LinePart::Optional("from", 2),
                LinePart::Field(4),
                LinePart::Optional("takes", 3),
                LinePart::Optional("commit every", 5),
                LinePart::OptionalText("tag", 6),
                LinePart::OptionalText("fails at", 7),
                LinePart::OptionalText("hangs at", 8),
                LinePart::Optional("client", 9),
            ],
        );
        act.showing(4)
    }

    fn new_member(&self) -> Act {
        let act = self.here.on(
            "Member",
            self.groups(),
            NO_GROUP,
            vec![
                name("name", "worker"),
                one("takes", "").or_nothing(),
                text("fails at", "").or_nothing(),
                text("hangs at", "").or_nothing(),
                one("client", "").or_nothing(),
            ],
            vec![
                LinePart::Words("member"),
                LinePart::NewName(1),
                LinePart::Words("in"),
                LinePart::Field(0),
                LinePart::Optional("takes", 2),
                LinePart::OptionalText("fails at", 3),
                LinePart::OptionalText("hangs at", 4),
                LinePart::Optional("client", 5),
            ],
        );
        act.showing(3)
    }
}
