//! A run as it can be looked at: trace, statements, checks, and the world at any cursor.
//! Seeking folds from the nearest checkpoint; nothing here runs a scenario.

use alloc::string::String;
use alloc::sync::Arc;
use alloc::vec::Vec;

use super::facts::Facts;
use super::{Recorder, World};
use crate::base::{Pages, Piece};
use crate::ids::{EventId, StatementId};
use crate::language::Scenario;
use crate::trace::{Event, Trace};

/// A moment: so many events, and so many messages of the range that the next event is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Cursor {
    /// Events that have happened, from 0 to the length of the trace.
    pub event: u32,
    /// Messages of the next event, when that is a range; 0 between events.
    pub part: u64,
}

impl Cursor {
    /// Between two events.
    #[must_use]
    pub const fn at(event: u32) -> Self {
        Self { event, part: 0 }
    }
}

/// The result of an `expect`, of a `run until` or an `await` that came or did not, or of a `goal`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CheckResult {
    /// The statement.
    pub statement: StatementId,
    /// Events that had happened when it was checked.
    pub events: u32,
    /// The statement as the language writes it.
    pub text: String,
    /// Whether it holds.
    pub passed: bool,
    /// What was seen.
    pub actual: String,
    /// Why it could not hold, where more is to be said than what was seen.
    pub why: Option<String>,
}

/// Why a run ended before its script did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stopped {
    /// The statement that was running.
    pub statement: StatementId,
    /// The limit that it passed, in words.
    pub message: String,
}

/// A run, finished or growing. Copies share what happened before they were made.
#[derive(Clone, Debug)]
pub struct Timeline {
    scenario: Arc<Scenario>,
    recorder: Recorder,
    ends: Pages<u32>,
    checks: Pages<CheckResult>,
    stopped: Option<Stopped>,
}

impl Timeline {
    /// Nothing has happened yet.
    #[must_use]
    pub fn new(scenario: Arc<Scenario>) -> Self {
        Self {
            recorder: Recorder::new(&scenario),
            scenario,
            ends: Pages::default(),
            checks: Pages::default(),
            stopped: None,
        }
    }

    /// Goes on under another scenario that begins with the same statements.
    pub(crate) fn adopt(&mut self, scenario: Arc<Scenario>) {
        self.recorder.adopt(&scenario);
        self.scenario = scenario;
    }

    /// What it holds of any size, in pieces.
    pub(crate) fn pieces(self, out: &mut Vec<Piece>) {
        self.recorder.pieces(out);
    }

    /// Gives its checkpoints away, in pieces: nobody looks for its moments any more.
    pub(crate) fn checkpoints_in_pieces(&mut self, out: &mut Vec<Piece>) {
        self.recorder.checkpoints_in_pieces(out);
    }

    /// What was run.
    #[must_use]
    pub fn scenario(&self) -> &Arc<Scenario> {
        &self.scenario
    }

    /// Everything that happened.
    #[must_use]
    pub fn trace(&self) -> &Trace {
        self.recorder.trace()
    }

    /// The writer of events.
    pub fn recorder(&mut self) -> &mut Recorder {
        &mut self.recorder
    }

    /// Events so far.
    #[must_use]
    pub fn len(&self) -> u32 {
        u32::try_from(self.trace().events.len()).expect("events are limited far below 2^32")
    }

    /// Whether nothing happened.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.trace().events.is_empty()
    }

    /// The world after the last event.
    #[must_use]
    pub fn end(&self) -> &World {
        self.recorder.world()
    }

    /// Facts of the world after the last event.
    #[must_use]
    pub fn facts(&self) -> Facts<'_> {
        self.facts_of(self.end())
    }

    /// Facts of a world of this timeline.
    #[must_use]
    pub fn facts_of<'a>(&'a self, world: &'a World) -> Facts<'a> {
        Facts {
            world,
            arenas: &self.trace().arenas,
            scenario: &self.scenario,
        }
    }

    /// The world at a cursor; a cursor behind the end is the end.
    #[must_use]
    pub fn world(&self, cursor: Cursor) -> World {
        let trace = self.trace();
        let to = cursor.event.min(self.len());
        let (from, mut world) = self.recorder.checkpoint_before(to);
        world.fit(&self.scenario);
        let behind = trace.events.slices(from as usize..to as usize);
        for event in behind.flatten() {
            world.apply(event, &trace.arenas);
        }
        if let (1.., Some(event)) = (cursor.part, trace.events.get(to as usize)) {
            world.apply_part(event, &trace.arenas, cursor.part);
        }
        world
    }

    /// Messages of the range that event number `event` is; 0 when it is not a range.
    #[must_use]
    pub fn parts(&self, event: u32) -> u64 {
        let event = self.trace().events.get(event as usize);
        event.map_or(0, |event| event.what.parts())
    }

    /// Notes that the effect of the next statement ended here.
    pub fn statement_ended(&mut self) {
        self.ends.push(self.len());
    }

    /// Events that had happened when the effect of a statement ended; `None` while it did not.
    #[must_use]
    pub fn end_of(&self, statement: StatementId) -> Option<u32> {
        self.ends.get(statement.index()).copied()
    }

    /// Events that had happened when a statement began.
    #[must_use]
    pub fn start_of(&self, statement: StatementId) -> Option<u32> {
        match statement.0.checked_sub(1) {
            None => Some(0),
            Some(before) => self.end_of(StatementId(before)),
        }
    }

    /// The statement in whose effect `cursor` lies: the first that ends at or after it, but for
    /// statements that had no effect; `None` before anything happened.
    #[must_use]
    pub fn statement_at(&self, cursor: Cursor) -> Option<StatementId> {
        if cursor.event == 0 && cursor.part == 0 {
            return None;
        }
        let reached = cursor.event + u32::from(cursor.part > 0);
        let ends = &self.ends;
        let at = ends.partition_point(0..ends.len(), |end| *end < reached);
        let last = self.scenario.statements.len().checked_sub(1)?;
        Some(StatementId::at(at.min(last)))
    }

    /// Notes the result of a check.
    pub fn checked(&mut self, result: CheckResult) {
        self.checks.push(result);
    }

    /// Results in the order of checking.
    #[must_use]
    pub fn checks(&self) -> &Pages<CheckResult> {
        &self.checks
    }

    /// Notes that the run ends here though its script does not.
    pub fn stop(&mut self, stopped: Stopped) {
        self.stopped = Some(stopped);
    }

    /// Why the run ended before its script did.
    #[must_use]
    pub fn stopped(&self) -> Option<&Stopped> {
        self.stopped.as_ref()
    }

    /// An event and what led to it, the event first, the script's own act last.
    pub fn causes(&self, event: EventId) -> impl Iterator<Item = (EventId, &Event)> {
        let mut next = Some(event);
        core::iter::from_fn(move || {
            let id = next?;
            let event = self.trace().get(id)?;
            next = event.cause;
            Some((id, event))
        })
    }

    /// The first 16 hex digits of the SHA-256 of the canonical text: the same for the same scenario
    /// on every host.
    #[must_use]
    pub fn digest(&self) -> String {
        crate::trace::text::digest(self.trace(), &self.scenario)
    }
}
