//! What follows from what just happened, for producers, consumers and streams. Reads the world behind the event.

use alloc::format;
use alloc::string::{String, ToString};
use core::cmp::Ordering;

use super::programs;
use super::resume::again;
use crate::explain::english;
use crate::explain::names::EventNames;
use crate::family::rabbitmq::event::StreamEvent;
use crate::family::rabbitmq::log::OffsetSpec;
use crate::family::rabbitmq::message::{StreamMessage, ToProgram};
use crate::family::rabbitmq::state::Consumer;
use crate::ids::{ActorId, LogId, Offset};
use crate::trace::What;
use crate::world::Facts;

/// What follows, to be said behind the clause of the event; `None` when the clause says all.
pub(crate) fn consequence(facts: &Facts<'_>, what: &What) -> Option<String> {
    match what {
        What::Family(event) => after_event(facts, event.rabbitmq()?),
        What::Arrived { actor, message } => after_arrival(facts, *actor, message.rabbitmq()?),
        What::Processed { consumer, .. } => processed(facts, facts.world.consumer(*consumer)?),
        What::Closed { actor } => Some(at_rest(facts, facts.world.consumer(*actor)?)),
        What::Crashed { actor } => crashed(facts, *actor),
        What::Sent { .. }
        | What::Lost { .. }
        | What::Ready { .. }
        | What::Skipped { .. }
        | What::Paused { .. }
        | What::Resumed { .. }
        | What::Disconnected { .. }
        | What::Printed { .. }
        | What::Ignored { .. }
        | What::Fault { .. }
        | What::Healed { .. }
        | What::NodeCrashed { .. }
        | What::NodeStarted { .. }
        | What::NodeCut { .. }
        | What::NodeHealed { .. }
        | What::Waited => None,
    }
}

fn after_event(facts: &Facts<'_>, event: &StreamEvent) -> Option<String> {
    match event {
        StreamEvent::Truncated { stream, .. } => truncated(facts, *stream),
        StreamEvent::Attached { consumer, at } => attached(facts, *consumer, *at),
        StreamEvent::StreamCreated { .. }
        | StreamEvent::StreamRefused { .. }
        | StreamEvent::PolicySet { .. }
        | StreamEvent::StreamDeleted { .. }
        | StreamEvent::Written { .. }
        | StreamEvent::Committed { .. }
        | StreamEvent::Stored { .. }
        | StreamEvent::OffsetForgotten { .. }
        | StreamEvent::SequenceForgotten { .. }
        | StreamEvent::Deduplicated { .. }
        | StreamEvent::ProducerStarted { .. }
        | StreamEvent::Handed { .. }
        | StreamEvent::Numbered { .. }
        | StreamEvent::ConsumerStarted { .. }
        | StreamEvent::Refused { .. }
        | StreamEvent::StoredExternally { .. }
        | StreamEvent::Replicated { .. }
        | StreamEvent::Diverged { .. }
        | StreamEvent::LeaderLost { .. }
        | StreamEvent::LeaderElected { .. } => None,
    }
}

fn after_arrival(facts: &Facts<'_>, program: ActorId, message: &StreamMessage) -> Option<String> {
    match message {
        StreamMessage::ToProgram(message) => match message {
            ToProgram::Confirm { .. } => confirmed(facts, program),
            ToProgram::Answer { .. }
            | ToProgram::PublishError { .. }
            | ToProgram::Deliver { .. }
            | ToProgram::MetadataUpdate { .. }
            | ToProgram::ConsumerUpdate { .. } => None,
        },
        StreamMessage::ToBroker(_) => None,
    }
}

/// What a producer still waits for.
fn confirmed(facts: &Facts<'_>, producer: ActorId) -> Option<String> {
    Some(match facts.world.producer(producer)?.unconfirmed.len() {
        0 => "; nothing is unconfirmed now".into(),
        1 => "; 1 id is still unconfirmed".into(),
        n => format!("; {} ids are still unconfirmed", english::number(n)),
    })
}

/// What a crash costs a program.
fn crashed(facts: &Facts<'_>, program: ActorId) -> Option<String> {
    if let Some(c) = facts.world.consumer(program) {
        let last = match c.last {
            Some(last) => format!(" after processing offset {}", english::number(last.0)),
            None => " before processing anything".to_string(),
        };
        return Some(last + &at_rest(facts, c));
    }
    Some(match facts.world.producer(program)?.unconfirmed.len() {
        0 => " with everything confirmed".into(),
        n => format!(
            " with {} unconfirmed: it cannot know whether the broker has {}",
            english::count(n, "id"),
            if n == 1 { "it" } else { "them" }
        ),
    })
}

/// What a consumer would process again if it crashed now.
fn processed(facts: &Facts<'_>, c: &Consumer) -> Option<String> {
    let span = repeated(facts, c)?;
    Some(match facts.stored(c) {
        Some(stored) => format!(
            "; {} is stored, so {span} would be processed again after a crash",
            english::number(stored)
        ),
        None => {
            format!("; nothing is stored yet, so {span} would be processed again after a crash")
        }
    })
}

