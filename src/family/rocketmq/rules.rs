//! What differs between versions of RocketMQ, as data: behaviour, reference and diagnostics derive from [`CHANGES`]. A
//! version between two that differ behaves as the earlier one. Broker and client have a version each.

use alloc::vec;
use alloc::vec::Vec;

use crate::language::Version;
use crate::language::authoring::meaning;

/// The switches of one version.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rules {
    /// A read above the maximum is always sent to it; before, to 0 where the minimum is 0.
    pub overflow_goes_to_max: bool,
    /// `mqadmin resetOffsetByTime -s now` asks for the end of a queue rather than for the present millisecond.
    pub now_is_the_end: bool,
    /// The minimum of a queue that expired whole is its maximum; before, it stayed what it was.
    pub min_of_expired_is_max: bool,
    /// POP exists.
    pub pop: bool,
    /// A commit is refused where the topic does not exist.
    pub commits_need_a_topic: bool,
    /// A commit is refused where the group does not exist.
    pub commits_need_a_group: bool,
    /// A pull of a queue that is not read is an invalid parameter (29); before, a system error (1).
    pub unread_queue_is_invalid: bool,
    /// The lag of a group that broadcasts is refused with a code of its own (213); before, as nobody online (206).
    pub broadcasting_is_told: bool,
    /// The lag has a column for what is handed out and not yet committed.
    pub inflight_is_told: bool,
    /// Message 0 of a queue is in memory if its page is; before, if it lies near the log's end, or is not there at all.
    pub pages_decide: bool,
    /// A time is the first message stored then or later; before, the nearest one.
    pub first_at_or_after: bool,
    /// A new POP group starts at 0 while message 0 is in memory; before, always at the newest message.
    pub pop_starts_at_zero: bool,
    /// What a time comes to is kept between minimum and maximum.
    pub times_are_clamped: bool,
    /// A reset waits at the broker for the next pull; before, it was pushed to the members.
    pub server_side_reset: bool,
    /// A client that reads where nothing is corrects itself at once; before, after 10 s and a rebalance.
    pub corrects_at_once: bool,
    /// A client whose queues are not balanced looks again after a second; before, after 20 s.
    pub rebalances_soon: bool,
}

/// Something that a version changed.
#[derive(Clone, Copy, Debug)]
pub struct Change {
    /// The first version that has it.
    pub since: Version,
    /// What it is.
    pub what: &'static str,
    /// How it is known: recorded from brokers, or read in their sources.
    pub known: &'static str,
    apply: fn(&mut Rules),
}

/// The first version that is modelled.
pub const OLDEST: Version = Version::patch(4, 9, 2);

/// The version of a script that does not say one.
pub const DEFAULT: Version = Version::minor(5, 3);

