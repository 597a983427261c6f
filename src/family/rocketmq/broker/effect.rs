//! What the broker does: answers, notices that nobody asked for, and changes of what it holds, in the order in which
//! they happen.

use alloc::sync::Arc;
use alloc::vec::Vec;

use super::request::{QueueName, Token};
use super::rows::{ConsumeRow, TopicRow};
use crate::family::rocketmq::store::{Extent, Position, QueueRun, Status};
use crate::ids::{ConnectionId, Offset};

/// One effect.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Effect {
    /// The answer to a request.
    Response {
        /// Whose request it was.
        to: ConnectionId,
        /// The request.
        token: Token,
        /// The answer.
        response: Response,
    },
    /// The broker says something of its own accord.
    Notice {
        /// To whom.
        to: ConnectionId,
        /// What.
        notice: Notice,
    },
    /// Something that the broker holds is not as it was.
    Changed(Change),
}

impl Effect {
    /// Whose request it answers, which one, and how.
    #[must_use]
    pub const fn response(&self) -> Option<(ConnectionId, Token, &Response)> {
        match self {
            Self::Response {
                to,
                token,
                response,
            } => Some((*to, *token, response)),
            Self::Notice { .. } | Self::Changed(_) => None,
        }
    }
}

/// What the broker says of its own accord. Both are one-way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Notice {
    /// Members of a group came or went: divide the queues again.
    MembersChanged {
        /// The group.
        group: Arc<str>,
    },
    /// Go on from these offsets (a reset before 5.2).
    Reset {
        /// The group.
        group: Arc<str>,
        /// The topic.
        topic: Arc<str>,
        /// Queue and offset.
        offsets: Vec<(u32, Offset)>,
    },
}

/// A response code other than success.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ResponseCode {
    /// 1: the catch-all of refusals.
    SystemError,
    /// 13
    MessageIllegal,
    /// 14: the disk is full.
    ServiceNotAvailable,
    /// 17
    TopicNotExist,
    /// 22
    QueryNotFound,
    /// 26
    GroupNotExist,
    /// 29
    InvalidParameter,
    /// 206: nobody is online, or a group without any offset.
    ConsumerNotOnline,
    /// 210: nothing to pop.
    PollingTimeout,
    /// 213
    Broadcasting,
}

impl ResponseCode {
    /// Its number on the wire.
    #[must_use]
    pub const fn number(self) -> u16 {
        match self {
            Self::SystemError => 1,
            Self::MessageIllegal => 13,
            Self::ServiceNotAvailable => 14,
            Self::TopicNotExist => 17,
            Self::QueryNotFound => 22,
            Self::GroupNotExist => 26,
            Self::InvalidParameter => 29,
            Self::ConsumerNotOnline => 206,
            Self::PollingTimeout => 210,
            Self::Broadcasting => 213,
        }
    }

    /// Its word on the wire (`ResponseCode.java`).
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::SystemError => "SYSTEM_ERROR",
            Self::MessageIllegal => "MESSAGE_ILLEGAL",
            Self::ServiceNotAvailable => "SERVICE_NOT_AVAILABLE",
            Self::TopicNotExist => "TOPIC_NOT_EXIST",
            Self::QueryNotFound => "QUERY_NOT_FOUND",
            Self::GroupNotExist => "SUBSCRIPTION_GROUP_NOT_EXIST",
            Self::InvalidParameter => "INVALID_PARAMETER",
            Self::ConsumerNotOnline => "CONSUMER_NOT_ONLINE",
            Self::PollingTimeout => "POLLING_TIMEOUT",
            Self::Broadcasting => "BROADCAST_CONSUMPTION",
        }
    }
}

/// An answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Response {
    /// Done.
    Ok,
    /// Refused, or not there.
    Refused(ResponseCode),
    /// The queues of a topic.
    Route {
        /// Queues to read.
        read_queues: u32,
        /// Queues to write.
        write_queues: u32,
    },
    /// Sent messages are stored.
    Sent(Vec<Sent>),
    /// To a pull.
    Pulled(Pulled),
    /// To a POP that found something.
    Popped(FoundMessages),
    /// An offset.
    Offset(Offset),
    /// The ids of a group's members, in no order.
    Members(Vec<Arc<str>>),
    /// The queues that the member has locked now.
    Locked(Vec<QueueName>),
    /// The offsets that a reset came to, by queue.
    Reset(Vec<(u32, Offset)>),
    /// What a group has consumed, by topic and queue.
    ConsumeStats(Vec<ConsumeRow>),
    /// A topic's queues.
    TopicStats(Vec<TopicRow>),
}

