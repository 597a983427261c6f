//! A queue: offsets, dense and from 0, to messages in the commit log. It keeps runs, not entries.
//!
//! From `ConsumeQueue.java`: `getMaxOffsetInQueue`, `correctMinOffset`; `QueueOffsetOperator.java`.

use alloc::sync::Arc;

use super::extent::{Extent, Position};
use super::message::RenderedMessage;
use crate::base::{Pages, bisect};
use crate::ids::Offset;
use crate::units::SimTime;

/// Messages of one append that follow each other in a queue.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QueueRun {
    /// The offset of the first.
    pub first: Offset,
    /// How many, at least 1.
    pub count: u64,
    /// Where they lie.
    pub extent: Arc<Extent>,
    /// The first of them there.
    pub place: u64,
    /// What their places there differ by.
    pub step: u64,
}

impl QueueRun {
    /// The place in the extent of the message at `offset`, which is one of this run's.
    #[must_use]
    pub fn place_of(&self, offset: u64) -> u64 {
        self.place + (offset - self.first.0) * self.step
    }

    /// Where the message at `offset`, one of this run's, begins.
    #[must_use]
    pub fn position(&self, offset: u64) -> Position {
        self.extent.position(self.place_of(offset))
    }

    /// The offset behind its last.
    #[must_use]
    pub const fn end(&self) -> u64 {
        self.first.0 + self.count
    }

    /// How many of its messages begin before `position`.
    fn before(&self, position: Position) -> u64 {
        let places = self.extent.before(position);
        places
            .saturating_sub(self.place)
            .div_ceil(self.step)
            .min(self.count)
    }
}

/// A queue of a topic.
#[derive(Clone, Debug)]
pub struct Queue {
    runs: Pages<QueueRun>,
    /// The first run that is not wholly deleted.
    kept: usize,
    /// The offset of the next message that is stored.
    next: u64,
    min: u64,
    /// Entries of one of its files.
    file: u64,
    /// The offset of the first entry of its first file.
    first_entry: u64,
}

impl Queue {
    pub(super) fn new(file: u64) -> Self {
        Self {
            runs: Pages::default(),
            kept: 0,
            next: 0,
            min: 0,
            file: file.max(1),
            first_entry: 0,
        }
    }

    /// The minimum: the first offset whose message is still there, or what it was when there is none (before 5.0).
    #[must_use]
    pub const fn min(&self) -> Offset {
        Offset(self.min)
    }

    /// The maximum: one more than the last offset that readers see.
    #[must_use]
    pub fn max(&self) -> Offset {
        Offset(self.runs.last().map_or(0, QueueRun::end))
    }

    /// The offset that the next message gets: ahead of the maximum while messages wait to become visible.
    #[must_use]
    pub const fn next_offset(&self) -> Offset {
        Offset(self.next)
    }

    /// The runs that are not wholly deleted, from the oldest.
    pub fn runs(&self) -> impl DoubleEndedIterator<Item = &QueueRun> {
        self.runs.range(self.kept..self.runs.len())
    }

    /// The run of an offset that readers see; also one whose messages are deleted, while its entries are not.
    #[must_use]
    pub fn run_of(&self, offset: u64) -> Option<&QueueRun> {
        let at = bisect(0, self.runs.len(), |at| {
            self.runs.get(at).is_some_and(|run| run.end() <= offset)
        });
        self.runs.get(at).filter(|run| run.first.0 <= offset)
    }

    /// The message at an offset, whether its bytes are still there or not.
    #[must_use]
    pub fn message(&self, offset: Offset) -> Option<RenderedMessage> {
        let run = self.run_of(offset.0)?;
        Some(run.extent.run.message(run.place_of(offset.0)))
    }

    /// When the message at an offset was stored.
    #[must_use]
    pub fn stored_at(&self, offset: Offset) -> Option<SimTime> {
        Some(self.run_of(offset.0)?.extent.stored_at)
    }

    /// Entries of one of its files.
    #[must_use]
    pub const fn file_entries(&self) -> u64 {
        self.file
    }

    /// The offset of the first entry of its first file: below it not even the entries are left.
    #[must_use]
    pub const fn first_entry(&self) -> Offset {
        Offset(self.first_entry)
    }

    /// Takes the next `count` offsets for messages that are being stored.
    pub(super) fn assign(&mut self, count: u64) -> Offset {
        let first = Offset(self.next);
        self.next = self.next.saturating_add(count);
        first
    }

    pub(super) fn show(&mut self, run: QueueRun) {
        self.runs.push(run);
    }

    /// The log begins at `position` now. A queue of which nothing is left has its minimum at its maximum, or keeps what
    /// it had (`stale`, before 5.0). Whether the minimum moved.
    pub(super) fn correct_min(&mut self, position: Position, stale: bool) -> bool {
        let before = self.min;
        let kept = bisect(self.kept, self.runs.len(), |at| {
            let run = self.runs.get(at);
            run.is_some_and(|run| run.before(position) == run.count)
        });
        self.kept = kept;
        let max = self.max().0;
        let first = match self.runs.get(kept) {
            Some(run) => run.first.0 + run.before(position),
            None => max,
        };
        if first < max || !stale {
            self.min = self.min.max(first);
        }
        // Whole files without anything left go, the last one stays.
        let last_file = max.saturating_sub(1) / self.file;
        self.first_entry = (first / self.file).min(last_file) * self.file;
        self.min != before
    }
}
