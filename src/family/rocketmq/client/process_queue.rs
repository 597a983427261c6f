//! What a member has fetched of a queue and not finished, and the offset that follows from it: the lowest in flight.
//!
//! From `ProcessQueue.java`: `putMessage`, `removeMessage`, `getMaxSpan`; `ConsumeMessageConcurrentlyService.java`.

use crate::base::IdSet;
use crate::ids::Offset;

/// Messages in flight of one queue.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ProcessQueue {
    in_flight: IdSet,
    /// The highest offset that was ever put into it.
    highest: u64,
}

impl ProcessQueue {
    /// Messages came: first and count.
    pub fn fetched(&mut self, first: u64, count: u64) {
        if count > 0 {
            self.in_flight.insert(first, count);
            self.highest = self.highest.max(first + count - 1);
        }
    }

    /// Messages are finished, whichever way. The offset that may be committed now, if any of them was in flight: the
    /// lowest that still is, or the one behind the highest.
    pub fn finished(&mut self, first: u64, count: u64) -> Option<Offset> {
        (self.in_flight.remove(first, count) > 0).then(|| self.lowest())
    }

    /// The lowest in flight, or the offset behind the highest that ever was.
    #[must_use]
    pub fn lowest(&self) -> Offset {
        match self.in_flight.ranges().first() {
            Some((first, _)) => Offset(*first),
            None => Offset(self.highest + 1),
        }
    }

    /// What is in flight.
    #[must_use]
    pub const fn in_flight(&self) -> &IdSet {
        &self.in_flight
    }

    /// From the lowest to the highest in flight: a pull waits while it is above 2,000.
    #[must_use]
    pub fn span(&self) -> u64 {
        match (
            self.in_flight.ranges().first(),
            self.in_flight.ranges().last(),
        ) {
            (Some((first, _)), Some((_, last))) => last - first,
            (_, _) => 0,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lowest_in_flight_is_committed() {
        let mut queue = ProcessQueue::default();
        queue.fetched(0, 5);
        let commits = [1, 2, 4, 0, 3].map(|offset| queue.finished(offset, 1));
        assert_eq!(commits, [0, 0, 0, 3, 5].map(|offset| Some(Offset(offset))));
        assert_eq!(queue.finished(3, 1), None);
        queue.fetched(5, 10);
        assert_eq!(queue.span(), 9);
        assert_eq!(queue.finished(5, 10), Some(Offset(15)));
        assert!(queue.in_flight().is_empty() && queue.span() == 0);
    }
}
