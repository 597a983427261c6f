//! The marks along the line of time: where, never more than can be told apart. Knows no element.

use offset_lab::explain::Anomaly;
use offset_lab::view::transport::{TimeMark, transport};
use offset_lab::world::Timeline;

/// Places along the line, in ten-thousandths of its length.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TimeMarks {
    /// Events.
    pub ticks: Vec<u32>,
    /// Starts of chapters.
    pub chapters: Vec<u32>,
    /// Failed checks.
    pub failed: Vec<u32>,
    /// Anomalies.
    pub unusual: Vec<u32>,
}

/// The marks of a timeline, with anomalies as far as they were found.
#[must_use]
pub fn marks(timeline: &Timeline, found: &[Anomaly]) -> TimeMarks {
    let line = transport(timeline, found);
    let place = |event: u32| {
        let at = u64::from(event) * 10_000 / u64::from(line.events.max(1));
        u32::try_from(at).unwrap_or(10_000)
    };
    let places = |marks: &[TimeMark]| marks.iter().map(|mark| place(mark.at)).collect();
    TimeMarks {
        ticks: line.ticks.iter().copied().map(place).collect(),
        chapters: places(&line.chapters),
        failed: places(&line.failed),
        unusual: places(&line.anomalies),
    }
}
