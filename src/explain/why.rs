//! The chain of causes of an event, as sentences. Walks causes; looks for none.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use super::english;
use super::sentences::Sentences;
use crate::ids::EventId;
use crate::world::{Cursor, Timeline};

/// Links told of one chain at the most; the middle of a longer one is counted.
pub const LINKS: usize = 24;

/// One link of a chain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sentence {
    /// The event that it is about; `None` for the script, and for links that are only counted.
    pub event: Option<EventId>,
    /// In words.
    pub text: String,
}

/// An event and everything that led to it: the event first, the script's own act last.
#[must_use]
pub fn why(timeline: &Timeline, event: EventId) -> Vec<Sentence> {
    let sentences = Sentences::of(timeline);
    let mut told = Vec::new();
    let mut root = event;
    let mut untold: u64 = 0;
    let mut last = None;
    for (id, link) in timeline.causes(event) {
        root = id;
        if told.len() + 1 < LINKS {
            told.push(Sentence {
                event: Some(id),
                text: sentences.sentence(link),
            });
        } else {
            untold += 1;
            last = Some(link);
        }
    }
    if let Some(link) = last {
        if untold > 1 {
            let links = english::count(untold - 1, "further cause");
            told.push(Sentence {
                event: None,
                text: format!("{links} before that."),
            });
        }
        told.push(Sentence {
            event: Some(root),
            text: sentences.sentence(link),
        });
    }
    told.extend(script(timeline, root));
    told
}

/// The statement that began a chain.
fn script(timeline: &Timeline, root: EventId) -> Option<Sentence> {
    let at = timeline.statement_at(Cursor::at(root.0.saturating_add(1)))?;
    let statement = timeline.scenario().statements.get(at.index())?;
    timeline.trace().get(root)?;
    let line = english::number(statement.line.into());
    Some(Sentence {
        event: None,
        text: format!("It began with line {line} of the script."),
    })
}
