//! The facts of streams, producers and consumers, a row each for the language.

use crate::family;
use crate::language::ast::{FactDoc, Measure};
use crate::language::facts::FactSource;

/// What a row says the value of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fact {
    Producer(ProducerFact),
    Consumer(ConsumerFact),
    Stream(StreamFact),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ProducerFact {
    Sent,
    Unconfirmed,
    Confirmed,
    Errors,
    Deduplicated,
    LastId,
    State,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ConsumerFact {
    First,
    Last,
    Received,
    Position,
    Stored,
    Lag,
    Behind,
    Redelivered,
    GroupRedelivered,
    Credits,
    Active,
    State,
    Console,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum StreamFact {
    First,
    Next,
    Messages,
    Chunks,
    Segments,
    Bytes,
    Committed,
    Tracking,
}

const NUMBER: Measure = Measure::Number { wide: false };
const WIDE: Measure = Measure::Number { wide: true };
const PRODUCER_STATES: &[&str] = &["declaring", "open", "closed", "crashed", "refused"];
const CONSUMER_STATES: &[&str] = &[
    "starting", "running", "paused", "closed", "crashed", "refused",
];

const ACTIVE: &[&str] = &["yes", "no"];

const fn row(word: &'static str, measure: Measure, fact: Fact, about: &'static str) -> FactDoc {
    FactDoc {
        word,
        measure,
        about,
        source: FactSource::Family(family::Fact::RabbitMq(fact)),
    }
}

/// Facts of a producer.
pub(in crate::family::rabbitmq) const PRODUCER: &[FactDoc] = &[
    row(
        "sent",
        NUMBER,
        Fact::Producer(ProducerFact::Sent),
        "Messages handed over by `publish`, from the statement on, also before the declare is answered.",
    ),
    row(
        "unconfirmed",
        NUMBER,
        Fact::Producer(ProducerFact::Unconfirmed),
        "Size of the set of publishing ids that were handed over and are not confirmed.",
    ),
    row(
        "confirmed",
        NUMBER,
        Fact::Producer(ProducerFact::Confirmed),
        "Messages confirmed; a repeated id counts each time.",
    ),
    row(
        "errors",
        NUMBER,
        Fact::Producer(ProducerFact::Errors),
        "Messages refused with a publish error.",
    ),
    row(
        "deduplicated",
        NUMBER,
        Fact::Producer(ProducerFact::Deduplicated),
        "Messages confirmed without being stored.",
    ),
    row(
        "last_id",
        WIDE,
        Fact::Producer(ProducerFact::LastId),
        "The highest publishing id that the broker holds for its reference.",
    ),
    row(
        "state",
        Measure::State(PRODUCER_STATES),
        Fact::Producer(ProducerFact::State),
        "`declaring`, `open`, `closed`, `crashed` or `refused`.",
    ),
];

/// The offset processed last in a consumer's run.
pub(in crate::family::rabbitmq) const LAST: FactDoc = row(
    "last",
    NUMBER,
    Fact::Consumer(ConsumerFact::Last),
    "Offset of the last message processed in this run.",
);

/// How much was processed in a consumer's run.
pub(in crate::family::rabbitmq) const RECEIVED: FactDoc = row(
    "received",
    NUMBER,
    Fact::Consumer(ConsumerFact::Received),
    "Messages processed in this run.",
);

/// Facts of a consumer, of its present or latest run.
pub(in crate::family::rabbitmq) const CONSUMER: &[FactDoc] = &[
    row(
        "first",
        NUMBER,
        Fact::Consumer(ConsumerFact::First),
        "Offset of the first message processed in this run.",
    ),
    LAST,
    RECEIVED,
    row(
        "position",
        WIDE,
        Fact::Consumer(ConsumerFact::Position),
        "The next offset that it will process.",
    ),
    row(
        "stored",
        WIDE,
        Fact::Consumer(ConsumerFact::Stored),
        "The offset stored under its name in the broker, or in its own database.",
    ),
    row(
        "lag",
        NUMBER,
        Fact::Consumer(ConsumerFact::Lag),
        "Offset lag as the broker defines it.",
    ),
    row(
        "behind",
        NUMBER,
        Fact::Consumer(ConsumerFact::Behind),
        "Messages that it could still receive.",
    ),
    row(
        "redelivered",
        NUMBER,
        Fact::Consumer(ConsumerFact::Redelivered),
        "Messages of this run that an earlier run of the same actor processed since the stream was created.",
    ),
    row(
        "group_redelivered",
        NUMBER,
        Fact::Consumer(ConsumerFact::GroupRedelivered),
        "Messages that consumers of its name processed again, whichever of them and in whichever run, since the stream was created; each further time counts.",
    ),
    row(
        "credits",
        NUMBER,
        Fact::Consumer(ConsumerFact::Credits),
        "Chunks that the broker may still send.",
    ),
    row(
        "active",
        Measure::State(ACTIVE),
        Fact::Consumer(ConsumerFact::Active),
        "`yes` while the broker sends to it, `no` while another of its group is active or it has no subscription.",
    ),
    row(
        "state",
        Measure::State(CONSUMER_STATES),
        Fact::Consumer(ConsumerFact::State),
        "`starting`, `running`, `paused`, `closed`, `crashed` or `refused`.",
    ),
    row(
        "console",
        Measure::Text,
        Fact::Consumer(ConsumerFact::Console),
        "The last line that it printed.",
    ),
];

/// Facts of a stream: of the leader's log, uncommitted chunks included.
pub(in crate::family::rabbitmq) const STREAM: &[FactDoc] = &[
    row(
        "first",
        NUMBER,
        Fact::Stream(StreamFact::First),
        "First chunk id of the oldest segment; may be a snapshot.",
    ),
    row(
        "next",
        NUMBER,
        Fact::Stream(StreamFact::Next),
        "The offset that the next record will get.",
    ),
    row(
        "messages",
        NUMBER,
        Fact::Stream(StreamFact::Messages),
        "User messages in the log.",
    ),
    row(
        "chunks",
        NUMBER,
        Fact::Stream(StreamFact::Chunks),
        "User chunks in the log.",
    ),
    row(
        "segments",
        NUMBER,
        Fact::Stream(StreamFact::Segments),
        "Segment files.",
    ),
    row(
        "bytes",
        Measure::Bytes,
        Fact::Stream(StreamFact::Bytes),
        "Size of all segment files, headers included.",
    ),
    row(
        "committed",
        NUMBER,
        Fact::Stream(StreamFact::Committed),
        "Id of the last committed chunk.",
    ),
    row(
        "tracking",
        NUMBER,
        Fact::Stream(StreamFact::Tracking),
        "Tracking deltas and snapshots in the log.",
    ),
];
