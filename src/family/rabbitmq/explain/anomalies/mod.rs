//! The anomalies of RabbitMQ Streams: repeated, lost and doubled messages, stale and impossible stored offsets.

mod publishing;
mod reading;
mod repeats;
mod skips;

use alloc::format;

use publishing::Publishing;
use repeats::{Repeats, Whose};
use skips::Skips;

use super::clause;
use crate::explain::anomaly::{AnomalyKind, Findings, SearchStep};
use crate::explain::english;
use crate::explain::names::EventNames;
use crate::family::rabbitmq::event::StreamEvent;
use crate::family::rabbitmq::message::{Answer, StreamMessage, ToBroker, ToProgram};
use crate::family::rabbitmq::state::NodeLog;
use crate::ids::{ActorId, EventId, LogId, NodeId};
use crate::language::Scenario;
use crate::trace::{Event, What};
use crate::world::World;

/// What a search has to remember of the events behind it.
#[derive(Clone, Debug)]
pub(crate) struct AnomalySearch {
    repeats: Repeats,
    groups: Repeats,
    skips: Skips,
    publishing: Publishing,
}

impl AnomalySearch {
    /// A search in a run of this scenario.
    pub(crate) fn new(scenario: &Scenario) -> Self {
        Self {
            repeats: Repeats::new(Whose::Own),
            groups: Repeats::new(Whose::Group),
            skips: Skips::default(),
            publishing: Publishing::new(scenario.actors.len()),
        }
    }

    /// Looks at one event; the world is the one before it.
    pub(crate) fn look(&mut self, look: &SearchStep<'_>, event: &Event, found: &mut Findings) {
        match &event.what {
            What::Family(event) => {
                if let Some(event) = event.rabbitmq() {
                    self.of_streams(look, event, found);
                }
            }
            What::Sent { actor, message } => {
                if let Some(message) = message.rabbitmq() {
                    self.sent(look, *actor, message, found);
                }
            }
            What::Processed {
                consumer,
                first,
                count,
                again,
                ..
            } => {
                self.skips.processed(look, *consumer, *first, *count);
                if *again {
                    self.repeats
                        .processed(look, *consumer, *first, *count, found);
                } else {
                    self.groups.of_group(look, *consumer, *first, *count, found);
                }
            }
            What::Arrived { .. }
            | What::Lost { .. }
            | What::Ready { .. }
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
            | What::NodeCrashed { .. }
            | What::NodeStarted { .. }
            | What::NodeCut { .. }
            | What::NodeHealed { .. }
            | What::Waited => {}
        }
    }

    fn of_streams(&mut self, look: &SearchStep<'_>, event: &StreamEvent, found: &mut Findings) {
        match event {
            StreamEvent::Diverged { stream, node, row } => {
                diverged(look, event, *stream, *node, *row, found);
            }
            StreamEvent::Attached { consumer, at } => {
                reading::attached(look, *consumer, *at, found);
                self.skips.attached(look, *consumer, *at, found);
            }
            StreamEvent::Stored {
                stream,
                reference,
                offset,
            } => reading::stored(look, *stream, reference, *offset, found),
            StreamEvent::Written { stream, row } => {
                self.publishing.written(look, *stream, *row, found);
            }
            StreamEvent::StreamDeleted { stream } => {
                self.skips.deleted(*stream);
                self.publishing
                    .log_is(look, *stream, &NodeLog::default(), 0);
            }
            StreamEvent::Truncated { stream, row } => {
                let log = look.world.stream(*stream).log();
                self.publishing.log_is(look, *stream, log, *row);
            }
            StreamEvent::LeaderElected { stream, node, .. } => {
                let logs = &look.world.stream(*stream).logs;
                if let Some(log) = logs.get(usize::from(node.0).wrapping_sub(1)) {
                    self.publishing.log_is(look, *stream, log, 0);
                }
            }
            StreamEvent::StreamCreated { .. }
            | StreamEvent::StreamRefused { .. }
            | StreamEvent::PolicySet { .. }
            | StreamEvent::Committed { .. }
            | StreamEvent::OffsetForgotten { .. }
            | StreamEvent::SequenceForgotten { .. }
            | StreamEvent::Deduplicated { .. }
            | StreamEvent::ProducerStarted { .. }
            | StreamEvent::Handed { .. }
            | StreamEvent::Numbered { .. }
            | StreamEvent::ConsumerStarted { .. }
            | StreamEvent::Refused { .. }
            | StreamEvent::StoredExternally { .. }
            | StreamEvent::Replicated { .. }
            | StreamEvent::LeaderLost { .. } => {}
        }
    }

    /// Adds what shows only at the end.
    pub(crate) fn finish(&self, names: &EventNames<'_>, world: &World, found: &mut Findings) {
        self.repeats.finish(names, found);
        self.groups.finish(names, found);
        self.publishing.finish(names, world, found);
    }

    fn sent(
        &mut self,
        look: &SearchStep<'_>,
        program: ActorId,
        message: &StreamMessage,
        found: &mut Findings,
    ) {
        match message {
            StreamMessage::ToBroker(message) => self.sent_to_broker(look.id, program, message),
            StreamMessage::ToProgram(message) => sent_to_program(look, program, message, found),
        }
    }

    fn sent_to_broker(&mut self, event: EventId, program: ActorId, message: &ToBroker) {
        match message {
            ToBroker::Publish(frames) => self.publishing.sent(event, program, frames),
            ToBroker::Declare
            | ToBroker::QuerySequence
            | ToBroker::QueryOffset(_)
            | ToBroker::Subscribe { .. }
            | ToBroker::Credit { .. }
            | ToBroker::Store { .. }
            | ToBroker::Activate { .. }
            | ToBroker::Unsubscribe
            | ToBroker::Close => {}
        }
    }
}

fn diverged(
    look: &SearchStep<'_>,
    event: &StreamEvent,
    stream: LogId,
    node: NodeId,
    row: u32,
    found: &mut Findings,
) {
    let names = &look.names;
    let arena = names.trace.arenas.stream(stream);
    let log = usize::from(node.0)
        .checked_sub(1)
        .and_then(|at| look.world.stream(stream).logs.get(at));
    let rows = log.into_iter().flat_map(|log| &log.rows);
    let gone: u64 = rows
        .map(|r| arena.sums(r.start.max(row)..r.end.max(row)).messages)
        .sum();
    if gone > 0 {
        let what = clause::clause(names, event);
        let clause = format!("{what}: {}", english::count(gone, "message"));
        found.report(look, AnomalyKind::Lost, &clause);
    }
}

fn sent_to_program(
    look: &SearchStep<'_>,
    program: ActorId,
    message: &ToProgram,
    found: &mut Findings,
) {
    match message {
        ToProgram::Answer { answer, .. } => match answer {
            Answer::StoredOffset(Some(offset)) => reading::stale(look, program, *offset, found),
            Answer::StoredOffset(None) | Answer::Code(_) | Answer::Sequence(_) => {}
        },
        ToProgram::Deliver { stream, row } => {
            reading::overtaken(look, program, message, *stream, *row, found)
        }
        ToProgram::Confirm { .. }
        | ToProgram::PublishError { .. }
        | ToProgram::MetadataUpdate { .. }
        | ToProgram::ConsumerUpdate { .. } => {}
    }
}
