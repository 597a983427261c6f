//! One event applied to this family's part of the world. Total: whatever the event, the state stays well formed.

use alloc::sync::Arc;

use super::{ActorState, Consumer, Producer, Program, State, Stream, StreamState, Subscription};
use crate::base::divide;
use crate::family::Message;
use crate::family::rabbitmq::event::StreamEvent;
use crate::family::rabbitmq::log::TrackingEntry;
use crate::family::rabbitmq::message::{StreamMessage, ToBroker, ToProgram};
use crate::family::rabbitmq::settings::{ConsumerSettings, ProducerSettings};
use crate::ids::{ActorId, Epoch, LogId, NodeId, Offset};
use crate::trace::{Arenas, What};

impl State {
    /// Moves the state behind an event that is no range.
    pub(crate) fn apply(&mut self, what: &What, arenas: &Arenas) {
        match what {
            What::Family(event) => {
                if let Some(event) = event.rabbitmq() {
                    self.family_event(event, arenas);
                }
            }
            What::Sent { actor, message } => self.sent(*actor, message, arenas),
            What::Arrived { actor, message } => self.arrived(*actor, message),
            What::Skipped {
                consumer,
                first,
                count,
                ..
            } => self.skipped(*consumer, first.plus(*count), arenas),
            What::Disconnected { actor, .. } => {
                self.set_state(*actor, ActorState::Starting);
                self.with_consumer(*actor, Consumer::detach);
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

    fn family_event(&mut self, event: &StreamEvent, arenas: &Arenas) {
        match event {
            StreamEvent::StreamCreated { stream } => self.reset(*stream, StreamState::Live),
            StreamEvent::StreamDeleted { stream } => self.reset(*stream, StreamState::Deleted),
            StreamEvent::Written { stream, row } => self.written(*stream, *row, arenas),
            StreamEvent::Committed { stream, chunk } => {
                self.stream(*stream).committed = Some(*chunk);
            }
            StreamEvent::Truncated { stream, row } => self.truncated(*stream, *row, arenas),
            StreamEvent::Stored {
                stream,
                reference,
                offset,
            } => {
                let offsets = &mut self.stream(*stream).offsets;
                Arc::make_mut(offsets).insert(reference.clone(), *offset);
            }
            StreamEvent::OffsetForgotten { stream, reference } => {
                Arc::make_mut(&mut self.stream(*stream).offsets).remove(reference);
            }
            StreamEvent::SequenceForgotten { stream, reference } => {
                Arc::make_mut(&mut self.stream(*stream).sequences).remove(reference);
            }
            StreamEvent::Replicated { stream, node, row } => self.replicated(*stream, *node, *row),
            StreamEvent::Diverged { stream, node, row } => {
                self.stream(*stream).logs[usize::from(node.0) - 1].cut_tail(*row);
            }
            StreamEvent::LeaderLost { stream } => self.stream(*stream).leader = None,
            StreamEvent::LeaderElected {
                stream,
                node,
                epoch,
                offsets,
                sequences,
            } => self
                .stream(*stream)
                .led(*node, *epoch, offsets.clone(), sequences.clone()),
            StreamEvent::ProducerStarted { producer, settings } => {
                self.start_producer(*producer, settings);
            }
            StreamEvent::ConsumerStarted { consumer, settings } => {
                self.start_consumer(*consumer, settings);
            }
            StreamEvent::Numbered {
                producer,
                from,
                to,
                ids,
            } => self.with_producer(*producer, |p| {
                p.unconfirmed.remove(from.0, *ids);
                p.unconfirmed.insert(to.0, *ids);
            }),
            StreamEvent::Attached { consumer, at } => {
                self.with_consumer(*consumer, |c| c.attach(*at));
            }
            StreamEvent::StoredExternally { consumer, offset } => {
                self.with_consumer(*consumer, |c| c.external = Some(*offset));
            }
            StreamEvent::Refused { actor, .. } => self.set_state(*actor, ActorState::Refused),
            StreamEvent::PolicySet { stream, limits } => self.stream(*stream).policy = *limits,
            StreamEvent::Handed { .. }
            | StreamEvent::StreamRefused { .. }
            | StreamEvent::Deduplicated { .. } => {}
        }
    }

    /// Moves the state behind the first `done` messages of a range.
    pub(crate) fn apply_part(&mut self, what: &What, arenas: &Arenas, done: u64) {
        match what {
            What::Processed {
                consumer,
                first,
                count,
                again,
                ..
            } => {
                self.group_processed(*consumer, *first, done);
                self.with_consumer(*consumer, |c| {
                    c.processed(*first, done);
                    c.redelivered += if *again { done } else { 0 };
                    c.processed_to += 1;
                    c.processed_part = (done < *count).then_some(done);
                    let rows = &arenas.stream(c.settings.stream).chunks;
                    c.reached(first.plus(done), |row| rows[row as usize].chunk.next());
                });
            }
            What::Family(event) => {
                if let Some(event) = event.rabbitmq() {
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

    /// What a consumer processed counts for all of its name.
    fn group_processed(&mut self, consumer: ActorId, first: Offset, count: u64) {
        let Some(Program::Consumer(c)) = &self.programs[consumer.index()] else {
            return;
        };
        if let Some(name) = c.settings.group() {
            let stream = &mut self.streams[c.settings.stream.index()];
            stream.processed_under(name, first, count);
        }
    }

    fn family_part(&mut self, event: &StreamEvent, done: u64) {
        match event {
            StreamEvent::Handed {
                producer,
                first_id,
                ids,
                count,
                ..
            } => self.with_producer(*producer, |p| {
                p.sent = p.sent.saturating_add(done);
                // An entry of several messages counts as soon as its first message does.
                p.unconfirmed.insert(first_id.0, scaled(*ids, done, *count));
            }),
            StreamEvent::StreamCreated { .. }
            | StreamEvent::StreamRefused { .. }
            | StreamEvent::PolicySet { .. }
            | StreamEvent::StreamDeleted { .. }
            | StreamEvent::Written { .. }
            | StreamEvent::Committed { .. }
            | StreamEvent::Truncated { .. }
            | StreamEvent::Stored { .. }
            | StreamEvent::OffsetForgotten { .. }
            | StreamEvent::SequenceForgotten { .. }
            | StreamEvent::Deduplicated { .. }
            | StreamEvent::Attached { .. }
            | StreamEvent::ProducerStarted { .. }
            | StreamEvent::Numbered { .. }
            | StreamEvent::ConsumerStarted { .. }
            | StreamEvent::Refused { .. }
            | StreamEvent::StoredExternally { .. }
            | StreamEvent::Replicated { .. }
            | StreamEvent::Diverged { .. }
            | StreamEvent::LeaderLost { .. }
            | StreamEvent::LeaderElected { .. } => {}
        }
    }

    fn reset(&mut self, stream: LogId, state: StreamState) {
        let nodes = self.nodes;
        let s = self.stream(stream);
        let policy = s.policy;
        *s = Stream::new(nodes);
        s.policy = policy;
        s.state = state;
        if state == StreamState::Live {
            s.leader = Some(NodeId(1));
            s.led_by = NodeId(1);
            s.epoch = Epoch(1);
        }
    }

    fn written(&mut self, stream: LogId, row: u32, arenas: &Arenas) {
        let s = self.stream(stream);
        let node = usize::from(s.led_by.0) - 1;
        s.logs[node].push(row);
        for entry in &arenas.stream(stream).chunks[row as usize].chunk.tracking {
            if let TrackingEntry::Sequence { reference, id, .. } = entry {
                Arc::make_mut(&mut s.sequences).insert(reference.clone(), *id);
            }
        }
    }

    fn truncated(&mut self, stream: LogId, row: u32, arenas: &Arenas) {
        let arena = arenas.stream(stream);
        let s = self.stream(stream);
        let from = s.log().first(arena);
        for log in &mut s.logs {
            log.cut_head(row);
        }
        s.expired = Some((from, s.log().first(arena)));
    }

    fn replicated(&mut self, stream: LogId, node: NodeId, row: u32) {
        let s = self.stream(stream);
        let mut log = s.log().clone();
        log.cut_tail(row + 1);
        s.logs[usize::from(node.0) - 1] = log;
    }

    fn skipped(&mut self, consumer: ActorId, end: Offset, arenas: &Arenas) {
        self.with_consumer(consumer, |c| {
            let rows = &arenas.stream(c.settings.stream).chunks;
            c.position = c.position.max(Some(end));
            c.reached(end, |row| rows[row as usize].chunk.next());
        });
    }

    fn sent(&mut self, actor: ActorId, message: &Message, arenas: &Arenas) {
        let Some(message) = message.rabbitmq().and_then(StreamMessage::to_program) else {
            return;
        };
        let Some((stream, row)) = message.delivered() else {
            return self.with_consumer(actor, |c| c.told(message));
        };
        let messages = arenas.stream(stream).chunks[row as usize].chunk.records;
        self.with_consumer(actor, |c| {
            c.dispatched_messages = c.dispatched_messages.saturating_add(messages);
            c.credits = c.credits.saturating_sub(1);
            c.dispatched = Some(row);
        });
    }

    fn arrived(&mut self, actor: ActorId, message: &Message) {
        match message.rabbitmq() {
            Some(StreamMessage::ToBroker(message)) => {
                self.arrived_at_broker(actor, message);
            }
            Some(StreamMessage::ToProgram(message)) => {
                self.arrived_at_program(actor, message);
            }
            None => {}
        }
    }

    fn arrived_at_broker(&mut self, actor: ActorId, message: &ToBroker) {
        match message {
            ToBroker::Subscribe { spec, credit } => self.with_consumer(actor, |c| {
                c.asked = Some(*spec);
                c.credits = u64::from(*credit);
            }),
            ToBroker::Credit { credit } => self.with_consumer(actor, |c| {
                c.credits = c.credits.saturating_add(u64::from(*credit));
            }),
            ToBroker::Declare
            | ToBroker::QuerySequence
            | ToBroker::Publish(_)
            | ToBroker::QueryOffset(_)
            | ToBroker::Store { .. }
            | ToBroker::Activate { .. } => {}
            ToBroker::Unsubscribe | ToBroker::Close => {
                self.with_consumer(actor, |c| c.subscription = Subscription::Absent);
            }
        }
    }

    fn arrived_at_program(&mut self, actor: ActorId, message: &ToProgram) {
        match message {
            ToProgram::Deliver { row, .. } => {
                self.with_consumer(actor, |c| c.waiting.push_back(*row));
            }
            ToProgram::Confirm {
                first_id,
                ids,
                count,
                duplicates,
            } => self.with_producer(actor, |p| {
                p.unconfirmed.remove(first_id.0, *ids);
                p.confirmed = p.confirmed.saturating_add(*count);
                p.deduplicated += if *duplicates { *count } else { 0 };
            }),
            ToProgram::PublishError {
                first_id,
                ids,
                count,
                ..
            } => self.with_producer(actor, |p| {
                p.unconfirmed.remove(first_id.0, *ids);
                p.errors = p.errors.saturating_add(*count);
            }),
            ToProgram::Answer { .. }
            | ToProgram::MetadataUpdate { .. }
            | ToProgram::ConsumerUpdate { .. } => {}
        }
    }

    fn set_state(&mut self, actor: ActorId, state: ActorState) {
        match &mut self.programs[actor.index()] {
            Some(Program::Producer(p)) => p.state = state,
            Some(Program::Consumer(c)) => c.turned(state),
            None => {}
        }
    }

    fn start_producer(&mut self, id: ActorId, settings: &Arc<ProducerSettings>) {
        match &mut self.programs[id.index()] {
            Some(Program::Producer(producer)) => producer.start_again(settings.clone()),
            program => *program = Some(Program::Producer(Producer::starting(settings.clone()))),
        }
    }

    fn start_consumer(&mut self, id: ActorId, settings: &Arc<ConsumerSettings>) {
        let program = &mut self.programs[id.index()];
        let before = match program {
            Some(Program::Consumer(consumer)) => Some(&*consumer),
            Some(Program::Producer(_)) | None => None,
        };
        let next = Consumer::starting(settings.clone(), before);
        *program = Some(Program::Consumer(next));
    }

    fn stream(&mut self, id: LogId) -> &mut Stream {
        &mut self.streams[id.index()]
    }

    fn with_producer(&mut self, id: ActorId, change: impl FnOnce(&mut Producer)) {
        if let Some(Program::Producer(producer)) = &mut self.programs[id.index()] {
            change(producer);
        }
    }

    fn with_consumer(&mut self, id: ActorId, change: impl FnOnce(&mut Consumer)) {
        if let Some(Program::Consumer(consumer)) = &mut self.programs[id.index()] {
            change(consumer);
        }
    }
}

/// `whole × part ÷ of`, rounded up, without overflow.
fn scaled(whole: u64, part: u64, of: u64) -> u64 {
    let product = u128::from(whole) * u128::from(part);
    let of = u128::from(of.max(1));
    u64::try_from(divide(product + (of - 1), of)).unwrap_or(u64::MAX)
}
