//! Whom and what an event is about: the few questions that are asked of events of any kind.

use alloc::sync::Arc;

use super::event::What;
use crate::family::{FamilyEvent, Message};
use crate::ids::{ActorId, LogId, NodeId, Offset};
use crate::units::SimDuration;

/// Messages that a consumer processed, one after the other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Processed {
    /// The consumer.
    pub consumer: ActorId,
    /// What it read them from.
    pub log: LogId,
    /// The first offset.
    pub first: Offset,
    /// How many follow each other.
    pub count: u64,
    /// Time between two messages.
    pub stride: SimDuration,
    /// Whether an earlier run had processed all of them; if not, none of them.
    pub again: bool,
}

impl What {
    /// The program that it is about.
    #[must_use]
    pub const fn actor(&self) -> Option<ActorId> {
        match self {
            Self::Family(event) => event.actor(),
            Self::Processed { consumer, .. }
            | Self::Skipped { consumer, .. }
            | Self::Paused { consumer }
            | Self::Resumed { consumer } => Some(*consumer),
            Self::Sent { actor, .. }
            | Self::Arrived { actor, .. }
            | Self::Lost { actor, .. }
            | Self::Ready { actor }
            | Self::Closed { actor }
            | Self::Crashed { actor }
            | Self::Disconnected { actor, .. }
            | Self::Printed { actor, .. }
            | Self::Fault { actor, .. }
            | Self::Healed { actor } => Some(*actor),
            Self::Ignored { actor, .. } => *actor,
            Self::NodeCrashed { .. }
            | Self::NodeStarted { .. }
            | Self::NodeCut { .. }
            | Self::NodeHealed { .. }
            | Self::Waited => None,
        }
    }

    /// The stream that it is about, where the event names one itself.
    #[must_use]
    pub fn stream(&self) -> Option<LogId> {
        self.family()?.stream()
    }

    /// The message that was sent, arrived or was lost.
    #[must_use]
    pub const fn message(&self) -> Option<&Message> {
        match self {
            Self::Sent { message, .. }
            | Self::Arrived { message, .. }
            | Self::Lost { message, .. } => Some(message),
            Self::Family(_)
            | Self::Processed { .. }
            | Self::Skipped { .. }
            | Self::Paused { .. }
            | Self::Resumed { .. }
            | Self::Ready { .. }
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

    /// What only the family knows of it.
    #[must_use]
    pub const fn family(&self) -> Option<&FamilyEvent> {
        match self {
            Self::Family(event) => Some(event),
            Self::Processed { .. }
            | Self::Skipped { .. }
            | Self::Paused { .. }
            | Self::Resumed { .. }
            | Self::Sent { .. }
            | Self::Arrived { .. }
            | Self::Lost { .. }
            | Self::Ready { .. }
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

    /// The messages that a consumer processed, if it is that.
    #[must_use]
    pub const fn processed(&self) -> Option<Processed> {
        match *self {
            Self::Processed {
                consumer,
                log,
                first,
                count,
                stride,
                again,
            } => Some(Processed {
                consumer,
                log,
                first,
                count,
                stride,
                again,
            }),
            Self::Family(_)
            | Self::Skipped { .. }
            | Self::Paused { .. }
            | Self::Resumed { .. }
            | Self::Sent { .. }
            | Self::Arrived { .. }
            | Self::Lost { .. }
            | Self::Ready { .. }
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

    /// The program that printed a line, and the line, if it is that.
    #[must_use]
    pub const fn printed(&self) -> Option<(ActorId, &Arc<str>)> {
        match self {
            Self::Printed { actor, line } => Some((*actor, line)),
            Self::Family(_)
            | Self::Processed { .. }
            | Self::Skipped { .. }
            | Self::Paused { .. }
            | Self::Resumed { .. }
            | Self::Sent { .. }
            | Self::Arrived { .. }
            | Self::Lost { .. }
            | Self::Ready { .. }
            | Self::Closed { .. }
            | Self::Crashed { .. }
            | Self::Disconnected { .. }
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

    /// Whether it tells that a statement had no effect.
    #[must_use]
    pub const fn has_no_effect(&self) -> bool {
        match self {
            Self::Ignored { .. } => true,
            Self::Family(event) => event.has_no_effect(),
            Self::Processed { .. }
            | Self::Printed { .. }
            | Self::Skipped { .. }
            | Self::Paused { .. }
            | Self::Resumed { .. }
            | Self::Sent { .. }
            | Self::Arrived { .. }
            | Self::Lost { .. }
            | Self::Ready { .. }
            | Self::Closed { .. }
            | Self::Crashed { .. }
            | Self::Disconnected { .. }
            | Self::Fault { .. }
            | Self::Healed { .. }
            | Self::NodeCrashed { .. }
            | Self::NodeStarted { .. }
            | Self::NodeCut { .. }
            | Self::NodeHealed { .. }
            | Self::Waited => false,
        }
    }

    /// The node that crashed, if it is that.
    #[must_use]
    pub const fn crashed_node(&self) -> Option<NodeId> {
        match self {
            Self::NodeCrashed { node } => Some(*node),
            Self::Ignored { .. }
            | Self::Family(_)
            | Self::Processed { .. }
            | Self::Printed { .. }
            | Self::Skipped { .. }
            | Self::Paused { .. }
            | Self::Resumed { .. }
            | Self::Sent { .. }
            | Self::Arrived { .. }
            | Self::Lost { .. }
            | Self::Ready { .. }
            | Self::Closed { .. }
            | Self::Crashed { .. }
            | Self::Disconnected { .. }
            | Self::Fault { .. }
            | Self::Healed { .. }
            | Self::NodeStarted { .. }
            | Self::NodeCut { .. }
            | Self::NodeHealed { .. }
            | Self::Waited => None,
        }
    }

    /// Messages of the range that it is; 0 when it is not a range.
    #[must_use]
    pub fn parts(&self) -> u64 {
        self.range().map_or(0, |(count, _)| count)
    }

    /// How many messages the range has that it is, and the time between two of them.
    #[must_use]
    pub const fn range(&self) -> Option<(u64, SimDuration)> {
        match self {
            Self::Processed { count, stride, .. } => Some((*count, *stride)),
            Self::Family(event) => event.range(),
            Self::Skipped { .. }
            | Self::Paused { .. }
            | Self::Resumed { .. }
            | Self::Sent { .. }
            | Self::Arrived { .. }
            | Self::Lost { .. }
            | Self::Ready { .. }
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
