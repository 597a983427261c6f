//! What an event of streams tells that only a few of them do: a range, a creation, publishing ids, a cut. One match says
//! which of them it is; the rest ask that.

use super::StreamEvent;
use crate::ids::{LogId, PublishingId};
use crate::units::SimDuration;

/// What an event is to those who look for one kind of event.
#[derive(Clone, Copy)]
enum Case {
    /// A producer was handed messages.
    Handed {
        count: u64,
        stride: SimDuration,
        ids: (PublishingId, u64),
    },
    /// Messages were not stored again.
    Deduplicated { ids: (PublishingId, u64) },
    /// A stream was created.
    Created(LogId),
    /// Retention deleted segments.
    Truncated(LogId, u32),
    /// A statement changed nothing.
    NoEffect,
    /// Something that nobody looks for alone.
    Other,
}

impl StreamEvent {
    const fn case(&self) -> Case {
        match self {
            Self::Handed {
                count,
                stride,
                first_id,
                ids,
                ..
            } => Case::Handed {
                count: *count,
                stride: *stride,
                ids: (*first_id, *ids),
            },
            Self::Deduplicated {
                first_id, count, ..
            } => Case::Deduplicated {
                ids: (*first_id, *count),
            },
            Self::StreamCreated { stream } => Case::Created(*stream),
            Self::Truncated { stream, row } => Case::Truncated(*stream, *row),
            Self::StreamRefused { .. } => Case::NoEffect,
            Self::StreamDeleted { .. }
            | Self::PolicySet { .. }
            | Self::Written { .. }
            | Self::Committed { .. }
            | Self::Stored { .. }
            | Self::OffsetForgotten { .. }
            | Self::SequenceForgotten { .. }
            | Self::Attached { .. }
            | Self::ProducerStarted { .. }
            | Self::Numbered { .. }
            | Self::ConsumerStarted { .. }
            | Self::Refused { .. }
            | Self::StoredExternally { .. }
            | Self::Replicated { .. }
            | Self::Diverged { .. }
            | Self::LeaderLost { .. }
            | Self::LeaderElected { .. } => Case::Other,
        }
    }

    /// How many messages the range has that it is, and the time between two of them.
    #[must_use]
    pub const fn range(&self) -> Option<(u64, SimDuration)> {
        match self.case() {
            Case::Handed { count, stride, .. } => Some((count, stride)),
            Case::Deduplicated { .. }
            | Case::Created(_)
            | Case::Truncated(..)
            | Case::NoEffect
            | Case::Other => None,
        }
    }

    /// The stream that it created.
    #[must_use]
    pub const fn created(&self) -> Option<LogId> {
        match self.case() {
            Case::Created(stream) => Some(stream),
            Case::Handed { .. }
            | Case::Deduplicated { .. }
            | Case::Truncated(..)
            | Case::NoEffect
            | Case::Other => None,
        }
    }

    /// The publishing ids that it is about: the first, and how many. Those that moved are told by the producer.
    #[must_use]
    pub const fn publishing_ids(&self) -> Option<(PublishingId, u64)> {
        match self.case() {
            Case::Handed { ids, .. } | Case::Deduplicated { ids } => Some(ids),
            Case::Created(_) | Case::Truncated(..) | Case::NoEffect | Case::Other => None,
        }
    }

    /// The stream of which retention deleted segments, and the first row that is left.
    #[must_use]
    pub const fn truncated(&self) -> Option<(LogId, u32)> {
        match self.case() {
            Case::Truncated(stream, row) => Some((stream, row)),
            Case::Handed { .. }
            | Case::Deduplicated { .. }
            | Case::Created(_)
            | Case::NoEffect
            | Case::Other => None,
        }
    }

    /// Whether it tells that a statement changed nothing.
    #[must_use]
    pub const fn has_no_effect(&self) -> bool {
        matches!(self.case(), Case::NoEffect)
    }
}
