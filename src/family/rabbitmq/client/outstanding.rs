//! Messages that were handed over and are not confirmed, by publishing id. Kept as runs.

use alloc::vec::Vec;

use crate::base::{IdSet, LargeMap};
use crate::family::rabbitmq::log::MessageRun;

/// A map from publishing ids to the messages that carry them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Outstanding {
    /// By first id; runs do not overlap.
    runs: LargeMap<u64, MessageRun>,
}

impl Outstanding {
    /// Adds a run; ids that are in the map already now mean its messages.
    pub(super) fn insert(&mut self, run: MessageRun) {
        if run.count == 0 {
            return;
        }
        self.remove(run.first_id.0, run.entries());
        self.runs.insert(run.first_id.0, run);
    }

    /// Removes `ids` ids from `first` on; answers how many messages they carried.
    pub(super) fn remove(&mut self, first: u64, ids: u64) -> u64 {
        let mut messages = 0u64;
        for (at, mut run) in self.overlapping(first, ids) {
            self.runs.remove(&at);
            let before = run.take_front(first.saturating_sub(at));
            let gone = run.take_front(first.saturating_add(ids) - run.first_id.0);
            messages = messages.saturating_add(gone.count);
            for rest in [before, run] {
                if rest.count > 0 {
                    self.runs.insert(rest.first_id.0, rest);
                }
            }
        }
        messages
    }

    /// How many messages `ids` ids from `first` on carry. Ids that are not in the map carry one
    /// each.
    pub(super) fn messages(&self, first: u64, ids: u64) -> u64 {
        let mut sum = ids;
        for (at, mut run) in self.overlapping(first, ids) {
            run.take_front(first.saturating_sub(at));
            let part = run.take_front(first.saturating_add(ids) - run.first_id.0);
            sum = sum.saturating_add(part.count - part.entries());
        }
        sum
    }

    /// All runs by rising id.
    pub(super) fn runs(&self) -> impl Iterator<Item = &MessageRun> {
        self.runs.values()
    }

    /// The ids.
    pub(super) fn ids(&self) -> IdSet {
        let mut ids = IdSet::new();
        for run in self.runs.values() {
            ids.insert(run.first_id.0, run.entries());
        }
        ids
    }

    fn overlapping(&self, first: u64, ids: u64) -> Vec<(u64, MessageRun)> {
        let end = first.saturating_add(ids);
        let before = self.runs.before(&first);
        let before = before.filter(|(at, run)| at.saturating_add(run.entries()) > first);
        let inside = self.runs.from(&first).take_while(|(at, _)| **at < end);
        before
            .into_iter()
            .chain(inside)
            .map(|(at, run)| (*at, run.clone()))
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::family::rabbitmq::log::Encoding;
    use crate::ids::{ActorId, PublishingId};
    use crate::message::Body;
    use alloc::sync::Arc;

    fn run(first_id: u64, count: u64, sub_batch: u32) -> MessageRun {
        MessageRun {
            producer: ActorId(0),
            body: Arc::new(Body::default()),
            encoding: Encoding::Amqp,
            first_index: 0,
            first_count: 0,
            first_id: PublishingId(first_id),
            count,
            sub_batch,
            filter: None,
        }
    }

    fn ranges(outstanding: &Outstanding) -> Vec<(u64, u64)> {
        let range = |r: &MessageRun| (r.first_id.0, r.count);
        outstanding.runs().map(range).collect()
    }

    #[test]
    fn confirms_cut_runs() {
        let mut outstanding = Outstanding::default();
        outstanding.insert(run(0, 10, 1));
        assert_eq!(outstanding.remove(3, 4), 4);
        assert_eq!(ranges(&outstanding), [(0, 3), (7, 3)]);
        assert_eq!(outstanding.remove(0, 100), 6);
        assert_eq!(ranges(&outstanding), []);
    }

    #[test]
    fn an_id_used_again_means_the_later_message() {
        let mut outstanding = Outstanding::default();
        outstanding.insert(run(0, 3, 1));
        outstanding.insert(run(2, 2, 1));
        assert_eq!(ranges(&outstanding), [(0, 2), (2, 2)]);
    }

    #[test]
    fn entries_carry_several_messages() {
        let mut outstanding = Outstanding::default();
        outstanding.insert(run(5, 25, 10));
        assert_eq!(outstanding.messages(5, 3), 25);
        assert_eq!(outstanding.messages(6, 2), 15);
        assert_eq!(outstanding.messages(8, 2), 2);
        assert_eq!(outstanding.remove(5, 1), 10);
        assert_eq!(ranges(&outstanding), [(6, 15)]);
    }
}
