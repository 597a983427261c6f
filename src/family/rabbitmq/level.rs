//! Which events of RabbitMQ streams a reader sees, by how much detail is wanted: the one table of it. Knows no reader.

use super::event::StreamEvent;
use super::message::{Answer, StreamMessage, ToBroker, ToProgram};
use crate::trace::Level;

/// From which level on an event is shown.
pub(crate) const fn event(event: &StreamEvent) -> Level {
    match event {
        StreamEvent::StreamCreated { .. }
        | StreamEvent::StreamRefused { .. }
        | StreamEvent::StreamDeleted { .. }
        | StreamEvent::PolicySet { .. }
        | StreamEvent::Written { .. }
        | StreamEvent::Truncated { .. }
        | StreamEvent::Stored { .. }
        | StreamEvent::OffsetForgotten { .. }
        | StreamEvent::Deduplicated { .. }
        | StreamEvent::Attached { .. }
        | StreamEvent::Handed { .. }
        | StreamEvent::ConsumerStarted { .. }
        | StreamEvent::Refused { .. }
        | StreamEvent::StoredExternally { .. }
        | StreamEvent::Diverged { .. }
        | StreamEvent::LeaderLost { .. }
        | StreamEvent::LeaderElected { .. } => Level::Story,
        StreamEvent::Committed { .. }
        | StreamEvent::SequenceForgotten { .. }
        | StreamEvent::ProducerStarted { .. }
        | StreamEvent::Replicated { .. } => Level::Messages,
        StreamEvent::Numbered { .. } => Level::Everything,
    }
}

/// From which level on it is shown that a message was sent.
pub(crate) const fn sent(message: &StreamMessage) -> Level {
    match message {
        StreamMessage::ToBroker(message) => match message {
            ToBroker::Publish(_)
            | ToBroker::QueryOffset(_)
            | ToBroker::Subscribe { .. }
            | ToBroker::Store { .. } => Level::Messages,
            ToBroker::Declare
            | ToBroker::QuerySequence
            | ToBroker::Credit { .. }
            | ToBroker::Activate { .. }
            | ToBroker::Unsubscribe
            | ToBroker::Close => Level::Everything,
        },
        StreamMessage::ToProgram(message) => match message {
            ToProgram::Confirm { .. }
            | ToProgram::PublishError { .. }
            | ToProgram::Deliver { .. }
            | ToProgram::ConsumerUpdate { .. } => Level::Messages,
            ToProgram::Answer { .. } | ToProgram::MetadataUpdate { .. } => Level::Everything,
        },
    }
}

/// From which level on it is shown that a message arrived.
pub(crate) const fn arrived(message: &StreamMessage) -> Level {
    match message {
        StreamMessage::ToBroker(_) => sent(message),
        StreamMessage::ToProgram(received) => match received {
            ToProgram::Confirm { .. }
            | ToProgram::PublishError { .. }
            | ToProgram::ConsumerUpdate { .. } => Level::Story,
            ToProgram::Answer { answer, .. } => match answer {
                Answer::StoredOffset(_) => Level::Story,
                Answer::Sequence(_) => Level::Messages,
                Answer::Code(_) => Level::Everything,
            },
            ToProgram::Deliver { .. } | ToProgram::MetadataUpdate { .. } => Level::Messages,
        },
    }
}
