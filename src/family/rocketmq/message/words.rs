//! Of which kind a message is, what it is about, and the lab's own word for it.

use super::{QueueMessage, Sends, ToBroker, ToProgram};
use crate::ids::{LogId, Offset};
use crate::trace::link::MessageKind;

impl QueueMessage {
    /// What it says to the broker.
    #[must_use]
    pub const fn to_broker(&self) -> Option<&ToBroker> {
        match self {
            Self::ToBroker(message) => Some(message),
            Self::ToProgram(_) => None,
        }
    }

    /// What it says to the program.
    #[must_use]
    pub const fn to_program(&self) -> Option<&ToProgram> {
        match self {
            Self::ToBroker(_) => None,
            Self::ToProgram(message) => Some(message),
        }
    }

    /// Whether it travels from the program to the broker.
    #[must_use]
    pub const fn is_to_broker(&self) -> bool {
        match self {
            Self::ToBroker(_) => true,
            Self::ToProgram(_) => false,
        }
    }

    /// How many requests it stands for.
    #[must_use]
    pub fn frames(&self) -> u64 {
        match self {
            Self::ToBroker(ToBroker::Send(sends)) => sends.messages.count,
            Self::ToBroker(_) | Self::ToProgram(_) => 1,
        }
    }

    /// Of which kind it is, for those that a fault can be about.
    #[must_use]
    pub const fn kind(&self) -> Option<MessageKind> {
        match self {
            Self::ToBroker(message) => match message {
                ToBroker::Send(_) => Some(MessageKind::Publish),
                ToBroker::Commit { .. } => Some(MessageKind::Store),
                ToBroker::Heartbeat
                | ToBroker::Unregister
                | ToBroker::ListMembers
                | ToBroker::QueryOffset { .. }
                | ToBroker::MaxOffset { .. }
                | ToBroker::SearchOffset { .. }
                | ToBroker::Pull { .. }
                | ToBroker::SendBack { .. }
                | ToBroker::Lock { .. }
                | ToBroker::Unlock { .. }
                | ToBroker::Pop { .. }
                | ToBroker::Ack { .. } => None,
            },
            Self::ToProgram(message) => match message {
                ToProgram::SendResult { .. } => Some(MessageKind::Confirm),
                ToProgram::Done { .. }
                | ToProgram::SentBack { .. }
                | ToProgram::Members { .. }
                | ToProgram::Offset { .. }
                | ToProgram::Pulled { .. }
                | ToProgram::PullRefused { .. }
                | ToProgram::Locked { .. }
                | ToProgram::Popped { .. }
                | ToProgram::MembersChanged
                | ToProgram::Reset { .. } => None,
            },
        }
    }

    /// Whether a faulty link may drop it: what a program says without waiting for an answer that it could miss for
    /// ever, so sends and commits.
    #[must_use]
    pub const fn can_be_dropped(&self) -> bool {
        self.is_to_broker() && self.kind().is_some()
    }

    /// The queue that it is about, where it names one.
    #[must_use]
    pub const fn queue(&self) -> Option<LogId> {
        match self {
            Self::ToBroker(message) => message.queue(),
            Self::ToProgram(message) => message.queue(),
        }
    }

    /// The lab's own word for the message: fixed, since goldens and digests are made of it.
    #[must_use]
    pub const fn word(&self) -> &'static str {
        match self {
            Self::ToBroker(message) => match message {
                ToBroker::Send(_) => "send",
                ToBroker::Heartbeat => "heartbeat",
                ToBroker::Unregister => "unregister",
                ToBroker::ListMembers => "list_members",
                ToBroker::QueryOffset { .. } => "query_offset",
                ToBroker::MaxOffset { .. } => "max_offset",
                ToBroker::SearchOffset { .. } => "search_offset",
                ToBroker::Pull { .. } => "pull",
                ToBroker::Commit { .. } => "update_offset",
                ToBroker::SendBack { .. } => "send_back",
                ToBroker::Lock { .. } => "lock",
                ToBroker::Unlock { .. } => "unlock",
                ToBroker::Pop { .. } => "pop",
                ToBroker::Ack { .. } => "ack",
            },
            Self::ToProgram(message) => match message {
                ToProgram::SendResult { .. } => "send_result",
                ToProgram::Done { .. } => "response",
                ToProgram::SentBack { .. } => "sent_back",
                ToProgram::Members { .. } => "members",
                ToProgram::Offset { .. } => "offset",
                ToProgram::Pulled { .. } | ToProgram::PullRefused { .. } => "pull_result",
                ToProgram::Locked { .. } => "locked",
                ToProgram::Popped { .. } => "pop_result",
                ToProgram::MembersChanged => "members_changed",
                ToProgram::Reset { .. } => "reset_offsets",
            },
        }
    }
}

impl ToBroker {
    /// The queue that it is about, where it names one.
    #[must_use]
    pub const fn queue(&self) -> Option<LogId> {
        match self {
            Self::QueryOffset { queue }
            | Self::MaxOffset { queue }
            | Self::SearchOffset { queue, .. }
            | Self::Pull { queue, .. }
            | Self::Commit { queue, .. }
            | Self::SendBack { queue, .. }
            | Self::Unlock { queue }
            | Self::Pop { queue }
            | Self::Ack { queue, .. } => Some(*queue),
            Self::Send(_)
            | Self::Heartbeat
            | Self::Unregister
            | Self::ListMembers
            | Self::Lock { .. } => None,
        }
    }
}

