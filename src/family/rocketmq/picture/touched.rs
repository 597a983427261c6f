//! Which messages of a queue the latest event was about.

use crate::family::rocketmq::event::QueueEvent;
use crate::family::rocketmq::message::{QueueMessage, ToBroker};
use crate::ids::{LogId, Offset};
use crate::trace::What;
use crate::view::model::LogOffsets;
use crate::view::moment::Moment;

/// The messages of a queue that the latest event was about.
pub(super) fn touched(moment: &Moment<'_>, queue: LogId) -> Option<LogOffsets> {
    let (_, event, part) = moment.happened()?;
    let what: &What = &event.what;
    if let Some(event) = what.family().and_then(|event| event.rocketmq()) {
        return of_event(moment, queue, event, part);
    }
    if let Some(range) = what.processed() {
        return (range.log == queue).then(|| inside(range.first, range.count, part));
    }
    let message = what.message().and_then(|message| message.rocketmq())?;
    (message.queue() == Some(queue)).then_some(())?;
    of_message(message)
}

fn of_event(
    moment: &Moment<'_>,
    queue: LogId,
    event: &QueueEvent,
    part: Option<u64>,
) -> Option<LogOffsets> {
    if event.queue() != Some(queue) {
        return None;
    }
    match event {
        QueueEvent::Visible { row, .. } => {
            let run = moment
                .rocketmq_arena()
                .queue(queue)
                .runs
                .get(*row as usize)?;
            Some(range(run.first, run.count))
        }
        QueueEvent::Failed { first, count, .. } => Some(inside(*first, *count, part)),
        QueueEvent::Hung { offset, .. } | QueueEvent::GivenUp { offset, .. } => {
            Some(range(*offset, 1))
        }
        QueueEvent::Popped { found, .. } => around(found),
        QueueEvent::Revived { offsets, .. } => around(offsets),
        QueueEvent::TopicSet { .. }
        | QueueEvent::RetrySet { .. }
        | QueueEvent::Appended { .. }
        | QueueEvent::FilesDeleted { .. }
        | QueueEvent::NothingExpired
        | QueueEvent::MinMoved { .. }
        | QueueEvent::DiskFilled { .. }
        | QueueEvent::Flushed
        | QueueEvent::OffsetsLost { .. }
        | QueueEvent::GroupSet { .. }
        | QueueEvent::Stored { .. }
        | QueueEvent::CommitIgnored { .. }
        | QueueEvent::ResetTaken { .. }
        | QueueEvent::Reset { .. }
        | QueueEvent::ToolRefused { .. }
        | QueueEvent::ProducerStarted { .. }
        | QueueEvent::Handed { .. }
        | QueueEvent::MemberStarted { .. }
        | QueueEvent::Assigned { .. }
        | QueueEvent::Revoked { .. }
        | QueueEvent::Placed { .. }
        | QueueEvent::OwnStored { .. }
        | QueueEvent::Suspended { .. } => None,
    }
}

fn of_message(message: &QueueMessage) -> Option<LogOffsets> {
    match message {
        QueueMessage::ToProgram(message) => around(message.found()),
        QueueMessage::ToBroker(message) => match message {
            ToBroker::SendBack { first, count, .. } | ToBroker::Ack { first, count, .. } => {
                Some(range(*first, *count))
            }
            ToBroker::Send(_)
            | ToBroker::Heartbeat
            | ToBroker::Unregister
            | ToBroker::ListMembers
            | ToBroker::QueryOffset { .. }
            | ToBroker::MaxOffset { .. }
            | ToBroker::SearchOffset { .. }
            | ToBroker::Pull { .. }
            | ToBroker::Commit { .. }
            | ToBroker::Lock { .. }
            | ToBroker::Unlock { .. }
            | ToBroker::Pop { .. } => None,
        },
    }
}

/// From the first to the last of several ranges.
fn around(found: &[(Offset, u64)]) -> Option<LogOffsets> {
    let (first, _) = found.first()?;
    let (last, count) = found.last()?;
    Some(LogOffsets {
        from: *first,
        to: last.plus(*count),
    })
}

/// All of a range, or the message at which the cursor stands inside it.
fn inside(first: Offset, count: u64, part: Option<u64>) -> LogOffsets {
    match part {
        Some(part) => range(first.plus(part.min(count).saturating_sub(1)), 1),
        None => range(first, count),
    }
}

const fn range(from: Offset, count: u64) -> LogOffsets {
    LogOffsets {
        from,
        to: from.plus(count),
    }
}
