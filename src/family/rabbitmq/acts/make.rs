//! Acts that make something: streams, programs, messages. Knows the language's words and options for them; never
//! what they lead to.

use alloc::vec;
use alloc::vec::Vec;

use super::{Rows, up};
use crate::language::ast::Role;
use crate::view::acts::blank::{fixed, name, one, several, text};
use crate::view::acts::{Act, LinePart};

const NO_STREAM: &str = "There is no stream yet: make one.";
const NO_PRODUCER: &str = "There is no producer: make a new one.";
/// Whose habits a program may have; nothing: the canonical ones.
const CLIENTS: &[&str] = &["", "java", "rust", "python", "go", "rust-tutorial"];
const FROM: &[&str] = &["first", "last", "next", "offset 0", "timestamp 0s"];
const LIMITS: &[&str] = &[
    "max-length 200kB",
    "max-age 1h",
    "max-length 200kB max-age 1h",
    "none",
];
const STORE: &[&str] = &[
    "never",
    "every 10",
    "every 1",
    "auto",
    "auto every 10 flush 1s",
    "external every 10",
];

impl Rows<'_> {
    pub(super) fn publish(&self) -> Vec<Act> {
        let producers = self.names(Role::Producer, &up);
        let plain = self.here.on(
            "Publish",
            producers.clone(),
            NO_PRODUCER,
            vec![
                one("messages", "1"),
                text("body", "m{n}"),
                one("size", "").or_nothing(),
                one("in batches of", "").or_nothing(),
                fixed("confirms", &["", "one by one"]),
                one("every", "").or_nothing(),
                text("filter", "").or_nothing(),
                one("sub-batch of", "").or_nothing(),
            ],
            vec![
                LinePart::Words("publish"),
                LinePart::Field(0),
                LinePart::Field(1),
                LinePart::Text(2),
                LinePart::Optional("size", 3),
                LinePart::Optional("in batches of", 4),
                LinePart::Field(5),
                LinePart::Optional("every", 6),
                LinePart::OptionalText("filter", 7),
                LinePart::Optional("sub-batch of", 8),
            ],
        );
        let ids = self.here.on(
            "Publish ids",
            producers,
            NO_PRODUCER,
            vec![one("from..to", "0..9"), text("body", "m{id}")],
            vec![
                LinePart::Words("publish"),
                LinePart::Field(0),
                LinePart::Words("ids"),
                LinePart::Field(1),
                LinePart::Text(2),
            ],
        );
        vec![plain.showing(3), ids]
    }

    pub(super) fn new_things(&self) -> Vec<Act> {
        let stream = self.here.free(
            "Stream",
            vec![
                name("name", "events"),
                one("max-length", "").or_nothing(),
                one("max-age", "").or_nothing(),
                one("segment", "").or_nothing(),
                one("filter-size", "").or_nothing(),
            ],
            vec![
                LinePart::Words("stream"),
                LinePart::NewName(0),
                LinePart::Optional("max-length", 1),
                LinePart::Optional("max-age", 2),
                LinePart::Optional("segment", 3),
                LinePart::Optional("filter-size", 4),
            ],
        );
        let producer = self.here.on(
            "Producer",
            self.streams(),
            NO_STREAM,
            vec![
                name("name", "writer"),
                name("named", "").or_nothing(),
                fixed("as", CLIENTS),
            ],
            vec![
                LinePart::Words("producer"),
                LinePart::NewName(1),
                LinePart::Words("on"),
                LinePart::Field(0),
                LinePart::OptionalName("named", 2),
                LinePart::Optional("as", 3),
            ],
        );
        vec![
            stream.showing(2),
            producer.showing(2),
            self.new_consumer(),
            self.policy(),
        ]
    }

    fn policy(&self) -> Act {
        let parts = vec![
            LinePart::Words("policy"),
            LinePart::Field(0),
            LinePart::Field(1),
        ];
        let limits = several("limits", "max-length 200kB", LIMITS);
        self.here
            .on("Policy", self.streams(), NO_STREAM, vec![limits], parts)
    }

    fn new_consumer(&self) -> Act {
        let fields = vec![
            name("name", "reader"),
            several("from", "first", FROM),
            several("store", "never", STORE),
            one("takes", "1ms").or_nothing(),
            name("named", "").or_nothing(),
            fixed("name", &["", "unnamed"]),
            text("stop at", "").or_nothing(),
            one("credit", "").or_nothing(),
            text("filter", "").or_nothing(),
            fixed("messages without filter", &["", "match unfiltered"]),
            fixed("one of a group", &["", "single active"]),
            fixed("as", CLIENTS),
        ];
        let parts = vec![
            LinePart::Words("consumer"),
            LinePart::NewName(1),
            LinePart::Words("on"),
            LinePart::Field(0),
            LinePart::OptionalName("named", 5),
            LinePart::Field(6),
            LinePart::Optional("from", 2),
            LinePart::Optional("store", 3),
            LinePart::OptionalText("stop at", 7),
            LinePart::Optional("takes", 4),
            LinePart::Optional("credit", 8),
            LinePart::OptionalText("filter", 9),
            LinePart::Field(10),
            LinePart::Field(11),
            LinePart::Optional("as", 12),
        ];
        let act = self
            .here
            .on("Consumer", self.streams(), NO_STREAM, fields, parts);
        act.showing(5)
    }
}