/// What a message is of what only some are; of others nothing.
impl ToBroker {
    /// The queue that it reads.
    #[must_use]
    pub const fn reads(&self) -> Option<LogId> {
        match self {
            Self::Pull { queue, .. } | Self::Pop { queue } => Some(*queue),
            Self::Send(_)
            | Self::Heartbeat
            | Self::Unregister
            | Self::ListMembers
            | Self::QueryOffset { .. }
            | Self::MaxOffset { .. }
            | Self::SearchOffset { .. }
            | Self::Commit { .. }
            | Self::SendBack { .. }
            | Self::Lock { .. }
            | Self::Unlock { .. }
            | Self::Ack { .. } => None,
        }
    }

    /// The queue that it pulls, and from where.
    #[must_use]
    pub const fn pulls(&self) -> Option<(LogId, Offset)> {
        match self {
            Self::Pull { queue, offset, .. } => Some((*queue, *offset)),
            Self::Send(_)
            | Self::Heartbeat
            | Self::Unregister
            | Self::ListMembers
            | Self::QueryOffset { .. }
            | Self::MaxOffset { .. }
            | Self::SearchOffset { .. }
            | Self::Commit { .. }
            | Self::SendBack { .. }
            | Self::Lock { .. }
            | Self::Unlock { .. }
            | Self::Pop { .. }
            | Self::Ack { .. } => None,
        }
    }

    /// The popped messages that it acknowledges: queue, first offset, count.
    #[must_use]
    pub const fn acknowledges(&self) -> Option<(LogId, Offset, u64)> {
        match self {
            Self::Ack {
                queue,
                first,
                count,
            } => Some((*queue, *first, *count)),
            Self::Send(_)
            | Self::Heartbeat
            | Self::Unregister
            | Self::ListMembers
            | Self::QueryOffset { .. }
            | Self::MaxOffset { .. }
            | Self::SearchOffset { .. }
            | Self::Pull { .. }
            | Self::Commit { .. }
            | Self::SendBack { .. }
            | Self::Lock { .. }
            | Self::Unlock { .. }
            | Self::Pop { .. } => None,
        }
    }

    /// The queue of which it commits an offset, and does nothing else.
    #[must_use]
    pub const fn commits(&self) -> Option<LogId> {
        match self {
            Self::Commit { queue, .. } => Some(*queue),
            Self::Send(_)
            | Self::Heartbeat
            | Self::Unregister
            | Self::ListMembers
            | Self::QueryOffset { .. }
            | Self::MaxOffset { .. }
            | Self::SearchOffset { .. }
            | Self::Pull { .. }
            | Self::SendBack { .. }
            | Self::Lock { .. }
            | Self::Unlock { .. }
            | Self::Pop { .. }
            | Self::Ack { .. } => None,
        }
    }

    /// The messages that it sends.
    #[must_use]
    pub fn sends(&self) -> Option<&Sends> {
        match self {
            Self::Send(sends) => Some(sends),
            Self::Heartbeat
            | Self::Unregister
            | Self::ListMembers
            | Self::QueryOffset { .. }
            | Self::MaxOffset { .. }
            | Self::SearchOffset { .. }
            | Self::Pull { .. }
            | Self::Commit { .. }
            | Self::SendBack { .. }
            | Self::Lock { .. }
            | Self::Unlock { .. }
            | Self::Pop { .. }
            | Self::Ack { .. } => None,
        }
    }
}

impl ToProgram {
    /// The queue that it is about, where it names one.
    #[must_use]
    pub const fn queue(&self) -> Option<LogId> {
        match self {
            Self::Offset { queue, .. }
            | Self::SentBack { queue, .. }
            | Self::Pulled { queue, .. }
            | Self::PullRefused { queue, .. }
            | Self::Popped { queue, .. } => Some(*queue),
            Self::SendResult { .. }
            | Self::Done { .. }
            | Self::Members { .. }
            | Self::Locked { .. }
            | Self::MembersChanged
            | Self::Reset { .. } => None,
        }
    }

    /// The messages that it is the send result of, by the producer's running count: the first, and how many.
    #[must_use]
    pub const fn settles(&self) -> Option<(u64, u64)> {
        match self {
            Self::SendResult { first, count, .. } => Some((*first, *count)),
            Self::Done { .. }
            | Self::SentBack { .. }
            | Self::Members { .. }
            | Self::Offset { .. }
            | Self::Pulled { .. }
            | Self::PullRefused { .. }
            | Self::Locked { .. }
            | Self::Popped { .. }
            | Self::MembersChanged
            | Self::Reset { .. } => None,
        }
    }

    /// The messages that it brings: first offset and count.
    #[must_use]
    pub fn found(&self) -> &[(Offset, u64)] {
        match self {
            Self::Pulled { found, .. } | Self::Popped { found, .. } => found,
            Self::SendResult { .. }
            | Self::Done { .. }
            | Self::SentBack { .. }
            | Self::Members { .. }
            | Self::Offset { .. }
            | Self::PullRefused { .. }
            | Self::Locked { .. }
            | Self::MembersChanged
            | Self::Reset { .. } => &[],
        }
    }
}
