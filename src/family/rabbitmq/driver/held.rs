//! What waits for the end of an instant: confirms that leave together, commits that readers see together.

use alloc::vec::Vec;

use crate::base::{Entries, LargeMap, SmallMap, SmallSet};
use crate::family::rabbitmq::broker::IdRun;
use crate::ids::{ConnectionId, EventId, LogId, Offset};

/// What is held back.
#[derive(Clone, Debug, Default)]
pub(super) struct Held {
    confirms: Vec<Confirm>,
    /// The latest of them to each connection.
    latest: LargeMap<ConnectionId, usize>,
    /// Streams with commits of this instant that readers have not seen yet.
    committed: SmallMap<LogId, (Offset, Option<EventId>)>,
    /// Streams whose readers are to look.
    woken: SmallSet<LogId>,
}

/// Ids to confirm to a producer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Confirm {
    pub(super) to: ConnectionId,
    pub(super) run: IdRun,
    pub(super) duplicates: bool,
}

impl Held {
    /// Confirms of one instant leave together: one frame where ids follow each other, unless they are to leave `apart`.
    pub(super) fn confirm(&mut self, confirm: Confirm, apart: bool) {
        let latest = self.latest.get(&confirm.to);
        match latest.and_then(|at| self.confirms.get_mut(*at)) {
            Some(last)
                if !apart
                    && last.duplicates == confirm.duplicates
                    && last.run.is_followed_by(confirm.run.first) =>
            {
                last.run.ids += confirm.run.ids;
                last.run.messages += confirm.run.messages;
            }
            Some(_) | None => {
                self.latest.insert(confirm.to, self.confirms.len());
                self.confirms.push(confirm);
            }
        }
    }

    /// The committed chunk id of a stream moved.
    pub(super) fn commit(&mut self, stream: LogId, chunk: Offset, cause: Option<EventId>) {
        self.committed.insert(stream, (chunk, cause));
    }

    pub(super) fn is_empty(&self) -> bool {
        self.confirms.is_empty() && self.committed.is_empty()
    }

    /// All confirms, in order.
    pub(super) fn confirms(&self) -> &[Confirm] {
        &self.confirms
    }

    /// All commits, by stream.
    pub(super) fn commits(&self) -> Entries<'_, LogId, (Offset, Option<EventId>)> {
        self.committed.iter()
    }

    /// All of it is told: the readers of these streams are to look.
    pub(super) fn told(&mut self) {
        for stream in self.committed.keys() {
            self.woken.insert(*stream);
        }
        self.committed.clear();
        self.confirms.clear();
        self.latest.clear();
    }

    /// The first stream whose readers are to look.
    pub(super) fn take_woken(&mut self) -> Option<LogId> {
        self.woken.pop_first()
    }

    /// The readers of a stream look, or it is gone.
    pub(super) fn calm(&mut self, stream: LogId) {
        self.woken.remove(&stream);
    }
}
