//! What a client, or a tool, may ask of the broker, already decoded. Offsets that a client sends are signed, as on the
//! wire: the broker checks few of them.

use alloc::sync::Arc;
use alloc::vec::Vec;

use crate::family::rocketmq::store::{MessageRun, Spread};
use crate::units::{SimDuration, SimTime};

/// The caller's mark on a request. The broker never looks into it; answers name the token of their request.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Token(pub u32);

/// A queue as its readers name it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct QueueName {
    /// The topic.
    pub topic: Arc<str>,
    /// The queue's number.
    pub queue: u32,
}

/// The tags that a reader wants.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Tags {
    /// `*`
    #[default]
    All,
    /// `a || b`
    Any(Vec<Arc<str>>),
}

/// How a group's members share a topic.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum SharingMode {
    /// The queues are divided among the members; the broker keeps the offsets.
    #[default]
    Clustering,
    /// Each member reads every queue and keeps its own offsets.
    Broadcasting,
}

/// A pull: the read of a push or pull consumer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pull {
    /// The queue.
    pub of: QueueName,
    /// The group.
    pub group: Arc<str>,
    /// From where.
    pub offset: i64,
    /// Messages at most; a client asks for 32.
    pub max: u32,
    /// How many pulls, one after the other, this one stands for at most: 1 for a real one. A long backlog is read so.
    pub times: u64,
    /// What it wants.
    pub tags: Tags,
    /// The member's own offset, to be stored on the way.
    pub commit: Option<i64>,
    /// How long to wait for a message where there is none (15 s for a push consumer).
    pub wait: Option<SimDuration>,
}

/// A message that failed, or messages that follow each other in their queue, back to the broker: copies go to the retry
/// topic of the group.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SendBack {
    /// The group.
    pub group: Arc<str>,
    /// The queue that they were read from.
    pub of: QueueName,
    /// The first message's offset.
    pub offset: u64,
    /// How many messages.
    pub count: u64,
    /// The delay level; 0 for the broker's choice, which grows with each attempt.
    pub level: u8,
    /// After so many attempts a message goes to the dead letters instead (16 by default).
    pub max_attempts: u16,
    /// Whether the client sends copies of its own where the broker does not find the messages any more, as the Java client
    /// does (`DefaultMQPushConsumerImpl.sendMessageBack`): one request stands for both.
    pub or_copies: bool,
}

/// A read of a POP consumer: any member may ask for any queue.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pop {
    /// The group.
    pub group: Arc<str>,
    /// The queue.
    pub of: QueueName,
    /// Messages at most.
    pub max: u32,
    /// For how long nobody else gets them (60 s by default).
    pub invisible: SimDuration,
    /// Where a group without an offset begins.
    pub start: PopStart,
    /// What it wants.
    pub tags: Tags,
    /// How many POPs, one after the other, this one stands for at most: 1 for a real one.
    pub times: u64,
    /// How long to wait for a message where there is none.
    pub wait: Option<SimDuration>,
}

/// Where a POP group without an offset begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PopStart {
    /// At the minimum.
    Min,
    /// Behind everything but the newest message, or at 0 while message 0 is in memory.
    Max,
}

/// Which of the messages around a moment is meant (5.1.1).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Boundary {
    /// The first that was stored then or later.
    Lower,
    /// The last that was stored then or earlier.
    Upper,
}

/// The time that a reset asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ResetTime {
    /// A moment.
    At(SimTime),
    /// `-1`: behind everything.
    Max,
}

/// A reset of a group's offsets on a topic to a time, as the broker is asked for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ResetToTime {
    /// The group.
    pub group: Arc<str>,
    /// The topic.
    pub topic: Arc<str>,
    /// The time.
    pub to: ResetTime,
    /// Also where that leads ahead; only before 5.2 a broker looks at it.
    pub force: bool,
}

/// What a client says of itself every 30 seconds, and when it starts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Heartbeat {
    /// The client's id; members are ordered by it.
    pub client: Arc<str>,
    /// The group.
    pub group: Arc<str>,
    /// The topic that it reads.
    pub topic: Arc<str>,
    /// How the group's members share it.
    pub mode: SharingMode,
}

/// One request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Request {
    /// Create a topic, or change its numbers of queues.
    Topic {
        /// Its name.
        topic: Arc<str>,
        /// Queues to read.
        read_queues: u32,
        /// Queues to write.
        write_queues: u32,
    },
    /// Make a group known.
    Group {
        /// Its name.
        group: Arc<str>,
    },
    /// Ask for a topic's queues.
    Route {
        /// The topic.
        topic: Arc<str>,
    },
    /// Send messages; a run of them is a send for each.
    Send {
        /// The topic.
        topic: Arc<str>,
        /// To which queues.
        spread: Spread,
        /// The messages.
        messages: MessageRun,
        /// Hold them back: level 1 to 18; 0 does not.
        level: u8,
    },
    /// Messages that failed.
    SendBack(SendBack),
    /// Read.
    Pull(Pull),
    /// Read as POP does.
    Pop(Pop),
    /// Acknowledge messages that a POP gave.
    Ack {
        /// The group.
        group: Arc<str>,
        /// The queue.
        of: QueueName,
        /// The first message's offset.
        offset: u64,
        /// How many messages.
        count: u64,
    },
    /// Ask for a queue's minimum.
    MinOffset(QueueName),
    /// Ask for a queue's maximum.
    MaxOffset(QueueName),
    /// Ask for the offset at a moment.
    SearchOffset {
        /// The queue.
        of: QueueName,
        /// The moment.
        at: SimTime,
        /// Which side; only 5.1.1 and later look at it.
        boundary: Boundary,
    },
    /// Ask for a group's stored offset.
    QueryOffset {
        /// The group.
        group: Arc<str>,
        /// The queue.
        of: QueueName,
    },
    /// Store a group's offset: a commit.
    UpdateOffset {
        /// The group.
        group: Arc<str>,
        /// The queue.
        of: QueueName,
        /// The next message to consume.
        offset: i64,
    },
    /// A member is there.
    Heartbeat(Heartbeat),
    /// A member goes, and says so.
    Unregister {
        /// The group.
        group: Arc<str>,
    },
    /// Ask for the ids of a group's members.
    Members {
        /// The group.
        group: Arc<str>,
    },
    /// Lock queues for an orderly member; again, to keep them.
    Lock {
        /// The group.
        group: Arc<str>,
        /// The queues.
        queues: Vec<QueueName>,
    },
    /// Give locks back.
    Unlock {
        /// The group.
        group: Arc<str>,
        /// The queues.
        queues: Vec<QueueName>,
    },
    /// Reset offsets to a time.
    ResetToTime(ResetToTime),
    /// Reset the offset on one queue (5.2).
    ResetToOffset {
        /// The group.
        group: Arc<str>,
        /// The queue.
        of: QueueName,
        /// To what.
        offset: i64,
    },
    /// Ask what a group has consumed of which queues.
    ConsumeStats {
        /// The group.
        group: Arc<str>,
    },
    /// Ask for minimum and maximum of a topic's queues.
    TopicStats {
        /// The topic.
        topic: Arc<str>,
    },
}
