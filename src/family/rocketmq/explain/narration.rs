//! What follows from what just happened, for queues, groups and programs. Reads the world behind the event.

use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use super::programs;
use super::resume::{Again, again};
use crate::explain::english;
use crate::explain::names::EventNames;
use crate::family::rocketmq::event::{PlacedBy, QueueEvent};
use crate::family::rocketmq::message::{QueueMessage, ToProgram};
use crate::family::rocketmq::state::{Member, State};
use crate::family::rocketmq::statements::Mode;
use crate::ids::{ActorId, LogId, Offset};
use crate::language::Scenario;
use crate::trace::What;
use crate::world::Facts;

/// Queues told of one program.
const QUEUES: usize = 3;

/// What follows, to be said behind the clause of the event; `None` when the clause says all.
pub(crate) fn consequence(facts: &Facts<'_>, what: &What) -> Option<String> {
    let state = facts.world.family.rocketmq()?;
    let now = Now {
        state,
        scenario: facts.scenario,
    };
    match what {
        What::Family(event) => now.after_event(event.rocketmq()?),
        What::Arrived { actor, message } => now.after_arrival(*actor, message.rocketmq()?),
        What::Processed { consumer, log, .. } => now.processed(*consumer, *log),
        What::Crashed { actor } => now.crashed(*actor),
        What::Closed { actor } => now.closed(*actor),
        What::Sent { .. }
        | What::Lost { .. }
        | What::Ready { .. }
        | What::Skipped { .. }
        | What::Paused { .. }
        | What::Resumed { .. }
        | What::Disconnected { .. }
        | What::Printed { .. }
        | What::Ignored { .. }
        | What::Fault { .. }
        | What::Healed { .. }
        | What::NodeCrashed { .. }
        | What::NodeStarted { .. }
        | What::NodeCut { .. }
        | What::NodeHealed { .. }
        | What::Waited => None,
    }
}

/// The world behind the event.
struct Now<'a> {
    state: &'a State,
    scenario: &'a Scenario,
}

