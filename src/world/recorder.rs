//! Writes the trace and keeps the world at its end. The only writer of events; decides none of them.

use alloc::boxed::Box;
use alloc::sync::Arc;
use alloc::vec::Vec;

use super::World;
use super::checkpoint::Checkpoint;
use crate::base::Piece;
use crate::ids::EventId;
use crate::language::Scenario;
use crate::trace::event::{Event, What};
use crate::trace::{Arenas, Trace};
use crate::units::SimTime;

/// The growing end of a trace.
#[derive(Clone, Debug)]
pub struct Recorder {
    trace: Trace,
    world: World,
    checkpoints: Vec<Arc<Checkpoint>>,
    spacing: u32,
}

/// Checkpoints kept at the most. With more events they stand further apart, so that memory stays
/// bounded and a seek in 2,000,000 events folds at most 4,000 of them.
const CHECKPOINTS: usize = 1_024;
/// Streams on their nodes and programs that all checkpoints hold together at the most, a few hundred bytes each:
/// with 1,000 streams that two programs use, a seek in 2,000,000 events folds at most 16,384 of them.
const PARTS: usize = 1 << 19;
/// Events between two checkpoints at first: at least so many,
const SPACING: u32 = 32;
/// and one for so many parts, because keeping a checkpoint looks at each.
const PARTS_PER_EVENT: usize = 8;
/// Checkpoints that are let go of at once.
const PIECE: usize = 64;

impl Recorder {
    /// Nothing has happened yet.
    #[must_use]
    pub fn new(scenario: &Scenario) -> Self {
        let world = World::new(scenario);
        let spacing = u32::try_from(world.parts() / PARTS_PER_EVENT).unwrap_or(SPACING);
        Self {
            trace: Trace::new(scenario),
            world,
            checkpoints: Vec::new(),
            spacing: spacing.max(SPACING),
        }
    }

    /// Goes on under another scenario that begins with the same statements.
    pub(super) fn adopt(&mut self, scenario: &Scenario) {
        self.trace.arenas.fit(scenario);
        self.world.fit(scenario);
    }

    /// What it holds of any size, in pieces, when no more is written and no moment is looked for.
    pub(super) fn pieces(mut self, out: &mut Vec<Piece>) {
        self.checkpoints_in_pieces(out);
        self.trace.pieces(out);
    }

    /// The same of its checkpoints alone.
    pub(super) fn checkpoints_in_pieces(&mut self, out: &mut Vec<Piece>) {
        while !self.checkpoints.is_empty() {
            let rest = self.checkpoints.len().saturating_sub(PIECE);
            out.push(Box::new(self.checkpoints.split_off(rest)));
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

    /// Where what events are about to name is kept.
    pub(crate) fn arenas(&mut self) -> &mut Arenas {
        &mut self.trace.arenas
    }

    /// Appends an event. `at` is at least the time of the event before.
    pub fn emit(&mut self, at: SimTime, cause: Option<EventId>, what: What) -> EventId {
        let id = EventId(u32::try_from(self.trace.events.len()).expect("events are limited"));
        if id.0.is_multiple_of(self.spacing) {
            self.keep_checkpoint(id.0);
        }
        let event = Event { at, cause, what };
        self.trace.keep(&event);
        self.world.apply(&event, &self.trace.arenas);
        self.trace.events.push(event);
        id
    }

    /// The youngest checkpoint at or before `event`, and how many events it has behind it. It may know the
    /// names of the scenario under which it was kept.
    #[must_use]
    pub fn checkpoint_before(&self, event: u32) -> (u32, World) {
        if event as usize == self.trace.events.len() {
            return (event, self.world.clone());
        }
        let at = self.checkpoints.partition_point(|kept| kept.event <= event);
        let kept = &self.checkpoints[at - 1];
        (kept.event, kept.world())
    }

    fn keep_checkpoint(&mut self, event: u32) {
        let parts = self.world.parts().max(1);
        while self.checkpoints.len() >= (PARTS / parts).clamp(16, CHECKPOINTS) {
            self.spacing *= 2;
            let spacing = self.spacing;
            self.checkpoints
                .retain(|kept| kept.event.is_multiple_of(spacing));
        }
        if !event.is_multiple_of(self.spacing) {
            return;
        }
        let before = self.checkpoints.last().map(|kept| &**kept);
        let kept = Checkpoint::new(event, &self.world, before);
        self.checkpoints.push(Arc::new(kept));
    }
}
