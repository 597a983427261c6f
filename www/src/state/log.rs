//! The event log, row by row: only the rows that are asked for are told. Knows no element.

use core::ops::Range;

use offset_lab::explain::Teller;
use offset_lab::trace::Event;
use offset_lab::units::SimTime;
use offset_lab::world::Timeline;

/// A row of the log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// The number of the event, from 0.
    pub event: u32,
    /// When it happened.
    pub time: SimTime,
    /// What happened.
    pub text: String,
}

/// The rows of these events.
#[must_use]
pub fn rows(timeline: &Timeline, events: Range<u32>) -> Vec<Row> {
    let teller = Teller {
        scenario: timeline.scenario(),
        trace: timeline.trace(),
    };
    let all = timeline.trace().events.iter().zip(0..);
    let wanted = all.skip(events.start as usize).take(events.len());
    let row = |(event, number): (&Event, u32)| Row {
        event: number,
        time: event.at,
        text: teller.sentence(event),
    };
    wanted.map(row).collect()
}
