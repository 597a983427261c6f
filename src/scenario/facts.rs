//! Facts and what may be asked about them: comparisons, conditions, checks. Knows no text and no value at run time.

use alloc::sync::Arc;
use alloc::vec::Vec;

use crate::ids::{ActorId, StreamId};

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

/// `FACT OP VALUE`
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Comparison {
    /// The left side.
    pub fact: FactRef,
    /// The comparison.
    pub op: Op,
    /// The right side.
    pub value: Value,
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
    /// A word or a line.
    Text(Arc<str>),
}

/// A fact of something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FactRef {
    /// `world.time`
    Time,
    /// `P.fact`
    Producer(ActorId, ProducerFact),
    /// `C.fact`
    Consumer(ActorId, ConsumerFact),
    /// `S.fact`
    Stream(StreamId, StreamFact),
}

macro_rules! facts {
    ($(#[$doc:meta])* $name:ident { $($variant:ident $word:literal $about:literal;)* }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum $name {
            $(#[doc = $about] $variant,)*
        }

        impl $name {
            /// All of them, in the order of the reference.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// The word of the language.
            #[must_use]
            pub const fn word(self) -> &'static str {
                match self { $(Self::$variant => $word),* }
            }

            /// What it means, for the reference and for help.
            #[must_use]
            pub const fn about(self) -> &'static str {
                match self { $(Self::$variant => $about),* }
            }
        }
    };
}

facts! {
    /// Facts of a producer.
    ProducerFact {
        Sent "sent" "Messages handed over by `publish`, from the statement on, also before the declare is answered.";
        Unconfirmed "unconfirmed" "Size of the set of publishing ids that were handed over and are not confirmed.";
        Confirmed "confirmed" "Messages confirmed; a repeated id counts each time.";
        Errors "errors" "Messages refused with a publish error.";
        Deduplicated "deduplicated" "Messages confirmed without being stored.";
        LastId "last_id" "The highest publishing id that the broker holds for its reference.";
        State "state" "`declaring`, `open`, `closed`, `crashed` or `refused`.";
    }
}

facts! {
    /// Facts of a consumer, of its present or latest run.
    ConsumerFact {
        First "first" "Offset of the first message processed in this run.";
        Last "last" "Offset of the last message processed in this run.";
        Received "received" "Messages processed in this run.";
        Position "position" "The next offset that it will process.";
        Stored "stored" "The offset stored under its name in the broker, or in its own database.";
        Lag "lag" "Offset lag as the broker defines it.";
        Behind "behind" "Messages that it could still receive.";
        Redelivered "redelivered" "Messages of this run that an earlier run of the same actor processed since the stream was created.";
        Credits "credits" "Chunks that the broker may still send.";
        State "state" "`starting`, `running`, `paused`, `closed`, `crashed` or `refused`.";
        Console "console" "The last line that it printed.";
    }
}

facts! {
    /// Facts of a stream: of the leader's log, uncommitted chunks included.
    StreamFact {
        First "first" "First chunk id of the oldest segment; may be a snapshot.";
        Next "next" "The offset that the next record will get.";
        Messages "messages" "User messages in the log.";
        Chunks "chunks" "User chunks in the log.";
        Segments "segments" "Segment files.";
        Bytes "bytes" "Size of all segment files, headers included.";
        Committed "committed" "Id of the last committed chunk.";
        Tracking "tracking" "Tracking deltas and snapshots in the log.";
    }
}

/// What kind of value a fact has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Measure {
    /// A number: an offset, a count, an id.
    Number {
        /// A full `u64` as on the wire: what `store` and publishing ids can be.
        wide: bool,
    },
    /// A size, in bytes.
    Bytes,
    /// A time, in microseconds since the start of the run.
    Time,
    /// One of these words.
    State(&'static [&'static str]),
    /// Any text.
    Text,
}

const PRODUCER_STATES: &[&str] = &["declaring", "open", "closed", "crashed", "refused"];
const CONSUMER_STATES: &[&str] = &[
    "starting", "running", "paused", "closed", "crashed", "refused",
];

impl FactRef {
    /// What it means.
    #[must_use]
    pub const fn about(self) -> &'static str {
        match self {
            Self::Time => "The time since the start of the run.",
            Self::Producer(_, fact) => fact.about(),
            Self::Consumer(_, fact) => fact.about(),
            Self::Stream(_, fact) => fact.about(),
        }
    }

    /// What kind of value it has.
    #[must_use]
    pub const fn measure(self) -> Measure {
        match self {
            Self::Time => Measure::Time,
            Self::Producer(_, ProducerFact::State) => Measure::State(PRODUCER_STATES),
            Self::Consumer(_, ConsumerFact::State) => Measure::State(CONSUMER_STATES),
            Self::Consumer(_, ConsumerFact::Console) => Measure::Text,
            Self::Stream(_, StreamFact::Bytes) => Measure::Bytes,
            Self::Producer(_, ProducerFact::LastId)
            | Self::Consumer(_, ConsumerFact::Stored | ConsumerFact::Position) => {
                Measure::Number { wide: true }
            }
            Self::Producer(..) | Self::Consumer(..) | Self::Stream(..) => {
                Measure::Number { wide: false }
            }
        }
    }
}
