//! One event applied to this family's part of the world. Total: whatever the event, the state stays well formed.

use super::{ActorState, State};
use crate::family::Message;
use crate::family::rocketmq::event::QueueEvent;
use crate::family::rocketmq::message::{QueueMessage, ToBroker, ToProgram};
use crate::family::rocketmq::statements::Mode;
use crate::ids::{ActorId, LogId, Offset};
use crate::trace::What;

impl State {
    /// Moves the state behind an event that is no range.
    pub(crate) fn apply(&mut self, what: &What) {
        match what {
            What::Family(event) => {
                if let Some(event) = event.rocketmq() {
                    self.family_event(event);
                }
            }
            What::Sent { actor, message } => self.sent(*actor, message),
            What::Arrived { actor, message } => self.arrived(*actor, message),
            What::Skipped {
                consumer,
                log,
                first,
                count,
                ..
            } => self.finished(*consumer, *log, *first, *count),
            What::Disconnected { actor, .. } => {
                self.set_state(*actor, ActorState::Starting);
                self.with_member(*actor, |member| {
                    let mut readings = member.queues.values_mut();
                    readings.by_ref().for_each(|reading| reading.asked = None);
                });
            }
            What::Ready { actor } => self.set_state(*actor, ActorState::Running),
            What::Closed { actor } => self.set_state(*actor, ActorState::Closed),
            What::Crashed { actor } => self.set_state(*actor, ActorState::Crashed),
            What::Paused { consumer } => self.set_state(*consumer, ActorState::Paused),
            What::Resumed { consumer } => self.set_state(*consumer, ActorState::Running),
            What::Processed { .. }
            | What::Lost { .. }
            | What::Printed { .. }
            | What::Fault { .. }
            | What::Healed { .. }
            | What::NodeCrashed { .. }
            | What::NodeStarted { .. }
            | What::NodeCut { .. }
            | What::NodeHealed { .. }
            | What::Ignored { .. }
            | What::Waited => {}
        }
    }

    fn family_event(&mut self, event: &QueueEvent) {
        match event {
            QueueEvent::TopicSet {
                topic,
                read,
                write,
                queues,
            } => {
                let topic = &mut self.topics[topic.index()];
                (topic.read, topic.write) = (*read, *write);
                for queue in queues.iter() {
                    self.queues[queue.index()].is_there = true;
                }
            }
            QueueEvent::RetrySet { queue, .. } => self.queues[queue.index()].is_there = true,
            QueueEvent::Appended { row } => self.log.rows = row + 1,
            QueueEvent::Visible { queue, row } => self.queues[queue.index()].rows = row + 1,
            QueueEvent::FilesDeleted { files, first, .. } => {
                self.log.deleted += files;
                self.log.first = *first;
            }
            QueueEvent::MinMoved { queue, min } => {
                let queue = &mut self.queues[queue.index()];
                queue.expired = Some((queue.min, *min));
                queue.min = *min;
            }
            QueueEvent::DiskFilled { percent } => self.log.disk = Some(*percent),
            QueueEvent::GroupSet { group, settings } => self.set_group(*group, settings),
            QueueEvent::Stored {
                group,
                queue,
                offset,
                pending,
                ..
            } => self.stored(*group, *queue, *offset, *pending),
            QueueEvent::ResetTaken { group, queue, .. } => self.with_group(*group, |group| {
                group.pending.remove(queue);
            }),
            QueueEvent::Flushed => self.flushed(),
            QueueEvent::OffsetsLost { rolled_back } => self.offsets_lost(rolled_back),
            QueueEvent::Popped {
                group,
                queue,
                found,
            } => self.popped(*group, *queue, found, true),
            QueueEvent::Revived {
                group,
                queue,
                offsets,
            } => self.popped(*group, *queue, offsets, false),
            QueueEvent::ProducerStarted { .. }
            | QueueEvent::Handed { .. }
            | QueueEvent::MemberStarted { .. }
            | QueueEvent::Assigned { .. }
            | QueueEvent::Revoked { .. }
            | QueueEvent::Placed { .. }
            | QueueEvent::Failed { .. }
            | QueueEvent::Hung { .. }
            | QueueEvent::GivenUp { .. }
            | QueueEvent::OwnStored { .. }
            | QueueEvent::Suspended { .. } => self.of_program(event),
            QueueEvent::NothingExpired
            | QueueEvent::CommitIgnored { .. }
            | QueueEvent::Reset { .. }
            | QueueEvent::ToolRefused { .. } => {}
        }
    }