impl Now<'_> {
    fn queue(&self, queue: LogId) -> &str {
        &self.scenario.streams[queue.index()]
    }

    fn group(&self, group: ActorId) -> &str {
        &self.scenario.actors[group.index()].name
    }

    fn after_event(&self, event: &QueueEvent) -> Option<String> {
        match event {
            QueueEvent::MinMoved { queue, .. } => self.min_moved(*queue),
            QueueEvent::Placed {
                member,
                queue,
                at,
                by: PlacedBy::Broker,
            } => self.placed_by_the_broker(*member, *queue, *at),
            QueueEvent::Hung {
                member,
                queue,
                offset,
                ..
            } => self.hung(*member, *queue, *offset),
            QueueEvent::Failed { member, .. } => self.failed(*member),
            QueueEvent::Placed { .. }
            | QueueEvent::TopicSet { .. }
            | QueueEvent::RetrySet { .. }
            | QueueEvent::Appended { .. }
            | QueueEvent::Visible { .. }
            | QueueEvent::FilesDeleted { .. }
            | QueueEvent::NothingExpired
            | QueueEvent::DiskFilled { .. }
            | QueueEvent::Flushed
            | QueueEvent::OffsetsLost { .. }
            | QueueEvent::GroupSet { .. }
            | QueueEvent::Stored { .. }
            | QueueEvent::CommitIgnored { .. }
            | QueueEvent::ResetTaken { .. }
            | QueueEvent::Reset { .. }
            | QueueEvent::ToolRefused { .. }
            | QueueEvent::Popped { .. }
            | QueueEvent::Revived { .. }
            | QueueEvent::ProducerStarted { .. }
            | QueueEvent::Handed { .. }
            | QueueEvent::MemberStarted { .. }
            | QueueEvent::Assigned { .. }
            | QueueEvent::Revoked { .. }
            | QueueEvent::GivenUp { .. }
            | QueueEvent::OwnStored { .. }
            | QueueEvent::Suspended { .. } => None,
        }
    }

    /// What the cleaner took.
    fn min_moved(&self, queue: LogId) -> Option<String> {
        let (from, to) = self.state.queues.get(queue.index())?.expired?;
        let count = to.0.saturating_sub(from.0);
        let gone = english::offsets(from.0, count);
        let is = if count == 1 { "is" } else { "are" };
        Some(format!(", and {gone} {is} gone"))
    }

    /// An answer of 0 to a group that has no offset.
    fn placed_by_the_broker(&self, member: ActorId, queue: LogId, at: Offset) -> Option<String> {
        let group = self.state.member(member)?.settings.group;
        let stored = self.state.group(group)?.offsets.get(&queue);
        (at.0 == 0 && stored.is_none()).then(|| {
            format!(
                "; it has no offset of {}, but the queue's first message is still in memory",
                self.group(group)
            )
        })
    }

    /// What a hung message holds.
    fn hung(&self, member: ActorId, queue: LogId, offset: Offset) -> Option<String> {
        let group = self.state.member(member)?.settings.group;
        let consumed = self.state.group(group)?.consumed.get(&queue)?;
        let behind = consumed.count_in(offset.0, u64::MAX - offset.0);
        (behind > 0).then(|| {
            format!(
                "; {} behind it {} done already, and a restart brings {} again",
                english::count(behind, "message"),
                if behind == 1 { "is" } else { "are" },
                if behind == 1 { "it" } else { "them" },
            )
        })
    }

    /// What becomes of failed messages.
    fn failed(&self, member: ActorId) -> Option<String> {
        Some(match self.state.member(member)?.settings.of_group.mode {
            Mode::Concurrent => {
                "; copies come again from the retry queue, and the offset goes on".into()
            }
            Mode::Orderly => "; it is tried again in its place, and its queue waits".into(),
            Mode::Broadcast => "; nobody brings them again".into(),
            Mode::Pop => "; it is not acknowledged, so a copy comes again".to_string(),
        })
    }

    fn after_arrival(&self, program: ActorId, message: &QueueMessage) -> Option<String> {
        match message {
            QueueMessage::ToProgram(ToProgram::SendResult { .. }) => self.sent(program),
            QueueMessage::ToProgram(
                ToProgram::Done { .. }
                | ToProgram::SentBack { .. }
                | ToProgram::Members { .. }
                | ToProgram::Offset { .. }
                | ToProgram::Pulled { .. }
                | ToProgram::PullRefused { .. }
                | ToProgram::Locked { .. }
                | ToProgram::Popped { .. }
                | ToProgram::MembersChanged
                | ToProgram::Reset { .. },
            )
            | QueueMessage::ToBroker(_) => None,
        }
    }

    /// What a producer still waits for.
    fn sent(&self, producer: ActorId) -> Option<String> {
        Some(match self.state.producer(producer)?.unconfirmed.len() {
            0 => "; nothing is without an answer now".into(),
            1 => "; 1 message is still without an answer".into(),
            n => format!(
                "; {} messages are still without an answer",
                english::number(n)
            ),
        })
    }

    /// What the broker has of the group, and what that would mean after a crash.
    fn processed(&self, member: ActorId, queue: LogId) -> Option<String> {
        let member = self.state.member(member)?;
        let group = member.settings.group;
        let (name, of) = (self.group(group), self.queue(queue));
        let stored = self.state.group(group)?.offsets.get(&queue);
        match member.settings.of_group.mode {
            Mode::Concurrent | Mode::Orderly => {}
            Mode::Broadcast | Mode::Pop => return None,
        }
        let Some(stored) = stored else {
            return Some(format!("; the broker has no offset of {name} on {of} yet"));
        };
        let again = again(self.state, group, queue)?;
        Some(format!(
            "; the broker has offset {} of {name} on {of}, so {} would be consumed again after a crash",
            english::number(stored.0),
            words(again),
        ))
    }

    /// What a crash costs.
    fn crashed(&self, program: ActorId) -> Option<String> {
        if let Some(producer) = self.state.producer(program) {
            return Some(match producer.unconfirmed.len() {
                0 => " with an answer to everything".into(),
                n => format!(
                    " with {} without an answer: it cannot know whether the broker has {}",
                    english::count(n, "message"),
                    if n == 1 { "it" } else { "them" },
                ),
            });
        }
        self.at_rest(self.state.member(program)?)
    }

    fn closed(&self, program: ActorId) -> Option<String> {
        self.at_rest(self.state.member(program)?)
    }

    /// What the broker has when a member ends, and what that means for who goes on.
    fn at_rest(&self, member: &Member) -> Option<String> {
        let group = member.settings.group;
        let offsets = &self.state.group(group)?.offsets;
        let told = offsets.iter().take(QUEUES);
        let kept: Vec<String> = told
            .map(|(queue, offset)| {
                let at = format!("{} on {}", english::number(offset.0), self.queue(*queue));
                match again(self.state, group, *queue) {
                    Some(again) => format!("{at} ({} would come again)", words(again)),
                    None => at,
                }
            })
            .collect();
        let name = self.group(group);
        Some(match kept.as_slice() {
            [] => format!("; the broker has no offset of {name}"),
            kept => format!("; the broker keeps of {name}: {}", english::list(kept)),
        })
    }
}

