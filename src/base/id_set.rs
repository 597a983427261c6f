//! A set of numbers kept as ranges: ids and offsets come in runs. Knows nothing of what they number.

use alloc::vec::Vec;

/// A set of `u64`, as sorted, disjoint, non-touching inclusive ranges.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct IdSet {
    ranges: Vec<(u64, u64)>,
}

impl IdSet {
    /// The empty set.
    #[must_use]
    pub const fn new() -> Self {
        Self { ranges: Vec::new() }
    }

    /// Inclusive ranges in rising order; no two touch.
    #[must_use]
    pub fn ranges(&self) -> &[(u64, u64)] {
        &self.ranges
    }

    /// Whether it is empty.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.ranges.is_empty()
    }

    /// How many numbers it holds; saturates.
    #[must_use]
    pub fn len(&self) -> u64 {
        let size = |&(a, b): &(u64, u64)| (b - a).saturating_add(1);
        self.ranges.iter().map(size).fold(0, u64::saturating_add)
    }

    /// Adds `count` numbers from `first` on.
    pub fn insert(&mut self, first: u64, count: u64) {
        let Some(last) = last_of(first, count) else {
            return;
        };
        // Most sets grow at their end.
        match self.ranges.last_mut() {
            Some(end) if first > end.1.saturating_add(1) => return self.ranges.push((first, last)),
            Some(end) if first >= end.0 => {
                end.1 = end.1.max(last);
                return;
            }
            None => return self.ranges.push((first, last)),
            Some(_) => {}
        }
        let from = self
            .ranges
            .partition_point(|r| r.1 < first.saturating_sub(1));
        let to = self
            .ranges
            .partition_point(|r| r.0 <= last.saturating_add(1));
        let merged = self.ranges[from..to]
            .iter()
            .fold((first, last), |m, r| (m.0.min(r.0), m.1.max(r.1)));
        self.ranges.splice(from..to, [merged]);
    }

    /// Removes `count` numbers from `first` on; answers how many were in the set.
    pub fn remove(&mut self, first: u64, count: u64) -> u64 {
        let Some(last) = last_of(first, count) else {
            return 0;
        };
        let from = self.ranges.partition_point(|r| r.1 < first);
        let to = self.ranges.partition_point(|r| r.0 <= last);
        let before = self.len();
        let mut rest: Vec<(u64, u64)> = Vec::new();
        for &(a, b) in &self.ranges[from..to] {
            if a < first {
                rest.push((a, first - 1));
            }
            if b > last {
                rest.push((last + 1, b));
            }
        }
        self.ranges.splice(from..to, rest);
        before - self.len()
    }

    /// How many of `count` numbers from `first` on it holds.
    #[must_use]
    pub fn count_in(&self, first: u64, count: u64) -> u64 {
        let Some(last) = last_of(first, count) else {
            return 0;
        };
        let from = self.ranges.partition_point(|r| r.1 < first);
        self.ranges[from..]
            .iter()
            .take_while(|r| r.0 <= last)
            .map(|r| r.1.min(last) - r.0.max(first) + 1)
            .sum()
    }

    /// The lowest and the highest of `count` numbers from `first` on that it holds.
    #[must_use]
    pub fn ends_in(&self, first: u64, count: u64) -> Option<(u64, u64)> {
        let last = last_of(first, count)?;
        let from = self.ranges.partition_point(|r| r.1 < first);
        let to = self.ranges.partition_point(|r| r.0 <= last);
        let held = self.ranges.get(from..to)?;
        Some((held.first()?.0.max(first), held.last()?.1.min(last)))
    }

    /// Whether it holds `number`, and for how many numbers from there on that stays so (at least 1).
    #[must_use]
    pub fn run_at(&self, number: u64) -> (bool, u64) {
        let at = self.ranges.partition_point(|r| r.1 < number);
        match self.ranges.get(at) {
            Some(&(a, b)) if a <= number => (true, (b - number).saturating_add(1)),
            Some(&(a, _)) => (false, a - number),
            None => (false, u64::MAX),
        }
    }
}

fn last_of(first: u64, count: u64) -> Option<u64> {
    Some(first.saturating_add(count.checked_sub(1)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn set(ranges: &[(u64, u64)]) -> IdSet {
        let mut set = IdSet::new();
        for &(a, b) in ranges {
            set.insert(a, b - a + 1);
        }
        set
    }

    #[test]
    fn what_is_held_of_a_range_has_two_ends() {
        let ids = set(&[(2, 4), (7, 9)]);
        assert_eq!(ids.ends_in(0, 2), None);
        assert_eq!(ids.ends_in(0, 4), Some((2, 3)));
        assert_eq!(ids.ends_in(3, 5), Some((3, 7)));
        assert_eq!(ids.ends_in(5, 2), None);
        assert_eq!(ids.ends_in(0, 0), None);
    }

    #[test]
    fn ranges_that_touch_are_merged() {
        let ids = set(&[(0, 4), (10, 12), (5, 9)]);
        assert_eq!(ids.ranges(), [(0, 12)]);
        assert_eq!(ids.len(), 13);
    }

    #[test]
    fn removing_from_the_middle_leaves_both_ends() {
        let mut ids = set(&[(0, 9)]);
        assert_eq!(ids.remove(3, 4), 4);
        assert_eq!(ids.ranges(), [(0, 2), (7, 9)]);
        assert_eq!(ids.remove(0, 100), 6);
        assert!(ids.is_empty());
    }

    #[test]
    fn a_run_says_how_long_membership_lasts() {
        let ids = set(&[(5, 9)]);
        assert_eq!(ids.run_at(0), (false, 5));
        assert_eq!(ids.run_at(6), (true, 4));
        assert_eq!(ids.run_at(10), (false, u64::MAX));
        assert_eq!(ids.count_in(0, 7), 2);
    }

    #[test]
    fn the_whole_number_space_does_not_overflow() {
        let mut ids = IdSet::new();
        ids.insert(u64::MAX, 1);
        ids.insert(0, u64::MAX);
        assert_eq!(ids.ranges(), [(0, u64::MAX)]);
        assert_eq!(ids.len(), u64::MAX);
    }
}
