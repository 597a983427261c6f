//! What an event of streams tells that only a few of them do: a range, a creation, publishing ids, a cut.

use super::StreamEvent;
use crate::ids::{LogId, PublishingId};
use crate::units::SimDuration;

impl StreamEvent {
    /// How many messages the range has that it is, and the time between two of them.
    #[must_use]
    pub const fn range(&self) -> Option<(u64, SimDuration)> {
        match self {
            Self::Handed { count, stride, .. } => Some((*count, *stride)),
            Self::StreamCreated { .. }
            | Self::StreamRefused { .. }
            | Self::StreamDeleted { .. }
            | Self::PolicySet { .. }
            | Self::Written { .. }
            | Self::Committed { .. }
            | Self::Truncated { .. }
            | Self::Stored { .. }
            | Self::OffsetForgotten { .. }
            | Self::SequenceForgotten { .. }
            | Self::Deduplicated { .. }
            | Self::Attached { .. }
            | Self::ProducerStarted { .. }
            | Self::Numbered { .. }
            | Self::ConsumerStarted { .. }
            | Self::Refused { .. }
            | Self::StoredExternally { .. }
            | Self::Replicated { .. }
            | Self::Diverged { .. }
            | Self::LeaderLost { .. }
            | Self::LeaderElected { .. } => None,
        }
    }

    /// The stream that it created.
    #[must_use]
    pub const fn created(&self) -> Option<LogId> {
        match self {
            Self::StreamCreated { stream } => Some(*stream),
            Self::StreamRefused { .. }
            | Self::StreamDeleted { .. }
            | Self::PolicySet { .. }
            | Self::Written { .. }
            | Self::Committed { .. }
            | Self::Truncated { .. }
            | Self::Stored { .. }
            | Self::OffsetForgotten { .. }
            | Self::SequenceForgotten { .. }
            | Self::Deduplicated { .. }
            | Self::Attached { .. }
            | Self::ProducerStarted { .. }
            | Self::Handed { .. }
            | Self::Numbered { .. }
            | Self::ConsumerStarted { .. }
            | Self::Refused { .. }
            | Self::StoredExternally { .. }
            | Self::Replicated { .. }
            | Self::Diverged { .. }
            | Self::LeaderLost { .. }
            | Self::LeaderElected { .. } => None,
        }
    }

    /// The publishing ids that it is about: the first, and how many. Those that moved are told by the producer.
    #[must_use]
    pub const fn publishing_ids(&self) -> Option<(PublishingId, u64)> {
        match self {
            Self::Handed { first_id, ids, .. } => Some((*first_id, *ids)),
            Self::Deduplicated {
                first_id, count, ..
            } => Some((*first_id, *count)),
            Self::StreamCreated { .. }
            | Self::StreamRefused { .. }
            | Self::StreamDeleted { .. }
            | Self::PolicySet { .. }
            | Self::Written { .. }
            | Self::Committed { .. }
            | Self::Truncated { .. }
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
            | Self::LeaderElected { .. } => None,
        }
    }

    /// The stream of which retention deleted segments, and the first row that is left.
    #[must_use]
    pub const fn truncated(&self) -> Option<(LogId, u32)> {
        match self {
            Self::Truncated { stream, row } => Some((*stream, *row)),
            Self::StreamCreated { .. }
            | Self::StreamRefused { .. }
            | Self::StreamDeleted { .. }
            | Self::PolicySet { .. }
            | Self::Written { .. }
            | Self::Committed { .. }
            | Self::Stored { .. }
            | Self::OffsetForgotten { .. }
            | Self::SequenceForgotten { .. }
            | Self::Deduplicated { .. }
            | Self::Attached { .. }
            | Self::ProducerStarted { .. }
            | Self::Handed { .. }
            | Self::Numbered { .. }
            | Self::ConsumerStarted { .. }
            | Self::Refused { .. }
            | Self::StoredExternally { .. }
            | Self::Replicated { .. }
            | Self::Diverged { .. }
            | Self::LeaderLost { .. }
            | Self::LeaderElected { .. } => None,
        }
    }

    /// Whether it tells that a statement changed nothing.
    #[must_use]
    pub const fn has_no_effect(&self) -> bool {
        match self {
            Self::StreamRefused { .. } => true,
            Self::StreamCreated { .. }
            | Self::StreamDeleted { .. }
            | Self::PolicySet { .. }
            | Self::Written { .. }
            | Self::Committed { .. }
            | Self::Truncated { .. }
            | Self::Stored { .. }
            | Self::OffsetForgotten { .. }
            | Self::SequenceForgotten { .. }
            | Self::Deduplicated { .. }
            | Self::Attached { .. }
            | Self::ProducerStarted { .. }
            | Self::Handed { .. }
            | Self::Numbered { .. }
            | Self::ConsumerStarted { .. }
            | Self::Refused { .. }
            | Self::StoredExternally { .. }
            | Self::Replicated { .. }
            | Self::Diverged { .. }
            | Self::LeaderLost { .. }
            | Self::LeaderElected { .. } => false,
        }
    }
}
