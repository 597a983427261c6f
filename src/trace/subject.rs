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

/// What an event is to those who look for one kind of event.
#[derive(Clone, Copy)]
enum Case<'a> {
    /// One that only the family knows.
    Family(&'a FamilyEvent),
    /// A message was sent, arrived or was lost.
    Message(&'a Message),
    /// A consumer processed messages.
    Processed(Processed),
    /// A program printed a line.
    Printed(ActorId, &'a Arc<str>),
    /// A node crashed.
    NodeCrashed(NodeId),
    /// A statement had no effect.
    NoEffect,
    /// Something that nobody looks for alone.
    Other,
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

    const fn case(&self) -> Case<'_> {
        match self {
            Self::Family(event) => Case::Family(event),
            Self::Processed {
                consumer,
                log,
                first,
                count,
                stride,
                again,
            } => Case::Processed(Processed {
                consumer: *consumer,
                log: *log,
                first: *first,
                count: *count,
                stride: *stride,
                again: *again,
            }),
            Self::Sent { message, .. }
            | Self::Arrived { message, .. }
            | Self::Lost { message, .. } => Case::Message(message),
            Self::Printed { actor, line } => Case::Printed(*actor, line),
            Self::Ignored { .. } => Case::NoEffect,
            Self::NodeCrashed { node } => Case::NodeCrashed(*node),
            Self::Skipped { .. }
            | Self::Paused { .. }
            | Self::Resumed { .. }
            | Self::Ready { .. }
            | Self::Closed { .. }
            | Self::Crashed { .. }
            | Self::Disconnected { .. }
            | Self::Fault { .. }
            | Self::Healed { .. }
            | Self::NodeStarted { .. }
            | Self::NodeCut { .. }
            | Self::NodeHealed { .. }
            | Self::Waited => Case::Other,
        }
    }

    /// The message that was sent, arrived or was lost.
    #[must_use]
    pub const fn message(&self) -> Option<&Message> {
        match self.case() {
            Case::Message(message) => Some(message),
            Case::Family(_)
            | Case::Processed(_)
            | Case::Printed(..)
            | Case::NodeCrashed(_)
            | Case::NoEffect
            | Case::Other => None,
        }
    }

    /// What only the family knows of it.
    #[must_use]
    pub const fn family(&self) -> Option<&FamilyEvent> {
        match self.case() {
            Case::Family(event) => Some(event),
            Case::Message(_)
            | Case::Processed(_)
            | Case::Printed(..)
            | Case::NodeCrashed(_)
            | Case::NoEffect
            | Case::Other => None,
        }
    }

    /// The messages that a consumer processed, if it is that.
    #[must_use]
    pub const fn processed(&self) -> Option<Processed> {
        match self.case() {
            Case::Processed(processed) => Some(processed),
            Case::Family(_)
            | Case::Message(_)
            | Case::Printed(..)
            | Case::NodeCrashed(_)
            | Case::NoEffect
            | Case::Other => None,
        }
    }

    /// The consumer that received messages, whatever came of them, and the first of them, if it is that.
    #[must_use]
    pub const fn received(&self) -> Option<(ActorId, Offset)> {
        match self.case() {
            Case::Processed(processed) => Some((processed.consumer, processed.first)),
            Case::Family(event) => event.tried(),
            Case::Message(_)
            | Case::Printed(..)
            | Case::NodeCrashed(_)
            | Case::NoEffect
            | Case::Other => None,
        }
    }

    /// The program that printed a line, and the line, if it is that.
    #[must_use]
    pub const fn printed(&self) -> Option<(ActorId, &Arc<str>)> {
        match self.case() {
            Case::Printed(actor, line) => Some((actor, line)),
            Case::Family(_)
            | Case::Message(_)
            | Case::Processed(_)
            | Case::NodeCrashed(_)
            | Case::NoEffect
            | Case::Other => None,
        }
    }

    /// Whether it tells that a statement had no effect.
    #[must_use]
    pub const fn has_no_effect(&self) -> bool {
        match self.case() {
            Case::NoEffect => true,
            Case::Family(event) => event.has_no_effect(),
            Case::Message(_)
            | Case::Processed(_)
            | Case::Printed(..)
            | Case::NodeCrashed(_)
            | Case::Other => false,
        }
    }

    /// The node that crashed, if it is that.
    #[must_use]
    pub const fn crashed_node(&self) -> Option<NodeId> {
        match self.case() {
            Case::NodeCrashed(node) => Some(node),
            Case::Family(_)
            | Case::Message(_)
            | Case::Processed(_)
            | Case::Printed(..)
            | Case::NoEffect
            | Case::Other => None,
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
        match self.case() {
            Case::Processed(processed) => Some((processed.count, processed.stride)),
            Case::Family(event) => event.range(),
            Case::Message(_)
            | Case::Printed(..)
            | Case::NodeCrashed(_)
            | Case::NoEffect
            | Case::Other => None,
        }
    }
}
