//! Where a subscription starts reading. Resolved by the broker, once, on arrival.

use crate::ids::Offset;

/// The offset specification of a subscribe (`PROTOCOL.adoc`, Subscribe).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OffsetSpec {
    /// The first chunk of the oldest segment, of whatever kind.
    First,
    /// The last chunk that holds messages.
    Last,
    /// Behind the last chunk of the local log, committed or not.
    Next,
    /// The chunk that holds this offset; clamped to the log at both ends.
    Offset(Offset),
    /// The first chunk stamped at or after this moment, in milliseconds since the start of the run.
    Timestamp {
        /// Milliseconds since the start of the run (a broker's own are since the Unix epoch).
        ms: u64,
    },
}