/// What is stored when a consumer ends, and what that means for its next start.
fn at_rest(facts: &Facts<'_>, c: &Consumer) -> String {
    match (facts.stored(c).map(english::number), repeated(facts, c)) {
        (Some(stored), Some(span)) => {
            format!("; its last stored offset is {stored}, so {span} would be processed again")
        }
        (Some(stored), None) => format!("; its last stored offset is {stored}"),
        (None, Some(span)) => {
            format!("; nothing is stored, so {span} would be processed again")
        }
        (None, None) => String::new(),
    }
}

/// The offsets that a consumer would process again if its program started again now.
fn repeated(facts: &Facts<'_>, c: &Consumer) -> Option<String> {
    again(facts, c).map(|(from, to)| english::span(from.0, to.0 - from.0))
}

/// What retention removed.
fn truncated(facts: &Facts<'_>, stream: LogId) -> Option<String> {
    let (from, to) = facts.world.stream(stream).expired?;
    let count = to.0.saturating_sub(from.0);
    let gone = english::offsets(from.0, count);
    let is = if count == 1 { "is" } else { "are" };
    Some(format!(", and {gone} {is} gone"))
}

/// Why a subscription was attached where it was.
fn attached(facts: &Facts<'_>, consumer: ActorId, at: Offset) -> Option<String> {
    let Some(OffsetSpec::Offset(asked)) = facts.world.consumer(consumer)?.asked else {
        return None;
    };
    Some(match asked.cmp(&at) {
        Ordering::Less => format!(
            ", because {} is gone or was never there",
            english::offsets(asked.0, at.0 - asked.0)
        ),
        Ordering::Greater => format!(
            ", the start of the chunk that holds offset {}",
            english::number(asked.0)
        ),
        Ordering::Equal => String::new(),
    })
}

/// The clause of message `part`, from 1, of the range that an event is.
pub(crate) fn clause_inside(
    names: &EventNames<'_>,
    event: &StreamEvent,
    part: u64,
) -> Option<String> {
    match event {
        StreamEvent::Handed {
            producer, count, ..
        } => Some(programs::handed_one(names, *producer, part, *count)),
        StreamEvent::StreamCreated { .. }
        | StreamEvent::StreamRefused { .. }
        | StreamEvent::PolicySet { .. }
        | StreamEvent::StreamDeleted { .. }
        | StreamEvent::Written { .. }
        | StreamEvent::Committed { .. }
        | StreamEvent::Truncated { .. }
        | StreamEvent::Stored { .. }
        | StreamEvent::OffsetForgotten { .. }
        | StreamEvent::SequenceForgotten { .. }
        | StreamEvent::Deduplicated { .. }
        | StreamEvent::Attached { .. }
        | StreamEvent::ProducerStarted { .. }
        | StreamEvent::Numbered { .. }
        | StreamEvent::ConsumerStarted { .. }
        | StreamEvent::Refused { .. }
        | StreamEvent::StoredExternally { .. }
        | StreamEvent::Replicated { .. }
        | StreamEvent::Diverged { .. }
        | StreamEvent::LeaderLost { .. }
        | StreamEvent::LeaderElected { .. } => None,
    }
}

/// Whether an event only says how something ended, and not why.
pub(crate) const fn needs_a_reason(event: &StreamEvent) -> bool {
    match event {
        StreamEvent::Refused { .. } => true,
        StreamEvent::StreamCreated { .. }
        | StreamEvent::StreamRefused { .. }
        | StreamEvent::PolicySet { .. }
        | StreamEvent::StreamDeleted { .. }
        | StreamEvent::Written { .. }
        | StreamEvent::Committed { .. }
        | StreamEvent::Truncated { .. }
        | StreamEvent::Stored { .. }
        | StreamEvent::OffsetForgotten { .. }
        | StreamEvent::SequenceForgotten { .. }
        | StreamEvent::Deduplicated { .. }
        | StreamEvent::Attached { .. }
        | StreamEvent::ProducerStarted { .. }
        | StreamEvent::Handed { .. }
        | StreamEvent::Numbered { .. }
        | StreamEvent::ConsumerStarted { .. }
        | StreamEvent::StoredExternally { .. }
        | StreamEvent::Replicated { .. }
        | StreamEvent::Diverged { .. }
        | StreamEvent::LeaderLost { .. }
        | StreamEvent::LeaderElected { .. } => false,
    }
}

/// Whether an event takes something away from programs that did nothing for it.
pub(crate) const fn is_a_reason(event: &StreamEvent) -> bool {
    match event {
        StreamEvent::StreamDeleted { .. } | StreamEvent::LeaderLost { .. } => true,
        StreamEvent::StreamCreated { .. }
        | StreamEvent::StreamRefused { .. }
        | StreamEvent::PolicySet { .. }
        | StreamEvent::Written { .. }
        | StreamEvent::Committed { .. }
        | StreamEvent::Truncated { .. }
        | StreamEvent::Stored { .. }
        | StreamEvent::OffsetForgotten { .. }
        | StreamEvent::SequenceForgotten { .. }
        | StreamEvent::Deduplicated { .. }
        | StreamEvent::Attached { .. }
        | StreamEvent::ProducerStarted { .. }
        | StreamEvent::Handed { .. }
        | StreamEvent::Numbered { .. }
        | StreamEvent::ConsumerStarted { .. }
        | StreamEvent::Refused { .. }
        | StreamEvent::StoredExternally { .. }
        | StreamEvent::Replicated { .. }
        | StreamEvent::Diverged { .. }
        | StreamEvent::LeaderElected { .. } => false,
    }
}
