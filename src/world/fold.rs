//! One event applied to the world. Total: whatever the event, the world stays well formed.

use alloc::sync::Arc;

use super::World;
use super::actor::{ActorState, Consumer, Producer, Program};
use super::ids::IdSet;
use super::stream::{NodeLog, StreamState};
use crate::ids::{ActorId, Epoch, NodeId, Offset, StreamId};
use crate::log::{OffsetSpec, TrackingEntry};
use crate::trace::Arenas;
use crate::trace::event::{Event, Frame, What};
use crate::trace::{ConsumerSettings, ProducerSettings};
use crate::units::{SimDuration, SimTime};

impl World {
    /// Moves the world behind `event`.
    pub fn apply(&mut self, event: &Event, arenas: &Arenas) {
        self.now = self.now.max(event.at);
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
            | What::LeaderElected { .. } => self.apply_to_stream(&event.what, arenas),
            What::Sent { actor, frame } => self.sent(*actor, frame),
            What::Arrived { actor, frame } => self.arrived(*actor, frame),
            What::Lost { actor, frame, .. } => self.off_the_link(*actor, frame),
            What::ProducerStarted { producer, settings } => {
                self.start_producer(*producer, settings)
            }
            What::ConsumerStarted { consumer, settings } => {
                self.start_consumer(*consumer, settings)
            }
            What::Handed { .. } | What::Processed { .. } => {
                self.apply_part(event, arenas, u64::MAX);
            }
            What::Ready { .. }
            | What::Refused { .. }
            | What::Attached { .. }
            | What::Skipped { .. }
            | What::StoredExternally { .. }
            | What::Paused { .. }
            | What::Resumed { .. }
            | What::Closed { .. }
            | What::Crashed { .. }
            | What::Disconnected { .. }
            | What::Printed { .. } => self.apply_to_program(&event.what, arenas),
            What::Fault { actor, fault } => self.actors[actor.index()].faults.push(*fault),
            What::Healed { actor } => self.actors[actor.index()].faults.clear(),
            What::NodeCrashed { node } => self.node(*node, |n| n.up = false),
            What::NodeStarted { node } => self.node(*node, |n| n.up = true),
            What::NodeCut { node } => self.node(*node, |n| n.cut = true),
            What::NodeHealed { node } => self.node(*node, |n| n.cut = false),
            What::Deduplicated { .. } | What::Ignored { .. } | What::Waited => {}
        }
    }

    /// Moves the world behind the first `part` messages of a range; all of it when `part` is not smaller.
    pub fn apply_part(&mut self, event: &Event, arenas: &Arenas, part: u64) {
        match event.what {
            What::Handed {
                producer,
                first_id,
                ids,
                count,
                stride,
            } => {
                let done = count.min(part);
                self.now = self.now.max(end(event.at, stride, done));
                let Some(p) = self.producer_mut(producer) else {
                    return;
                };
                p.sent = p.sent.saturating_add(done);
                // Entries of several messages count as soon as their first message does.
                let entries = if count == 0 {
                    0
                } else {
                    scaled(ids, done, count)
                };
                p.unconfirmed.insert(first_id.0, entries);
            }
            What::Processed {
                consumer,
                first,
                count,
                stride,
                again,
            } => {
                let done = count.min(part);
                if done == 0 {
                    return;
                }
                self.now = self.now.max(end(event.at, stride, done));
                let Some(c) = self.consumer_mut(consumer) else {
                    return;
                };
                let rows = &arenas.stream(c.settings.stream).chunks;
                c.processed(first, done);
                c.redelivered += if again { done } else { 0 };
                c.processed_to += 1;
                c.processed_part = (done < count).then_some(done);
                c.reached(first.plus(done), |row| rows[row as usize].chunk.next());
            }
            _ => self.apply(event, arenas),
        }
    }

    fn apply_to_stream(&mut self, what: &What, arenas: &Arenas) {
        match what {
            What::StreamCreated { stream } => self.create(*stream),
            What::StreamDeleted { stream } => {
                let s = &mut self.streams[stream.index()];
                s.state = StreamState::Deleted;
                s.leader = None;
                s.logs.fill(NodeLog::default());
                s.committed = None;
                s.offsets = Arc::default();
                s.sequences = Arc::default();
                s.expired = None;
            }
            What::Written { stream, row } => self.written(*stream, *row, arenas),
            What::Committed { stream, chunk } => {
                self.streams[stream.index()].committed = Some(*chunk);
            }
            What::Truncated { stream, row } => self.truncated(*stream, *row, arenas),
            What::Stored {
                stream,
                reference,
                offset,
            } => {
                let offsets = &mut self.streams[stream.index()].offsets;
                Arc::make_mut(offsets).insert(reference.clone(), *offset);
            }
            What::OffsetForgotten { stream, reference } => {
                Arc::make_mut(&mut self.streams[stream.index()].offsets).remove(reference);
            }
            What::SequenceForgotten { stream, reference } => {
                Arc::make_mut(&mut self.streams[stream.index()].sequences).remove(reference);
            }
            What::Replicated { stream, node, row } => {
                let s = &mut self.streams[stream.index()];
                let mut log = s.log().clone();
                log.cut_tail(row + 1);
                s.logs[usize::from(node.0) - 1] = log;
            }
            What::Diverged { stream, node, row } => {
                self.streams[stream.index()].logs[usize::from(node.0) - 1].cut_tail(*row);
            }
            What::LeaderLost { stream } => self.streams[stream.index()].leader = None,
            What::LeaderElected {
                stream,
                node,
                epoch,
                offsets,
                sequences,
            } => {
                let s = &mut self.streams[stream.index()];
                s.leader = Some(*node);
                s.epoch = *epoch;
                s.committed = None;
                s.offsets = offsets.clone();
                s.sequences = sequences.clone();
            }
            _ => {}
        }
    }

    fn create(&mut self, stream: StreamId) {
        let s = &mut self.streams[stream.index()];
        s.state = StreamState::Live;
        s.leader = Some(NodeId(1));
        s.epoch = Epoch(1);
        s.logs.fill(NodeLog::default());
        s.committed = None;
        s.offsets = Arc::default();
        s.sequences = Arc::default();
        s.expired = None;
    }

    fn written(&mut self, stream: StreamId, row: u32, arenas: &Arenas) {
        let s = &mut self.streams[stream.index()];
        let node = s.leader.map_or(0, |n| usize::from(n.0) - 1);
        s.logs[node].push(row);
        for entry in &arenas.stream(stream).chunks[row as usize].chunk.tracking {
            if let TrackingEntry::Sequence { reference, id, .. } = entry {
                Arc::make_mut(&mut s.sequences).insert(reference.clone(), *id);
            }
        }
    }

    fn truncated(&mut self, stream: StreamId, row: u32, arenas: &Arenas) {
        let arena = arenas.stream(stream);
        let s = &mut self.streams[stream.index()];
        let from = s.log().first(arena);
        for log in &mut s.logs {
            log.cut_head(row);
        }
        s.expired = Some((from, s.log().first(arena)));
    }

    fn node(&mut self, node: NodeId, change: impl FnOnce(&mut super::Node)) {
        if let Some(node) = self.nodes.get_mut(usize::from(node.0).wrapping_sub(1)) {
            change(node);
        }
    }

    fn sent(&mut self, actor: ActorId, frame: &Frame) {
        let a = &mut self.actors[actor.index()];
        if frame.is_to_broker() {
            a.frames_up = a.frames_up.saturating_add(1);
        } else {
            a.frames_down = a.frames_down.saturating_add(1);
        }
        if let (Frame::Deliver { row }, Some(c)) = (frame, self.consumer_mut(actor)) {
            c.credits = c.credits.saturating_sub(1);
            c.dispatched = Some(*row);
        }
    }

    fn off_the_link(&mut self, actor: ActorId, frame: &Frame) {
        let a = &mut self.actors[actor.index()];
        if frame.is_to_broker() {
            a.frames_up = a.frames_up.saturating_sub(1);
        } else {
            a.frames_down = a.frames_down.saturating_sub(1);
        }
    }

    fn arrived(&mut self, actor: ActorId, frame: &Frame) {
        self.off_the_link(actor, frame);
        match (frame, self.actors[actor.index()].program.as_mut()) {
            (Frame::Subscribe { spec, credit }, Some(Program::Consumer(c))) => {
                c.asked = Some(*spec);
                c.credits = u64::from(*credit);
            }
            (Frame::Credit { credit }, Some(Program::Consumer(c))) => {
                c.credits = c.credits.saturating_add(u64::from(*credit));
            }
            (Frame::Deliver { row }, Some(Program::Consumer(c))) => c.waiting.push_back(*row),
            (
                Frame::Confirm {
                    first_id,
                    ids,
                    count,
                    duplicates,
                },
                Some(Program::Producer(p)),
            ) => {
                p.unconfirmed.remove(first_id.0, *ids);
                p.confirmed = p.confirmed.saturating_add(*count);
                p.deduplicated += if *duplicates { *count } else { 0 };
            }
            (
                Frame::PublishError {
                    first_id,
                    ids,
                    count,
                    ..
                },
                Some(Program::Producer(p)),
            ) => {
                p.unconfirmed.remove(first_id.0, *ids);
                p.errors = p.errors.saturating_add(*count);
            }
            _ => {}
        }
    }

    fn apply_to_program(&mut self, what: &What, arenas: &Arenas) {
        match what {
            What::Ready { actor } => self.set_state(*actor, ActorState::Running),
            What::Refused { actor, .. } => self.set_state(*actor, ActorState::Refused),
            What::Closed { actor } => self.set_state(*actor, ActorState::Closed),
            What::Crashed { actor } => self.set_state(*actor, ActorState::Crashed),
            What::Paused { consumer } => self.set_state(*consumer, ActorState::Paused),
            What::Resumed { consumer } => self.set_state(*consumer, ActorState::Running),
            What::Disconnected { actor } => {
                self.set_state(*actor, ActorState::Starting);
                if let Some(c) = self.consumer_mut(*actor) {
                    c.waiting.clear();
                    c.attached = None;
                    c.credits = 0;
                }
            }
            What::Attached { consumer, at } => {
                if let Some(c) = self.consumer_mut(*consumer) {
                    c.attached = Some(*at);
                    c.position = Some(match c.asked {
                        Some(OffsetSpec::Offset(offset)) => offset.max(*at),
                        _ => *at,
                    });
                }
            }
            What::Skipped {
                consumer,
                first,
                count,
                ..
            } => {
                if let Some(c) = self.consumer_mut(*consumer) {
                    let rows = &arenas.stream(c.settings.stream).chunks;
                    let end = first.plus(*count);
                    c.position = c.position.max(Some(end));
                    c.reached(end, |row| rows[row as usize].chunk.next());
                }
            }
            What::StoredExternally { consumer, offset } => {
                if let Some(c) = self.consumer_mut(*consumer) {
                    c.external = Some(*offset);
                }
            }
            What::Printed { actor, .. } => self.actors[actor.index()].console += 1,
            _ => {}
        }
    }

    fn set_state(&mut self, actor: ActorId, state: ActorState) {
        match self.actors[actor.index()].program.as_mut() {
            Some(Program::Producer(p)) => p.state = state,
            Some(Program::Consumer(c)) => c.state = state,
            None => {}
        }
    }

    fn start_producer(&mut self, id: ActorId, settings: &Arc<ProducerSettings>) {
        match self.producer_mut(id) {
            Some(p) => {
                p.settings = settings.clone();
                p.run += 1;
                p.state = ActorState::Starting;
            }
            None => {
                self.actors[id.index()].program = Some(Program::Producer(Producer {
                    settings: settings.clone(),
                    run: 1,
                    state: ActorState::Starting,
                    sent: 0,
                    unconfirmed: IdSet::new(),
                    confirmed: 0,
                    errors: 0,
                    deduplicated: 0,
                }));
            }
        }
    }

    fn start_consumer(&mut self, id: ActorId, settings: &Arc<ConsumerSettings>) {
        let before = self.consumer(id);
        let next = Consumer::starting(settings.clone(), before);
        self.actors[id.index()].program = Some(Program::Consumer(next));
    }

    fn producer_mut(&mut self, id: ActorId) -> Option<&mut Producer> {
        match self.actors[id.index()].program.as_mut()? {
            Program::Producer(producer) => Some(producer),
            Program::Consumer(_) => None,
        }
    }

    fn consumer_mut(&mut self, id: ActorId) -> Option<&mut Consumer> {
        match self.actors[id.index()].program.as_mut()? {
            Program::Consumer(consumer) => Some(consumer),
            Program::Producer(_) => None,
        }
    }
}

