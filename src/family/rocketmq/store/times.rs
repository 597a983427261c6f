//! Which offset a time means in a queue. Times are those at which the broker stored the messages, in milliseconds.
//!
//! From `ConsumeQueue.java`: `getOffsetInQueueByTime` (4.9), `binarySearchInQueueByTime` (5.1.1).

use super::extent::Position;
use super::queue::Queue;
use crate::ids::Offset;
use crate::units::SimTime;

/// How a lookup of a time goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lookup {
    /// The nearest message; of equally near ones the earlier; behind the last one, the last one (before 5.1.1).
    Nearest,
    /// The first message stored then or later; the maximum when there is none.
    FirstAtOrAfter,
    /// The last message stored then or earlier; 0 when there is none.
    LastAtOrBefore,
}

/// The offset that a time means. `log_begins` is where the commit log begins.
#[must_use]
pub fn offset_at(queue: &Queue, at: SimTime, lookup: Lookup, log_begins: Position) -> Offset {
    let at = at.as_millis();
    match lookup {
        Lookup::Nearest => Offset(nearest(queue, at, log_begins)),
        Lookup::FirstAtOrAfter => Offset(first_from(queue, |stored| stored >= at)),
        Lookup::LastAtOrBefore => {
            let behind = first_from(queue, |stored| stored > at);
            let nothing_before = behind == first_there(queue);
            Offset(if nothing_before { 0 } else { behind - 1 })
        }
    }
}

/// The first offset whose message is there.
fn first_there(queue: &Queue) -> u64 {
    queue.min().0
}

fn stored_millis(queue: &Queue, offset: u64) -> Option<u64> {
    queue.stored_at(Offset(offset)).map(SimTime::as_millis)
}

/// The first offset that is there and holds; the maximum when none does. Times never fall with rising offsets.
fn first_from(queue: &Queue, holds: impl Fn(u64) -> bool) -> u64 {
    let (mut low, mut high) = (first_there(queue), queue.max().0);
    while low < high {
        let middle = low.midpoint(high);
        if stored_millis(queue, middle).is_some_and(&holds) {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    low
}

/// The file of the queue in which 4.9 looks: the first whose last write is not before the time, or the last.
fn file_of(queue: &Queue, at: u64) -> (u64, u64) {
    let (entries, max) = (queue.file_entries(), queue.max().0);
    let mut first = queue.first_entry().0;
    loop {
        let end = (first + entries).min(max);
        let written = stored_millis(queue, end.saturating_sub(1));
        if end >= max || written.is_some_and(|written| written >= at) {
            return (first, end);
        }
        first += entries;
    }
}

/// A bisection as 4.9 does it: what it meets first among equal times is what it answers.
fn nearest(queue: &Queue, at: u64, log_begins: Position) -> u64 {
    if queue.max().0 == 0 {
        return 0;
    }
    let (first, end) = file_of(queue, at);
    let (mut low, mut high) = (queue.min().0.max(first), end);
    let mut left: Option<(u64, u64)> = None;
    let mut right: Option<(u64, u64)> = None;
    while low < high {
        let middle = low.midpoint(high - 1);
        let run = queue.run_of(middle);
        if run.is_none_or(|run| run.position(middle) < log_begins) {
            // Its bytes are deleted: only what is behind it counts.
            low = middle + 1;
            continue;
        }
        let stored = stored_millis(queue, middle).unwrap_or(0);
        if stored == at {
            return middle;
        }
        if stored > at {
            high = middle;
            right = Some((middle, stored));
        } else {
            low = middle + 1;
            left = Some((middle, stored));
        }
    }
    match (left, right) {
        (None, None) => first,
        (Some((offset, _)), None) | (None, Some((offset, _))) => offset,
        (Some((earlier, before)), Some((later, after))) => {
            if at - before > after - at {
                later
            } else {
                earlier
            }
        }
    }
}
