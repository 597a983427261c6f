//! Clauses about producers and members: how they start, which queues they own, what becomes of messages.

use alloc::format;
use alloc::string::String;

use super::phrases;
use crate::explain::english;
use crate::explain::names::EventNames;
use crate::family::rocketmq::event::{PlacedBy, Revoke};
use crate::family::rocketmq::settings::{MemberSettings, ProducerSettings};
use crate::ids::{ActorId, LogId, Offset};
use crate::language::ast::Role;

pub(super) fn producer_started(
    names: &EventNames<'_>,
    producer: ActorId,
    settings: &ProducerSettings,
) -> String {
    let topic = phrases::topic(names, settings.topic);
    format!("{} started publishing to {topic}", names.program(producer))
}

pub(super) fn member_started(
    names: &EventNames<'_>,
    member: ActorId,
    settings: &MemberSettings,
) -> String {
    let name = names.program(member);
    let topic = phrases::topic(names, settings.of_group.topic);
    if settings.group == member {
        return format!("{name} started consuming {topic}, as the one member of its group");
    }
    let group = names.program(settings.group);
    format!("{name} started consuming {topic} for {group}")
}

/// A program is up.
pub(crate) fn ready(names: &EventNames<'_>, program: ActorId) -> String {
    let name = names.program(program);
    match names.scenario.actors[program.index()].role {
        Role::Producer => format!("{name} is ready to publish"),
        Role::Consumer => format!("{name} is a member of its group"),
    }
}

pub(super) fn handed(names: &EventNames<'_>, producer: ActorId, count: u64) -> String {
    let messages = english::count(count, "message");
    format!(
        "{} was handed {messages} to publish",
        names.program(producer)
    )
}

/// One message of those that a producer was handed over time: number `part`, from 1.
pub(super) fn handed_one(
    names: &EventNames<'_>,
    producer: ActorId,
    part: u64,
    count: u64,
) -> String {
    let nth = english::number(part.min(count));
    let all = english::count(count, "message");
    format!(
        "{} was handed message {nth} of {all}",
        names.program(producer)
    )
}

pub(super) fn assigned(names: &EventNames<'_>, member: ActorId, queue: LogId) -> String {
    format!("{} owns {} now", names.program(member), names.stream(queue))
}

pub(super) fn revoked(
    names: &EventNames<'_>,
    member: ActorId,
    queue: LogId,
    why: Revoke,
    unfinished: u64,
) -> String {
    let (name, queue) = (names.program(member), names.stream(queue));
    let why = match why {
        Revoke::Rebalance => "another member owns it now",
        Revoke::Illegal => "the broker told it to go on elsewhere",
        Revoke::Reset => "its group was reset",
        Revoke::Stop => "it ends",
    };
    let dropped = match unfinished {
        0 => String::new(),
        n => format!(
            ", and {} in its hands {} no more",
            english::count(n, "message"),
            if n == 1 { "counts" } else { "count" }
        ),
    };
    format!("{name} let go of {queue}: {why}{dropped}")
}

pub(super) fn placed(
    names: &EventNames<'_>,
    member: ActorId,
    queue: LogId,
    at: Offset,
    by: PlacedBy,
) -> String {
    let (name, queue) = (names.program(member), names.stream(queue));
    let at = english::number(at.0);
    let why = match by {
        PlacedBy::Broker => "the broker said so",
        PlacedBy::First => "the broker had no offset, and it starts at the first",
        PlacedBy::Last => "the broker had no offset, and it starts behind the last",
        PlacedBy::Timestamp => "the broker had no offset, and it starts at a time",
        PlacedBy::OwnFile => "its own file of offsets said so",
        PlacedBy::Retry => "nobody read that queue before",
    };
    format!("{name} reads {queue} from {at} on: {why}")
}

pub(super) fn failed(
    names: &EventNames<'_>,
    (member, queue): (ActorId, LogId),
    first: Offset,
    count: u64,
    again: bool,
) -> String {
    let again = if again { " again" } else { "" };
    let what = phrases::offsets_of(names, queue, first, count);
    format!("{} failed at {what}{again}", names.program(member))
}

/// One message of those at which a member failed.
pub(super) fn failed_one(
    names: &EventNames<'_>,
    (member, queue): (ActorId, LogId),
    first: Offset,
    part: u64,
) -> String {
    let at = first.plus(part.saturating_sub(1));
    let what = phrases::offset_of(names, queue, at);
    format!("{} failed at {what}", names.program(member))
}

pub(super) fn hung(
    names: &EventNames<'_>,
    member: ActorId,
    queue: LogId,
    offset: Offset,
) -> String {
    let what = phrases::offset_of(names, queue, offset);
    format!(
        "{} hangs at {what}, which holds the offset",
        names.program(member)
    )
}

pub(super) fn given_up(
    names: &EventNames<'_>,
    member: ActorId,
    queue: LogId,
    offset: Offset,
) -> String {
    let what = phrases::offset_of(names, queue, offset);
    format!(
        "{} gave up {what} after the consume timeout, and sends it back",
        names.program(member)
    )
}

pub(super) fn own_stored(
    names: &EventNames<'_>,
    member: ActorId,
    queue: LogId,
    offset: Offset,
) -> String {
    format!(
        "{} wrote offset {} of {} to its own file",
        names.program(member),
        english::number(offset.0),
        names.stream(queue)
    )
}

pub(super) fn suspended(names: &EventNames<'_>, member: ActorId) -> String {
    format!(
        "{} stops for 10 s, because it was told to go on elsewhere",
        names.program(member)
    )
}
