//! Clauses about groups: their settings, and the offsets that the broker keeps of them.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use super::phrases;
use crate::explain::english;
use crate::explain::names::EventNames;
use crate::family::rocketmq::broker::{ResponseCode, StoredBy};
use crate::family::rocketmq::event::ResetWay;
use crate::family::rocketmq::settings::{GroupSettings, StartFrom};
use crate::family::rocketmq::statements::Mode;
use crate::ids::{ActorId, LogId, Offset};

/// Offsets told of those that were lost.
const LOST: usize = 3;

pub(super) fn group_set(
    names: &EventNames<'_>,
    group: ActorId,
    settings: &GroupSettings,
) -> String {
    let (name, topic) = (names.program(group), phrases::topic(names, settings.topic));
    let mode = match settings.mode {
        Mode::Concurrent => "",
        Mode::Orderly => ", one message of a queue after the other",
        Mode::Broadcast => ", each member all of it",
        Mode::Pop => ", by POP",
    };
    let tag = match &settings.tag {
        Some(tag) => format!(", only what is tagged {tag}"),
        None => String::new(),
    };
    let from = start_from(settings.from);
    format!("{name} reads {topic}{mode}{tag}; without an offset it starts {from}")
}

/// Where a group without an offset starts.
pub(super) fn start_from(from: StartFrom) -> String {
    match from {
        StartFrom::First => "at the first message".into(),
        StartFrom::Last => "behind the last message".into(),
        StartFrom::Timestamp(at) => format!("at what was stored at {at}"),
    }
}

pub(super) fn stored(
    names: &EventNames<'_>,
    (group, queue): (ActorId, LogId),
    offset: Option<Offset>,
    by: StoredBy,
    pending: bool,
) -> String {
    let (group, queue) = (names.program(group), names.stream(queue));
    let Some(offset) = offset else {
        return format!("the broker has no offset of {group} on {queue} any more");
    };
    let offset = english::number(offset.0);
    let why = match by {
        StoredBy::Commit => "",
        StoredBy::Pull => ", which came with a pull",
        StoredBy::Pop => ", for it has handed out everything before",
        StoredBy::Reset => ", for a reset",
    };
    let waits = match pending {
        true => "; until a member takes it up, commits are ignored",
        false => "",
    };
    format!("the broker keeps offset {offset} of {group} on {queue}{why}{waits}")
}

pub(super) fn commit_ignored(
    names: &EventNames<'_>,
    group: ActorId,
    queue: LogId,
    offset: Offset,
) -> String {
    format!(
        "the broker acknowledged offset {} of {} on {} and ignored it, for a reset waits to be taken up",
        english::number(offset.0),
        names.program(group),
        names.stream(queue),
    )
}

pub(super) fn reset_taken(
    names: &EventNames<'_>,
    group: ActorId,
    queue: LogId,
    offset: Offset,
) -> String {
    format!(
        "a pull of {} met the reset of {} to {}, which is done with it",
        names.program(group),
        names.stream(queue),
        english::number(offset.0),
    )
}

pub(super) fn reset(
    names: &EventNames<'_>,
    group: ActorId,
    offsets: &[(LogId, Offset)],
    way: ResetWay,
) -> String {
    let name = names.program(group);
    if offsets.is_empty() {
        return format!("the reset of {name} changed nothing");
    }
    let places = phrases::places(names, offsets);
    let how = match way {
        ResetWay::Members => "the broker told its members",
        ResetWay::Tool => "the tool wrote the offsets itself, for no member runs",
        ResetWay::Broker => "at the broker",
    };
    format!("{name} was reset: {places} ({how})")
}

pub(super) fn tool_refused(
    names: &EventNames<'_>,
    group: Option<ActorId>,
    code: Option<ResponseCode>,
) -> String {
    let of = group.map_or_else(String::new, |group| {
        format!(" for {}", names.program(group))
    });
    match code {
        Some(code) => format!(
            "the broker refused the tool{of}: {} ({})",
            code.word(),
            code.number()
        ),
        None => format!("the tool reached no broker{of}"),
    }
}

pub(super) fn popped(
    names: &EventNames<'_>,
    group: ActorId,
    queue: LogId,
    found: &[(Offset, u64)],
) -> String {
    format!(
        "the broker handed out {} of {} to {}; what is not acknowledged comes again",
        phrases::ranges(found),
        names.stream(queue),
        names.program(group),
    )
}

pub(super) fn revived(
    names: &EventNames<'_>,
    group: ActorId,
    queue: LogId,
    offsets: &[(Offset, u64)],
) -> String {
    let all: u64 = offsets.iter().map(|(_, count)| *count).sum();
    let (was, copies) = match all {
        1 => ("was", "a copy comes"),
        _ => ("were", "copies come"),
    };
    format!(
        "{} of {} {was} not acknowledged by {} in time; {copies} again from its retry queue",
        phrases::ranges(offsets),
        names.stream(queue),
        names.program(group),
    )
}

pub(super) fn offsets_lost(
    names: &EventNames<'_>,
    rolled_back: &[(ActorId, LogId, Option<Offset>)],
) -> String {
    if rolled_back.is_empty() {
        return "the broker has every offset that it had before".into();
    }
    let told = rolled_back.iter().take(LOST);
    let mut all: Vec<String> = told
        .map(|(group, queue, offset)| {
            let (group, queue) = (names.program(*group), names.stream(*queue));
            match offset {
                Some(offset) => format!(
                    "{group} is back at {} on {queue}",
                    english::number(offset.0)
                ),
                None => format!("{group} has none on {queue}"),
            }
        })
        .collect();
    if rolled_back.len() > LOST {
        let more = (rolled_back.len() - LOST) as u64;
        all.push(english::count(more, "more"));
    }
    format!(
        "the broker has the offsets of its file, and what was stored since is gone: {}",
        english::list(&all)
    )
}
