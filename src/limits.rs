//! Every bound of the lab in one place, with its reason. Exceeding one is an error that names it.

/// A scenario text, in bytes: far above any lesson, small enough to parse within one frame budget.
pub const TEXT_BYTES: usize = 4 * 1024 * 1024;
/// Lines of a scenario text.
pub const TEXT_LINES: usize = 200_000;
/// Events of one run. A trace of this length still fits a browser tab.
pub const EVENTS: usize = 2_000_000;
/// Steps of one run, whether an event comes of them or not: simulated time in which clocks tick and nothing
/// happens costs steps only.
pub const STEPS: u64 = 50_000_000;
/// Messages that one scenario may publish.
pub const MESSAGES: u64 = 1_000_000_000_000;
/// Streams of one scenario.
pub const STREAMS: usize = 1_000;
/// Programs of one scenario: each costs some ten kilobytes of a run, and a few events even when it does nothing.
pub const PROGRAMS: usize = 10_000;
/// Pairs of a group and a log that it reads: each has a name, an offset and a place in the state.
pub const PROGRESSES: usize = 100_000;
/// Simulated time, in microseconds: 100 years of 365 days.
pub const TIME_US: u64 = 100 * 365 * 24 * 3_600 * 1_000_000;
/// The largest number of a script (exact in a double, so hosts written in JavaScript see it whole).
/// Stored offsets and publishing ids are full `u64`, as on the wire.
pub const NUMBER: u64 = (1 << 53) - 1;
/// Diagnostics reported for one text; the rest is counted.
pub const DIAGNOSTICS: usize = 100;
/// Nodes of one cluster.
pub const NODES: u8 = 9;
/// A stream, producer or consumer name on the wire, in bytes (`PROTOCOL.adoc`: references up to 255).
pub const NAME_BYTES: usize = 255;
