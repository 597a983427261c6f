//! Whom an event is about.

use super::event::What;
use crate::ids::{ActorId, StreamId};

impl What {
    /// The program that it is about.
    #[must_use]
    pub const fn actor(&self) -> Option<ActorId> {
        match self {
            Self::Deduplicated { producer, .. }
            | Self::ProducerStarted { producer, .. }
            | Self::Handed { producer, .. }
            | Self::Numbered { producer, .. } => Some(*producer),
            Self::Attached { consumer, .. }
            | Self::ConsumerStarted { consumer, .. }
            | Self::Processed { consumer, .. }
            | Self::Skipped { consumer, .. }
            | Self::StoredExternally { consumer, .. }
            | Self::Paused { consumer }
            | Self::Resumed { consumer } => Some(*consumer),
            Self::Sent { actor, .. }
            | Self::Arrived { actor, .. }
            | Self::Lost { actor, .. }
            | Self::Ready { actor }
            | Self::Refused { actor, .. }
            | Self::Closed { actor }
            | Self::Crashed { actor }
            | Self::Disconnected { actor }
            | Self::Printed { actor, .. }
            | Self::Fault { actor, .. }
            | Self::Healed { actor } => Some(*actor),
            Self::Ignored { actor, .. } => *actor,
            Self::StreamCreated { .. }
            | Self::StreamRefused { .. }
            | Self::StreamDeleted { .. }
            | Self::Written { .. }
            | Self::Committed { .. }
            | Self::Truncated { .. }
            | Self::Stored { .. }
            | Self::OffsetForgotten { .. }
            | Self::SequenceForgotten { .. }
            | Self::NodeCrashed { .. }
            | Self::NodeStarted { .. }
            | Self::NodeCut { .. }
            | Self::NodeHealed { .. }
            | Self::Replicated { .. }
            | Self::Diverged { .. }
            | Self::LeaderLost { .. }
            | Self::LeaderElected { .. }
            | Self::Waited => None,
        }
    }

    /// The stream that it is about, where the event names one itself.
    #[must_use]
    pub fn stream(&self) -> Option<StreamId> {
        match self {
            Self::StreamCreated { stream }
            | Self::StreamRefused { stream, .. }
            | Self::StreamDeleted { stream }
            | Self::Written { stream, .. }
            | Self::Committed { stream, .. }
            | Self::Truncated { stream, .. }
            | Self::Stored { stream, .. }
            | Self::OffsetForgotten { stream, .. }
            | Self::SequenceForgotten { stream, .. }
            | Self::Replicated { stream, .. }
            | Self::Diverged { stream, .. }
            | Self::LeaderLost { stream }
            | Self::LeaderElected { stream, .. } => Some(*stream),
            Self::ProducerStarted { settings, .. } => Some(settings.stream),
            Self::ConsumerStarted { settings, .. } => Some(settings.stream),
            Self::Deduplicated { .. }
            | Self::Attached { .. }
            | Self::Sent { .. }
            | Self::Arrived { .. }
            | Self::Lost { .. }
            | Self::Handed { .. }
            | Self::Numbered { .. }
            | Self::Ready { .. }
            | Self::Refused { .. }
            | Self::Processed { .. }
            | Self::Skipped { .. }
            | Self::StoredExternally { .. }
            | Self::Paused { .. }
            | Self::Resumed { .. }
            | Self::Closed { .. }
            | Self::Crashed { .. }
            | Self::Disconnected { .. }
            | Self::Printed { .. }
            | Self::Ignored { .. }
            | Self::Fault { .. }
            | Self::Healed { .. }
            | Self::NodeCrashed { .. }
            | Self::NodeStarted { .. }
            | Self::NodeCut { .. }
            | Self::NodeHealed { .. }
            | Self::Waited => None,
        }
    }
}
