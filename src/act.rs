//! Acting at a moment of a run: which edit of the text makes the same run up to there, and then acts.
//! An edit is taken only when the edited text really runs to the same world; knows no host.

use alloc::string::{String, ToString};
use alloc::sync::Arc;
use alloc::vec;
use alloc::vec::Vec;

use crate::engine::{Progress, Run};
use crate::ids::StatementId;
use crate::language::Parsed;
use crate::language::ast::StatementKind;
use crate::language::diagnostic::Diagnostic;
use crate::language::edit::{self, Edited, Inside, Place};
use crate::units::SimDuration;
use crate::world::{Cursor, Timeline};

/// Events that an edited run may have more than the moment has before it comes to the action: where a
/// range is cut or time passes, there is one.
const SLACK: u32 = 8;

/// An action being written at a moment of a run: edits are tried one after the other, in slices.
#[derive(Debug)]
pub struct Acting {
    base: Arc<Run>,
    text: Arc<str>,
    cursor: Cursor,
    actions: Vec<String>,
    /// The names of the moment that are not tried yet.
    places: vec::IntoIter<Place>,
    attempt: Option<Attempt>,
}

/// An edited text on its way to its action.
#[derive(Debug)]
struct Attempt {
    place: Place,
    edited: Edited,
    action: StatementId,
    run: Run,
    /// Events that it has done as the base did, as far as the moment.
    agreed: usize,
}

/// A text in which an action was written, and its run, which has come to the action and goes on from there.
#[derive(Debug)]
pub struct Acted {
    /// All of it.
    pub text: String,
    /// The line of the first action, from 1.
    pub line: u32,
    /// Events of the new run before the action takes effect.
    pub events: u32,
    /// What the text says.
    pub parsed: Parsed,
    /// The run.
    pub run: Run,
}

/// Why an action cannot be written at a moment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// The text has problems, or the action is no statement that fits there.
    Problems(Vec<Diagnostic>),
    /// No edit of this text makes the same run up to this moment: the moment has no name in the language.
    Unreachable,
}

impl Acting {
    /// Wants `actions`, a statement each, written at the moment `cursor` of `base`, the run of `text`.
    #[must_use]
    pub fn new(base: Arc<Run>, text: Arc<str>, cursor: Cursor, actions: &[&str]) -> Self {
        let mut acting = Self {
            base,
            text,
            cursor,
            actions: actions.iter().map(ToString::to_string).collect(),
            places: Vec::new().into_iter(),
            attempt: None,
        };
        acting.aim(whole_statement(acting.base.timeline(), cursor));
        acting
    }

    fn aim(&mut self, cursor: Cursor) {
        self.cursor = cursor;
        self.places = places(self.base.timeline(), cursor).into_iter();
    }

    /// Goes on for about `budget` events; answers once it is known whether and how the action can be written.
    ///
    /// # Errors
    ///
    /// [`Refusal`]; the text is the caller's and stays as it was.
    pub fn advance(&mut self, budget: u32) -> Option<Result<Acted, Refusal>> {
        let Some(mut attempt) = self.attempt.take() else {
            return match self.begin() {
                Ok(()) => None,
                Err(refusal) => Some(Err(refusal)),
            };
        };
        let progress = attempt.run.advance(budget);
        if !self.goes_along(&mut attempt) {
            return None;
        }
        match attempt.run.timeline().start_of(attempt.action) {
            Some(events) if self.is_in_midst(&attempt, events) => {
                self.aim(Cursor::at(events));
                None
            }
            Some(events) if self.is_the_same(&attempt, events) => Some(Ok(Acted {
                text: attempt.edited.text,
                line: attempt.edited.line,
                events,
                parsed: attempt.edited.parsed,
                run: attempt.run,
            })),
            None if progress == Progress::More && self.may_come(&attempt) => {
                self.attempt = Some(attempt);
                None
            }
            Some(_) | None => None,
        }
    }

    /// Events of the edited run so far.
    #[must_use]
    pub fn events(&self) -> u32 {
        let attempt = self.attempt.as_ref();
        attempt.map_or(0, |attempt| attempt.run.timeline().len())
    }