/// `7 to 9`, or how many of them where others lie between.
pub(crate) fn words(again: Again) -> String {
    match again.is_whole() {
        true => english::span(again.from.0, again.count),
        false => format!(
            "{} from {} on",
            english::count(again.count, "message"),
            english::number(again.from.0)
        ),
    }
}

/// The clause of message `part`, from 1, of the range that an event is.
pub(crate) fn clause_inside(
    names: &EventNames<'_>,
    event: &QueueEvent,
    part: u64,
) -> Option<String> {
    match event {
        QueueEvent::Handed {
            producer, count, ..
        } => Some(programs::handed_one(names, *producer, part, *count)),
        QueueEvent::Failed {
            member,
            queue,
            first,
            ..
        } => Some(programs::failed_one(names, (*member, *queue), *first, part)),
        QueueEvent::TopicSet { .. }
        | QueueEvent::RetrySet { .. }
        | QueueEvent::Appended { .. }
        | QueueEvent::Visible { .. }
        | QueueEvent::FilesDeleted { .. }
        | QueueEvent::NothingExpired
        | QueueEvent::MinMoved { .. }
        | QueueEvent::DiskFilled { .. }
        | QueueEvent::Flushed
        | QueueEvent::OffsetsLost { .. }
        | QueueEvent::GroupSet { .. }
        | QueueEvent::Stored { .. }
        | QueueEvent::CommitIgnored { .. }
        | QueueEvent::ResetTaken { .. }
        | QueueEvent::Reset { .. }
        | QueueEvent::ToolRefused { .. }
        | QueueEvent::Popped { .. }
        | QueueEvent::Revived { .. }
        | QueueEvent::ProducerStarted { .. }
        | QueueEvent::MemberStarted { .. }
        | QueueEvent::Assigned { .. }
        | QueueEvent::Revoked { .. }
        | QueueEvent::Placed { .. }
        | QueueEvent::Hung { .. }
        | QueueEvent::GivenUp { .. }
        | QueueEvent::OwnStored { .. }
        | QueueEvent::Suspended { .. } => None,
    }
}

/// Whether an event only says how something ended, and not why.
pub(crate) const fn needs_a_reason(event: &QueueEvent) -> bool {
    match event {
        QueueEvent::OffsetsLost { .. } => true,
        QueueEvent::TopicSet { .. }
        | QueueEvent::RetrySet { .. }
        | QueueEvent::Appended { .. }
        | QueueEvent::Visible { .. }
        | QueueEvent::FilesDeleted { .. }
        | QueueEvent::NothingExpired
        | QueueEvent::MinMoved { .. }
        | QueueEvent::DiskFilled { .. }
        | QueueEvent::Flushed
        | QueueEvent::GroupSet { .. }
        | QueueEvent::Stored { .. }
        | QueueEvent::CommitIgnored { .. }
        | QueueEvent::ResetTaken { .. }
        | QueueEvent::Reset { .. }
        | QueueEvent::ToolRefused { .. }
        | QueueEvent::Popped { .. }
        | QueueEvent::Revived { .. }
        | QueueEvent::ProducerStarted { .. }
        | QueueEvent::Handed { .. }
        | QueueEvent::MemberStarted { .. }
        | QueueEvent::Assigned { .. }
        | QueueEvent::Revoked { .. }
        | QueueEvent::Placed { .. }
        | QueueEvent::Failed { .. }
        | QueueEvent::Hung { .. }
        | QueueEvent::GivenUp { .. }
        | QueueEvent::OwnStored { .. }
        | QueueEvent::Suspended { .. } => false,
    }
}

/// Whether an event takes something away from programs that did nothing for it: of this family's events none does, for
/// members learn at their own pulls what became of a queue.
pub(crate) const fn is_a_reason(_event: &QueueEvent) -> bool {
    false
}
