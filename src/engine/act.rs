//! Acting at a moment of a run: which edit of the text makes the same run up to there, and then acts.
//! An edit is taken only when the edited text really runs to the same world; knows no host.

use alloc::string::String;
use alloc::vec::Vec;

use super::{Progress, Run};
use crate::ids::{ActorId, StatementId};
use crate::scenario::diagnostic::Diagnostic;
use crate::scenario::edit::{self, Edited, Inside, Place};
use crate::scenario::parse;
use crate::trace::What;
use crate::units::SimDuration;
use crate::world::{Cursor, Program, Timeline, World};

/// Events of the edited run between two looks at whether it has come to the action.
const SLICE: u32 = 1_024;

/// A text in which an action was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Acted {
    /// All of it.
    pub text: String,
    /// The line of the first action, from 1.
    pub line: u32,
    /// Events of the new run before the action takes effect.
    pub events: u32,
}

/// Why an action cannot be written at a moment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// The text has problems, or the action is no statement that fits there.
    Problems(Vec<Diagnostic>),
    /// No edit of this text makes the same run up to this moment: the moment has no name in the language.
    Unreachable,
}

/// Writes `actions`, a statement each, at the moment `cursor` of the run `timeline` of `text`.
///
/// # Errors
///
/// [`Refusal`]; the text is the caller's and stays as it was.
pub fn insert(
    text: &str,
    timeline: &Timeline,
    cursor: Cursor,
    actions: &[&str],
) -> Result<Acted, Refusal> {
    let cursor = whole_statement(timeline, cursor);
    for place in places(timeline, cursor) {
        let edited = edit::insert(text, place, actions).map_err(Refusal::Problems)?;
        if let Some(events) = comes_to_the_same(timeline, cursor, &edited) {
            let Edited { text, line } = edited;
            return Ok(Acted { text, line, events });
        }
    }
    Err(Refusal::Unreachable)
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
    if elapsed > SimDuration::ZERO {
        places.push(place(Some(Inside::Time(elapsed))));
    }
    if let Some(inside) = inside_a_range(timeline, cursor) {
        places.push(place(Some(inside)));
    } else {
        let events = u64::from(cursor.event - began);
        places.push(place(Some(Inside::Events { events, elapsed })));
    }
    places
}

/// Within the messages that a consumer processes, the last one names the moment.
fn inside_a_range(timeline: &Timeline, cursor: Cursor) -> Option<Inside> {
    let event = timeline.trace().events.get(cursor.event as usize)?;
    let What::Processed {
        consumer, first, ..
    } = event.what
    else {
        return None;
    };
    let offset = first.plus(cursor.part.checked_sub(1)?);
    Some(Inside::Message { consumer, offset })
}

/// Runs the edited text as far as its first action; answers the events up to there if the world is
/// the one that the learner saw.
fn comes_to_the_same(timeline: &Timeline, cursor: Cursor, edited: &Edited) -> Option<u32> {
    let scenario = parse(&edited.text).scenario;
    let at = scenario
        .statements
        .iter()
        .position(|statement| statement.line >= edited.line)?;
    let action = StatementId(u32::try_from(at).ok()?);
    let mut run = Run::new(&scenario);
    while run.timeline().start_of(action).is_none() {
        if run.advance(SLICE) == Progress::Done {
            break;
        }
    }
    let events = run.timeline().start_of(action)?;
    let (old, new) = (&timeline.trace().events, &run.timeline().trace().events);
    let whole = cursor.event as usize;
    if !old.agree(new, whole) {
        return None;
    }
    let seen = comparable(timeline.world(cursor));
    let now = comparable(run.timeline().world(Cursor::at(events)));
    same_but_for_names(&seen, &now).then_some(events)
}

/// A range that was cut counts like one that is entered as far.
fn comparable(mut world: World) -> World {
    for actor in &mut world.actors {
        if let Some(Program::Consumer(consumer)) = &mut actor.program {
            consumer.processed_part = None;
        }
    }
    world
}

/// The action may bring new names: streams and programs that are not there yet.
fn same_but_for_names(seen: &World, now: &World) -> bool {
    let actors = seen.actors.len();
    let streams = seen.streams.len();
    let news = |id: usize| {
        now.actor(ActorId(u32::try_from(id).unwrap_or(u32::MAX)))
            .program
            .is_none()
    };
    now.actors.len() >= actors
        && now.streams.len() >= streams
        && (actors..now.actors.len()).all(news)
        && seen.actors[..] == now.actors[..actors]
        && seen.streams[..] == now.streams[..streams]
        && (seen.now, &seen.nodes) == (now.now, &now.nodes)
}
