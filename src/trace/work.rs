//! Messages that a program goes through: they become processed or skipped ranges. Decides no pace.

use super::event::Skip;
use crate::ids::Offset;

/// Messages that a program goes through, one behind the other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Work {
    /// The first offset.
    pub first: Offset,
    /// The offset that the program takes the first one for: another one only behind a filter of a
    /// client that counts wrongly.
    pub seen: Offset,
    /// How many, at least 1.
    pub count: u64,
    /// Why they are dropped; `None`: they are processed.
    pub skip: Option<Skip>,
}

impl Work {
    /// What is left of it behind the first `done` messages; `None` when nothing is.
    #[must_use]
    pub fn rest(self, done: u64) -> Option<Self> {
        (done < self.count).then(|| Self {
            first: self.first.plus(done),
            seen: self.seen.plus(done),
            count: self.count - done,
            skip: self.skip,
        })
    }
}
