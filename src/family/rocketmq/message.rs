//! Messages between a program and the broker: one type from sender to receiver, also in the trace.
//! Its direction is a type. Knows no event and no link.

mod words;

use alloc::sync::Arc;
use alloc::vec::Vec;

use super::broker::ResponseCode;
use super::store::{MessageRun, PullStatus, Spread};
use crate::ids::{ActorId, LogId, Offset};
use crate::units::SimTime;

/// A message on a program's link.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum QueueMessage {
    /// From the program.
    ToBroker(ToBroker),
    /// From the broker.
    ToProgram(ToProgram),
}

/// A message from a program.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ToBroker {
    /// Messages are sent, one request each; those that leave at one instant stand together.
    Send(Arc<Sends>),
    /// A member is there.
    Heartbeat,
    /// A member goes, and says so.
    Unregister,
    /// Who else is in the group?
    ListMembers,
    /// Where is the group on this queue?
    QueryOffset {
        /// The queue.
        queue: LogId,
    },
    /// Where does the queue end?
    MaxOffset {
        /// The queue.
        queue: LogId,
    },
    /// Which message of the queue was stored then?
    SearchOffset {
        /// The queue.
        queue: LogId,
        /// The moment.
        at: SimTime,
    },
    /// Messages, please; when there are none, once there are.
    Pull {
        /// The queue.
        queue: LogId,
        /// From here on.
        offset: Offset,
        /// The member's own offset, to be stored on the way.
        commit: Option<Offset>,
        /// How many pulls, one after the other, it stands for at most.
        times: u64,
    },
    /// Store the group's offset. Never answered.
    Commit {
        /// The queue.
        queue: LogId,
        /// The next message to consume.
        offset: Offset,
    },
    /// Messages failed: bring them again later.
    SendBack {
        /// The queue that they were read from.
        queue: LogId,
        /// The first.
        first: Offset,
        /// How many follow each other.
        count: u64,
        /// The delay level; 0 leaves it to the broker.
        level: u8,
    },
    /// Let no other member read these queues.
    Lock {
        /// The queues.
        queues: Arc<[LogId]>,
    },
    /// The lock of a queue is given back.
    Unlock {
        /// The queue.
        queue: LogId,
    },
    /// Messages, please, that nobody else gets for a while.
    Pop {
        /// The queue.
        queue: LogId,
    },
    /// Popped messages are consumed.
    Ack {
        /// The queue.
        queue: LogId,
        /// The first.
        first: Offset,
        /// How many follow each other.
        count: u64,
    },
}

/// A message from the broker.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ToProgram {
    /// Sent messages are stored, or refused.
    SendResult {
        /// The first, by the producer's running count.
        first: u64,
        /// How many.
        count: u64,
        /// What each queue got; nothing when they were refused.
        stored: Arc<[Stored]>,
        /// Why they were refused.
        code: Option<ResponseCode>,
    },
    /// It is done, or refused.
    Done {
        /// What.
        to: Question,
        /// Why not.
        code: Option<ResponseCode>,
    },
    /// Failed messages are back at the broker, or were refused there.
    SentBack {
        /// The queue that they were read from.
        queue: LogId,
        /// The first.
        first: Offset,
        /// How many follow each other.
        count: u64,
        /// Why not.
        code: Option<ResponseCode>,
    },
    /// The members of the group, in the order of their ids.
    Members {
        /// Who they are.
        members: Arc<[ActorId]>,
    },
    /// An offset; `None`: there is none.
    Offset {
        /// What was asked.
        to: Question,
        /// The queue.
        queue: LogId,
        /// The answer.
        offset: Option<Offset>,
    },
    /// The answer to a pull.
    Pulled {
        /// The queue.
        queue: LogId,
        /// What was asked for.
        offset: Offset,
        /// What the client makes of it.
        status: PullStatus,
        /// Where to go on.
        next: Offset,
        /// The queue's maximum.
        max: Offset,
        /// The messages: first offset and count.
        found: Arc<[(Offset, u64)]>,
    },
    /// The pull was refused.
    PullRefused {
        /// The queue.
        queue: LogId,
        /// Why.
        code: ResponseCode,
    },
    /// These queues are locked for the member.
    Locked {
        /// Which.
        queues: Arc<[LogId]>,
    },
    /// The answer to a POP; nothing found when empty.
    Popped {
        /// The queue.
        queue: LogId,
        /// The messages: first offset and count.
        found: Arc<[(Offset, u64)]>,
    },
    /// Members of the group came or went.
    MembersChanged,
    /// Go on from these offsets (before 5.2).
    Reset {
        /// Queue and offset.
        offsets: Arc<[(LogId, Offset)]>,
    },
}

/// Sends that leave at one instant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sends {
    /// The messages.
    pub messages: MessageRun,
    /// To which queues.
    pub spread: Spread,
    /// The delay level; 0 is none.
    pub level: u8,
}

/// Messages that one queue got.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stored {
    /// The queue.
    pub queue: LogId,
    /// The offset of the first.
    pub first: Offset,
    /// How many.
    pub count: u64,
}

/// What a request asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Question {
    /// The heartbeat.
    Heartbeat,
    /// The group's offset.
    Resume,
    /// The queue's maximum.
    Max,
    /// The offset at a moment.
    Search,
    /// The end of a membership.
    Unregister,
    /// The return of a lock.
    Unlock,
    /// The acknowledgement of popped messages.
    Ack,
}

impl Sends {
    /// Takes the first `count` messages off; leaves none when there are no more.
    pub fn take_front(&mut self, count: u64) -> Self {
        let count = count.min(self.messages.count);
        let front = Self {
            messages: self.messages.part(0, 1, count),
            spread: self.spread,
            level: self.level,
        };
        self.messages = self.messages.part(count, 1, self.messages.count - count);
        self.spread = self.spread.behind(count);
        front
    }
}

impl Question {
    /// The lab's own word.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Heartbeat => "heartbeat",
            Self::Resume => "query_offset",
            Self::Max => "max_offset",
            Self::Search => "search_offset",
            Self::Unregister => "unregister",
            Self::Unlock => "unlock",
            Self::Ack => "ack",
        }
    }
}

/// Ranges of offsets as events and messages carry them.
#[must_use]
pub fn ranges(found: &[(u64, u64)]) -> Arc<[(Offset, u64)]> {
    let all: Vec<_> = found
        .iter()
        .map(|(first, n)| (Offset(*first), *n))
        .collect();
    all.into()
}
