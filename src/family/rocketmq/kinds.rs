//! The kinds of things that have names in scripts about RocketMQ, and which facts each has.

use super::facts;
use crate::language::ast::Role;
use crate::language::kind::{KindDoc, Nature};

/// What kind of thing a name stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A topic: queues under one name.
    Topic,
    /// A queue of a topic: `orders.q0`.
    Queue,
    /// A program that publishes to a topic.
    Producer,
    /// A consumer group; without a `member` it is one member, too.
    Group,
    /// A program that consumes for a group.
    Member,
    /// What a group has of a queue: `billing.q0`.
    Progress,
}

const TOPIC: KindDoc = KindDoc {
    word: "topic",
    words: "a topic",
    naming: "a name for the topic",
    creation: "",
    nature: Nature::Set,
    facts: facts::TOPIC,
};

const QUEUE: KindDoc = KindDoc {
    word: "queue",
    words: "a queue",
    naming: "a name for the queue",
    creation: "",
    nature: Nature::Log,
    facts: facts::QUEUE,
};

const PRODUCER: KindDoc = KindDoc {
    word: "producer",
    words: "a producer",
    naming: "a name for the producer",
    creation: " on TOPIC",
    nature: Nature::Program(Role::Producer),
    facts: facts::PRODUCER,
};

const GROUP: KindDoc = KindDoc {
    word: "group",
    words: "a group",
    naming: "a name for the group",
    creation: " on TOPIC",
    nature: Nature::Program(Role::Consumer),
    facts: facts::GROUP,
};

const MEMBER: KindDoc = KindDoc {
    word: "member",
    words: "a member",
    naming: "a name for the member",
    creation: " in GROUP",
    nature: Nature::Program(Role::Consumer),
    facts: facts::MEMBER,
};

const PROGRESS: KindDoc = KindDoc {
    word: "group's queue",
    words: "a group's queue",
    naming: "a name for the group's queue",
    creation: "",
    nature: Nature::Progress,
    facts: facts::PROGRESS,
};

impl Kind {
    /// Its words and facts.
    #[must_use]
    pub const fn doc(self) -> &'static KindDoc {
        match self {
            Self::Topic => &TOPIC,
            Self::Queue => &QUEUE,
            Self::Producer => &PRODUCER,
            Self::Group => &GROUP,
            Self::Member => &MEMBER,
            Self::Progress => &PROGRESS,
        }
    }
}
