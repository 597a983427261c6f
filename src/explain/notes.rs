//! Statements that had no effect, each with the reason: what was accepted is not ignored in silence.

use alloc::string::String;
use alloc::vec::Vec;

use super::Sentences;
use crate::ids::StatementId;
use crate::world::{Cursor, Timeline};

/// A statement, or a part of what it did, that had no effect.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    /// The statement.
    pub statement: StatementId,
    /// Why it had none, as a clause.
    pub text: String,
}

/// All of a run, in its order; what one statement repeats is said once.
#[must_use]
pub fn notes(timeline: &Timeline) -> Vec<Note> {
    let sentences = Sentences::of(timeline);
    let mut notes: Vec<Note> = Vec::new();
    for (at, event) in (1..).zip(&timeline.trace().events) {
        if event.what.ignored().is_none() {
            continue;
        }
        let Some(statement) = timeline.statement_at(Cursor::at(at)) else {
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
    notes
}
