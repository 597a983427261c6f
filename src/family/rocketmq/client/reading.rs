//! What a member has of one queue: where it reads on, what it fetched and has not finished, what it may commit.

use super::process_queue::ProcessQueue;
use crate::base::IdSet;
use crate::ids::Offset;
use crate::units::SimTime;

/// A pull waits while a queue has more messages in the member's cache (`pullThresholdForQueue`).
const CACHED: u64 = 1_000;
/// A pull waits while the cache of a queue that is consumed concurrently reaches further (`consumeConcurrentlyMaxSpan`).
const SPAN: u64 = 2_000;
/// Messages of a pull (`pullBatchSize`).
pub(super) const BATCH: u64 = 32;
/// Of what it knows to be left, a member reads this part in one step: a real one pulls many times.
const PART: u64 = 64;

/// What a member has of a queue.
#[derive(Clone, Debug, Default)]
pub(super) struct Reading {
    /// The next message that it pulls; nothing before it knows.
    pub(super) next: Option<Offset>,
    /// The queue's maximum, as the last answer told it.
    pub(super) max: Offset,
    /// The next pull leaves then; none while one is under way.
    pub(super) pull_at: Option<SimTime>,
    /// The offset of the pull that is under way or parked at the broker; of a POP 0.
    pub(super) asked: Option<Offset>,
    /// What it fetched and has not finished.
    pub(super) queue: ProcessQueue,
    /// Those that hang, each with the moment at which it is given up.
    pub(super) hung: alloc::vec::Vec<(Offset, SimTime)>,
    /// The offset that it may commit.
    pub(super) local: Option<Offset>,
    /// The offset that it committed last over this connection.
    pub(super) sent: Option<Offset>,
    /// Whether the broker has locked the queue for it.
    pub(super) locked: bool,
    /// It was told to go on at this offset, and does so then (clients before 5.2).
    pub(super) correction: Option<(Offset, SimTime)>,
    /// How often the message at the head of an orderly queue failed here.
    pub(super) tries: Option<(Offset, u16)>,
    /// Messages that failed and are on their way back to the broker.
    pub(super) returning: IdSet,
}

impl Reading {
    /// Whether it may pull now, as far as its cache goes.
    pub(super) fn has_room(&self, orderly: bool) -> bool {
        let cached = self.queue.in_flight().len();
        cached <= CACHED && (orderly || self.queue.span() <= SPAN)
    }

    /// How many pulls its next one stands for.
    pub(super) fn times(&self, takes_time: bool) -> u64 {
        let left = self
            .next
            .map_or(0, |next| self.max.0.saturating_sub(next.0));
        let times = (left / PART / BATCH).max(1);
        if takes_time {
            times.min(CACHED / BATCH)
        } else {
            times
        }
    }

    /// The offset that a pull carries: none while there is nothing to tell.
    pub(super) fn riding(&self) -> Option<Offset> {
        self.local.filter(|offset| offset.0 > 0)
    }

    /// Messages are finished: the offset may rise.
    pub(super) fn finished(&mut self, first: Offset, count: u64) {
        if let Some(lowest) = self.queue.finished(first.0, count) {
            self.local = self.local.max(Some(lowest));
        }
    }

    /// An empty answer, with nothing in flight: everything before `next` is done with.
    pub(super) fn passed(&mut self, next: Offset) {
        if self.queue.in_flight().is_empty() {
            self.local = self.local.max(Some(next));
        }
    }

    /// Whether it has something to commit that it has not.
    pub(super) fn is_dirty(&self) -> bool {
        self.local.is_some() && self.local != self.sent
    }
}
