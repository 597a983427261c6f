//! Which records of a stream the latest event was about.

use super::log::LogView;
use crate::family::Message;
use crate::family::rabbitmq::event::StreamEvent;
use crate::family::rabbitmq::message::{StreamMessage, ToBroker, ToProgram};
use crate::ids::{ActorId, Offset};
use crate::trace::What;
use crate::view::model::LogOffsets;
use crate::view::moment::Moment;

/// The records of a stream that the latest event was about.
pub(super) fn touched(moment: &Moment<'_>, log: &LogView<'_>) -> Option<LogOffsets> {
    let (_, event, part) = moment.happened()?;
    let reads = |actor: ActorId| {
        let consumer = moment.world.consumer(actor);
        consumer.is_some_and(|c| c.settings.stream == log.id)
    };
    match &event.what {
        What::Family(event) => of_stream_event(log, event.rabbitmq()?),
        What::Sent { actor, message }
        | What::Arrived { actor, message }
        | What::Lost { actor, message, .. } => {
            if reads(*actor) {
                of_message(log, message)
            } else {
                None
            }
        }
        What::Processed {
            consumer,
            first,
            count,
            ..
        } => reads(*consumer).then(|| {
            let done = part.map_or(*count, |part| part.min(*count));
            let last = first.plus(done.saturating_sub(1));
            LogOffsets {
                from: if part.is_some() { last } else { *first },
                to: last.plus(1),
            }
        }),
        What::Skipped {
            consumer,
            first,
            count,
            ..
        } => reads(*consumer).then(|| LogOffsets {
            from: *first,
            to: first.plus(*count),
        }),
        What::Ready { .. }
        | What::Paused { .. }
        | What::Resumed { .. }
        | What::Closed { .. }
        | What::Crashed { .. }
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

fn of_stream_event(log: &LogView<'_>, event: &StreamEvent) -> Option<LogOffsets> {
    match event {
        StreamEvent::Written { stream, row } | StreamEvent::Replicated { stream, row, .. } => {
            (*stream == log.id).then(|| of_chunk(log, *row))
        }
        StreamEvent::Stored { stream, offset, .. } => {
            (*stream == log.id).then(|| of_record(Offset(*offset)))
        }
        StreamEvent::StreamCreated { .. }
        | StreamEvent::StreamRefused { .. }
        | StreamEvent::PolicySet { .. }
        | StreamEvent::StreamDeleted { .. }
        | StreamEvent::Committed { .. }
        | StreamEvent::Truncated { .. }
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
        | StreamEvent::Diverged { .. }
        | StreamEvent::LeaderLost { .. }
        | StreamEvent::LeaderElected { .. } => None,
    }
}

fn of_message(log: &LogView<'_>, message: &Message) -> Option<LogOffsets> {
    let message = message.rabbitmq()?;
    match message {
        StreamMessage::ToProgram(ToProgram::Deliver { row, .. }) => Some(of_chunk(log, *row)),
        StreamMessage::ToBroker(ToBroker::Store { offset }) => Some(of_record(Offset(*offset))),
        StreamMessage::ToBroker(
            ToBroker::Declare
            | ToBroker::QuerySequence
            | ToBroker::Publish(_)
            | ToBroker::QueryOffset(_)
            | ToBroker::Subscribe { .. }
            | ToBroker::Credit { .. }
            | ToBroker::Activate { .. }
            | ToBroker::Unsubscribe
            | ToBroker::Close,
        )
        | StreamMessage::ToProgram(
            ToProgram::Answer { .. }
            | ToProgram::Confirm { .. }
            | ToProgram::PublishError { .. }
            | ToProgram::MetadataUpdate { .. }
            | ToProgram::ConsumerUpdate { .. },
        ) => None,
    }
}

fn of_chunk(log: &LogView<'_>, row: u32) -> LogOffsets {
    let chunk = log.chunk(row);
    LogOffsets {
        from: chunk.id,
        to: chunk.next(),
    }
}

const fn of_record(offset: Offset) -> LogOffsets {
    LogOffsets {
        from: offset,
        to: offset.plus(1),
    }
}
