//! Which events of RocketMQ a reader sees, by how much detail is wanted: the one table of it. Knows no reader.

use super::event::QueueEvent;
use super::message::{QueueMessage, ToBroker, ToProgram};
use crate::trace::Level;

/// From which level on an event is shown.
pub(crate) const fn event(event: &QueueEvent) -> Level {
    match event {
        QueueEvent::TopicSet { .. }
        | QueueEvent::Visible { .. }
        | QueueEvent::FilesDeleted { .. }
        | QueueEvent::NothingExpired
        | QueueEvent::MinMoved { .. }
        | QueueEvent::DiskFilled { .. }
        | QueueEvent::GroupSet { .. }
        | QueueEvent::Stored { .. }
        | QueueEvent::CommitIgnored { .. }
        | QueueEvent::ResetTaken { .. }
        | QueueEvent::Reset { .. }
        | QueueEvent::ToolRefused { .. }
        | QueueEvent::OffsetsLost { .. }
        | QueueEvent::Popped { .. }
        | QueueEvent::Revived { .. }
        | QueueEvent::Handed { .. }
        | QueueEvent::MemberStarted { .. }
        | QueueEvent::Assigned { .. }
        | QueueEvent::Revoked { .. }
        | QueueEvent::Placed { .. }
        | QueueEvent::Failed { .. }
        | QueueEvent::Hung { .. }
        | QueueEvent::GivenUp { .. }
        | QueueEvent::OwnStored { .. }
        | QueueEvent::Suspended { .. } => Level::Story,
        QueueEvent::Appended { .. } | QueueEvent::Flushed | QueueEvent::ProducerStarted { .. } => {
            Level::Messages
        }
        QueueEvent::RetrySet { .. } => Level::Everything,
    }
}

/// From which level on it is shown that a message was sent.
pub(crate) const fn sent(message: &QueueMessage) -> Level {
    match message {
        QueueMessage::ToBroker(message) => match message {
            ToBroker::Send(_)
            | ToBroker::QueryOffset { .. }
            | ToBroker::Pull { .. }
            | ToBroker::Commit { .. }
            | ToBroker::SendBack { .. }
            | ToBroker::Pop { .. }
            | ToBroker::Ack { .. } => Level::Messages,
            ToBroker::Heartbeat
            | ToBroker::Unregister
            | ToBroker::ListMembers
            | ToBroker::MaxOffset { .. }
            | ToBroker::SearchOffset { .. }
            | ToBroker::Lock { .. }
            | ToBroker::Unlock { .. } => Level::Everything,
        },
        QueueMessage::ToProgram(message) => match message {
            ToProgram::SendResult { .. }
            | ToProgram::Offset { .. }
            | ToProgram::Pulled { .. }
            | ToProgram::PullRefused { .. }
            | ToProgram::Popped { .. }
            | ToProgram::MembersChanged
            | ToProgram::Reset { .. } => Level::Messages,
            ToProgram::Done { .. }
            | ToProgram::SentBack { .. }
            | ToProgram::Members { .. }
            | ToProgram::Locked { .. } => Level::Everything,
        },
    }
}

/// From which level on it is shown that a message arrived.
pub(crate) const fn arrived(message: &QueueMessage) -> Level {
    match message {
        QueueMessage::ToBroker(_) => sent(message),
        QueueMessage::ToProgram(received) => match received {
            ToProgram::SendResult { .. } | ToProgram::Offset { .. } | ToProgram::Reset { .. } => {
                Level::Story
            }
            ToProgram::Pulled { .. }
            | ToProgram::PullRefused { .. }
            | ToProgram::Popped { .. }
            | ToProgram::MembersChanged
            | ToProgram::Done { .. }
            | ToProgram::SentBack { .. }
            | ToProgram::Members { .. }
            | ToProgram::Locked { .. } => sent(message),
        },
    }
}
