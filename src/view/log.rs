//! The event log, row by row: only the rows that are asked for are told. Knows no height and no scrolling.

use alloc::string::String;
use core::ops::Range;

use crate::explain::Sentences;
use crate::trace::{Level, Trace};
use crate::units::SimTime;
use crate::world::Timeline;

/// A row of the log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LogRow {
    /// The number of the event, from 0.
    pub event: u32,
    /// When it happened; of a range: when its first message was.
    pub time: SimTime,
    /// Whom it is about: a program, a stream, or nobody.
    pub about: Option<String>,
    /// What happened.
    pub text: String,
    /// The event that led to it; `None` is the script.
    pub cause: Option<u32>,
}

/// The rows that a level of detail shows.
#[derive(Clone, Copy, Debug)]
pub struct LogRows<'a> {
    trace: &'a Trace,
    level: Level,
}

impl<'a> LogRows<'a> {
    /// Of a timeline.
    #[must_use]
    pub fn new(timeline: &'a Timeline, level: Level) -> Self {
        let trace = timeline.trace();
        Self { trace, level }
    }

    /// How many there are.
    #[must_use]
    pub fn len(&self) -> u32 {
        self.up_to(u32::MAX)
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The event of a row; behind the last row, the end.
    #[must_use]
    pub fn event(&self, row: u32) -> u32 {
        let event = self.trace.nth_shown(self.level, row);
        event.unwrap_or_else(|| self.trace.events.len() as u32)
    }

    /// The events of some rows.
    pub fn events(self, rows: Range<u32>) -> impl Iterator<Item = u32> {
        let first = self.trace.nth_shown(self.level, rows.start);
        let next = move |event: &u32| self.trace.next_shown(self.level, event + 1);
        core::iter::successors(first, next).take(rows.len())
    }

    /// How many rows are about the first `events` events.
    #[must_use]
    pub fn up_to(&self, events: u32) -> u32 {
        self.trace.shown_up_to(self.level, events)
    }
}

/// The row of an event.
#[must_use]
pub fn row(timeline: &Timeline, number: u32) -> Option<LogRow> {
    let sentences = Sentences::of(timeline);
    let names = sentences.names();
    let event = timeline.trace().events.get(number as usize)?;
    let actor = event.what.actor().map(|id| names.program(id));
    let about = actor.or_else(|| event.what.stream().map(|id| names.stream(id)));
    Some(LogRow {
        event: number,
        time: event.at,
        about: about.map(Into::into),
        text: sentences.sentence(event),
        cause: event.cause.map(|id| id.0),
    })
}
