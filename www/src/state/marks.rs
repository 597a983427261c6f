//! The marks along the line of time: where, never more than can be told apart. Knows no element.

use offset_lab::world::Timeline;

use super::steps;

/// Ticks drawn at most: more could not be told apart.
const TICKS: u32 = 300;
/// Chapters and failed checks drawn at most.
const MARKS: usize = 200;

/// Places along the line, in ten-thousandths of its length.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TimeMarks {
    /// Events.
    pub ticks: Vec<u32>,
    /// Starts of chapters.
    pub chapters: Vec<u32>,
    /// Failed checks.
    pub failed: Vec<u32>,
}

/// The marks of a timeline.
#[must_use]
pub fn marks(timeline: &Timeline) -> TimeMarks {
    let events = timeline.len();
    let place = |event: u32| {
        let at = u64::from(event) * 10_000 / u64::from(events.max(1));
        u32::try_from(at).unwrap_or(10_000)
    };
    let ticks = match events {
        0..=TICKS => (0..=events).map(place).collect(),
        _ => Vec::new(),
    };
    let failed = timeline.checks().iter().filter(|check| !check.passed);
    TimeMarks {
        ticks,
        chapters: steps::chapters(timeline).map(place).take(MARKS).collect(),
        failed: failed
            .map(|check| place(check.events))
            .take(MARKS)
            .collect(),
    }
}
