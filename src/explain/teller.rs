//! One event, one clause: what happened, from the event alone. Knows no world and no moment after it.

use alloc::format;
use alloc::string::String;

use super::{frames, programs, streams, words};
use crate::family::rabbitmq::log::Chunk;
use crate::ids::{ActorId, StreamId};
use crate::scenario::Scenario;
use crate::trace::{Event, Trace, What};

/// Tells events of a trace. Its clauses begin in lower case and end without a full stop.
#[derive(Clone, Copy, Debug)]
pub struct Teller<'a> {
    /// Names.
    pub scenario: &'a Scenario,
    /// Events and what they refer to.
    pub trace: &'a Trace,
}

impl<'a> Teller<'a> {
    /// What happened, as a sentence.
    #[must_use]
    pub fn sentence(&self, event: &Event) -> String {
        self.finish(&self.clause(event))
    }

    /// A clause as a sentence: with a capital letter, unless it begins with a program's name, and a full stop.
    #[must_use]
    pub fn finish(&self, clause: &str) -> String {
        let names = self.scenario.actors.iter().take(1_000);
        let starts = |name: &str| {
            clause
                .strip_prefix(name)
                .is_some_and(|rest| rest.starts_with([' ', ',', '\'', ':']))
        };
        let is_name = names.map(|actor| &*actor.name).any(starts);
        let text = if is_name {
            clause.into()
        } else {
            words::capital(clause)
        };
        text + "."
    }

    /// What happened, as a clause.
    #[must_use]
    pub fn clause(&self, event: &Event) -> String {
        match &event.what {
            What::StreamCreated { .. }
            | What::StreamRefused { .. }
            | What::StreamDeleted { .. }
            | What::Written { .. }
            | What::Committed { .. }
            | What::Truncated { .. }
            | What::Stored { .. }
            | What::OffsetForgotten { .. }
            | What::SequenceForgotten { .. }
            | What::Replicated { .. }
            | What::Diverged { .. }
            | What::LeaderLost { .. }
            | What::LeaderElected { .. }
            | What::NodeCrashed { .. }
            | What::NodeStarted { .. }
            | What::NodeCut { .. }
            | What::NodeHealed { .. } => streams::clause(self, &event.what),
            What::Sent { actor, frame } => frames::sent(self, *actor, frame),
            What::Arrived { actor, frame } => frames::arrived(self, *actor, frame),
            What::Lost { actor, frame, why } => frames::lost(self, *actor, frame, *why),
            What::Deduplicated { .. }
            | What::Attached { .. }
            | What::ProducerStarted { .. }
            | What::Handed { .. }
            | What::Numbered { .. }
            | What::ConsumerStarted { .. }
            | What::Ready { .. }
            | What::Refused { .. }
            | What::Processed { .. }
            | What::Skipped { .. }
            | What::StoredExternally { .. }
            | What::Paused { .. }
            | What::Resumed { .. }
            | What::Closed { .. }
            | What::Crashed { .. }
            | What::Disconnected { .. }
            | What::Printed { .. }
            | What::Ignored { .. }
            | What::Fault { .. }
            | What::Healed { .. } => programs::clause(self, &event.what),
            What::Waited => format!("the script waited until {}", event.at),
        }
    }

    /// The name of a program.
    #[must_use]
    pub fn name(&self, actor: ActorId) -> &'a str {
        &self.scenario.actors[actor.index()].name
    }

    /// The name of a stream.
    #[must_use]
    pub fn stream(&self, stream: StreamId) -> &'a str {
        &self.scenario.streams[stream.index()]
    }

    /// A chunk by its row.
    #[must_use]
    pub fn chunk(&self, stream: StreamId, row: u32) -> &'a Chunk {
        &self.trace.arenas.stream(stream).chunks[row as usize].chunk
    }
}
