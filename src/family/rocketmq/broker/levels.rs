//! The delay levels, and how far each is delivered.

use crate::units::SimDuration;

/// The topic of delayed messages.
pub const SCHEDULE_TOPIC: &str = "SCHEDULE_TOPIC_XXXX";

/// The delays of the levels from 1 on, in seconds (`messageDelayLevel`).
pub const LEVELS: [u64; 18] = [
    1, 5, 10, 30, 60, 120, 180, 240, 300, 360, 420, 480, 540, 600, 1_200, 1_800, 3_600, 7_200,
];

/// How far the queue of each level is delivered.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Delays {
    pub(super) delivered: [u64; LEVELS.len()],
}

/// The delay of a level from 1 on.
#[must_use]
pub const fn delay_of(level: u8) -> SimDuration {
    let at = if level == 0 { 0 } else { level as usize - 1 };
    let last = LEVELS.len() - 1;
    SimDuration::from_secs(LEVELS[if at < last { at } else { last }])
}
