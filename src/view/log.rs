//! The event log, row by row: only the rows that are asked for are told. Knows no height and no scrolling.

use alloc::string::String;
use alloc::vec::Vec;

use crate::explain::Sentences;
use crate::trace::Level;
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
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LogRows {
    /// Numbers of events; `None`: all of them.
    shown: Option<Vec<u32>>,
    all: u32,
}

impl LogRows {
    /// Of a timeline: for less than everything, takes a pass over it.
    #[must_use]
    pub fn new(timeline: &Timeline, level: Level) -> Self {
        let events = || (0..).zip(&timeline.trace().events);
        let shown = (level != Level::Everything).then(|| {
            let shown = events().filter(|(_, event)| event.what.level() <= level);
            shown.map(|(number, _)| number).collect()
        });
        Self {
            shown,
            all: timeline.len(),
        }
    }

    /// How many there are.
    #[must_use]
    pub fn len(&self) -> u32 {
        let shown = self.shown.as_ref();
        shown.map_or(self.all, |shown| shown.len() as u32)
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The event of a row; behind the last row, the end.
    #[must_use]
    pub fn event(&self, row: u32) -> u32 {
        match &self.shown {
            None => row.min(self.all),
            Some(shown) => shown.get(row as usize).copied().unwrap_or(self.all),
        }
    }

    /// How many rows are about the first `events` events.
    #[must_use]
    pub fn up_to(&self, events: u32) -> u32 {
        match &self.shown {
            None => events.min(self.all),
            Some(shown) => shown.partition_point(|event| *event < events) as u32,
        }
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
