//! What differs between versions of RabbitMQ, as data: behaviour, reference and diagnostics derive from
//! [`CHANGES`]. A version between two that differ behaves as the earlier one.

use alloc::vec;
use alloc::vec::Vec;

use crate::language::Version;
use crate::language::authoring::meaning;

/// The switches of one version.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rules {
    /// Nothing is sent while credit is at or below half of the initial credit.
    pub half_window: bool,
    /// Single active consumer exists; before, the property was ignored and everyone was sent everything.
    pub single_active: bool,
    /// Chunks carry filters; before, a publish with a filter value was an unknown frame.
    pub filtering: bool,
    /// The stream-stats command exists; before, it was an unknown frame.
    pub stream_stats: bool,
    /// A store under a reference above 255 bytes is ignored; before, it closed the connection.
    pub long_stores_ignored: bool,
    /// A declare or subscribe with a name above 255 bytes is refused; before, it was accepted.
    pub long_names_refused: bool,
    /// A consumer that nothing was sent to has no lag; before, the whole stream was its lag.
    pub no_lag_unsent: bool,
    /// Age limits are evaluated hourly too, not only on rolls.
    pub hourly_retention: bool,
    /// Stream stats carry the committed offset.
    pub committed_offset: bool,
    /// The broker's lag counts messages, not chunk ids.
    pub lag_by_messages: bool,
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
    turn_on: fn(&mut Rules),
}

/// The first version with streams that is modelled.
pub const OLDEST: Version = Version::minor(3, 10);

/// The version of a script that does not say one; what is recorded was recorded on 4.0.5.
pub const DEFAULT: Version = Version::minor(4, 0);

/// Every change, oldest first.
pub const CHANGES: &[Change] = &[
    Change {
        since: Version::patch(3, 11, 0),
        what: meaning!("Single active consumer"),
        known: meaning!("recorded on both sides"),
        turn_on: |rules| rules.single_active = true,
    },
    Change {
        since: Version::patch(3, 11, 0),
        what: meaning!("Stream statistics"),
        known: meaning!("recorded on both sides"),
        turn_on: |rules| rules.stream_stats = true,
    },
    Change {
        since: Version::patch(3, 11, 4),
        what: meaning!("Hourly evaluation of age limits"),
        known: meaning!("source (osiris 1.4.0)"),
        turn_on: |rules| rules.hourly_retention = true,
    },
    Change {
        since: Version::patch(3, 11, 8),
        what: meaning!("Half-window credits"),
        known: meaning!("recorded on both sides; `rabbit_stream_reader.erl:send_chunks`"),
        turn_on: |rules| rules.half_window = true,
    },
    Change {
        since: Version::minor(3, 13),
        what: meaning!("Filtering"),
        known: meaning!("recorded on both sides"),
        turn_on: |rules| rules.filtering = true,
    },
    Change {
        since: Version::minor(3, 13),
        what: meaning!("No lag of a consumer that nothing was sent to; before, the whole stream"),
        known: meaning!(
            "seen on both sides (3.10.8: `rabbitmq-streams list_stream_consumers`, 4.0.5: the management API); \
                `rabbit_stream_utils.erl:offset_lag`, first in 3.13.0"
        ),
        turn_on: |rules| rules.no_lag_unsent = true,
    },
    Change {
        since: Version::patch(4, 0, 3),
        what: meaning!("A store under a long reference ignored instead of fatal"),
        known: meaning!(
            "recorded on both sides; `rabbit_stream_reader.erl:store_offset`, first in 4.0.3"
        ),
        turn_on: |rules| rules.long_stores_ignored = true,
    },
    Change {
        since: Version::patch(4, 0, 3),
        what: meaning!("Long names in declare and subscribe refused instead of accepted"),
        known: meaning!(
            "recorded on both sides; `rabbit_stream_reader.erl:IS_INVALID_REF`, first in 4.0.3"
        ),
        turn_on: |rules| rules.long_names_refused = true,
    },
    Change {
        since: Version::minor(4, 3),
        what: meaning!("Committed offset in the statistics"),
        known: meaning!("source (server pull request 15225)"),
        turn_on: |rules| rules.committed_offset = true,
    },
    Change {
        since: Version::minor(4, 3),
        what: meaning!("Lag by messages"),
        known: meaning!("source (server pull request 15225)"),
        turn_on: |rules| rules.lag_by_messages = true,
    },
];

/// The versions with rules of their own, oldest first.
#[must_use]
pub fn versions() -> Vec<Version> {
    let mut versions = vec![OLDEST];
    versions.extend(CHANGES.iter().map(|change| change.since));
    versions.dedup();
    versions
}

impl Rules {
    /// The rules of a version; those of the oldest one for anything older.
    #[must_use]
    pub fn of(version: Version) -> Self {
        let mut rules = Self::default();
        for change in CHANGES.iter().filter(|change| version.has(change.since)) {
            (change.turn_on)(&mut rules);
        }
        rules
    }

    /// The rules of `4.0`, `3.10.8` or, for the last version of a major one, `4`; `None` for anything else.
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
    fn changes_are_in_the_order_of_versions() {
        assert!(CHANGES.is_sorted_by(|a, b| b.since.has(a.since)));
        for pair in versions().windows(2) {
            let [older, newer] = [Rules::of(pair[0]), Rules::of(pair[1])];
            assert_ne!(older, newer, "{} and {}", pair[0], pair[1]);
        }
    }

    #[test]
    fn a_version_between_follows_the_latest_not_above_it() {
        for (text, as_in) in [
            ("3.9", "3.10.0"),
            ("3.10.8", "3.10.0"),
            ("3.11.3", "3.11.0"),
            ("3.11.7", "3.11.4"),
            ("3.11", "3.11.8"),
            ("3.12", "3.11.8"),
            ("3.12.0", "3.11.8"),
            ("4.0.2", "3.13.0"),
            ("4.0.5", "4.0.3"),
            ("4.2", "4.0.3"),
            ("4", "4.3"),
            ("5.0", "4.3"),
        ] {
            let rules = Rules::parse(text).expect("a version");
            assert_eq!(Some(rules), Rules::parse(as_in), "{text}");
        }
        for text in ["", "four", "4.0.5.1", "4.x", "-1"] {
            assert_eq!(Rules::parse(text), None, "{text}");
        }
    }

    #[test]
    fn a_listed_version_means_its_own_rules() {
        for version in versions() {
            let first = Version::patch(version.major, version.minor, version.patch.unwrap_or(0));
            let said = Rules::parse(&version.to_string());
            assert_eq!(said, Some(Rules::of(first)), "{version}");
        }
    }
}
