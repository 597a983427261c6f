//! A read of a queue: where it goes, and how much it takes.
//!
//! From `DefaultMessageStore.java`: `getMessage`, `isTheBatchFull`, `checkInDiskByCommitOffset`.

use alloc::sync::Arc;
use alloc::vec::Vec;

use super::extent::Position;
use super::queue::{Queue, QueueRun};
use super::status::Status;
use crate::ids::Offset;
use crate::units::Bytes;

/// Messages of one read near the log's end, and far from it (`maxTransferCountOnMessageInMemory`, `…InDisk`).
const MESSAGES: (u64, u64) = (32, 8);
/// Bytes of one read, likewise.
const BYTES: (u64, u64) = (256 * 1024, 64 * 1024);
/// Entries that one read looks at (`maxFilterMessageSize`, 16,000 bytes).
const ENTRIES: u64 = 800;

/// What a read goes by.
#[derive(Clone, Copy, Debug)]
pub struct FetchLimits<'a> {
    /// Messages at most.
    pub max: u64,
    /// How many reads it stands for at most.
    pub times: u64,
    /// The tags that are wanted; all when there is no list.
    pub tags: Option<&'a [Arc<str>]>,
    /// Where the log begins, and where it ends.
    pub log: (Position, Position),
    /// What lies no farther than this from the log's end counts as in memory.
    pub in_memory: Bytes,
    /// Above the maximum leads to the maximum also where the minimum is 0 (4.9.4).
    pub overflow_goes_to_max: bool,
}

/// What a read found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fetched {
    /// What there is.
    pub status: Status,
    /// Where to go on.
    pub next: Offset,
    /// The messages, as first and count, in rising order; no two touch.
    pub ranges: Vec<(u64, u64)>,
    /// How many reads it stands for, at least 1.
    pub times: u64,
}

/// Reads from `offset` on.
#[must_use]
pub fn fetch(queue: &Queue, offset: i64, limits: &FetchLimits<'_>) -> Fetched {
    let (min, max) = (queue.min().0, queue.max().0);
    let elsewhere = |status, next| Fetched {
        status,
        next: Offset(next),
        ranges: Vec::new(),
        times: 1,
    };
    if max == 0 {
        return elsewhere(Status::NoMessageInQueue, 0);
    }
    let Some(offset) = u64::try_from(offset).ok().filter(|offset| *offset >= min) else {
        return elsewhere(Status::OffsetTooSmall, min);
    };
    if offset == max {
        return elsewhere(Status::OffsetOverflowOne, max);
    }
    if offset > max {
        let to_zero = min == 0 && !limits.overflow_goes_to_max;
        return elsewhere(Status::OffsetOverflowBadly, if to_zero { 0 } else { max });
    }
    if offset < queue.first_entry().0 {
        let entries = queue.file_entries();
        return elsewhere(Status::OffsetFoundNull, (offset / entries + 1) * entries);
    }
    let mut fetched = one(queue, offset, limits);
    while fetched.times < limits.times.max(1)
        && fetched.status == Status::Found
        && fetched.next.0 < max
    {
        let further = one(queue, fetched.next.0, limits);
        fetched.next = further.next;
        fetched.times += 1;
        for range in further.ranges {
            push(&mut fetched.ranges, range.0, range.1);
        }
        let left = limits.times.max(1) - fetched.times;
        fetched.times += plain(queue, &mut fetched, left, limits);
    }
    fetched
}

/// A read as the broker does it.
fn one(queue: &Queue, offset: u64, limits: &FetchLimits<'_>) -> Fetched {
    let file = queue.file_entries();
    let end = (offset + ENTRIES.max(limits.max))
        .min((offset / file + 1) * file)
        .min(queue.max().0);
    let mut status = Status::NoMatchedMessage;
    let (mut at, mut messages, mut bytes) = (offset, 0, 0);
    let mut ranges = Vec::new();
    while at < end {
        let Some(run) = queue.run_of(at) else {
            break;
        };
        let position = run.position(at);
        let near = limits.log.1.0 - position.0 <= limits.in_memory.0;
        let full =
            bytes + run.extent.record > pick(BYTES, near) || messages >= pick(MESSAGES, near);
        if messages > 0 && (messages >= limits.max || full) {
            break;
        }
        if !wanted(run, limits) {
            if messages == 0 {
                status = Status::NoMatchedMessage;
            }
        } else if position < limits.log.0 {
            if messages == 0 {
                status = Status::MessageWasRemoving;
            }
        } else {
            status = Status::Found;
            messages += 1;
            bytes += run.extent.record;
            push(&mut ranges, at, 1);
        }
        at += 1;
    }
    Fetched {
        status,
        next: Offset(at),
        ranges,
        times: 1,
    }
}

/// Further reads of `fetched`, at most `left`, for as long as each takes whole batches of one run: no look at each message.
fn plain(queue: &Queue, fetched: &mut Fetched, left: u64, limits: &FetchLimits<'_>) -> u64 {
    let at = fetched.next.0;
    let Some(run) = queue.run_of(at).filter(|run| wanted(run, limits)) else {
        return 0;
    };
    let (log_begins, log_ends) = limits.log;
    let is_near = |at: u64| log_ends.0 - run.position(at).0 <= limits.in_memory.0;
    if run.position(at) < log_begins {
        return 0;
    }
    let near = is_near(at);
    let border = if near {
        run.end()
    } else {
        first_near(at, run.end(), is_near)
    };
    let by_bytes = (pick(BYTES, near) / run.extent.record).max(1);
    let batch = pick(MESSAGES, near).min(by_bytes).min(limits.max.max(1));
    let reads = ((border - at) / batch).min(left);
    fetched.next = Offset(at + reads * batch);
    push(&mut fetched.ranges, at, reads * batch);
    reads
}

/// The first offset that is near; the log grows at its end, so all behind it are.
fn first_near(mut low: u64, mut high: u64, is_near: impl Fn(u64) -> bool) -> u64 {
    while low < high {
        let middle = low.midpoint(high);
        if is_near(middle) {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    low
}

const fn pick(of: (u64, u64), near: bool) -> u64 {
    if near { of.0 } else { of.1 }
}

fn wanted(run: &QueueRun, limits: &FetchLimits<'_>) -> bool {
    let tag = &run.extent.run.tag;
    limits
        .tags
        .is_none_or(|tags| tag.as_ref().is_some_and(|tag| tags.contains(tag)))
}

fn push(ranges: &mut Vec<(u64, u64)>, first: u64, count: u64) {
    match ranges.last_mut() {
        Some((start, length)) if *start + *length == first => *length += count,
        Some(_) | None if count > 0 => ranges.push((first, count)),
        Some(_) | None => {}
    }
}
