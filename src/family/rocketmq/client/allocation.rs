//! Which queues a member gets: the default strategy, by averages. Each member works it out by itself.
//!
//! From `AllocateMessageQueueAveragely.java`.

use core::ops::Range;

/// The queues, by their place in order, of the member at `index` of `members` in the order of their ids.
#[must_use]
pub fn averagely(queues: u32, members: u32, index: u32) -> Range<u32> {
    if members == 0 || index >= members {
        return 0..0;
    }
    let rest = queues % members;
    let share = if queues <= members {
        1
    } else {
        queues / members + u32::from(index < rest)
    };
    let start = if index < rest {
        index * share
    } else {
        index * share + rest
    };
    start.min(queues)..(start + share).min(queues)
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::vec::Vec;

    #[test]
    fn queues_are_shared_as_the_client_shares_them() {
        let shares = |queues, members| -> Vec<_> {
            (0..members)
                .map(|index| averagely(queues, members, index))
                .collect()
        };
        assert_eq!(shares(8, 3), [0..3, 3..6, 6..8]);
        assert_eq!(shares(5, 2), [0..3, 3..5]);
        assert_eq!(shares(2, 3), [0..1, 1..2, 2..2]);
        assert_eq!(shares(8, 1).first(), Some(&(0..8)));
        assert_eq!(averagely(4, 2, 2), 0..0);
    }

    #[test]
    fn every_queue_has_one_owner() {
        for queues in 0..40 {
            for members in 1..20 {
                let mut next = 0;
                for index in 0..members {
                    let share = averagely(queues, members, index);
                    assert_eq!(share.start, next, "{queues} {members} {index}");
                    next = share.end;
                }
                assert_eq!(next, queues, "{queues} {members}");
            }
        }
    }
}