impl Consumer {
    fn starting(settings: Arc<ConsumerSettings>, before: Option<&Self>) -> Self {
        let processed = before.map_or(0, |c| c.processed_to);
        Self {
            settings,
            run: before.map_or(1, |c| c.run + 1),
            state: ActorState::Starting,
            asked: None,
            attached: None,
            first: None,
            last: None,
            received: 0,
            redelivered: 0,
            position: None,
            external: before.and_then(|c| c.external),
            credits: 0,
            dispatched: None,
            waiting: Default::default(),
            processed_from: processed,
            processed_to: processed,
            processed_part: None,
        }
    }

    fn processed(&mut self, first: Offset, count: u64) {
        self.first.get_or_insert(first);
        self.last = Some(first.plus(count - 1));
        self.received = self.received.saturating_add(count);
        self.position = Some(first.plus(count));
    }

    /// Delivered chunks that end at or before `offset` are done.
    fn reached(&mut self, offset: Offset, next_of: impl Fn(u32) -> Offset) {
        while self
            .waiting
            .front()
            .is_some_and(|row| next_of(*row) <= offset)
        {
            self.waiting.pop_front();
        }
    }
}

fn end(at: SimTime, stride: SimDuration, done: u64) -> SimTime {
    at.after(stride.times(done.saturating_sub(1)))
}

/// `whole × part ÷ of`, rounded up, without overflow.
fn scaled(whole: u64, part: u64, of: u64) -> u64 {
    let product = u128::from(whole) * u128::from(part);
    u64::try_from(product.div_ceil(u128::from(of))).unwrap_or(u64::MAX)
}