    /// Tries the next name of the moment.
    fn begin(&mut self) -> Result<(), Refusal> {
        let Some(place) = self.places.next() else {
            let end = whole_instant(self.base.timeline(), self.cursor);
            self.aim(end.ok_or(Refusal::Unreachable)?);
            return Ok(());
        };
        let actions: Vec<&str> = self.actions.iter().map(String::as_str).collect();
        let scenario = self.base.timeline().scenario();
        let edited =
            edit::insert(&self.text, scenario, place, &actions).map_err(Refusal::Problems)?;
        let statements = &edited.parsed.scenario.statements;
        let action = statements.partition_point(|statement| statement.line < edited.line);
        self.attempt = Some(Attempt {
            place,
            action: StatementId(u32::try_from(action).unwrap_or(u32::MAX)),
            run: self.base.resume(&edited.parsed.scenario),
            agreed: 0,
            edited,
        });
        Ok(())
    }

    /// Whether a run that has not come to its action may still be the one that the learner saw.
    fn may_come(&self, attempt: &Attempt) -> bool {
        attempt.run.timeline().len() <= self.cursor.event.saturating_add(SLACK)
    }

    /// Whether the edited run has done the same as the base, as far as the moment. It is looked at as the run goes on, so that
    /// the end of a long one is no long look at all of it.
    fn goes_along(&self, attempt: &mut Attempt) -> bool {
        let (old, new) = (self.base.timeline().trace(), attempt.run.timeline().trace());
        let from = attempt.agreed;
        attempt.agreed = new.events.len().min(self.cursor.event as usize);
        old.events.agree(&new.events, from..attempt.agreed)
    }

    /// Whether the moment lies between two events of which nothing comes between: like a statement that
    /// moves no time, they count as a whole.
    fn is_in_midst(&self, attempt: &Attempt, events: u32) -> bool {
        let counted = matches!(
            attempt.place.inside,
            Some(Inside::Events { .. } | Inside::EventsAfter { .. })
        );
        let (old, new) = (self.base.timeline().trace(), attempt.run.timeline().trace());
        let longer = self.cursor.part == 0 && events > self.cursor.event;
        counted
            && longer
            && old
                .events
                .agree(&new.events, attempt.agreed..events as usize)
    }

    /// Whether the edited text has run to the world that the learner saw.
    fn is_the_same(&self, attempt: &Attempt, events: u32) -> bool {
        let (old, new) = (self.base.timeline(), attempt.run.timeline());
        if attempt.agreed < self.cursor.event as usize {
            return false;
        }
        let (mut seen, mut now) = (old.world(self.cursor), new.world(Cursor::at(events)));
        // A range that was cut counts like one that is entered as far.
        seen.forget_parts();
        now.forget_parts();
        now.is_but_for_names(&seen)
    }
}

/// A statement that moves no time acts as a whole: a moment in its midst counts as its end.
fn whole_statement(timeline: &Timeline, cursor: Cursor) -> Cursor {
    let statement = timeline.statement_at(cursor);
    let kind = statement.and_then(|id| timeline.scenario().statements.get(id.index()));
    match (kind, statement.and_then(|id| timeline.end_of(id))) {
        (Some(statement), Some(end)) if end > cursor.event && !statement.kind.moves_time() => {
            Cursor::at(end)
        }
        _ => cursor,
    }
}

/// Where a timer wakes a world in which nothing is under way, no statement ends in the midst of what it does: then the
/// instant counts as a whole, as far as the statement goes.
fn whole_instant(timeline: &Timeline, cursor: Cursor) -> Option<Cursor> {
    if !goes_on(timeline, cursor) {
        return None;
    }
    let now = timeline.world(cursor).now;
    let later = (cursor.event..timeline.len())
        .find(|at| timeline.trace().events[*at as usize].at > now)
        .unwrap_or(timeline.len());
    let statement = timeline.statement_at(cursor);
    let end = statement.and_then(|id| timeline.end_of(id));
    let end = end.map_or(later, |end| end.min(later));
    (end > cursor.event).then_some(Cursor::at(end))
}

