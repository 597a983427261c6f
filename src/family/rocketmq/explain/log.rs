//! Clauses about what the broker keeps: topics, queues, the commit log and its files.

use alloc::format;
use alloc::string::{String, ToString};

use super::phrases;
use crate::explain::english;
use crate::explain::names::EventNames;
use crate::family::rocketmq::arena::Arena;
use crate::family::rocketmq::store::Extent;
use crate::ids::{ActorId, LogId, Offset, SetId};

/// What events of this family name by index; two families never meet in a run.
fn arena<'a>(names: &EventNames<'a>) -> Option<&'a Arena> {
    names.trace.arenas.family.rocketmq()
}

pub(super) fn topic_set(names: &EventNames<'_>, topic: SetId, read: u32, write: u32) -> String {
    let name = phrases::topic(names, topic);
    let queues = english::count(write.into(), "queue");
    match read == write {
        true => format!("topic {name} is there with {queues}"),
        false => format!(
            "topic {name} is there with {queues} to write to and {} to read",
            english::number(read.into())
        ),
    }
}

pub(super) fn retry_set(names: &EventNames<'_>, group: ActorId, queue: LogId) -> String {
    let (group, queue) = (names.program(group), names.stream(queue));
    match queue.starts_with("%DLQ%") {
        true => format!("the broker made {queue}, for messages of {group} that failed too often"),
        false => format!("the broker made {queue}, for messages of {group} that come again"),
    }
}

pub(super) fn appended(names: &EventNames<'_>, row: u32) -> String {
    let extent = arena(names).and_then(|arena| arena.appended.get(row as usize));
    let Some(extent) = extent else {
        return "messages were appended to the commit log".into();
    };
    let count = extent.run.count;
    let messages = english::count(count, "message");
    let (is, bytes) = (
        phrases::is(count),
        english::count(extent.record * count, "byte"),
    );
    let later = match (&extent.bound_for, extent.run.attempt, count) {
        (None, _, 1) => "nobody sees it yet",
        (None, _, _) => "nobody sees them yet",
        (Some(_), 0, 1) => "it waits there for their delay",
        (Some(_), 0, _) => "they wait there for their delay",
        (Some(_), _, 1) => "it waits there to come again",
        (Some(_), _, _) => "they wait there to come again",
    };
    format!(
        "{messages} {of} {is} in the commit log ({bytes}); {later}",
        of = bound_for(extent)
    )
}

/// Whose messages they are.
fn bound_for(extent: &Extent) -> String {
    match &extent.bound_for {
        Some(place) => format!("for {}", place.topic),
        None => format!("of {}", extent.topic),
    }
}

pub(super) fn visible(names: &EventNames<'_>, queue: LogId, row: u32) -> String {
    let run = arena(names).and_then(|arena| arena.queue(queue).runs.get(row as usize));
    let name = names.stream(queue);
    match run {
        Some(run) => format!(
            "{} can be read in {name}, and its maximum is {}",
            english::offsets(run.first.0, run.count),
            english::number(run.end()),
        ),
        None => format!("messages can be read in {name}"),
    }
}

pub(super) fn files_deleted(files: u64, forced: bool) -> String {
    let oldest = match files {
        1 => "the oldest file".to_string(),
        n => format!("the {} oldest files", english::number(n)),
    };
    let why = match forced {
        true => "before their time, because the disk is nearly full",
        false => "because nothing was written to it for longer than it is kept",
    };
    let why = match (files, forced) {
        (1, true) => "before its time, because the disk is nearly full",
        (1, false) | (_, true) => why,
        (_, false) => "because nothing was written to them for longer than they are kept",
    };
    format!("the cleaner deleted {oldest} of the commit log, {why}")
}

pub(super) fn nothing_expired() -> String {
    "the cleaner found no file that it may delete".into()
}

pub(super) fn min_moved(names: &EventNames<'_>, queue: LogId, min: Offset) -> String {
    let (name, min) = (names.stream(queue), english::number(min.0));
    format!("the minimum of {name} moved to {min}")
}

pub(super) fn disk_filled(percent: u8) -> String {
    let then = match percent {
        0..=75 => "files go in the hour for it",
        76..=85 => "expired files go at any hour",
        86..=90 => "the oldest files go whatever their age",
        _ => "the oldest files go whatever their age, and messages are refused",
    };
    format!("the broker's disk is full to {percent}%: {then}")
}

pub(super) fn flushed() -> String {
    "the broker wrote the offsets of all groups to its file".into()
}
