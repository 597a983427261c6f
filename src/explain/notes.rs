//! Statements that had no effect, and parts of them that have none, each with the reason: what was accepted is not
//! ignored in silence.

use alloc::string::String;
use alloc::vec::Vec;

use super::{Sentences, faults};
use crate::base::sorted_by_key;
use crate::family;
use crate::ids::StatementId;
use crate::language::Scenario;
use crate::world::{Cursor, Timeline};

/// Notes of what happened that are kept of one moment; of those before, a run tells.
const KEPT: u32 = 1_000;

/// A statement, or a part of what it said or did, that had no effect.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    /// The statement.
    pub statement: StatementId,
    /// Why it had none, as a clause.
    pub text: String,
}

/// All of a run, in the order of the text; what one statement repeats is said once.
#[must_use]
pub fn notes(timeline: &Timeline) -> Vec<Note> {
    let all = timeline.trace().idle.iter().copied();
    let mut said = remarks(timeline.scenario());
    said.extend(unmet(timeline));
    in_order(timeline, all, said)
}

/// Those up to a moment: of the statements that it has come to, and the youngest of what happened.
#[must_use]
pub fn notes_at(timeline: &Timeline, cursor: Cursor) -> Vec<Note> {
    let idle = &timeline.trace().idle;
    let to = idle.partition_point(0..idle.len(), |at| *at < cursor.event);
    let from = to.saturating_sub(KEPT as usize);
    let mut said = remarks(timeline.scenario());
    let now = timeline.statement_at(cursor);
    said.retain(|note| now.is_some_and(|now| note.statement <= now));
    if is_over(timeline) && cursor.event >= timeline.len() {
        said.extend(unmet(timeline));
    }
    in_order(timeline, idle.range(from..to).copied(), said)
}

/// Faults that met nothing.
fn unmet(timeline: &Timeline) -> impl Iterator<Item = Note> {
    let all = faults::without_effect(timeline).into_iter();
    all.map(|(statement, text)| Note { statement, text })
}

/// Whether every statement has ended.
fn is_over(timeline: &Timeline) -> bool {
    let last = timeline.scenario().statements.len().checked_sub(1);
    last.is_some_and(|last| timeline.end_of(StatementId::at(last)).is_some())
}

/// What the text says without effect, whatever happens.
#[must_use]
pub fn remarks(scenario: &Scenario) -> Vec<Note> {
    let remarks = family::remarks(scenario).into_iter();
    remarks
        .map(|(at, text)| Note {
            statement: StatementId::at(at),
            text,
        })
        .collect()
}

fn in_order(
    timeline: &Timeline,
    events: impl Iterator<Item = u32>,
    mut notes: Vec<Note>,
) -> Vec<Note> {
    let sentences = Sentences::of(timeline);
    for at in events {
        let statement = timeline.statement_at(Cursor::at(at.saturating_add(1)));
        let event = timeline.trace().events.get(at as usize);
        let (Some(statement), Some(event)) = (statement, event) else {
            continue;
        };
        let note = Note {
            statement,
            text: sentences.clause(event),
        };
        let said = notes.iter().rev();
        let mut said = said.take_while(|said| said.statement == statement);
        if !said.any(|said| *said == note) {
            notes.push(note);
        }
    }
    sorted_by_key(notes, |note| (i64::from(note.statement.0), 0))
}
