//! Writes the trace and keeps the world at its end. The only writer of events; decides none of them.

use alloc::sync::Arc;

use super::World;
use crate::ids::{EventId, StreamId};
use crate::log::Chunk;
use crate::scenario::Scenario;
use crate::trace::event::{Event, What};
use crate::trace::{Arenas, Trace};
use crate::units::SimTime;

/// The growing end of a trace.
#[derive(Clone, Debug)]
pub struct Recorder {
    trace: Trace,
    world: World,
}

impl Recorder {
    /// Nothing has happened yet.
    #[must_use]
    pub fn new(scenario: &Scenario) -> Self {
        let mut trace = Trace::default();
        trace.arenas = Arenas::new(scenario.streams.len(), scenario.actors.len());
        Self {
            trace,
            world: World::new(scenario),
        }
    }

    /// The trace so far.
    #[must_use]
    pub fn trace(&self) -> &Trace {
        &self.trace
    }

    /// The world after the last event.
    #[must_use]
    pub fn world(&self) -> &World {
        &self.world
    }

    /// Keeps a chunk that was just written; answers the row that events name it by.
    pub fn keep_chunk(&mut self, stream: StreamId, chunk: Arc<Chunk>, rolled: bool) -> u32 {
        self.trace.arenas.streams[stream.index()].push(chunk, rolled)
    }

    /// Appends an event. `at` is at least the time of the event before.
    pub fn emit(&mut self, at: SimTime, cause: Option<EventId>, what: What) -> EventId {
        let id = EventId(u32::try_from(self.trace.events.len()).expect("events are limited"));
        let event = Event { at, cause, what };
        self.trace.keep(&event);
        self.world.apply(&event, &self.trace.arenas);
        self.trace.events.push(event);
        id
    }
}
