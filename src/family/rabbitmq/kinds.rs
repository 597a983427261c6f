//! The kinds of things that have names in scripts about streams, and which facts each has.

use super::facts;
use crate::language::ast::Role;
use crate::language::kind::{KindDoc, Nature};

/// What kind of thing a name stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A stream.
    Stream,
    /// A program that publishes to a stream.
    Producer,
    /// A program that consumes a stream.
    Consumer,
}

const STREAM: KindDoc = KindDoc {
    word: "stream",
    words: "a stream",
    naming: "a name for the stream",
    creation: "",
    nature: Nature::Log,
    facts: facts::STREAM,
};

const PRODUCER: KindDoc = KindDoc {
    word: "producer",
    words: "a producer",
    naming: "a name for the producer",
    creation: " on STREAM",
    nature: Nature::Program(Role::Producer),
    facts: facts::PRODUCER,
};

const CONSUMER: KindDoc = KindDoc {
    word: "consumer",
    words: "a consumer",
    naming: "a name for the consumer",
    creation: " on STREAM",
    nature: Nature::Program(Role::Consumer),
    facts: facts::CONSUMER,
};

impl Kind {
    /// Its words and facts.
    #[must_use]
    pub const fn doc(self) -> &'static KindDoc {
        match self {
            Self::Stream => &STREAM,
            Self::Producer => &PRODUCER,
            Self::Consumer => &CONSUMER,
        }
    }
}
