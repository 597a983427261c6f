//! What happens at RocketMQ's topics, in its groups and in their programs, beyond what happens in every family.

mod subject;

use alloc::sync::Arc;

use super::broker::{ResponseCode, StoredBy};
use super::settings::{GroupSettings, MemberSettings, ProducerSettings};
use super::store::Position;
use crate::ids::{ActorId, LogId, Offset, SetId};
use crate::units::SimDuration;

/// What happened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum QueueEvent {
    /// A topic came, or has other numbers of queues.
    TopicSet {
        /// The topic.
        topic: SetId,
        /// Queues that members read.
        read: u32,
        /// Queues that producers write to.
        write: u32,
        /// The queues that are new.
        queues: Arc<[LogId]>,
    },
    /// The queue of a group's retries, or of its dead letters, exists from here on.
    RetrySet {
        /// The group.
        group: ActorId,
        /// The queue.
        queue: LogId,
    },
    /// Messages are in the commit log; nobody sees them yet.
    Appended {
        /// Their row in the commit log's arena.
        row: u32,
    },
    /// Messages are in their queue: the maximum moved.
    Visible {
        /// The queue.
        queue: LogId,
        /// Their row in the queue's arena.
        row: u32,
    },
    /// Files of the commit log are deleted.
    FilesDeleted {
        /// How many.
        files: u64,
        /// Where the log begins now.
        first: Position,
        /// Whether they went for the disk's sake, before their time.
        forced: bool,
    },
    /// The cleaner found nothing to delete, though the script asked it to look.
    NothingExpired,
    /// A queue's minimum moved.
    MinMoved {
        /// The queue.
        queue: LogId,
        /// Where to.
        min: Offset,
    },
    /// The broker's disk is so full from here on.
    DiskFilled {
        /// In per cent.
        percent: u8,
    },
    /// A group was declared, or got other settings.
    GroupSet {
        /// The group.
        group: ActorId,
        /// Its settings.
        settings: Arc<GroupSettings>,
    },
    /// The broker stored a group's offset.
    Stored {
        /// The group.
        group: ActorId,
        /// The queue.
        queue: LogId,
        /// The next message to consume; `None` when it was taken away.
        offset: Option<Offset>,
        /// Why.
        by: StoredBy,
        /// Whether a reset waits for the reader, until whose next pull commits are ignored.
        pending: bool,
    },
    /// A commit was acknowledged and ignored, for a reset is pending.
    CommitIgnored {
        /// The group.
        group: ActorId,
        /// The queue.
        queue: LogId,
        /// What it would have stored.
        offset: Offset,
    },
    /// A pull met a pending reset, which is over with it.
    ResetTaken {
        /// The group.
        group: ActorId,
        /// The queue.
        queue: LogId,
        /// To what.
        offset: Offset,
    },
    /// The tool reset a group.
    Reset {
        /// The group.
        group: ActorId,
        /// Queue and offset.
        offsets: Arc<[(LogId, Offset)]>,
        /// How.
        way: ResetWay,
    },
    /// The tool was refused, or no broker answered it.
    ToolRefused {
        /// The group that it was about.
        group: Option<ActorId>,
        /// Why; `None`: the broker is down.
        code: Option<ResponseCode>,
    },
    /// The broker wrote its file of offsets.
    Flushed,
    /// A broker that came back has the offsets of its file: those stored since are gone.
    OffsetsLost {
        /// Group, queue, and what it is now.
        rolled_back: Arc<[(ActorId, LogId, Option<Offset>)]>,
    },
    /// A POP gave messages to a member: they come again unless they are acknowledged.
    Popped {
        /// The group.
        group: ActorId,
        /// The queue.
        queue: LogId,
        /// First offset and count.
        found: Arc<[(Offset, u64)]>,
    },
    /// Popped messages were not acknowledged in time: copies of them come again.
    Revived {
        /// The group.
        group: ActorId,
        /// The queue that they were popped from.
        queue: LogId,
        /// First offset and count.
        offsets: Arc<[(Offset, u64)]>,
    },
    /// A producer started a run.
    ProducerStarted {
        /// The producer.
        producer: ActorId,
        /// With these settings.
        settings: Arc<ProducerSettings>,
    },
    /// A producer was handed messages by `publish`.
    Handed {
        /// The producer.
        producer: ActorId,
        /// The first, by its running count.
        first: u64,
        /// How many.
        count: u64,
        /// Time between two of them (`every`), 0 when all are handed over at once.
        stride: SimDuration,
    },
    /// A member started a run.
    MemberStarted {
        /// The member.
        member: ActorId,
        /// With these settings.
        settings: Arc<MemberSettings>,
    },
    /// A member found that a queue is its own.
    Assigned {
        /// The member.
        member: ActorId,
        /// The queue.
        queue: LogId,
    },
    /// A member let go of a queue; what it had of it in flight counts no more.
    Revoked {
        /// The member.
        member: ActorId,
        /// The queue.
        queue: LogId,
        /// Why.
        why: Revoke,
        /// Messages that it had and had not finished.
        unfinished: u64,
    },
    /// A member knows from where it reads a queue.
    Placed {
        /// The member.
        member: ActorId,
        /// The queue.
        queue: LogId,
        /// The next message that it pulls.
        at: Offset,
        /// How it knows.
        by: PlacedBy,
    },
    /// Consuming messages failed, one after the other: they go back to the broker, or are tried again in their place.
    Failed {
        /// The member.
        member: ActorId,
        /// The queue.
        queue: LogId,
        /// The first offset.
        first: Offset,
        /// How many follow each other.
        count: u64,
        /// Time between two of them.
        stride: SimDuration,
        /// Whether the group had received all of them before; if not, none of them.
        again: bool,
    },
    /// A message hangs: its consumption never ends, and holds the offset.
    Hung {
        /// The member.
        member: ActorId,
        /// The queue.
        queue: LogId,
        /// Its offset.
        offset: Offset,
        /// Whether the group had received it before.
        again: bool,
    },
    /// A hung message was given up after the consume timeout: it goes back to the broker.
    GivenUp {
        /// The member.
        member: ActorId,
        /// The queue.
        queue: LogId,
        /// Its offset.
        offset: Offset,
    },
    /// A member wrote down its own offset of a queue (broadcasting).
    OwnStored {
        /// The member.
        member: ActorId,
        /// The queue.
        queue: LogId,
        /// The next message to consume.
        offset: Offset,
    },
    /// A member stops for 10 s, because the broker told it to go on elsewhere (before 5.2).
    Suspended {
        /// The member.
        member: ActorId,
    },
}

