//! Operations of a transcript with their arguments.

use std::sync::Arc;

use crate::rocketmq::prelude::{PopStart, QueueName, SimDuration, Tags};
use crate::values::Ranges;

/// A moment as a step gives it.
#[derive(Clone, Copy, Debug)]
pub(crate) enum At {
    /// In the units of the topic's messages.
    Units(i64),
    /// `now`
    Now,
    /// `-1`: the end.
    End,
}

/// A key by which a queue is chosen: a text or a number, which hash differently.
#[derive(Clone, Debug)]
pub(crate) enum Key {
    Text(String),
    Number(i64),
}

/// Messages that are sent.
#[derive(Clone, Debug)]
pub(crate) struct Send {
    pub(crate) of: QueueName,
    pub(crate) count: u64,
    pub(crate) tag: Option<Arc<str>>,
    pub(crate) size: u32,
    /// One a message, in units of the scenario.
    pub(crate) at: Vec<i64>,
    pub(crate) level: u8,
}

/// A pull without a wait.
#[derive(Clone, Debug)]
pub(crate) struct PullOp {
    pub(crate) of: QueueName,
    pub(crate) group: Arc<str>,
    pub(crate) offset: i64,
    pub(crate) max: u32,
    pub(crate) tags: Tags,
    pub(crate) commit: Option<i64>,
}

/// Where a group without an offset begins.
#[derive(Clone, Copy, Debug)]
pub(crate) enum From {
    First,
    Last,
    /// In units of the topic's messages.
    Time(i64),
}

/// A member that starts.
#[derive(Clone, Debug)]
pub(crate) struct Start {
    pub(crate) member: String,
    pub(crate) group: Arc<str>,
    pub(crate) topic: Arc<str>,
    pub(crate) from: From,
    pub(crate) tags: Tags,
    pub(crate) broadcasting: bool,
    pub(crate) orderly: bool,
    pub(crate) manual: bool,
}

/// What a step is about: a group's offset on a queue.
#[derive(Clone, Debug)]
pub(crate) struct GroupQueue {
    pub(crate) group: Arc<str>,
    pub(crate) of: QueueName,
}

/// One operation.
#[derive(Clone, Debug)]
pub(crate) enum Op {
    Topic {
        topic: Arc<str>,
        read_queues: u32,
        write_queues: u32,
    },
    Send(Send),
    SendRoundRobin {
        topic: Arc<str>,
        count: u64,
    },
    SendByKey {
        topic: Arc<str>,
        keys: Vec<Key>,
    },
    Pull(PullOp),
    MinOffset(QueueName),
    MaxOffset(QueueName),
    SearchOffset {
        of: QueueName,
        at: At,
        upper: bool,
    },
    TopicStatus {
        topic: Arc<str>,
    },
    CreateGroup {
        group: Arc<str>,
    },
    QueryOffset(GroupQueue),
    UpdateOffset {
        of: GroupQueue,
        offset: i64,
    },
    AwaitOffset {
        of: GroupQueue,
        offset: i64,
        within: SimDuration,
    },
    AwaitFlushed {
        of: GroupQueue,
        offset: i64,
        within: SimDuration,
    },
    ConsumerProgress {
        group: Arc<str>,
    },
    ResetToTime {
        group: Arc<str>,
        topic: Arc<str>,
        to: At,
        force: bool,
        /// The broker's request itself, without the tool.
        request: bool,
    },
    ResetToOffset {
        of: GroupQueue,
        to: i64,
    },
    Pop {
        of: GroupQueue,
        max: u32,
        start: PopStart,
    },
    StartMember(Start),
    Received {
        member: String,
        count: u64,
        within: SimDuration,
    },
    Finish {
        member: String,
        queue: u32,
        offsets: Ranges,
        ok: bool,
    },
    OwnedQueues {
        within: SimDuration,
    },
    EndMember {
        member: String,
        kill: bool,
    },
    Sleep(SimDuration),
    RollCommitLog,
    ExpireCommitLog,
    ConfigureBroker {
        key: String,
        value: String,
    },
    Broker {
        kill: bool,
        stop: bool,
        start: bool,
    },
    /// Something that no replay knows.
    Other,
}
