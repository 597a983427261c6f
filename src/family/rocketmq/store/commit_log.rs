//! The commit log: one for all topics, in files of one size, cut from its front in whole files. Knows no queue.
//!
//! From `CommitLog.java:asyncPutMessage`, `MappedFileQueue.java:deleteExpiredFileByTime`.

use alloc::sync::Arc;

use super::extent::{Destination, END_OF_FILE, Extent, Position};
use super::message::{MessageRun, Spread};
use super::size::record_bytes;
use crate::base::{Pages, SmallMap, bisect};
use crate::units::{SimDuration, SimTime};

/// What is appended in one go.
#[derive(Clone, Debug)]
pub struct Append {
    /// The topic.
    pub topic: Arc<str>,
    /// To which queues.
    pub spread: Spread,
    /// The messages.
    pub run: MessageRun,
    /// Of delayed messages: where they go then.
    pub bound_for: Option<Destination>,
}

/// The commit log.
#[derive(Clone, Debug)]
pub struct CommitLog {
    file: u64,
    extents: Pages<Arc<Extent>>,
    min: Position,
    end: Position,
    /// Files whose last write is not the one that the log itself did.
    touched: SmallMap<u64, SimTime>,
}

/// A file of the commit log.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FileView {
    /// Where it begins.
    pub start: Position,
    /// Where it ends: what is written so far, of the file that is written to.
    pub end: Position,
    /// When it was last written to.
    pub last_write: SimTime,
    /// Whether it is the one that is written to, which is never deleted.
    pub active: bool,
}

impl CommitLog {
    pub(super) fn new(file: u64) -> Self {
        Self {
            file: file.max(2 * END_OF_FILE),
            extents: Pages::default(),
            min: Position(0),
            end: Position(0),
            touched: SmallMap::new(),
        }
    }

    /// Where its first file begins.
    #[must_use]
    pub const fn min(&self) -> Position {
        self.min
    }

    /// Where it ends.
    #[must_use]
    pub const fn end(&self) -> Position {
        self.end
    }

    /// All that was ever appended, also what is deleted.
    #[must_use]
    pub const fn extents(&self) -> &Pages<Arc<Extent>> {
        &self.extents
    }

    /// Whether every one of these messages fits into a file.
    #[must_use]
    pub fn takes(&self, topic: &str, run: &MessageRun) -> bool {
        let last = run.count.saturating_sub(1);
        let fits = |k| record_bytes(topic, run, k).0 + END_OF_FILE <= self.file;
        fits(0) && fits(last)
    }

    /// Appends messages that it takes: a stretch for each size that they have.
    pub(super) fn append(&mut self, now: SimTime, what: &Append) {
        let mut done = 0;
        while done < what.run.count {
            let (record, same) = record_bytes(&what.topic, &what.run, done);
            let count = same.min(what.run.count - done);
            let left = self.file - self.end.0 % self.file;
            if left < record + END_OF_FILE {
                self.end.0 += left;
            }
            let extent = Extent {
                topic: Arc::clone(&what.topic),
                spread: what.spread.behind(done),
                run: what.run.part(done, 1, count),
                record,
                start: self.end,
                file: self.file,
                stored_at: now,
                bound_for: what.bound_for.clone(),
            };
            self.end = extent.end();
            self.extents.push(Arc::new(extent));
            done += count;
        }
    }

    const fn first_file(&self) -> u64 {
        self.min.0 / self.file
    }

    /// The number of the file that is written to.
    const fn active_file(&self) -> u64 {
        self.end.0.saturating_sub(1) / self.file
    }

    /// When a file was last written to: by the append that began the next one, or by the last so far.
    fn last_write(&self, number: u64) -> SimTime {
        if let Some(at) = self.touched.get(&number) {
            return *at;
        }
        let end = (number + 1) * self.file;
        let at = bisect(0, self.extents.len(), |at| {
            self.extents.get(at).is_some_and(|e| e.end().0 <= end)
        });
        let extent = self.extents.get(at).or_else(|| self.extents.last());
        extent.map_or(SimTime::ZERO, |extent| extent.stored_at)
    }

    /// A file by its number.
    fn view(&self, number: u64) -> FileView {
        let active = number == self.active_file();
        let start = Position(number * self.file);
        let end = if active {
            self.end
        } else {
            Position(start.0 + self.file)
        };
        FileView {
            start,
            end,
            last_write: self.last_write(number),
            active,
        }
    }

    /// Its files, the oldest first. A log that nothing was appended to has none.
    pub fn files(&self) -> impl DoubleEndedIterator<Item = FileView> {
        let end = if self.end.0 == 0 {
            0
        } else {
            self.active_file() + 1
        };
        (self.first_file()..end).map(|number| self.view(number))
    }

    /// The oldest file that may go: not the one that is written to.
    #[must_use]
    pub fn oldest(&self) -> Option<FileView> {
        self.files().next().filter(|file| !file.active)
    }

    /// Deletes the oldest file.
    pub(super) fn delete_oldest(&mut self) {
        if self.oldest().is_some() {
            self.touched.remove(&self.first_file());
            self.min.0 += self.file - self.min.0 % self.file;
        }
    }

    /// Sets the last write of every finished file back by `by`, as `touch` does.
    pub(super) fn backdate(&mut self, by: SimDuration) {
        for number in self.first_file()..self.active_file() {
            let at = SimTime(self.last_write(number).0.saturating_sub(by.0));
            self.touched.insert(number, at);
        }
    }
}