/// How a reset was done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ResetWay {
    /// The broker told the members that run (before 5.2).
    Members,
    /// The tool wrote the offsets itself, for no member runs (before 5.2).
    Tool,
    /// At the broker (from 5.2 on).
    Broker,
}

/// Why a member let go of a queue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Revoke {
    /// The queues were divided anew.
    Rebalance,
    /// The broker told it to go on elsewhere: it takes the queue up again.
    Illegal,
    /// A reset.
    Reset,
    /// It ends.
    Stop,
}

/// How a member knows from where it reads a queue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PlacedBy {
    /// The broker gave it an offset: a stored one, or 0 because message 0 is in memory.
    Broker,
    /// The broker had none: `from first`.
    First,
    /// The broker had none: `from last`.
    Last,
    /// The broker had none: `from timestamp`.
    Timestamp,
    /// Its own file of offsets (broadcasting).
    OwnFile,
    /// Its own lookup of a retry queue that nobody read yet.
    Retry,
}

impl QueueEvent {
    /// The lab's own word for the event: fixed, since goldens and digests are made of it.
    #[must_use]
    pub const fn word(&self) -> &'static str {
        match self {
            Self::TopicSet { .. } => "topic_set",
            Self::RetrySet { .. } => "retry_set",
            Self::Appended { .. } => "appended",
            Self::Visible { .. } => "visible",
            Self::FilesDeleted { .. } => "files_deleted",
            Self::NothingExpired => "nothing_expired",
            Self::MinMoved { .. } => "min_moved",
            Self::DiskFilled { .. } => "disk_filled",
            Self::GroupSet { .. } => "group_set",
            Self::Stored { .. } => "stored",
            Self::CommitIgnored { .. } => "commit_ignored",
            Self::ResetTaken { .. } => "reset_taken",
            Self::Reset { .. } => "reset",
            Self::ToolRefused { .. } => "tool_refused",
            Self::Flushed => "flushed",
            Self::OffsetsLost { .. } => "offsets_lost",
            Self::Popped { .. } => "popped",
            Self::Revived { .. } => "revived",
            Self::ProducerStarted { .. } => "producer_started",
            Self::Handed { .. } => "handed",
            Self::MemberStarted { .. } => "member_started",
            Self::Assigned { .. } => "assigned",
            Self::Revoked { .. } => "revoked",
            Self::Placed { .. } => "placed",
            Self::Failed { .. } => "failed",
            Self::Hung { .. } => "hung",
            Self::GivenUp { .. } => "given_up",
            Self::OwnStored { .. } => "own_stored",
            Self::Suspended { .. } => "suspended",
        }
    }
}
