//! One event, one clause: what happened, from the event alone. Knows no world and no moment after it.

use alloc::format;
use alloc::string::String;

use super::{programs, streams, words};
use crate::family::FamilyEvent;
use crate::family::Message;
use crate::family::rabbitmq::event::StreamEvent;
use crate::family::rabbitmq::explain::messages;
use crate::family::rabbitmq::log::Chunk;
use crate::ids::{ActorId, StreamId};
use crate::scenario::Scenario;
use crate::trace::Loss;
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
            What::Family(FamilyEvent::RabbitMq(StreamEvent::StreamCreated { .. }))
            | What::Family(FamilyEvent::RabbitMq(StreamEvent::StreamRefused { .. }))
            | What::Family(FamilyEvent::RabbitMq(StreamEvent::StreamDeleted { .. }))
            | What::Family(FamilyEvent::RabbitMq(StreamEvent::Written { .. }))
            | What::Family(FamilyEvent::RabbitMq(StreamEvent::Committed { .. }))
            | What::Family(FamilyEvent::RabbitMq(StreamEvent::Truncated { .. }))
            | What::Family(FamilyEvent::RabbitMq(StreamEvent::Stored { .. }))
            | What::Family(FamilyEvent::RabbitMq(StreamEvent::OffsetForgotten { .. }))
            | What::Family(FamilyEvent::RabbitMq(StreamEvent::SequenceForgotten { .. }))
            | What::Family(FamilyEvent::RabbitMq(StreamEvent::Replicated { .. }))
            | What::Family(FamilyEvent::RabbitMq(StreamEvent::Diverged { .. }))
            | What::Family(FamilyEvent::RabbitMq(StreamEvent::LeaderLost { .. }))
            | What::Family(FamilyEvent::RabbitMq(StreamEvent::LeaderElected { .. }))
            | What::NodeCrashed { .. }
            | What::NodeStarted { .. }
            | What::NodeCut { .. }
            | What::NodeHealed { .. } => streams::clause(self, &event.what),
            What::Sent {
                actor,
                message: Message::RabbitMq(message),
            } => messages::sent(self, *actor, message),
            What::Arrived {
                actor,
                message: Message::RabbitMq(message),
            } => messages::arrived(self, *actor, message),
            What::Lost {
                actor,
                message,
                why,
            } => self.lost(*actor, message, *why),
            What::Family(FamilyEvent::RabbitMq(StreamEvent::Deduplicated { .. }))
            | What::Family(FamilyEvent::RabbitMq(StreamEvent::Attached { .. }))
            | What::Family(FamilyEvent::RabbitMq(StreamEvent::ProducerStarted { .. }))
            | What::Family(FamilyEvent::RabbitMq(StreamEvent::Handed { .. }))
            | What::Family(FamilyEvent::RabbitMq(StreamEvent::Numbered { .. }))
            | What::Family(FamilyEvent::RabbitMq(StreamEvent::ConsumerStarted { .. }))
            | What::Ready { .. }
            | What::Family(FamilyEvent::RabbitMq(StreamEvent::Refused { .. }))
            | What::Processed { .. }
            | What::Skipped { .. }
            | What::Family(FamilyEvent::RabbitMq(StreamEvent::StoredExternally { .. }))
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

    /// That a message will never arrive, as a clause.
    #[must_use]
    pub fn lost(&self, actor: ActorId, message: &Message, why: Loss) -> String {
        match message {
            Message::RabbitMq(message) => messages::lost(self, actor, message, why),
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
