//! The event log, row by row: only the rows that are asked for are told. Knows no height and no scrolling.

use alloc::string::String;
use alloc::vec::Vec;

use crate::explain::Sentences;
use crate::units::SimTime;
use crate::world::Timeline;

/// A row of the log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
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

/// Up to `count` rows from event number `from` on.
#[must_use]
pub fn rows(timeline: &Timeline, from: u32, count: u32) -> Vec<Row> {
    let sentences = Sentences::of(timeline);
    let names = sentences.names();
    let to = from.saturating_add(count).min(timeline.len());
    (from..to)
        .map(|number| {
            let event = &timeline.trace().events[number as usize];
            let actor = event.what.actor().map(|id| names.program(id));
            let about = actor.or_else(|| event.what.stream().map(|id| names.stream(id)));
            Row {
                event: number,
                time: event.at,
                about: about.map(Into::into),
                text: sentences.sentence(event),
                cause: event.cause.map(|id| id.0),
            }
        })
        .collect()
}
