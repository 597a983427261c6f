//! A queue at a moment, and the commit log that all of them share. Messages stay in the arena.

use crate::family::rocketmq::arena::QueueArena;
use crate::family::rocketmq::store::Position;
use crate::ids::Offset;

/// A queue.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Queue {
    /// Whether it is there.
    pub is_there: bool,
    /// Runs of the queue's arena that readers see.
    pub rows: u32,
    /// The minimum.
    pub min: Offset,
    /// What the cleaner took last: from, to (exclusive).
    pub expired: Option<(Offset, Offset)>,
}

/// The commit log.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CommitLog {
    /// Appends to it, as rows of the arena.
    pub rows: u32,
    /// Where it begins.
    pub first: Position,
    /// Files that the cleaner deleted so far.
    pub deleted: u64,
    /// How full the disk is, in per cent; `None`: as the broker's settings say.
    pub disk: Option<u8>,
}

impl Queue {
    /// The maximum: one more than the last offset that readers see.
    #[must_use]
    pub fn max(&self, arena: &QueueArena) -> Offset {
        arena.max(self.rows)
    }
}

impl Default for CommitLog {
    fn default() -> Self {
        Self {
            rows: 0,
            first: Position(0),
            deleted: 0,
            disk: None,
        }
    }
}
