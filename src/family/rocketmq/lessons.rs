//! The built-in lessons about RocketMQ: texts and nothing else, one line each.

use crate::lessons::{Track, built_in};

/// All of them.
pub(crate) const TRACK: Track = Track {
    slug: "progress",
    title: "Consumer progress in RocketMQ",
    about: "Minimum, maximum and consumer offset, as a real broker answers.",
    lessons: LESSONS,
};

// In the order of learning.
built_in::lessons! {
    LESSONS, pub(crate) TEXTS, "rocketmq/":
    lesson "three-offsets"
    lesson "the-offset-belongs-to-the-group"
    lesson "a-first-start-in-4x"
    lesson "a-first-start-in-5x"
    lesson "retention-passes-the-consumer-offset"
    lesson "the-queue-that-expired-whole"
    lesson "reset"
    lesson "consuming-twice-after-a-crash"
    lesson "a-message-that-hangs"
    lesson "two-readings-of-lag"
    lesson "rebalance"
    lesson "pops-cursor"
}
