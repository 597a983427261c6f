//! What scripts about RocketMQ say, as data. Knows no text layout and runs nothing.

use alloc::sync::Arc;
use alloc::vec::Vec;

use crate::family;
use crate::ids::{ActorId, LogId, SetId};
use crate::language::Version;
use crate::language::ast::{StatementKind, Subject};
use crate::units::{Bytes, SimDuration};

/// What a statement says that only scripts about RocketMQ have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Statement {
    /// `topic T …`
    Topic(TopicStatement),
    /// `producer P on T`
    Producer {
        /// The producer.
        producer: ActorId,
        /// Where it publishes.
        topic: SetId,
    },
    /// `publish P …`
    Publish(PublishStatement),
    /// `close P`
    Close(ActorId),
    /// `group G on T …`
    Group(GroupStatement),
    /// `member M in G …`
    Member(MemberStatement),
    /// `reset G to …`
    Reset(ResetStatement),
    /// `expire`: the cleaner runs now
    Expire,
    /// `option disk N%`
    Disk(u8),
}

/// A statement of one of the kinds that are looked for alone.
#[derive(Clone, Copy, Debug)]
enum Sought<'a> {
    Topic(&'a TopicStatement),
    Group(&'a GroupStatement),
    Member(&'a MemberStatement),
    Reset(&'a ResetStatement),
    Cleaner,
    Other,
}

impl Statement {
    const fn sought(&self) -> Sought<'_> {
        match self {
            Self::Topic(said) => Sought::Topic(said),
            Self::Group(said) => Sought::Group(said),
            Self::Member(said) => Sought::Member(said),
            Self::Reset(said) => Sought::Reset(said),
            Self::Expire => Sought::Cleaner,
            Self::Producer { .. } | Self::Publish(_) | Self::Close(_) | Self::Disk(_) => {
                Sought::Other
            }
        }
    }

    /// What it says of a topic.
    #[must_use]
    pub const fn topic(&self) -> Option<&TopicStatement> {
        let Sought::Topic(said) = self.sought() else {
            return None;
        };
        Some(said)
    }

    /// What it says of a group.
    #[must_use]
    pub const fn group(&self) -> Option<&GroupStatement> {
        let Sought::Group(said) = self.sought() else {
            return None;
        };
        Some(said)
    }

    /// What it says of a member.
    #[must_use]
    pub const fn member(&self) -> Option<&MemberStatement> {
        let Sought::Member(said) = self.sought() else {
            return None;
        };
        Some(said)
    }

    /// What it resets.
    #[must_use]
    pub const fn reset(&self) -> Option<&ResetStatement> {
        let Sought::Reset(said) = self.sought() else {
            return None;
        };
        Some(said)
    }

    /// Whether the cleaner runs in it.
    #[must_use]
    pub const fn is_cleaner(&self) -> bool {
        matches!(self.sought(), Sought::Cleaner)
    }

    /// Whether simulated time may move in it.
    #[must_use]
    pub const fn moves_time(&self) -> bool {
        match self {
            Self::Topic(_)
            | Self::Producer { .. }
            | Self::Publish(_)
            | Self::Close(_)
            | Self::Group(_)
            | Self::Member(_)
            | Self::Reset(_)
            | Self::Expire
            | Self::Disk(_) => false,
        }
    }

    /// What it brings into the script, or declares again.
    #[must_use]
    pub const fn declares(&self) -> Option<Subject> {
        match self {
            Self::Topic(said) => Some(Subject::Set(said.topic)),
            Self::Producer { producer, .. } => Some(Subject::Program(*producer)),
            Self::Group(said) => Some(Subject::Program(said.group)),
            Self::Member(said) => Some(Subject::Program(said.member)),
            Self::Publish(_) | Self::Close(_) | Self::Reset(_) | Self::Expire | Self::Disk(_) => {
                None
            }
        }
    }

    /// How many messages it publishes.
    #[must_use]
    pub const fn messages(&self) -> u64 {
        match self {
            Self::Publish(said) => said.count,
            Self::Topic(_)
            | Self::Producer { .. }
            | Self::Close(_)
            | Self::Group(_)
            | Self::Member(_)
            | Self::Reset(_)
            | Self::Expire
            | Self::Disk(_) => 0,
        }
    }
}

impl From<Statement> for StatementKind {
    fn from(statement: Statement) -> Self {
        Self::Family(family::Statement::RocketMq(statement))
    }
}

/// `topic T [queues N] [read N] [file SIZE] [reserved DUR]`
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TopicStatement {
    /// The topic.
    pub topic: SetId,
    /// Its queues, those that can be written first.
    pub queues: Vec<LogId>,
    /// How many of them producers write to.
    pub write: u32,
    /// How many of them members read.
    pub read: u32,
    /// `fileReservedTime`
    pub reserved: Option<SimDuration>,
}

/// `publish P [COUNT] "body" …`
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublishStatement {
    /// The producer.
    pub producer: ActorId,
    /// How many messages, 1 when unset.
    pub count: u64,
    /// The body template as written.
    pub body: Arc<str>,
    /// `size SIZE`: bytes of each body, filled up.
    pub size: Option<Bytes>,
    /// `key "k{i}"`: the queue is that of its hash.
    pub key: Option<Arc<str>>,
    /// `to queue N`
    pub queue: Option<u32>,
    /// `tag "t"`
    pub tag: Option<Arc<str>>,
    /// `every DUR`
    pub every: Option<SimDuration>,
    /// `delay LEVEL`, 1 to 18
    pub delay: Option<u8>,
}

/// `group G on T …`
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GroupStatement {
    /// The group, and its member when it has no other.
    pub group: ActorId,
    /// What it reads.
    pub topic: SetId,
    /// The queue of what comes back: `%RETRY%G.q0`.
    pub retry: LogId,
    /// The queue of what came back too often: `%DLQ%G.q0`.
    pub dead: LogId,
    /// Where it starts without an offset.
    pub from: GroupStart,
    /// The time between two commits by the clock.
    pub commit: SimDuration,
    /// How its members share messages.
    pub mode: Mode,
    /// Only messages of this tag.
    pub tag: Option<Arc<str>>,
    /// How the member named as the group consumes.
    pub habits: Habits,
}

/// `member M in G …`
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MemberStatement {
    /// The member.
    pub member: ActorId,
    /// Its group.
    pub group: ActorId,
    /// How it consumes.
    pub habits: Habits,
}

/// How a member consumes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Habits {
    /// `takes DUR`: how long a message takes, 0 when unset.
    pub takes: SimDuration,
    /// `fails at "text"`: consuming a message that contains it fails.
    pub fails_at: Option<Failure>,
    /// `hangs at "text"`: consuming a message that contains it never ends.
    pub hangs_at: Option<Arc<str>>,
    /// `client VERSION`; the broker's when unset.
    pub client: Option<Version>,
}

/// Which messages fail.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// Their bodies contain this.
    pub text: Arc<str>,
    /// How often each does; always when unset.
    pub times: Option<u16>,
}

/// Where a group starts that has no offset (`ConsumeFromWhere`).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum GroupStart {
    /// `first`
    First,
    /// `last`
    #[default]
    Last,
    /// `timestamp D`: that long after the start of the run
    Timestamp(SimDuration),
    /// `timestamp now`
    Now,
}

/// How the members of a group share messages.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Mode {
    /// Each queue has one member; messages of a queue are consumed side by side.
    #[default]
    Concurrent,
    /// `orderly`: the same, and a queue's messages one behind the other.
    Orderly,
    /// `broadcast`: each member reads every queue and keeps its own offsets.
    Broadcast,
    /// `pop`: the broker hands out messages of any queue to any member.
    Pop,
}

/// `reset G to … [queue Q] [force]`
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ResetStatement {
    /// The group.
    pub group: ActorId,
    /// Where to.
    pub to: ResetTo,
    /// One queue only.
    pub queue: Option<u32>,
    /// Ahead too, where that is not what the broker does anyway.
    pub force: bool,
}

/// Where a group is reset to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ResetTo {
    /// `offset N`
    Offset(u64),
    /// `time D`: that long after the start of the run
    Time(SimDuration),
    /// `time now`
    Now,
    /// `min`
    Min,
    /// `max`
    Max,
}