/// An answer as whoever asked looks at it: each part is there if it is an answer of that kind.
#[derive(Clone, Copy, Debug, Default)]
pub struct ResponseParts<'a> {
    /// Why it was refused.
    pub refusal: Option<ResponseCode>,
    /// What each queue got.
    pub sent: &'a [Sent],
    /// To a pull.
    pub pulled: Option<&'a Pulled>,
    /// To a POP that found something.
    pub popped: Option<&'a FoundMessages>,
    /// An offset.
    pub offset: Option<Offset>,
    /// The ids of a group's members.
    pub members: &'a [Arc<str>],
    /// The queues that a member has locked.
    pub locked: &'a [QueueName],
    /// The offsets that a reset came to, by queue.
    pub reset: Option<&'a [(u32, Offset)]>,
}

impl Response {
    /// Its parts.
    #[must_use]
    pub fn parts(&self) -> ResponseParts<'_> {
        let mut parts = ResponseParts::default();
        match self {
            Self::Refused(code) => parts.refusal = Some(*code),
            Self::Sent(sent) => parts.sent = sent,
            Self::Pulled(pulled) => parts.pulled = Some(pulled),
            Self::Popped(found) => parts.popped = Some(found),
            Self::Offset(offset) => parts.offset = Some(*offset),
            Self::Members(members) => parts.members = members,
            Self::Locked(queues) => parts.locked = queues,
            Self::Reset(offsets) => parts.reset = Some(offsets),
            Self::Ok | Self::Route { .. } | Self::ConsumeStats(_) | Self::TopicStats(_) => {}
        }
        parts
    }
}

/// Messages that one queue got.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sent {
    /// The queue.
    pub queue: u32,
    /// The offset of the first.
    pub first: Offset,
    /// How many.
    pub count: u64,
}

/// Messages that a read found: their offsets, as first and count.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FoundMessages {
    /// In rising order; no two touch.
    pub ranges: Vec<(u64, u64)>,
    /// How many pulls this one stands for.
    pub times: u64,
}

/// The answer to a pull.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pulled {
    /// What the store found.
    pub status: Status,
    /// Where to go on.
    pub next: Offset,
    /// The queue's minimum.
    pub min: Offset,
    /// The queue's maximum.
    pub max: Offset,
    /// The messages.
    pub found: FoundMessages,
}

/// Why an offset is stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StoredBy {
    /// A commit of its own.
    Commit,
    /// A commit that rode along with a pull.
    Pull,
    /// A POP: the broker stores it.
    Pop,
    /// A reset on the server.
    Reset,
}

/// Something that the broker holds is not as it was.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// A topic came, or has other numbers of queues.
    Topic {
        /// Its name.
        topic: Arc<str>,
        /// Queues to read.
        read_queues: u32,
        /// Queues to write.
        write_queues: u32,
    },
    /// A group became known.
    Group {
        /// Its name.
        group: Arc<str>,
    },
    /// Messages are in the commit log; nobody sees them yet.
    Appended {
        /// Where and what.
        extent: Arc<Extent>,
        /// The request, or none for what the broker appends by itself (a delay is over).
        token: Option<Token>,
    },
    /// Messages are in their queue: the maximum moved.
    Visible {
        /// The queue.
        of: QueueName,
        /// The messages.
        run: QueueRun,
    },
    /// A group's offset is stored.
    Stored {
        /// The group.
        group: Arc<str>,
        /// The queue.
        of: QueueName,
        /// The offset; `None` when a negative one took it away.
        offset: Option<Offset>,
        /// Why.
        by: StoredBy,
        /// The request.
        token: Token,
    },
    /// A commit was acknowledged and ignored, for a reset is pending.
    CommitIgnored {
        /// The group.
        group: Arc<str>,
        /// The queue.
        of: QueueName,
        /// What it would have stored.
        offset: i64,
        /// The request.
        token: Token,
    },
    /// A pull met a pending reset, which is over with it.
    ResetTaken {
        /// The group.
        group: Arc<str>,
        /// The queue.
        of: QueueName,
        /// To what.
        offset: Offset,
    },
    /// The broker wrote its file of offsets.
    Flushed,
    /// A broker that came back has the offsets of its file: those stored since are gone.
    OffsetsLost {
        /// Group, queue, and what it is now.
        rolled_back: Vec<(Arc<str>, QueueName, Option<Offset>)>,
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
    /// A queue's minimum moved.
    MinMoved {
        /// The queue.
        of: QueueName,
        /// Where to.
        min: Offset,
    },
    /// A POP gave messages to a member; acknowledge them or they come again.
    Popped {
        /// The group.
        group: Arc<str>,
        /// The queue.
        of: QueueName,
        /// Which.
        found: FoundMessages,
    },
    /// Messages of a POP were not acknowledged in time; copies of them are in the retry topic.
    Revived {
        /// The group.
        group: Arc<str>,
        /// The queue that they were popped from.
        of: QueueName,
        /// Which.
        offsets: Vec<(u64, u64)>,
    },
}
