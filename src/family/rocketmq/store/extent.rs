//! A stretch of the commit log: messages of one size that were stored in one append. Positions are arithmetic, so that a
//! stretch costs the same for one message as for a thousand million. Knows no queue's offsets.

use alloc::sync::Arc;

use super::message::{MessageRun, Spread};
use crate::units::SimTime;

/// A place in the commit log, in bytes from the first that was ever written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position(pub u64);

/// What the end of every file keeps free for the mark that ends it (`END_FILE_MIN_BLANK_LENGTH`).
pub const END_OF_FILE: u64 = 8;

/// Where a message goes once its delay is over, or where a copy comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Destination {
    /// The topic.
    pub topic: Arc<str>,
    /// The queue.
    pub queue: u32,
}

/// Messages of one size, one append and one topic, one behind the other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Extent {
    /// The topic.
    pub topic: Arc<str>,
    /// The queues that they go to.
    pub spread: Spread,
    /// The messages.
    pub run: MessageRun,
    /// Bytes of each.
    pub record: u64,
    /// Where the first begins.
    pub start: Position,
    /// Bytes of a file of the log; a message that does not fit into what is left begins the next file.
    pub file: u64,
    /// When the broker stored them.
    pub stored_at: SimTime,
    /// Of delayed messages: where they go then.
    pub bound_for: Option<Destination>,
}

impl Extent {
    /// How many messages fit behind `from` into its file.
    fn room(&self, from: u64) -> u64 {
        let left = self.file - from % self.file;
        left.saturating_sub(END_OF_FILE) / self.record
    }

    /// Where the k-th message begins.
    #[must_use]
    pub fn position(&self, k: u64) -> Position {
        let here = self.room(self.start.0);
        if k < here {
            return Position(self.start.0 + k * self.record);
        }
        let each = (self.file.saturating_sub(END_OF_FILE) / self.record).max(1);
        let (files, within) = ((k - here) / each, (k - here) % each);
        Position((self.start.0 / self.file + 1 + files) * self.file + within * self.record)
    }

    /// Where the log goes on behind it.
    #[must_use]
    pub fn end(&self) -> Position {
        let last = self.position(self.run.count.saturating_sub(1));
        Position(last.0 + self.record)
    }

    /// How many of its messages begin before `position`.
    #[must_use]
    pub fn before(&self, position: Position) -> u64 {
        if position <= self.start {
            return 0;
        }
        let (own, file) = (self.start.0 / self.file, position.0 / self.file);
        let here = self.room(self.start.0);
        let within = |from: u64| (position.0 - from).div_ceil(self.record);
        let count = if own == file {
            within(self.start.0).min(here)
        } else {
            let each = (self.file.saturating_sub(END_OF_FILE) / self.record).max(1);
            here + (file - own - 1) * each + within(file * self.file).min(each)
        };
        count.min(self.run.count)
    }
}
