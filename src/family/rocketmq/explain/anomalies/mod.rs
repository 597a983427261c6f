//! The anomalies of RocketMQ: messages consumed again or by two members, skipped, held back by one that hangs; offsets
//! that are lost, stale or impossible; messages stored twice or never answered.

mod offsets;
mod publishing;
mod repeats;
mod skips;

use publishing::Publishing;
use repeats::Repeats;
use skips::Skips;

use crate::explain::anomaly::{Findings, SearchStep};
use crate::explain::names::EventNames;
use crate::family::rocketmq::event::QueueEvent;
use crate::family::rocketmq::message::{Question, QueueMessage, ToBroker, ToProgram};
use crate::ids::ActorId;
use crate::language::Scenario;
use crate::trace::{Event, What};
use crate::world::World;

/// What a search has to remember of the events behind it.
#[derive(Clone, Debug)]
pub(crate) struct AnomalySearch {
    repeats: Repeats,
    skips: Skips,
    publishing: Publishing,
}

impl AnomalySearch {
    /// A search in a run of this scenario.
    pub(crate) fn new(scenario: &Scenario) -> Self {
        Self {
            repeats: Repeats::default(),
            skips: Skips::default(),
            publishing: Publishing::new(scenario.actors.len()),
        }
    }

    /// Looks at one event; the world is the one before it.
    pub(crate) fn look(&mut self, look: &SearchStep<'_>, event: &Event, found: &mut Findings) {
        match &event.what {
            What::Family(event) => {
                if let Some(event) = event.rocketmq() {
                    self.of_queues(look, event, found);
                }
            }
            What::Sent { actor, message } => {
                if let Some(message) = message.rocketmq() {
                    self.sent(look, *actor, message, found);
                }
            }
            What::Arrived { actor, message } => {
                if let Some(message) = message.rocketmq() {
                    self.skips.arrived(look, *actor, message, found);
                }
            }
            What::Processed {
                consumer,
                log,
                first,
                count,
                again,
                ..
            } => {
                let range = repeats::Range {
                    queue: *log,
                    first: *first,
                    count: *count,
                };
                self.repeats
                    .processed(look, *consumer, range, *again, found);
            }
            What::Lost { .. }
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

    fn of_queues(&mut self, look: &SearchStep<'_>, event: &QueueEvent, found: &mut Findings) {
        match event {
            QueueEvent::Appended { row } => self.publishing.appended(look, *row, found),
            QueueEvent::Stored {
                group,
                queue,
                offset: Some(offset),
                by,
                ..
            } => offsets::stored(look, (*group, *queue), *offset, *by, found),
            QueueEvent::OffsetsLost { rolled_back } => {
                offsets::lost(look, event, rolled_back, found);
            }
            QueueEvent::Hung {
                member,
                queue,
                offset,
                ..
            } => self.repeats.hung(look, (*member, *queue), *offset, found),
            QueueEvent::Placed {
                member,
                queue,
                at,
                by,
            } => self.skips.placed(look, (*member, *queue), *at, *by, found),
            QueueEvent::Reset { group, offsets, .. } => skips::reset(look, *group, offsets, found),
            QueueEvent::Stored { offset: None, .. }
            | QueueEvent::TopicSet { .. }
            | QueueEvent::RetrySet { .. }
            | QueueEvent::Visible { .. }
            | QueueEvent::FilesDeleted { .. }
            | QueueEvent::NothingExpired
            | QueueEvent::MinMoved { .. }
            | QueueEvent::DiskFilled { .. }
            | QueueEvent::Flushed
            | QueueEvent::GroupSet { .. }
            | QueueEvent::CommitIgnored { .. }
            | QueueEvent::ResetTaken { .. }
            | QueueEvent::ToolRefused { .. }
            | QueueEvent::Popped { .. }
            | QueueEvent::Revived { .. }
            | QueueEvent::ProducerStarted { .. }
            | QueueEvent::Handed { .. }
            | QueueEvent::MemberStarted { .. }
            | QueueEvent::Assigned { .. }
            | QueueEvent::Revoked { .. }
            | QueueEvent::Failed { .. }
            | QueueEvent::GivenUp { .. }
            | QueueEvent::OwnStored { .. }
            | QueueEvent::Suspended { .. } => {}
        }
    }

    fn sent(
        &mut self,
        look: &SearchStep<'_>,
        program: ActorId,
        message: &QueueMessage,
        found: &mut Findings,
    ) {
        match message {
            QueueMessage::ToBroker(ToBroker::Send(sends)) => {
                self.publishing.sent(look.id, program, &sends.messages);
            }
            QueueMessage::ToProgram(ToProgram::Offset {
                to: Question::Resume,
                queue,
                offset: Some(offset),
            }) => offsets::stale(look, program, *queue, *offset, found),
            QueueMessage::ToBroker(_) | QueueMessage::ToProgram(_) => {}
        }
    }

    /// Adds what shows only at the end.
    pub(crate) fn finish(&self, names: &EventNames<'_>, world: &World, found: &mut Findings) {
        self.repeats.finish(names, world, found);
        self.publishing.finish(names, world, found);
    }
}
