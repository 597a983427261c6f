//! Whom and what an event of this family is about.

use super::QueueEvent;
use crate::ids::{ActorId, LogId, Offset};
use crate::units::SimDuration;

/// What an event is to those who look for one kind of event.
#[derive(Clone, Copy)]
enum Case {
    /// A producer was handed messages.
    Handed {
        first: u64,
        count: u64,
        stride: SimDuration,
    },
    /// Messages failed, one after the other.
    Failed {
        member: ActorId,
        first: Offset,
        count: u64,
        stride: SimDuration,
    },
    /// The minimum of a queue moved.
    Trimmed(LogId),
    /// A statement had no effect.
    NoEffect,
    /// Something that nobody looks for alone.
    Other,
}

impl QueueEvent {
    /// The program or group that it is about.
    #[must_use]
    pub const fn actor(&self) -> Option<ActorId> {
        match self {
            Self::ProducerStarted { producer, .. } | Self::Handed { producer, .. } => {
                Some(*producer)
            }
            Self::MemberStarted { member, .. }
            | Self::Assigned { member, .. }
            | Self::Revoked { member, .. }
            | Self::Placed { member, .. }
            | Self::Failed { member, .. }
            | Self::Hung { member, .. }
            | Self::GivenUp { member, .. }
            | Self::OwnStored { member, .. }
            | Self::Suspended { member } => Some(*member),
            Self::RetrySet { group, .. }
            | Self::GroupSet { group, .. }
            | Self::Stored { group, .. }
            | Self::CommitIgnored { group, .. }
            | Self::ResetTaken { group, .. }
            | Self::Reset { group, .. }
            | Self::Popped { group, .. }
            | Self::Revived { group, .. } => Some(*group),
            Self::ToolRefused { group, .. } => *group,
            Self::TopicSet { .. }
            | Self::Appended { .. }
            | Self::Visible { .. }
            | Self::FilesDeleted { .. }
            | Self::NothingExpired
            | Self::MinMoved { .. }
            | Self::DiskFilled { .. }
            | Self::Flushed
            | Self::OffsetsLost { .. } => None,
        }
    }

    /// The queue that it is about, where the event names one itself.
    #[must_use]
    pub const fn queue(&self) -> Option<LogId> {
        match self {
            Self::RetrySet { queue, .. }
            | Self::Visible { queue, .. }
            | Self::MinMoved { queue, .. }
            | Self::Stored { queue, .. }
            | Self::CommitIgnored { queue, .. }
            | Self::ResetTaken { queue, .. }
            | Self::Popped { queue, .. }
            | Self::Revived { queue, .. }
            | Self::Assigned { queue, .. }
            | Self::Revoked { queue, .. }
            | Self::Placed { queue, .. }
            | Self::Failed { queue, .. }
            | Self::Hung { queue, .. }
            | Self::GivenUp { queue, .. }
            | Self::OwnStored { queue, .. } => Some(*queue),
            Self::TopicSet { .. }
            | Self::Appended { .. }
            | Self::FilesDeleted { .. }
            | Self::NothingExpired
            | Self::DiskFilled { .. }
            | Self::GroupSet { .. }
            | Self::Reset { .. }
            | Self::ToolRefused { .. }
            | Self::Flushed
            | Self::OffsetsLost { .. }
            | Self::ProducerStarted { .. }
            | Self::Handed { .. }
            | Self::MemberStarted { .. }
            | Self::Suspended { .. } => None,
        }
    }

    const fn case(&self) -> Case {
        match self {
            Self::Handed {
                first,
                count,
                stride,
                ..
            } => Case::Handed {
                first: *first,
                count: *count,
                stride: *stride,
            },
            Self::Failed {
                member,
                first,
                count,
                stride,
                ..
            } => Case::Failed {
                member: *member,
                first: *first,
                count: *count,
                stride: *stride,
            },
            Self::MinMoved { queue, .. } => Case::Trimmed(*queue),
            Self::NothingExpired | Self::ToolRefused { .. } => Case::NoEffect,
            Self::TopicSet { .. }
            | Self::RetrySet { .. }
            | Self::Appended { .. }
            | Self::Visible { .. }
            | Self::FilesDeleted { .. }
            | Self::DiskFilled { .. }
            | Self::GroupSet { .. }
            | Self::Stored { .. }
            | Self::CommitIgnored { .. }
            | Self::ResetTaken { .. }
            | Self::Reset { .. }
            | Self::Flushed
            | Self::OffsetsLost { .. }
            | Self::Popped { .. }
            | Self::Revived { .. }
            | Self::ProducerStarted { .. }
            | Self::MemberStarted { .. }
            | Self::Assigned { .. }
            | Self::Revoked { .. }
            | Self::Placed { .. }
            | Self::Hung { .. }
            | Self::GivenUp { .. }
            | Self::OwnStored { .. }
            | Self::Suspended { .. } => Case::Other,
        }
    }

    /// How many messages the range has that it is, and the time between two of them.
    #[must_use]
    pub const fn range(&self) -> Option<(u64, SimDuration)> {
        match self.case() {
            Case::Handed { count, stride, .. } | Case::Failed { count, stride, .. } => {
                Some((count, stride))
            }
            Case::Trimmed(_) | Case::NoEffect | Case::Other => None,
        }
    }

    /// The messages that a producer was handed, by its running count: the first, and how many.
    #[must_use]
    pub const fn handed(&self) -> Option<(u64, u64)> {
        match self.case() {
            Case::Handed { first, count, .. } => Some((first, count)),
            Case::Failed { .. } | Case::Trimmed(_) | Case::NoEffect | Case::Other => None,
        }
    }

    /// The member that received messages which failed, and the first of them.
    #[must_use]
    pub const fn tried(&self) -> Option<(ActorId, Offset)> {
        match self.case() {
            Case::Failed { member, first, .. } => Some((member, first)),
            Case::Handed { .. } | Case::Trimmed(_) | Case::NoEffect | Case::Other => None,
        }
    }

    /// The queue whose minimum moved.
    #[must_use]
    pub const fn trimmed(&self) -> Option<LogId> {
        match self.case() {
            Case::Trimmed(queue) => Some(queue),
            Case::Handed { .. } | Case::Failed { .. } | Case::NoEffect | Case::Other => None,
        }
    }

    /// Whether it tells that a statement had no effect.
    #[must_use]
    pub const fn has_no_effect(&self) -> bool {
        matches!(self.case(), Case::NoEffect)
    }
}
