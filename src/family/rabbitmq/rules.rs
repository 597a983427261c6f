//! What differs between versions of RabbitMQ, as data. A version between two listed ones follows the
//! latest listed one that is not above it. Knows no stream: who reads a switch acts on it.

/// The switches of one version.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rules {
    /// Major, minor and patch from which these rules hold.
    pub version: (u16, u16, u16),
    /// Nothing is sent while credit is at or below half of the initial credit
    /// (`rabbit_stream_reader.erl:send_chunks`, since 3.11.8; recorded on 4.0.5, absent on 3.10.8).
    pub half_window: bool,
    /// Single active consumer exists; before, the property was ignored and everyone was sent
    /// everything (since 3.11; recorded on both sides).
    pub single_active: bool,
    /// Chunks carry filters; before, a publish with a filter value was an unknown frame
    /// (since 3.13; recorded on both sides).
    pub filtering: bool,
    /// The stream-stats command exists; before, it was an unknown frame (since 3.11; recorded).
    pub stream_stats: bool,
    /// A reference above 255 bytes in store or query closes the connection (recorded on 3.10.8);
    /// later the store is ignored and the query finds nothing (recorded on 4.0.5).
    pub long_reference_closes: bool,
    /// A declare or subscribe with a name above 255 bytes is refused (recorded on 4.0.5; 3.10.8
    /// accepts it).
    pub long_names_refused: bool,
    /// A malformed create argument takes the listener down with the connection (recorded on 3.10.8).
    pub bad_argument_hurts_others: bool,
    /// Age limits are evaluated hourly too, not only on rolls (osiris 1.4.0, which 3.11.4 ships).
    pub hourly_retention: bool,
    /// `rabbitmq-streams reset_offset` exists (since 4.2; `rabbit_stream_manager.erl:reset_offset`).
    pub reset_offset: bool,
    /// Stream stats carry the committed offset (since 4.3; server pull request 15225).
    pub committed_offset: bool,
    /// The broker's lag counts messages, not chunk ids (since 4.3; server pull request 15225).
    pub lag_by_messages: bool,
    /// The resolve-offset-spec command exists (since 4.3; server pull request 15381).
    pub resolve_offset_spec: bool,
}

/// RabbitMQ 3.10, as recorded from 3.10.8.
const V3_10: Rules = Rules {
    version: (3, 10, 0),
    half_window: false,
    single_active: false,
    filtering: false,
    stream_stats: false,
    long_reference_closes: true,
    long_names_refused: false,
    bad_argument_hurts_others: true,
    hourly_retention: false,
    reset_offset: false,
    committed_offset: false,
    lag_by_messages: false,
    resolve_offset_spec: false,
};

/// RabbitMQ 3.11: single active consumer, stream stats.
const V3_11: Rules = Rules {
    version: (3, 11, 0),
    single_active: true,
    stream_stats: true,
    ..V3_10
};

/// RabbitMQ 3.11.8: credits by half windows; the hourly evaluation came a little earlier.
const V3_11_8: Rules = Rules {
    version: (3, 11, 8),
    half_window: true,
    hourly_retention: true,
    ..V3_11
};

/// RabbitMQ 3.13: filtering.
const V3_13: Rules = Rules {
    version: (3, 13, 0),
    filtering: true,
    long_reference_closes: false,
    long_names_refused: true,
    bad_argument_hurts_others: false,
    ..V3_11_8
};

/// RabbitMQ 4.0, as recorded from 4.0.5.
const V4_0: Rules = Rules {
    version: (4, 0, 0),
    ..V3_13
};

/// RabbitMQ 4.2: offsets can be reset.
const V4_2: Rules = Rules {
    version: (4, 2, 0),
    reset_offset: true,
    ..V4_0
};

/// RabbitMQ 4.3: committed offset, lag by messages.
const V4_3: Rules = Rules {
    version: (4, 3, 0),
    committed_offset: true,
    lag_by_messages: true,
    resolve_offset_spec: true,
    ..V4_2
};

/// Every listed version, oldest first.
pub const VERSIONS: [Rules; 7] = [V3_10, V3_11, V3_11_8, V3_13, V4_0, V4_2, V4_3];

impl Rules {
    /// The rules of a version; the oldest listed ones for anything older. A scenario names only major
    /// and minor: it means the last patch, so give `u16::MAX` then.
    #[must_use]
    pub fn of(major: u16, minor: u16, patch: u16) -> Self {
        VERSIONS
            .into_iter()
            .rev()
            .find(|rules| rules.version <= (major, minor, patch))
            .unwrap_or(V3_10)
    }

    /// Reads `4.0`, `3.10.8` or `4`; `None` for anything else.
    #[must_use]
    pub fn parse(version: &str) -> Option<Self> {
        let mut numbers = version.trim().split('.').map(str::parse::<u16>);
        let major = numbers.next()?.ok()?;
        let minor = numbers.next().unwrap_or(Ok(u16::MAX)).ok()?;
        let patch = numbers.next().unwrap_or(Ok(u16::MAX)).ok()?;
        numbers
            .next()
            .is_none()
            .then(|| Self::of(major, minor, patch))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_version_between_follows_the_latest_not_above_it() {
        for (text, version) in [
            ("3.9", (3, 10, 0)),
            ("3.10.8", (3, 10, 0)),
            ("3.11.7", (3, 11, 0)),
            ("3.11", (3, 11, 8)),
            ("3.12", (3, 11, 8)),
            ("4.0.5", (4, 0, 0)),
            ("4.1", (4, 0, 0)),
            ("4", (4, 3, 0)),
            ("5.0", (4, 3, 0)),
        ] {
            let rules = Rules::parse(text).expect("a version");
            assert_eq!(rules.version, version, "{text}");
        }
        for text in ["", "four", "4.0.5.1", "4.x", "-1"] {
            assert_eq!(Rules::parse(text), None, "{text}");
        }
    }
}