    /// What happens in a program, not at the broker.
    fn of_program(&mut self, event: &QueueEvent) {
        match event {
            QueueEvent::ProducerStarted { producer, settings } => {
                self.start_producer(*producer, settings);
            }
            QueueEvent::MemberStarted { member, settings } => self.start_member(*member, settings),
            QueueEvent::Assigned { member, queue } => self.with_member(*member, |member| {
                member.queues.insert(*queue, super::Reading::default());
            }),
            QueueEvent::Revoked { member, queue, .. } => self.with_member(*member, |member| {
                member.queues.remove(queue);
            }),
            QueueEvent::Placed {
                member, queue, at, ..
            } => self.with_member(*member, |member| member.reading(*queue).next = Some(*at)),
            QueueEvent::Hung {
                member,
                queue,
                offset,
                again,
            } => {
                self.with_member(*member, |member| {
                    member.received(*queue, *offset, 1, *again);
                    member.reading(*queue).hung.insert(offset.0, 1);
                });
                self.count(*member, 1, *again);
            }
            QueueEvent::GivenUp {
                member,
                queue,
                offset,
            } => self.with_member(*member, |member| {
                member.reading(*queue).hung.remove(offset.0, 1);
            }),
            QueueEvent::OwnStored {
                member,
                queue,
                offset,
            } => self.with_member(*member, |member| {
                member.own.insert(*queue, *offset);
            }),
            QueueEvent::Suspended { .. }
            | QueueEvent::Handed { .. }
            | QueueEvent::Failed { .. }
            | QueueEvent::TopicSet { .. }
            | QueueEvent::RetrySet { .. }
            | QueueEvent::Appended { .. }
            | QueueEvent::Visible { .. }
            | QueueEvent::FilesDeleted { .. }
            | QueueEvent::NothingExpired
            | QueueEvent::MinMoved { .. }
            | QueueEvent::DiskFilled { .. }
            | QueueEvent::GroupSet { .. }
            | QueueEvent::Stored { .. }
            | QueueEvent::CommitIgnored { .. }
            | QueueEvent::ResetTaken { .. }
            | QueueEvent::Reset { .. }
            | QueueEvent::ToolRefused { .. }
            | QueueEvent::Flushed
            | QueueEvent::OffsetsLost { .. }
            | QueueEvent::Popped { .. }
            | QueueEvent::Revived { .. } => {}
        }
    }

