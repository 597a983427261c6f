//! Facts and what may be asked about them: comparisons, conditions, checks. Which facts a family's things have
//! is for the family to list; what they are at a moment is for the world to say.

use alloc::sync::Arc;
use alloc::vec::Vec;

use crate::family::{self, Kind};
use crate::ids::{ActorId, LogId, SetId};

/// Something to be checked, and the words in which the text says it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Check {
    /// `expect FACT OP VALUE`
    Compare(Comparison),
    /// `expect C received A..B, D..E`: exactly these offsets, in this order, in this run of C
    Received {
        /// The consumer.
        consumer: ActorId,
        /// Inclusive ranges.
        ranges: Vec<(u64, u64)>,
    },
}

/// Comparisons joined by `and`; at least one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Condition {
    /// All must hold.
    pub all: Vec<Comparison>,
}

/// `FACT OP VALUE` or `FACT OP FACT`
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Comparison {
    /// The left side.
    pub fact: FactRef,
    /// The comparison.
    pub op: Op,
    /// The right side.
    pub to: Operand,
}

/// What a fact is compared with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Operand {
    /// A value that the text says.
    Value(Value),
    /// Another fact at the same moment.
    Fact {
        /// The fact.
        fact: FactRef,
        /// What is added to it: `s.next - 1`.
        plus: i64,
    },
}

/// A comparison operator.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Op {
    /// `==`
    Eq,
    /// `!=`
    Ne,
    /// `<`
    Lt,
    /// `<=`
    Le,
    /// `>`
    Gt,
    /// `>=`
    Ge,
}

impl Op {
    /// All of them, in the order of the reference.
    pub const ALL: &'static [Self] = &[Self::Eq, Self::Ne, Self::Lt, Self::Le, Self::Gt, Self::Ge];

    /// The operator as written.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Eq => "==",
            Self::Ne => "!=",
            Self::Lt => "<",
            Self::Le => "<=",
            Self::Gt => ">",
            Self::Ge => ">=",
        }
    }

    /// Whether it asks for more than being the same.
    #[must_use]
    pub const fn is_order(self) -> bool {
        !matches!(self, Self::Eq | Self::Ne)
    }
}

/// The value of a fact.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// Not known or not there yet.
    None,
    /// A number; times are in microseconds.
    Number(u64),
    /// So much below zero, at least 1.
    Below(u64),
    /// A word or a line.
    Text(Arc<str>),
}

impl Value {
    /// The number that it is.
    #[must_use]
    pub fn number(&self) -> Option<i128> {
        match self {
            Self::Number(number) => Some((*number).into()),
            Self::Below(below) => Some(-i128::from(*below)),
            Self::None | Self::Text(_) => None,
        }
    }
}

/// A fact of something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FactRef {
    /// Whose fact.
    pub subject: Subject,
    /// Which fact.
    pub fact: &'static FactDoc,
}

/// What may have facts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Subject {
    /// `world`
    World,
    /// A thing with a log.
    Log(LogId),
    /// Logs under one name.
    Set(SetId),
    /// A program.
    Program(ActorId),
    /// What a program, or a group that is named as one, has of a log.
    Progress(ActorId, LogId),
}

/// A fact as the language has it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FactDoc {
    /// The word behind the dot.
    pub word: &'static str,
    /// What kind of value it has.
    pub measure: Measure,
    /// What it means, for the reference and for help.
    pub about: &'static str,
    /// Where its value comes from.
    pub(crate) source: FactSource,
}

/// Where the value of a fact comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum FactSource {
    /// The clock of the world.
    Clock,
    /// What a family says of its things.
    Family(family::Fact),
}

/// What kind of value a fact has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Measure {
    /// A number: an offset, a count, an id.
    Number {
        /// A full `u64` as on the wire: what `store` and publishing ids can be.
        wide: bool,
    },
    /// A number that may be below zero.
    Difference,
    /// A size, in bytes.
    Bytes,
    /// A time, in microseconds since the start of the run.
    Time,
    /// One of these words.
    State(&'static [&'static str]),
    /// Any text.
    Text,
}

/// The fact of the world.
const TIME: FactDoc = FactDoc {
    word: "time",
    measure: Measure::Time,
    about: "The time since the start of the run.",
    source: FactSource::Clock,
};

impl Measure {
    /// Whether facts of the two can be the same or differ by more than their kind.
    #[must_use]
    pub fn is_comparable(self, other: Self) -> bool {
        match (self, other) {
            (Self::Number { .. } | Self::Difference, Self::Number { .. } | Self::Difference)
            | (Self::Bytes, Self::Bytes)
            | (Self::Time, Self::Time)
            | (Self::Text, Self::Text) => true,
            (Self::State(words), Self::State(others)) => {
                words.iter().any(|word| others.contains(word))
            }
            (
                Self::Number { .. }
                | Self::Difference
                | Self::Bytes
                | Self::Time
                | Self::State(_)
                | Self::Text,
                _,
            ) => false,
        }
    }

    /// Whether it is counted, so that it has an order and something can be added to it.
    #[must_use]
    pub const fn is_number(self) -> bool {
        match self {
            Self::Number { .. } | Self::Difference | Self::Bytes | Self::Time => true,
            Self::State(_) | Self::Text => false,
        }
    }

    /// Such a value in words, with its article.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::Number { .. } | Self::Difference => "a number",
            Self::Bytes => "a size",
            Self::Time => "a time",
            Self::State(_) => "a state",
            Self::Text => "a text",
        }
    }
}

impl FactRef {
    /// `world.time`
    pub const TIME: Self = Self {
        subject: Subject::World,
        fact: &TIME,
    };

    /// The fact of `subject`, a thing of this kind, that has this word.
    #[must_use]
    pub fn find(kind: Kind, subject: Subject, word: &str) -> Option<Self> {
        let fact = kind.doc().facts.iter().find(|fact| fact.word == word)?;
        Some(Self { subject, fact })
    }

    /// All facts of `subject`, a thing of this kind, in the order of the reference.
    pub fn all(kind: Kind, subject: Subject) -> impl Iterator<Item = Self> {
        let facts = kind.doc().facts.iter();
        facts.map(move |fact| Self { subject, fact })
    }
}
