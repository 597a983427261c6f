//! The trace: everything that happened, in the order of time, each event with its cause. Append-only.
//! Knows how to keep and print events; folds nothing and decides nothing.

pub mod arena;
pub mod event;
mod event_words;
pub mod fields;
pub mod level;
pub mod link;
mod shown;
mod subject;
pub mod text;
mod work;

pub use arena::Arenas;
pub use event::{Event, Idle, Skip, What};
pub use level::Level;
pub use link::{Fault, Loss, MessageKind};
pub use subject::Processed;

pub use work::Work;

use alloc::vec::Vec;

use crate::base::{Pages, Piece};
use crate::ids::EventId;
use crate::language::Scenario;
use shown::Shown;

/// Events and what they refer to.
#[derive(Clone, Debug)]
pub struct Trace {
    /// In the order of time; [`EventId`] is the index.
    pub events: Pages<Event>,
    /// What events name by index.
    pub arenas: Arenas,
    /// Numbers of the events that printed a line, so that a console is found without looking for it.
    pub printed: Pages<u32>,
    /// Numbers of the events that tell that a statement had no effect.
    pub idle: Pages<u32>,
    /// Numbers of the events that a node crashed.
    pub crashes: Pages<u32>,
    shown: Shown,
}

impl Trace {
    /// Nothing has happened yet.
    #[must_use]
    pub fn new(scenario: &Scenario) -> Self {
        Self {
            events: Pages::default(),
            arenas: Arenas::new(scenario),
            printed: Pages::default(),
            idle: Pages::default(),
            crashes: Pages::default(),
            shown: Shown::default(),
        }
    }

    /// Keeps in the arenas what an event brings.
    pub fn keep(&mut self, event: &Event) {
        self.shown.count(self.events.len() as u32, event);
        if let Some(range) = event.what.processed() {
            let arena = &mut self.arenas.actors[range.consumer.index()];
            arena.processed.push((range.log, range.first, range.count));
            arena.again.push(range.again);
        }
        if event.what.crashed_node().is_some() {
            self.crashes.push(self.events.len() as u32);
        }
        if event.what.has_no_effect() {
            self.idle.push(self.events.len() as u32);
        }
        if let Some((program, line)) = event.what.printed() {
            let console = &mut self.arenas.actors[program.index()].console;
            console.push(line.clone());
            self.printed.push(self.events.len() as u32);
        }
    }

    /// What it holds of any size, in pieces.
    pub(crate) fn pieces(self, out: &mut Vec<Piece>) {
        self.arenas.family.pieces(out);
        self.events.pieces(out);
    }

    /// The event of this number.
    #[must_use]
    pub fn get(&self, id: EventId) -> Option<&Event> {
        self.events.get(id.index())
    }

    /// How many of the first `to` events a level shows.
    #[must_use]
    pub fn shown_up_to(&self, level: Level, to: u32) -> u32 {
        self.shown.up_to(&self.events, level, to)
    }

    /// The number of the event before which a level shows `nth` others, and which it shows itself.
    #[must_use]
    pub fn nth_shown(&self, level: Level, nth: u32) -> Option<u32> {
        self.shown.nth(&self.events, level, nth)
    }

    /// The first event from number `from` on that a level shows.
    #[must_use]
    pub fn next_shown(&self, level: Level, from: u32) -> Option<u32> {
        self.shown.next(&self.events, level, from)
    }

    /// The last event below number `to` that a level shows.
    #[must_use]
    pub fn last_shown(&self, level: Level, to: u32) -> Option<u32> {
        self.shown.last(&self.events, level, to)
    }
}
