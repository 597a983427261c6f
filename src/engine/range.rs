//! Messages that a program works through, one after the other, each taking its time.

use crate::trace::Work;
use crate::units::{SimDuration, SimTime};

/// Messages that are being processed, one after the other.
#[derive(Clone, Copy, Debug)]
pub(crate) struct WorkRange {
    pub(crate) work: Work,
    /// When the next one is done.
    pub(crate) next: SimTime,
    pub(crate) stride: SimDuration,
}

/// A part of a range that is done: its messages, when the first of them was, and at most how many.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Portion {
    pub(crate) work: Work,
    pub(crate) at: SimTime,
    pub(crate) stride: SimDuration,
    pub(crate) most: u64,
}

impl WorkRange {
    /// The messages of it that are done up to and including `limit`.
    pub(super) fn until(&self, limit: SimTime) -> Portion {
        let more = limit.since(self.next).0 / self.stride.0.max(1);
        Portion {
            work: self.work,
            at: self.next,
            stride: self.stride,
            most: self.work.count.min(more.saturating_add(1)),
        }
    }
}