/// The names that a moment may have in the language, the most readable first.
fn places(timeline: &Timeline, cursor: Cursor) -> Vec<Place> {
    let count = timeline.scenario().statements.len();
    let ids = (0..u32::try_from(count).unwrap_or(u32::MAX)).map(StatementId);
    let done = |id: &StatementId| timeline.end_of(*id).is_some_and(|end| end <= cursor.event);
    let after = ids.take_while(done).last();
    let began = after.and_then(|id| timeline.end_of(id)).unwrap_or(0);
    let at_the_end = after.map_or(count == 0, |id| id.index() + 1 == count);
    let place = |inside| Place { after, inside };
    if cursor.part == 0 && cursor.event == began {
        return alloc::vec![place(None)];
    }
    if cursor.part == 0 && at_the_end && cursor.event == timeline.len() {
        return alloc::vec![place(Some(Inside::Idle))];
    }
    let elapsed = timeline
        .world(cursor)
        .now
        .since(timeline.world(Cursor::at(began)).now);
    let mut places = Vec::new();
    let next = after.map_or(0, |id| id.index() + 1);
    let kind = timeline.scenario().statements.get(next).map(|s| &s.kind);
    // What is left of a `step` is a number of events, so what was before is one too.
    let steps = matches!(kind, Some(StatementKind::Step(_))) && cursor.part == 0;
    if elapsed > SimDuration::ZERO && !steps && !goes_on(timeline, cursor) {
        places.push(place(Some(Inside::Time(elapsed))));
    }
    let range = inside_a_range(timeline, cursor);
    if range.is_empty() {
        let events = u64::from(cursor.event - began);
        places.push(place(Some(Inside::Events { events, elapsed })));
        places.extend(after_quiet(timeline, cursor, began).filter(|_| !steps).map(
            |(quiet, events)| {
                place(Some(Inside::EventsAfter {
                    quiet,
                    events,
                    elapsed,
                }))
            },
        ));
    }
    places.extend(range.into_iter().map(|inside| place(Some(inside))));
    places
}

/// How long behind the beginning of a statement the last instant before a moment is, and how many events are between.
fn after_quiet(timeline: &Timeline, cursor: Cursor, began: u32) -> Option<(SimDuration, u64)> {
    let now = timeline.world(cursor).now;
    let events = &timeline.trace().events;
    let before = (began..cursor.event).rev();
    let quiet = before
        .into_iter()
        .find(|at| events[*at as usize].at < now)?;
    let start = timeline.world(Cursor::at(began)).now;
    let elapsed = events[quiet as usize].at.since(start);
    let behind = u64::from(cursor.event - quiet - 1);
    (elapsed > SimDuration::ZERO).then_some((elapsed, behind))
}

/// Whether more happens at this very instant: then no time names the moment.
fn goes_on(timeline: &Timeline, cursor: Cursor) -> bool {
    let Some(next) = timeline.trace().events.get(cursor.event as usize) else {
        return false;
    };
    if cursor.part == 0 {
        return next.at <= timeline.world(cursor).now;
    }
    let range = next.what.range();
    range.is_some_and(|(_, stride)| stride == SimDuration::ZERO)
}

/// Within the messages that a consumer receives, the last one names the moment, or else how many it were: a
/// consumer that lost its connection may come by an offset twice.
fn inside_a_range(timeline: &Timeline, cursor: Cursor) -> Vec<Inside> {
    let event = timeline.trace().events.get(cursor.event as usize);
    let range = event.filter(|_| cursor.part > 0);
    let Some((consumer, first)) = range.and_then(|event| event.what.received()) else {
        return Vec::new();
    };
    let offset = first.plus(cursor.part - 1);
    let world = timeline.world(cursor);
    let count = world.family.received(consumer);
    Vec::from([
        Inside::Message { consumer, offset },
        Inside::Received { consumer, count },
    ])
}
