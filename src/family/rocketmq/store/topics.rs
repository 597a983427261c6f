//! The store: the commit log, and the queues of every topic, which see a message a moment after it is appended.
//!
//! From `DefaultMessageStore.java:ReputMessageService`, `ConsumeQueueStore.java:CleanConsumeQueueService`.

use alloc::sync::Arc;
use alloc::vec::Vec;

use super::cleaner::{self, Cleaned, CleaningPolicy};
use super::commit_log::{Append, CommitLog};
use super::extent::Extent;
use super::message::Share;
use super::queue::{Queue, QueueRun};
use crate::base::SmallMap;
use crate::ids::Offset;
use crate::units::{SimDuration, SimTime};

/// What the broker stores. Copies are cheap: they share what was appended.
#[derive(Clone, Debug)]
pub struct Store {
    log: CommitLog,
    /// Queues of each topic, by number.
    topics: SmallMap<Arc<str>, Vec<Queue>>,
    /// How many stretches of the log are in their queues.
    dispatched: usize,
    queue_file: u64,
    stale_min: bool,
}

/// Messages of an append that one queue got.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Assigned {
    /// The queue.
    pub queue: u32,
    /// The offset of the first.
    pub first: Offset,
    /// How many.
    pub count: u64,
}

impl Store {
    /// An empty store with commit-log files of `file` bytes and queue files of `queue_file` entries. `stale_min`: a queue
    /// of which nothing is left keeps its minimum (before 5.0).
    #[must_use]
    pub fn new(file: u64, queue_file: u64, stale_min: bool) -> Self {
        Self {
            log: CommitLog::new(file),
            topics: SmallMap::new(),
            dispatched: 0,
            queue_file,
            stale_min,
        }
    }

    /// The commit log.
    #[must_use]
    pub const fn log(&self) -> &CommitLog {
        &self.log
    }

    /// Sets the size of the log's files, as long as nothing was appended; whether that was so.
    pub fn set_file_size(&mut self, file: u64) -> bool {
        let empty = self.log.extents().is_empty();
        if empty {
            self.log = CommitLog::new(file);
        }
        empty
    }

    /// A queue, if it or one of a higher number of its topic ever had a message.
    #[must_use]
    pub fn queue(&self, topic: &str, queue: u32) -> Option<&Queue> {
        self.topics.get(topic)?.get(queue as usize)
    }

    /// All queues, by topic and number.
    pub fn queues(&self) -> impl Iterator<Item = (&Arc<str>, u32, &Queue)> {
        let topics = self.topics.iter();
        topics.flat_map(|(topic, queues)| {
            let numbered = (0..).zip(queues);
            numbered.map(move |(number, queue)| (topic, number, queue))
        })
    }

    /// A queue, which is made where it is not there yet.
    fn queue_mut(&mut self, topic: &Arc<str>, queue: u32) -> &mut Queue {
        let queues = self.topics.get_or_insert(Arc::clone(topic), Vec::new());
        let fresh = || Queue::new(self.queue_file);
        let wanted = queues.len().max(queue as usize + 1);
        queues.resize_with(wanted, fresh);
        &mut queues[queue as usize]
    }

    /// Appends messages, which nobody sees before they are dispatched; who got which offsets, by the order of queues in
    /// the run. The caller knows that they fit into a file.
    pub fn append(&mut self, now: SimTime, what: &Append) -> Vec<Assigned> {
        self.log.append(now, what);
        let assign = |share: Share| Assigned {
            queue: share.queue,
            first: self.queue_mut(&what.topic, share.queue).assign(share.count),
            count: share.count,
        };
        what.spread.shares(what.run.count).map(assign).collect()
    }

    /// The stretches that are not dispatched yet.
    pub fn waiting(&self) -> impl Iterator<Item = &Arc<Extent>> {
        let extents = self.log.extents();
        extents.range(self.dispatched..extents.len())
    }

    /// Brings everything that was appended into its queue; what each got, in the order of the log.
    pub fn dispatch(&mut self) -> Vec<(Arc<str>, u32, QueueRun)> {
        let mut shown = Vec::new();
        let extents: Vec<Arc<Extent>> = self.waiting().cloned().collect();
        for extent in extents {
            for share in extent.spread.shares(extent.run.count) {
                let queue = self.queue_mut(&extent.topic, share.queue);
                let run = QueueRun {
                    first: queue.max(),
                    count: share.count,
                    extent: Arc::clone(&extent),
                    place: share.first,
                    step: share.step,
                };
                queue.show(run.clone());
                shown.push((Arc::clone(&extent.topic), share.queue, run));
            }
        }
        self.dispatched = self.log.extents().len();
        shown
    }

    /// One pass of the cleaner, and the queues whose minimum moved by it.
    pub fn clean(
        &mut self,
        now: SimTime,
        policy: &CleaningPolicy<'_>,
        asked: bool,
    ) -> (Cleaned, Vec<(Arc<str>, u32, Offset)>) {
        let cleaned = cleaner::pass(&mut self.log, policy, now, asked);
        let mut moved = Vec::new();
        if cleaned.files > 0 {
            let topics: Vec<Arc<str>> = self.topics.keys().cloned().collect();
            for topic in topics {
                let queues = self.topics.get_mut(&topic).into_iter().flatten();
                for (queue, number) in queues.zip(0..) {
                    if queue.correct_min(self.log.min(), self.stale_min) {
                        moved.push((Arc::clone(&topic), number, queue.min()));
                    }
                }
            }
        }
        (cleaned, moved)
    }

    /// Sets the last write of every finished file back by `by`, as an operator does with `touch`.
    pub fn backdate(&mut self, by: SimDuration) {
        self.log.backdate(by);
    }
}
