//! The facts of topics, queues, producers, groups and members, a row each for the language.

use crate::family;
use crate::language::ast::{FactDoc, Measure};
use crate::language::facts::FactSource;

/// What a row says the value of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fact {
    Topic(TopicFact),
    Queue(QueueFact),
    Producer(ProducerFact),
    Group(GroupFact),
    Member(MemberFact),
    Progress(ProgressFact),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum TopicFact {
    Queues,
    Messages,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum QueueFact {
    Min,
    Max,
    Messages,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ProducerFact {
    Sent,
    Unconfirmed,
    Confirmed,
    Errors,
    State,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum GroupFact {
    Members,
    Failed,
    Lag,
    Diff,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum MemberFact {
    Received,
    Redelivered,
    First,
    Last,
    Queues,
    InFlight,
    State,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ProgressFact {
    Offset,
    Lag,
    Diff,
}

const NUMBER: Measure = Measure::Number { wide: false };
const PRODUCER_STATES: &[&str] = &["starting", "open", "closed", "crashed"];
const MEMBER_STATES: &[&str] = &["starting", "running", "paused", "closed", "crashed"];

const fn row(word: &'static str, measure: Measure, fact: Fact, about: &'static str) -> FactDoc {
    FactDoc {
        word,
        measure,
        about,
        source: FactSource::Family(family::Fact::RocketMq(fact)),
    }
}

/// Facts of a topic.
pub(in crate::family::rocketmq) const TOPIC: &[FactDoc] = &[
    row(
        "queues",
        NUMBER,
        Fact::Topic(TopicFact::Queues),
        "Queues that producers write to.",
    ),
    row(
        "messages",
        NUMBER,
        Fact::Topic(TopicFact::Messages),
        "Messages in all its queues, from minimum to maximum.",
    ),
];

/// Facts of a queue.
pub(in crate::family::rocketmq) const QUEUE: &[FactDoc] = &[
    row(
        "min",
        NUMBER,
        Fact::Queue(QueueFact::Min),
        "The minimum: the first offset whose message is still there.",
    ),
    row(
        "max",
        NUMBER,
        Fact::Queue(QueueFact::Max),
        "The maximum: the offset that the next message will get, one more than the last that readers see.",
    ),
    row(
        "messages",
        NUMBER,
        Fact::Queue(QueueFact::Messages),
        "Messages from minimum to maximum.",
    ),
];

/// Facts of a producer.
pub(in crate::family::rocketmq) const PRODUCER: &[FactDoc] = &[
    row(
        "sent",
        NUMBER,
        Fact::Producer(ProducerFact::Sent),
        "Messages handed over by `publish`.",
    ),
    row(
        "unconfirmed",
        NUMBER,
        Fact::Producer(ProducerFact::Unconfirmed),
        "Messages whose send result it does not have.",
    ),
    row(
        "confirmed",
        NUMBER,
        Fact::Producer(ProducerFact::Confirmed),
        "Messages that were stored, as their send results say.",
    ),
    row(
        "errors",
        NUMBER,
        Fact::Producer(ProducerFact::Errors),
        "Messages that were refused.",
    ),
    row(
        "state",
        Measure::State(PRODUCER_STATES),
        Fact::Producer(ProducerFact::State),
        "`starting`, `open`, `closed` or `crashed`.",
    ),
];

/// How much a group's or a member's listener was handed.
pub(in crate::family::rocketmq) const RECEIVED: FactDoc = row(
    "received",
    NUMBER,
    Fact::Member(MemberFact::Received),
    "Messages that it received, each time: of a group over all members and runs, of a member in this run.",
);

/// The offset received last.
pub(in crate::family::rocketmq) const LAST: FactDoc = row(
    "last",
    NUMBER,
    Fact::Member(MemberFact::Last),
    "Offset of the latest message, whichever its queue; of a group, that of the member named as it.",
);

const REDELIVERED: FactDoc = row(
    "redelivered",
    NUMBER,
    Fact::Member(MemberFact::Redelivered),
    "Those of them that the group had received before, in whichever run.",
);

const FIRST: FactDoc = row(
    "first",
    NUMBER,
    Fact::Member(MemberFact::First),
    "Offset of the first message of this run, whichever its queue.",
);

const QUEUES: FactDoc = row(
    "queues",
    NUMBER,
    Fact::Member(MemberFact::Queues),
    "Queues of the topic that it owns; of a group, that its members own.",
);

const IN_FLIGHT: FactDoc = row(
    "in_flight",
    NUMBER,
    Fact::Member(MemberFact::InFlight),
    "Messages that it has and has not finished; of a group, those of all members.",
);

const STATE: FactDoc = row(
    "state",
    Measure::State(MEMBER_STATES),
    Fact::Member(MemberFact::State),
    "`starting`, `running`, `paused`, `closed` or `crashed`; of a group, that of the member named as it.",
);

/// Facts of a group.
pub(in crate::family::rocketmq) const GROUP: &[FactDoc] = &[
    RECEIVED,
    REDELIVERED,
    FIRST,
    LAST,
    row(
        "lag",
        NUMBER,
        Fact::Group(GroupFact::Lag),
        "Messages that it has not consumed, as the broker's metrics count them: a queue of which it has no offset has none.",
    ),
    row(
        "diff",
        Measure::Difference,
        Fact::Group(GroupFact::Diff),
        "The same as `mqadmin consumerProgress` counts them (Diff Total): a missing offset counts as 0, and an offset above the maximum below zero.",
    ),
    row(
        "members",
        NUMBER,
        Fact::Group(GroupFact::Members),
        "Members that run.",
    ),
    QUEUES,
    IN_FLIGHT,
    row(
        "failed",
        NUMBER,
        Fact::Group(GroupFact::Failed),
        "Messages whose consumption failed, each time.",
    ),
    STATE,
];

/// Facts of a member, of its present or latest run.
pub(in crate::family::rocketmq) const MEMBER: &[FactDoc] =
    &[RECEIVED, REDELIVERED, FIRST, LAST, QUEUES, IN_FLIGHT, STATE];

/// Facts of what a group has of a queue.
pub(in crate::family::rocketmq) const PROGRESS: &[FactDoc] = &[
    row(
        "offset",
        NUMBER,
        Fact::Progress(ProgressFact::Offset),
        "The group's offset at the broker: the next message to consume. `none` when there is none; of a broadcasting member named as the group, its own.",
    ),
    row(
        "lag",
        NUMBER,
        Fact::Progress(ProgressFact::Lag),
        "Messages from the offset to the maximum, as the broker's metrics count them: none without an offset.",
    ),
    row(
        "diff",
        Measure::Difference,
        Fact::Progress(ProgressFact::Diff),
        "Maximum less offset, as `mqadmin consumerProgress` prints it: a missing offset counts as 0.",
    ),
];
