//! The sentence of a moment: what just happened, why, and what follows from it. What follows, only a family knows.

use alloc::format;
use alloc::string::String;

use super::sentences::{Sentences, processed};
use crate::family;
use crate::ids::EventId;
use crate::trace::{Event, What};
use crate::world::{Cursor, Timeline, World};

/// What just happened at a cursor, in one sentence.
#[must_use]
pub fn narrate(timeline: &Timeline, world: &World, cursor: Cursor) -> String {
    let sentences = Sentences::of(timeline);
    let at = match cursor.part {
        0 => cursor.event.checked_sub(1),
        _ => Some(cursor.event),
    };
    let Some(event) = at.and_then(|at| timeline.trace().get(EventId(at))) else {
        return "Nothing has happened yet.".into();
    };
    let clause = inside(&sentences, event, cursor.part).unwrap_or_else(|| sentences.clause(event));
    let more = family::consequence(&timeline.facts_of(world), &event.what)
        .or_else(|| because(&sentences, event))
        .unwrap_or_default();
    sentences.names().finish(&(clause + &more))
}

/// The clause of one message within a range: number `part`, from 1.
fn inside(sentences: &Sentences<'_>, event: &Event, part: u64) -> Option<String> {
    let at = part.checked_sub(1)?;
    let names = sentences.names();
    if let Some(range) = event.what.processed() {
        let offset = range.first.plus(at.min(range.count.saturating_sub(1)));
        let name = names.program(range.consumer);
        return Some(processed(name, offset, 1, range.again));
    }
    event.what.family()?.clause_inside(&names, part)
}

/// The cause, where it lies in another's act and says more than the event.
fn because(sentences: &Sentences<'_>, event: &Event) -> Option<String> {
    let cause = sentences.names().trace.get(event.cause?)?;
    (needs_a_reason(&event.what) && is_a_reason(&cause.what))
        .then(|| format!(", because {}", sentences.clause(cause)))
}

/// Whether an event only says how something ended, and not why.
const fn needs_a_reason(what: &What) -> bool {
    match what {
        What::Disconnected { .. } | What::Lost { .. } => true,
        What::Family(event) => event.needs_a_reason(),
        What::Sent { .. }
        | What::Arrived { .. }
        | What::Ready { .. }
        | What::Processed { .. }
        | What::Skipped { .. }
        | What::Paused { .. }
        | What::Resumed { .. }
        | What::Closed { .. }
        | What::Crashed { .. }
        | What::Printed { .. }
        | What::Ignored { .. }
        | What::Fault { .. }
        | What::Healed { .. }
        | What::NodeCrashed { .. }
        | What::NodeStarted { .. }
        | What::NodeCut { .. }
        | What::NodeHealed { .. }
        | What::Waited => false,
    }
}

/// Whether an event takes something away from programs that did nothing for it.
const fn is_a_reason(what: &What) -> bool {
    match what {
        What::NodeCrashed { .. } => true,
        What::Family(event) => event.is_a_reason(),
        What::Sent { .. }
        | What::Arrived { .. }
        | What::Lost { .. }
        | What::Ready { .. }
        | What::Processed { .. }
        | What::Skipped { .. }
        | What::Paused { .. }
        | What::Resumed { .. }
        | What::Closed { .. }
        | What::Crashed { .. }
        | What::Disconnected { .. }
        | What::Printed { .. }
        | What::Ignored { .. }
        | What::Fault { .. }
        | What::Healed { .. }
        | What::NodeStarted { .. }
        | What::NodeCut { .. }
        | What::NodeHealed { .. }
        | What::Waited => false,
    }
}
