//! When a member commits, and what: by the clock, and of a queue that it lets go of.

use alloc::vec::Vec;

use super::super::reading::Reading;
use super::{MemberProgram, Output, Phase};
use crate::family::rocketmq::message::ToBroker;
use crate::family::rocketmq::statements::Mode;
use crate::ids::{LogId, Offset};
use crate::units::{SimDuration, SimTime};

/// The first commit by the clock behind the start (`startScheduledTask`).
const FIRST_COMMIT: SimDuration = SimDuration::from_secs(10);
impl MemberProgram {
    /// The next commit by the clock, while there is something to commit.
    pub(super) fn next_commit(&self, now: SimTime) -> Option<SimTime> {
        let broadcasts = self.mode() == Mode::Broadcast;
        let online = self.phase == Phase::Running || broadcasts && self.phase != Phase::Ended;
        let dirty = self.readings.values().any(Reading::is_dirty);
        if !online || !dirty || self.mode() == Mode::Pop {
            return None;
        }
        let first = self.started_at.after(FIRST_COMMIT);
        let every = self.settings.of_group.commit.0.max(1);
        // A tick that was used is over.
        let from = match self.committed_at {
            Some(last) => now.max(SimTime(last.0 + 1)),
            None => now,
        };
        let ticks = from.since(first).0.div_ceil(every);
        Some(first.after(SimDuration(every).times(ticks)))
    }

    /// The broker does not have what was committed of a queue: it was lost on the way, or somebody else stored another
    /// offset. A client commits by the clock whether there is news or not (`RemoteBrokerOffsetStore.persistAll`); here
    /// it does where that changes something.
    pub fn commits_again(&mut self, queue: LogId) {
        let shares = self.mode() != Mode::Broadcast;
        if let Some(reading) = self.readings.get_mut(&queue).filter(|_| shares) {
            reading.sent = None;
        }
    }

    /// What it committed of a queue last, as far as it knows.
    #[must_use]
    pub fn committed(&self, queue: LogId) -> Option<Offset> {
        self.readings.get(&queue)?.sent
    }

    /// Commits what it has to commit of every queue.
    pub(super) fn commit_all(&mut self) {
        let queues: Vec<LogId> = self.queues().collect();
        for queue in queues {
            self.commit(queue);
        }
    }

    /// Commits what it has to commit of a queue. The offset of a POP is the broker's alone.
    pub(super) fn commit(&mut self, queue: LogId) {
        if self.mode() == Mode::Pop {
            return;
        }
        let broadcasts = self.mode() == Mode::Broadcast;
        let online = self.phase == Phase::Running;
        let Some(reading) = self.readings.get_mut(&queue) else {
            return;
        };
        let Some(offset) = reading.local.filter(|_| reading.is_dirty()) else {
            return;
        };
        if broadcasts {
            reading.sent = Some(offset);
            self.own.insert(queue, offset);
            self.outputs.push_back(Output::OwnStored(queue, offset));
        } else if online {
            reading.sent = Some(offset);
            self.send(ToBroker::Commit { queue, offset });
        }
    }
}
