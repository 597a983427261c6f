//! A clause for every event of RabbitMQ: one arm each and no default, so that a new event does not compile until
//! it has its clause.

use alloc::string::String;

use super::{programs, streams};
use crate::explain::names::EventNames;
use crate::family::rabbitmq::event::StreamEvent;

/// What happened.
pub(crate) fn clause(names: &EventNames<'_>, event: &StreamEvent) -> String {
    match event {
        StreamEvent::StreamCreated { stream } => streams::created(names, *stream),
        StreamEvent::StreamRefused { stream, code } => streams::refused(names, *stream, *code),
        StreamEvent::StreamDeleted { stream } => streams::deleted(names, *stream),
        StreamEvent::PolicySet { stream, limits } => {
            streams::policy_set(names, *stream, limits.as_ref())
        }
        StreamEvent::Written { stream, row } => streams::written(names, *stream, *row),
        StreamEvent::Committed { stream, chunk } => streams::committed(names, *stream, *chunk),
        StreamEvent::Truncated { stream, row } => streams::truncated(names, *stream, *row),
        StreamEvent::Stored {
            stream,
            reference,
            offset,
        } => streams::stored(names, *stream, reference, *offset),
        StreamEvent::OffsetForgotten { stream, reference } => {
            streams::offset_forgotten(names, *stream, reference)
        }
        StreamEvent::SequenceForgotten { stream, reference } => {
            streams::sequence_forgotten(names, *stream, reference)
        }
        StreamEvent::Replicated { stream, node, row } => {
            streams::replicated(names, *stream, *node, *row)
        }
        StreamEvent::Diverged { stream, node, row } => {
            streams::diverged(names, *stream, *node, *row)
        }
        StreamEvent::LeaderLost { stream } => streams::leader_lost(names, *stream),
        StreamEvent::LeaderElected {
            stream,
            node,
            epoch,
            offsets: _,
            sequences: _,
        } => streams::leader_elected(names, *stream, *node, *epoch),
        StreamEvent::ProducerStarted { producer, settings } => {
            programs::producer_started(names, *producer, settings)
        }
        StreamEvent::ConsumerStarted { consumer, settings } => {
            programs::consumer_started(names, *consumer, settings)
        }
        StreamEvent::Refused { actor, code } => programs::refused(names, *actor, *code),
        StreamEvent::Handed {
            producer,
            first_id,
            ids,
            count,
            stride: _,
        } => programs::handed(names, *producer, *first_id, *ids, *count),
        StreamEvent::Numbered {
            producer,
            from: _,
            to,
            ids,
        } => programs::numbered(names, *producer, *to, *ids),
        StreamEvent::Deduplicated {
            producer,
            first_id,
            count,
            highest,
        } => programs::deduplicated(names, *producer, *first_id, *count, *highest),
        StreamEvent::Attached { consumer, at } => programs::attached(names, *consumer, *at),
        StreamEvent::StoredExternally { consumer, offset } => {
            programs::stored_externally(names, *consumer, *offset)
        }
    }
}
