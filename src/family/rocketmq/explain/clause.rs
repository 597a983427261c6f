//! A clause for every event of RocketMQ: one arm each and no default, so that a new event does not compile until it
//! has its clause.

use alloc::string::String;

use super::{groups, log, programs};
use crate::explain::names::EventNames;
use crate::family::rocketmq::event::QueueEvent;

/// What happened.
pub(crate) fn clause(names: &EventNames<'_>, event: &QueueEvent) -> String {
    match event {
        QueueEvent::TopicSet {
            topic, read, write, ..
        } => log::topic_set(names, *topic, *read, *write),
        QueueEvent::RetrySet { group, queue } => log::retry_set(names, *group, *queue),
        QueueEvent::Appended { row } => log::appended(names, *row),
        QueueEvent::Visible { queue, row } => log::visible(names, *queue, *row),
        QueueEvent::FilesDeleted { files, forced, .. } => log::files_deleted(*files, *forced),
        QueueEvent::NothingExpired => log::nothing_expired(),
        QueueEvent::MinMoved { queue, min } => log::min_moved(names, *queue, *min),
        QueueEvent::DiskFilled { percent } => log::disk_filled(*percent),
        QueueEvent::Flushed => log::flushed(),
        QueueEvent::OffsetsLost { rolled_back } => groups::offsets_lost(names, rolled_back),
        QueueEvent::GroupSet { group, settings } => groups::group_set(names, *group, settings),
        QueueEvent::Stored {
            group,
            queue,
            offset,
            by,
            pending,
        } => groups::stored(names, (*group, *queue), *offset, *by, *pending),
        QueueEvent::CommitIgnored {
            group,
            queue,
            offset,
        } => groups::commit_ignored(names, *group, *queue, *offset),
        QueueEvent::ResetTaken {
            group,
            queue,
            offset,
        } => groups::reset_taken(names, *group, *queue, *offset),
        QueueEvent::Reset {
            group,
            offsets,
            way,
        } => groups::reset(names, *group, offsets, *way),
        QueueEvent::ToolRefused { group, code } => groups::tool_refused(names, *group, *code),
        QueueEvent::Popped {
            group,
            queue,
            found,
        } => groups::popped(names, *group, *queue, found),
        QueueEvent::Revived {
            group,
            queue,
            offsets,
        } => groups::revived(names, *group, *queue, offsets),
        QueueEvent::ProducerStarted { .. }
        | QueueEvent::Handed { .. }
        | QueueEvent::MemberStarted { .. }
        | QueueEvent::Assigned { .. }
        | QueueEvent::Revoked { .. }
        | QueueEvent::Placed { .. }
        | QueueEvent::Failed { .. }
        | QueueEvent::Hung { .. }
        | QueueEvent::GivenUp { .. }
        | QueueEvent::OwnStored { .. }
        | QueueEvent::Suspended { .. } => of_program(names, event).unwrap_or_default(),
    }
}

/// What happened in a program; nothing when it happened at the broker.
fn of_program(names: &EventNames<'_>, event: &QueueEvent) -> Option<String> {
    Some(match event {
        QueueEvent::ProducerStarted { producer, settings } => {
            programs::producer_started(names, *producer, settings)
        }
        QueueEvent::Handed {
            producer, count, ..
        } => programs::handed(names, *producer, *count),
        QueueEvent::MemberStarted { member, settings } => {
            programs::member_started(names, *member, settings)
        }
        QueueEvent::Assigned { member, queue } => programs::assigned(names, *member, *queue),
        QueueEvent::Revoked {
            member,
            queue,
            why,
            unfinished,
        } => programs::revoked(names, *member, *queue, *why, *unfinished),
        QueueEvent::Placed {
            member,
            queue,
            at,
            by,
        } => programs::placed(names, *member, *queue, *at, *by),
        QueueEvent::Failed {
            member,
            queue,
            first,
            count,
            again,
            ..
        } => programs::failed(names, (*member, *queue), *first, *count, *again),
        QueueEvent::Hung {
            member,
            queue,
            offset,
            ..
        } => programs::hung(names, *member, *queue, *offset),
        QueueEvent::GivenUp {
            member,
            queue,
            offset,
        } => programs::given_up(names, *member, *queue, *offset),
        QueueEvent::OwnStored {
            member,
            queue,
            offset,
        } => programs::own_stored(names, *member, *queue, *offset),
        QueueEvent::Suspended { member } => programs::suspended(names, *member),
        QueueEvent::TopicSet { .. }
        | QueueEvent::RetrySet { .. }
        | QueueEvent::Appended { .. }
        | QueueEvent::Visible { .. }
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
        | QueueEvent::Popped { .. }
        | QueueEvent::Revived { .. } => return None,
    })
}