/// Every change, oldest first.
pub const CHANGES: &[Change] = &[
    Change {
        since: Version::patch(4, 9, 3),
        what: meaning!(
            "A reset to `now` asks for the end of a queue, no longer for the present millisecond"
        ),
        known: meaning!("recorded (4.9.7); `ResetOffsetByTimeCommand.java`"),
        apply: |rules| rules.now_is_the_end = true,
    },
    Change {
        since: Version::patch(4, 9, 4),
        what: meaning!(
            "A read above the maximum goes to the maximum; before, to 0 while the minimum was 0"
        ),
        known: meaning!("recorded (4.9.7, 5.3.3); issue 4215"),
        apply: |rules| rules.overflow_goes_to_max = true,
    },
    Change {
        since: Version::minor(5, 0),
        what: meaning!(
            "The minimum of a queue that expired whole is its maximum; before, it stayed"
        ),
        known: meaning!("recorded on both sides; `ConsumeQueue.java:correctMinOffset`"),
        apply: |rules| rules.min_of_expired_is_max = true,
    },
    Change {
        since: Version::minor(5, 0),
        what: meaning!("POP, whose offset is a delivery cursor"),
        known: meaning!("recorded (5.3.3); `PopMessageProcessor.java`"),
        apply: |rules| rules.pop = true,
    },
    Change {
        since: Version::minor(5, 0),
        what: meaning!("The lag of a group that broadcasts has a code of its own"),
        known: meaning!(
            "recorded on both sides; between 4.9.7 and 5.1.0, the version is not known"
        ),
        apply: |rules| rules.broadcasting_is_told = true,
    },
    Change {
        since: Version::minor(5, 0),
        what: meaning!("The lag has a column Inflight"),
        known: meaning!(
            "recorded on both sides; between 4.9.7 and 5.1.0, the version is not known"
        ),
        apply: |rules| rules.inflight_is_told = true,
    },
    Change {
        since: Version::minor(5, 1),
        what: meaning!(
            "A new group starts at 0 only while the page of message 0 is in memory; before, a distance decided, and an empty queue counted as in memory"
        ),
        known: meaning!("recorded on both sides; issue 5837"),
        apply: |rules| rules.pages_decide = true,
    },
    Change {
        since: Version::minor(5, 1),
        what: meaning!("A reset to `now` asks for the present millisecond again"),
        known: meaning!("source (`ResetOffsetByTimeCommand.java`)"),
        apply: |rules| rules.now_is_the_end = false,
    },
    Change {
        since: Version::minor(5, 1),
        what: meaning!("A commit is refused where the topic does not exist"),
        known: meaning!(
            "recorded on both sides; between 4.9.7 and 5.1.0, the version is not known"
        ),
        apply: |rules| rules.commits_need_a_topic = true,
    },
    Change {
        since: Version::patch(5, 1, 1),
        what: meaning!(
            "A time is the first message stored then or later, and the end behind the last; before, the nearest message"
        ),
        known: meaning!("recorded on both sides; `ConsumeQueue.java:binarySearchInQueueByTime`"),
        apply: |rules| rules.first_at_or_after = true,
    },
    Change {
        since: Version::patch(5, 1, 4),
        what: meaning!(
            "A new POP group starts at 0 while message 0 is in memory; before, always at the newest message"
        ),
        known: meaning!("recorded on both sides (5.1.0, 5.1.4); issue 7117"),
        apply: |rules| rules.pop_starts_at_zero = true,
    },
    Change {
        since: Version::minor(5, 2),
        what: meaning!("What a time comes to is kept between minimum and maximum"),
        known: meaning!("recorded (5.3.3); `ConsumeQueueStore.java:getOffsetInQueueByTime`"),
        apply: |rules| rules.times_are_clamped = true,
    },
    Change {
        since: Version::minor(5, 2),
        what: meaning!(
            "A reset waits at the broker for the next pull, and may name an offset; before, it was pushed to the members that are online"
        ),
        known: meaning!("recorded on both sides; `AdminBrokerProcessor.java:resetOffsetInner`"),
        apply: |rules| rules.server_side_reset = true,
    },
    Change {
        since: Version::minor(5, 2),
        what: meaning!(
            "A client that reads where nothing is goes on at once; before, after 10 s and the next rebalance"
        ),
        known: meaning!("source (`DefaultMQPushConsumerImpl.java`)"),
        apply: |rules| rules.corrects_at_once = true,
    },
    Change {
        since: Version::minor(5, 2),
        what: meaning!(
            "A client whose queues are not balanced looks again after a second; before, after 20 s"
        ),
        known: meaning!("source (`RebalanceService.java`)"),
        apply: |rules| rules.rebalances_soon = true,
    },
    Change {
        since: Version::patch(5, 3, 3),
        what: meaning!(
            "A commit is refused where the group does not exist; before, only where the topic does not"
        ),
        known: meaning!(
            "recorded on both sides; between 5.2.0 and 5.3.3, the version is not known"
        ),
        apply: |rules| rules.commits_need_a_group = true,
    },
    Change {
        since: Version::patch(5, 3, 3),
        what: meaning!(
            "A pull of a queue that is not read is an invalid parameter (29); before, a system error (1)"
        ),
        known: meaning!(
            "recorded on both sides; between 5.2.0 and 5.3.3, the version is not known"
        ),
        apply: |rules| rules.unread_queue_is_invalid = true,
    },
];

