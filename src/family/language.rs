//! The registry's half for the language: what of a script only one family says.

use alloc::string::String;

#[cfg(feature = "rabbitmq")]
use super::rabbitmq;
#[cfg(feature = "rocketmq")]
use super::rocketmq;
use crate::language::ast::{Subject, Value};
use crate::language::form::Form;
use crate::language::kind::KindDoc;
#[cfg(feature = "rabbitmq")]
use crate::language::statements::header;
use crate::language::vocabulary::Vocabulary;
use crate::world::Facts;

/// The families whose brokers are built.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Family {
    /// RabbitMQ Streams, of which scripts are when they do not say.
    #[cfg(feature = "rabbitmq")]
    #[default]
    #[cfg(feature = "rabbitmq")]
    RabbitMq,
    /// RocketMQ.
    #[cfg(feature = "rocketmq")]
    #[cfg_attr(not(feature = "rabbitmq"), default)]
    RocketMq,
}

impl Family {
    /// All of them, in the order of the reference.
    pub const ALL: &'static [Self] = &[
        #[cfg(feature = "rabbitmq")]
        Self::RabbitMq,
        #[cfg(feature = "rocketmq")]
        Self::RocketMq,
    ];

    /// What it says in the language.
    #[must_use]
    pub fn vocabulary(self) -> &'static Vocabulary {
        match self {
            #[cfg(feature = "rabbitmq")]
            Self::RabbitMq => &rabbitmq::vocabulary::VOCABULARY,
            #[cfg(feature = "rocketmq")]
            Self::RocketMq => &rocketmq::vocabulary::VOCABULARY,
        }
    }

    /// How its scripts write `broker`.
    pub(crate) fn broker(self) -> &'static Form {
        match self {
            #[cfg(feature = "rabbitmq")]
            Self::RabbitMq => &rabbitmq::statements::BROKER,
            #[cfg(feature = "rocketmq")]
            Self::RocketMq => &rocketmq::statements::BROKER,
        }
    }

    /// How its scripts write `option`.
    pub(crate) fn option(self) -> &'static Form {
        match self {
            #[cfg(feature = "rabbitmq")]
            Self::RabbitMq => &header::OPTION,
            #[cfg(feature = "rocketmq")]
            Self::RocketMq => &rocketmq::statements::OPTION,
        }
    }

    /// Its statements about things with names, those that every family has among them.
    pub(crate) fn forms(self) -> &'static [&'static [Form]] {
        match self {
            #[cfg(feature = "rabbitmq")]
            Self::RabbitMq => rabbitmq::statements::FORMS,
            #[cfg(feature = "rocketmq")]
            Self::RocketMq => rocketmq::statements::FORMS,
        }
    }

    /// The kind of thing that has a log.
    #[must_use]
    pub const fn log(self) -> Kind {
        match self {
            #[cfg(feature = "rabbitmq")]
            Self::RabbitMq => Kind::RabbitMq(rabbitmq::kinds::Kind::Stream),
            #[cfg(feature = "rocketmq")]
            Self::RocketMq => Kind::RocketMq(rocketmq::kinds::Kind::Queue),
        }
    }

    /// The kind of thing that is several logs under one name, if there is any.
    #[must_use]
    pub const fn set(self) -> Option<Kind> {
        match self {
            #[cfg(feature = "rabbitmq")]
            Self::RabbitMq => None,
            #[cfg(feature = "rocketmq")]
            Self::RocketMq => Some(Kind::RocketMq(rocketmq::kinds::Kind::Topic)),
        }
    }

    /// The kind of what a program has of a log, if that has facts of its own.
    #[must_use]
    pub const fn progress(self) -> Option<Kind> {
        match self {
            #[cfg(feature = "rabbitmq")]
            Self::RabbitMq => None,
            #[cfg(feature = "rocketmq")]
            Self::RocketMq => Some(Kind::RocketMq(rocketmq::kinds::Kind::Progress)),
        }
    }

    /// By which word what a program has of a log is named behind its own name.
    pub(crate) fn part_of(self, log: &str) -> &str {
        match self {
            #[cfg(feature = "rabbitmq")]
            Self::RabbitMq => log,
            #[cfg(feature = "rocketmq")]
            Self::RocketMq => rocketmq::statements::part_of(log),
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
        word: "kafka",
        title: "Kafka",
        keywords: &[],
    },
    #[cfg(not(feature = "rabbitmq"))]
    NotBuilt {
        word: "rabbitmq-streams",
        title: "RabbitMQ Streams",
        keywords: &[],
    },
    #[cfg(not(feature = "rocketmq"))]
    NotBuilt {
        word: "rocketmq",
        title: "RocketMQ",
        keywords: &[],
    },
];

/// What of one family stands for what of another, by the first words of statements: none where nothing does.
#[cfg(not(all(feature = "rabbitmq", feature = "rocketmq")))]
pub(crate) const COUNTERPARTS: &[(Family, &str, Family, Option<&str>)] = &[];

