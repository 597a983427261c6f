//! The built-in lessons about RocketMQ: texts and nothing else, one line each.

use crate::lessons::{Kind, Lesson, Track};

macro_rules! lessons {
    ($($slug:literal)*) => {
        &[$(Lesson {
            slug: $slug,
            kind: Kind::Lesson,
            text: include_str!(concat!("../../../lessons/rocketmq/", $slug, ".lab")),
        }),*]
    };
}

/// All of them, in the order of learning.
pub(crate) const TRACK: Track = Track {
    slug: "progress",
    title: "Consumer progress in RocketMQ",
    about: "Minimum, maximum and consumer offset, as a real broker answers.",
    lessons: lessons! {
        "three-offsets"
        "the-offset-belongs-to-the-group"
        "a-first-start-in-4x"
        "a-first-start-in-5x"
        "retention-passes-the-consumer-offset"
        "the-queue-that-expired-whole"
        "reset"
        "consuming-twice-after-a-crash"
        "a-message-that-hangs"
        "two-readings-of-lag"
        "rebalance"
        "pops-cursor"
    },
};