    /// Moves the state behind the first `done` messages of a range.
    pub(crate) fn apply_part(&mut self, what: &What, done: u64) {
        match what {
            What::Processed {
                consumer,
                log,
                first,
                count,
                again,
                ..
            } => {
                self.with_member(*consumer, |member| {
                    member.received(*log, *first, done, *again);
                    member.processed_to += 1;
                    member.processed_part = (done < *count).then_some(done);
                });
                self.finished(*consumer, *log, *first, done);
                self.count(*consumer, done, *again);
                self.consumed(*consumer, *log, *first, done, *again);
            }
            What::Family(event) => {
                if let Some(event) = event.rocketmq() {
                    self.family_part(event, done);
                }
            }
            What::Sent { .. }
            | What::Arrived { .. }
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

    fn family_part(&mut self, event: &QueueEvent, done: u64) {
        match event {
            QueueEvent::Handed {
                producer, first, ..
            } => self.with_producer(*producer, |producer| {
                producer.sent = producer.sent.saturating_add(done);
                producer.unconfirmed.insert(*first, done);
            }),
            QueueEvent::Failed {
                member,
                queue,
                first,
                again,
                ..
            } => self.failed(*member, *queue, (*first, done), *again),
            QueueEvent::TopicSet { .. }
            | QueueEvent::RetrySet { .. }
            | QueueEvent::Appended { .. }
            | QueueEvent::Visible { .. }
            | QueueEvent::FilesDeleted { .. }
            | QueueEvent::NothingExpired
            | QueueEvent::MinMoved { .. }
            | QueueEvent::DiskFilled { .. }
            | QueueEvent::GroupSet { .. }
            | QueueEvent::Stored { .. }
            | QueueEvent::CommitIgnored { .. }
            | QueueEvent::ResetTaken { .. }
            | QueueEvent::Reset { .. }
            | QueueEvent::ToolRefused { .. }
            | QueueEvent::Flushed
            | QueueEvent::OffsetsLost { .. }
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
            | QueueEvent::Suspended { .. } => {}
        }
    }

    /// Messages failed: they are in flight until they are back at the broker, or succeed. Nobody takes those of a
    /// broadcasting member back, and those of a POP come again by themselves.
    fn failed(
        &mut self,
        member: ActorId,
        queue: LogId,
        (first, count): (Offset, u64),
        again: bool,
    ) {
        let mut stays = true;
        self.with_member(member, |member| {
            member.received(queue, first, count, again);
            stays = match member.settings.of_group.mode {
                Mode::Concurrent | Mode::Orderly => true,
                Mode::Broadcast | Mode::Pop => false,
            };
        });
        if !stays {
            self.finished(member, queue, first, count);
        }
        self.count(member, count, again);
        if let Some(group) = self.group_of(member) {
            group.failed = group.failed.saturating_add(count);
        }
    }

    fn sent(&mut self, actor: ActorId, message: &Message) {
        let message = message.rocketmq().and_then(QueueMessage::to_broker);
        if let Some(queue) = message.and_then(ToBroker::reads) {
            let pulls = message.and_then(ToBroker::pulls);
            let asked = pulls.map_or(Offset(0), |(_, offset)| offset);
            self.with_member(actor, |member| member.reading(queue).asked = Some(asked));
        }
    }

    fn arrived(&mut self, actor: ActorId, message: &Message) {
        match message.rocketmq() {
            Some(QueueMessage::ToBroker(message)) => {
                let group = self.member(actor).map(|member| member.settings.group);
                if let (Some((queue, first, count)), Some(group)) = (message.acknowledges(), group)
                {
                    self.popped(group, queue, &[(first, count)], false);
                }
            }
            Some(QueueMessage::ToProgram(message)) => self.arrived_at_program(actor, message),
            None => {}
        }
    }

    fn arrived_at_program(&mut self, actor: ActorId, message: &ToProgram) {
        match message {
            ToProgram::SendResult {
                first, count, code, ..
            } => self.with_producer(actor, |producer| {
                producer.unconfirmed.remove(*first, *count);
                let sum = match code {
                    None => &mut producer.confirmed,
                    Some(_) => &mut producer.errors,
                };
                *sum = sum.saturating_add(*count);
            }),
            ToProgram::SentBack {
                queue,
                first,
                count,
                code: None,
            } => self.finished(actor, *queue, *first, *count),
            ToProgram::Pulled {
                queue,
                offset,
                next,
                found,
                ..
            } => self.with_member(actor, |member| {
                let reading = member.queues.get_mut(queue);
                if let Some(reading) = reading.filter(|it| it.asked == Some(*offset)) {
                    reading.asked = None;
                    reading.next = Some(*next);
                    for (first, count) in found.iter() {
                        reading.unfinished.insert(first.0, *count);
                    }
                }
            }),
            ToProgram::Popped { queue, found } => self.with_member(actor, |member| {
                let reading = member.reading(*queue);
                reading.asked = None;
                for (first, count) in found.iter() {
                    reading.unfinished.insert(first.0, *count);
                }
            }),
            ToProgram::PullRefused { queue, .. } => self.with_member(actor, |member| {
                if let Some(reading) = member.queues.get_mut(queue) {
                    reading.asked = None;
                }
            }),
            ToProgram::Done { .. }
            | ToProgram::SentBack { .. }
            | ToProgram::Members { .. }
            | ToProgram::Offset { .. }
            | ToProgram::Locked { .. }
            | ToProgram::MembersChanged
            | ToProgram::Reset { .. } => {}
        }
    }

    /// Messages are off a member's hands.
    fn finished(&mut self, member: ActorId, queue: LogId, first: Offset, count: u64) {
        self.with_member(member, |member| {
            if let Some(reading) = member.queues.get_mut(&queue) {
                reading.unfinished.remove(first.0, count);
                reading.hung.remove(first.0, count);
            }
        });
    }
}
