//! The registry's half for the language: what of a script only one family says.

use super::rabbitmq;
use crate::language::ast::{Role, Subject, Value};
use crate::language::form::Form;
use crate::language::kind::KindDoc;
use crate::language::vocabulary::Vocabulary;
use crate::world::Facts;

/// The families whose brokers are built.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Family {
    /// RabbitMQ Streams, of which scripts are when they do not say.
    #[default]
    RabbitMq,
}

impl Family {
    /// All of them, in the order of the reference.
    pub const ALL: &'static [Self] = &[Self::RabbitMq];

    /// What it says in the language.
    #[must_use]
    pub fn vocabulary(self) -> &'static Vocabulary {
        match self {
            Self::RabbitMq => &rabbitmq::vocabulary::VOCABULARY,
        }
    }

    /// How its scripts write `broker`.
    pub(crate) fn broker(self) -> &'static Form {
        match self {
            Self::RabbitMq => &rabbitmq::statements::BROKER,
        }
    }

    /// Its statements about things with names, those that every family has among them.
    pub(crate) fn forms(self) -> &'static [&'static [Form]] {
        match self {
            Self::RabbitMq => rabbitmq::statements::FORMS,
        }
    }

    /// The kind of thing that has a log.
    #[must_use]
    pub const fn log(self) -> Kind {
        match self {
            Self::RabbitMq => Kind::RabbitMq(rabbitmq::kinds::Kind::Stream),
        }
    }

    /// The kind of program that has a role.
    #[must_use]
    pub const fn program(self, role: Role) -> Kind {
        match self {
            Self::RabbitMq => Kind::RabbitMq(rabbitmq::kinds::Kind::of(role)),
        }
    }
}

/// A family that scripts may mean, and whose broker is not built.
pub(crate) struct NotBuilt {
    /// The word behind `broker`.
    pub(crate) word: &'static str,
    /// Its name.
    pub(crate) title: &'static str,
    /// Keywords of its scripts, so that they are not taken for misspelt words.
    pub(crate) keywords: &'static [&'static str],
}

/// All that are known.
pub(crate) const NOT_BUILT: &[NotBuilt] = &[
    NotBuilt {
        word: "rocketmq",
        title: "RocketMQ",
        keywords: &["topic", "group", "member", "expire", "reset"],
    },
    NotBuilt {
        word: "kafka",
        title: "Kafka",
        keywords: &[],
    },
];

/// What kind of thing a name stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A stream, producer or consumer.
    RabbitMq(rabbitmq::kinds::Kind),
}

impl Kind {
    /// Its words, and the facts that such a thing has.
    #[must_use]
    pub const fn doc(self) -> &'static KindDoc {
        match self {
            Self::RabbitMq(kind) => kind.doc(),
        }
    }
}

/// A statement that only scripts of one family have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Statement {
    /// About streams, producers or consumers.
    RabbitMq(rabbitmq::Statement),
}

impl Statement {
    /// Whether simulated time may move in it.
    #[must_use]
    pub const fn moves_time(&self) -> bool {
        match self {
            Self::RabbitMq(statement) => statement.moves_time(),
        }
    }

    /// What it brings into the script, or declares again.
    #[must_use]
    pub const fn declares(&self) -> Option<Subject> {
        match self {
            Self::RabbitMq(statement) => statement.declares(),
        }
    }

    /// How many messages it publishes.
    #[must_use]
    pub const fn messages(&self) -> u64 {
        match self {
            Self::RabbitMq(statement) => statement.messages(),
        }
    }
}

/// A fact that only things of one family have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fact {
    RabbitMq(rabbitmq::facts::Fact),
}

impl Fact {
    /// Its value at a moment.
    pub(crate) fn value(self, facts: &Facts<'_>, subject: Subject) -> Value {
        match self {
            Self::RabbitMq(fact) => fact.value(facts, subject),
        }
    }
}