/// What of one family stands for what of another, by the first words of statements: none where nothing does.
#[cfg(all(feature = "rabbitmq", feature = "rocketmq"))]
pub(crate) const COUNTERPARTS: &[(Family, &str, Family, Option<&str>)] = &[
    (Family::RabbitMq, "stream", Family::RocketMq, Some("topic")),
    (Family::RabbitMq, "delete", Family::RocketMq, None),
    (
        Family::RabbitMq,
        "policy",
        Family::RocketMq,
        Some("topic T reserved DUR"),
    ),
    (
        Family::RabbitMq,
        "consumer",
        Family::RocketMq,
        Some("group"),
    ),
    (Family::RabbitMq, "store", Family::RocketMq, Some("reset")),
    (Family::RabbitMq, "query", Family::RocketMq, None),
    (Family::RabbitMq, "credit", Family::RocketMq, None),
    (
        Family::RabbitMq,
        "resend",
        Family::RocketMq,
        Some("publish"),
    ),
    (Family::RocketMq, "topic", Family::RabbitMq, Some("stream")),
    (
        Family::RocketMq,
        "group",
        Family::RabbitMq,
        Some("consumer"),
    ),
    (
        Family::RocketMq,
        "member",
        Family::RabbitMq,
        Some("consumer"),
    ),
    (Family::RocketMq, "reset", Family::RabbitMq, Some("store")),
    (Family::RocketMq, "expire", Family::RabbitMq, None),
];

/// What kind of thing a name stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A stream, producer or consumer.
    #[cfg(feature = "rabbitmq")]
    RabbitMq(rabbitmq::kinds::Kind),
    /// A topic, queue, producer, group or member.
    #[cfg(feature = "rocketmq")]
    RocketMq(rocketmq::kinds::Kind),
}

impl Kind {
    /// Its words, and the facts that such a thing has.
    #[must_use]
    pub const fn doc(self) -> &'static KindDoc {
        match self {
            #[cfg(feature = "rabbitmq")]
            Self::RabbitMq(kind) => kind.doc(),
            #[cfg(feature = "rocketmq")]
            Self::RocketMq(kind) => kind.doc(),
        }
    }
}

/// A statement that only scripts of one family have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Statement {
    /// About streams, producers or consumers.
    #[cfg(feature = "rabbitmq")]
    RabbitMq(rabbitmq::Statement),
    /// About topics, producers, groups or members.
    #[cfg(feature = "rocketmq")]
    RocketMq(rocketmq::statements::Statement),
}

impl Statement {
    /// What it is of RabbitMQ Streams.
    #[must_use]
    #[cfg(feature = "rabbitmq")]
    pub const fn rabbitmq(&self) -> Option<&rabbitmq::Statement> {
        match self {
            #[cfg(feature = "rabbitmq")]
            Self::RabbitMq(statement) => Some(statement),
            #[cfg(feature = "rocketmq")]
            Self::RocketMq(_) => None,
        }
    }

    /// What it is of RocketMQ.
    #[must_use]
    #[cfg(feature = "rocketmq")]
    pub const fn rocketmq(&self) -> Option<&rocketmq::statements::Statement> {
        match self {
            #[cfg(feature = "rocketmq")]
            Self::RocketMq(statement) => Some(statement),
            #[cfg(feature = "rabbitmq")]
            Self::RabbitMq(_) => None,
        }
    }

    /// Whether simulated time may move in it.
    #[must_use]
    pub const fn moves_time(&self) -> bool {
        match self {
            #[cfg(feature = "rabbitmq")]
            Self::RabbitMq(statement) => statement.moves_time(),
            #[cfg(feature = "rocketmq")]
            Self::RocketMq(statement) => statement.moves_time(),
        }
    }

    /// What it brings into the script, or declares again.
    #[must_use]
    pub const fn declares(&self) -> Option<Subject> {
        match self {
            #[cfg(feature = "rabbitmq")]
            Self::RabbitMq(statement) => statement.declares(),
            #[cfg(feature = "rocketmq")]
            Self::RocketMq(statement) => statement.declares(),
        }
    }

    /// How many messages it publishes.
    #[must_use]
    pub const fn messages(&self) -> u64 {
        match self {
            #[cfg(feature = "rabbitmq")]
            Self::RabbitMq(statement) => statement.messages(),
            #[cfg(feature = "rocketmq")]
            Self::RocketMq(statement) => statement.messages(),
        }
    }
}

/// A fact that only things of one family have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fact {
    #[cfg(feature = "rabbitmq")]
    RabbitMq(rabbitmq::facts::Fact),
    #[cfg(feature = "rocketmq")]
    RocketMq(rocketmq::facts::Fact),
}

impl Fact {
    /// Its value at a moment.
    pub(crate) fn value(self, facts: &Facts<'_>, subject: Subject) -> Value {
        match self {
            #[cfg(feature = "rabbitmq")]
            Self::RabbitMq(fact) => fact.value(facts, subject),
            #[cfg(feature = "rocketmq")]
            Self::RocketMq(fact) => fact.value(facts, subject),
        }
    }

    /// Why it does not have this value, if offset and count were mixed up or no message has the offset.
    pub(crate) fn why_not(
        self,
        facts: &Facts<'_>,
        subject: Subject,
        wanted: u64,
    ) -> Option<String> {
        match self {
            #[cfg(feature = "rabbitmq")]
            Self::RabbitMq(fact) => fact.why_not(facts, subject, wanted),
            // Nothing of a queue takes an offset but messages.
            #[cfg(feature = "rocketmq")]
            Self::RocketMq(_) => None,
        }
    }
}