/// Versions that a script may name although they changed nothing that is modelled: the last of each line.
const ALSO: &[Version] = &[Version::patch(4, 9, 8), Version::patch(5, 3, 3)];

/// The versions to offer: those with rules of their own, and the last of each line; oldest first.
#[must_use]
pub fn versions() -> Vec<Version> {
    let mut versions = vec![OLDEST];
    let mut also = ALSO.iter().peekable();
    for change in CHANGES {
        while let Some(version) = also.next_if(|version| change.since.has(**version)) {
            versions.push(*version);
        }
        versions.push(change.since);
    }
    versions.extend(also);
    versions.dedup();
    versions
}

impl Rules {
    /// The rules of a version; those of the oldest one for anything older.
    #[must_use]
    pub fn of(version: Version) -> Self {
        let mut rules = Self::default();
        for change in CHANGES.iter().filter(|change| version.has(change.since)) {
            (change.apply)(&mut rules);
        }
        rules
    }

    /// The rules of `5.3`, `4.9.8` or, for the last version of a major one, `5`; `None` for anything else.
    #[must_use]
    pub fn parse(version: &str) -> Option<Self> {
        let version = version.trim();
        let last = || Some(Version::minor(version.parse().ok()?, u8::MAX));
        let version = Version::parse(version).ok().or_else(last)?;
        Some(Self::of(version))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::string::ToString;

    #[test]
    fn changes_are_in_the_order_of_versions_and_each_changes_something() {
        assert!(CHANGES.is_sorted_by(|a, b| b.since.has(a.since)));
        let mut rules = Rules::default();
        for change in CHANGES {
            let before = rules.clone();
            (change.apply)(&mut rules);
            assert_ne!(before, rules, "{}", change.what);
        }
    }

    #[test]
    fn a_version_between_follows_the_latest_not_above_it() {
        for (text, as_in) in [
            ("3.2", "4.9.2"),
            ("4.9.8", "4.9.4"),
            ("4.9", "4.9.8"),
            ("4", "4.9.8"),
            ("5.0", "5.0.0"),
            ("5.1.3", "5.1.1"),
            ("5.1.5", "5.1.4"),
            ("5.1", "5.1.4"),
            ("5.2.5", "5.2.0"),
            ("5.3.1", "5.2.0"),
            ("5.3.4", "5.3.3"),
            ("5.5.0", "5.3.3"),
            ("5", "5.3"),
        ] {
            let rules = Rules::parse(text).expect("a version");
            assert_eq!(Some(rules), Rules::parse(as_in), "{text}");
        }
        for text in ["", "five", "5.0.5.1", "5.x", "-1"] {
            assert_eq!(Rules::parse(text), None, "{text}");
        }
    }

    #[test]
    fn the_switches_of_the_versions_that_are_asked_for() {
        let rules = |text: &str| Rules::parse(text).expect("a version");
        assert!(!rules("4.9.2").now_is_the_end && !rules("4.9.3").overflow_goes_to_max);
        assert!(rules("5.0.0").now_is_the_end && !rules("5.1.0").now_is_the_end);
        assert!(!rules("5.1.0").first_at_or_after && rules("5.1.4").pop_starts_at_zero);
        assert!(!rules("5.1.4").server_side_reset && rules("5.2.0").server_side_reset);
        let listed: Vec<_> = versions().iter().map(ToString::to_string).collect();
        for version in [
            "4.9.2", "4.9.4", "4.9.8", "5.0", "5.1", "5.1.4", "5.2", "5.3.3",
        ] {
            assert!(
                listed.iter().any(|listed| listed == version),
                "{version}: {listed:?}"
            );
        }
    }
}
