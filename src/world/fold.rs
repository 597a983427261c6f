//! One event applied to the world. Total: whatever the event, the world stays well formed.

use alloc::sync::Arc;

use super::actor::{ActorState, Consumer, Producer, Program};
use super::stream::{Stream, StreamState};
use super::{Node, World};
use crate::base::IdSet;
use crate::family::rabbitmq::log::TrackingEntry;
use crate::family::rabbitmq::settings::{ConsumerSettings, ProducerSettings};
use crate::ids::{ActorId, Epoch, NodeId, Offset, StreamId};
use crate::trace::Arenas;
use crate::trace::frame::Loss;
use crate::trace::{Event, Frame, What};
use crate::units::{SimDuration, SimTime};

impl World {
    /// Moves the world behind `event`.
    pub fn apply(&mut self, event: &Event, arenas: &Arenas) {
        self.now = self.now.max(event.at);
        match &event.what {
            What::StreamCreated { stream } => self.reset_stream(*stream, StreamState::Live),
            What::StreamDeleted { stream } => self.reset_stream(*stream, StreamState::Deleted),
            What::Written { stream, row } => self.written(*stream, *row, arenas),
            What::Committed { stream, chunk } => self.stream_mut(*stream).committed = Some(*chunk),
            What::Truncated { stream, row } => self.truncated(*stream, *row, arenas),
            What::Stored { stream, .. }
            | What::OffsetForgotten { stream, .. }
            | What::SequenceForgotten { stream, .. } => self.tracked(*stream, &event.what),
            What::Replicated { stream, node, row } => self.replicated(*stream, *node, *row),
            What::Diverged { stream, node, row } => {
                self.stream_mut(*stream).logs[usize::from(node.0) - 1].cut_tail(*row);
            }
            What::LeaderLost { stream } => self.stream_mut(*stream).leader = None,
            What::LeaderElected { stream, .. } => self.elected(*stream, &event.what),
            What::Sent { actor, frame } => self.sent(*actor, frame, arenas),
            What::Arrived { actor, frame } => self.arrived(*actor, frame),
            What::Lost { actor, frame, why } => self.lost(*actor, frame, *why),
            What::ProducerStarted { producer, settings } => {
                self.start_producer(*producer, settings)
            }
            What::ConsumerStarted { consumer, settings } => {
                self.start_consumer(*consumer, settings)
            }
            What::Handed { .. } | What::Processed { .. } => {
                self.apply_part(event, arenas, u64::MAX);
            }
            What::Numbered { producer, .. } => self.numbered(*producer, &event.what),
            What::Attached { consumer, at } => self.with_consumer(*consumer, |c| c.attach(*at)),
            What::Skipped {
                consumer,
                first,
                count,
                ..
            } => self.skipped(*consumer, first.plus(*count), arenas),
            What::StoredExternally { consumer, offset } => {
                self.with_consumer(*consumer, |c| c.external = Some(*offset));
            }
            What::Printed { actor, .. } => self.actors[actor.index()].console += 1,
            What::Disconnected { actor } => self.disconnected(*actor),
            What::Ready { actor } => self.set_state(*actor, ActorState::Running),
            What::Refused { actor, .. } => self.set_state(*actor, ActorState::Refused),
            What::Closed { actor } => self.set_state(*actor, ActorState::Closed),
            What::Crashed { actor } => self.set_state(*actor, ActorState::Crashed),
            What::Paused { consumer } => self.set_state(*consumer, ActorState::Paused),
            What::Resumed { consumer } => self.set_state(*consumer, ActorState::Running),
            What::Fault { actor, fault } => self.fault(*actor, *fault),
            What::Healed { actor } => self.actors[actor.index()].faults.clear(),
            What::NodeCrashed { node } => self.node_mut(*node).up = false,
            What::NodeStarted { node } => self.node_mut(*node).up = true,
            What::NodeCut { node } => self.node_mut(*node).cut = true,
            What::NodeHealed { node } => self.node_mut(*node).cut = false,
            What::StreamRefused { .. }
            | What::Deduplicated { .. }
            | What::Ignored { .. }
            | What::Waited => {}
        }
    }

    /// Moves the world behind the first `part` messages of a range; all of it when `part` is not
    /// smaller. An event that is no range is not touched.
    pub fn apply_part(&mut self, event: &Event, arenas: &Arenas, part: u64) {
        if let What::Handed {
            producer,
            first_id,
            ids,
            count,
            stride,
        } = event.what
        {
            let done = count.min(part);
            self.now = self.now.max(end(event.at, stride, done));
            self.with_producer(producer, |p| {
                p.sent = p.sent.saturating_add(done);
                // An entry of several messages counts as soon as its first message does.
                p.unconfirmed.insert(first_id.0, scaled(ids, done, count));
            });
        }
        if let What::Processed {
            consumer,
            first,
            count,
            stride,
            again,
        } = event.what
        {
            let done = count.min(part);
            if done == 0 {
                return;
            }
            self.now = self.now.max(end(event.at, stride, done));
            self.with_consumer(consumer, |c| {
                c.processed(first, done);
                c.redelivered += if again { done } else { 0 };
                c.processed_to += 1;
                c.processed_part = (done < count).then_some(done);
                let rows = &arenas.stream(c.settings.stream).chunks;
                c.reached(first.plus(done), |row| rows[row as usize].chunk.next());
            });
        }
    }

    /// What the writer remembers of stores and sequences.
    fn tracked(&mut self, stream: StreamId, what: &What) {
        let s = self.stream_mut(stream);
        if let What::Stored {
            reference, offset, ..
        } = what
        {
            Arc::make_mut(&mut s.offsets).insert(reference.clone(), *offset);
        }
        if let What::OffsetForgotten { reference, .. } = what {
            Arc::make_mut(&mut s.offsets).remove(reference);
        }
        if let What::SequenceForgotten { reference, .. } = what {
            Arc::make_mut(&mut s.sequences).remove(reference);
        }
    }

    fn numbered(&mut self, producer: ActorId, what: &What) {
        if let What::Numbered { from, to, ids, .. } = what {
            self.with_producer(producer, |p| {
                p.unconfirmed.remove(from.0, *ids);
                p.unconfirmed.insert(to.0, *ids);
            });
        }
    }

    fn lost(&mut self, actor: ActorId, frame: &Frame, why: Loss) {
        self.off_the_link(actor, frame);
        if why == Loss::Chosen {
            self.used_up(actor, frame);
        }
    }

    fn disconnected(&mut self, actor: ActorId) {
        self.set_state(actor, ActorState::Starting);
        self.with_consumer(actor, Consumer::detach);
    }

    fn reset_stream(&mut self, stream: StreamId, state: StreamState) {
        let nodes = self.nodes.len();
        let s = self.stream_mut(stream);
        *s = Stream::new(nodes);
        s.state = state;
        if state == StreamState::Live {
            s.leader = Some(NodeId(1));
            s.led_by = NodeId(1);
            s.epoch = Epoch(1);
        }
    }

    fn written(&mut self, stream: StreamId, row: u32, arenas: &Arenas) {
        let s = &mut self.streams[stream.index()];
        let node = usize::from(s.led_by.0) - 1;
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

    fn replicated(&mut self, stream: StreamId, node: NodeId, row: u32) {
        let s = self.stream_mut(stream);
        let mut log = s.log().clone();
        log.cut_tail(row + 1);
        s.logs[usize::from(node.0) - 1] = log;
    }

    fn elected(&mut self, stream: StreamId, what: &What) {
        let What::LeaderElected {
            node,
            epoch,
            offsets,
            sequences,
            ..
        } = what
        else {
            return;
        };
        let s = self.stream_mut(stream);
        s.leader = Some(*node);
        s.led_by = *node;
        s.epoch = *epoch;
        s.committed = None;
        s.offsets = offsets.clone();
        s.sequences = sequences.clone();
    }

    fn skipped(&mut self, consumer: ActorId, end: Offset, arenas: &Arenas) {
        self.with_consumer(consumer, |c| {
            let rows = &arenas.stream(c.settings.stream).chunks;
            c.position = c.position.max(Some(end));
            c.reached(end, |row| rows[row as usize].chunk.next());
        });
    }

    fn sent(&mut self, actor: ActorId, frame: &Frame, arenas: &Arenas) {
        let a = &mut self.actors[actor.index()];
        if frame.is_to_broker() {
            a.frames_up = a.frames_up.saturating_add(1);
        } else {
            a.frames_down = a.frames_down.saturating_add(1);
        }
        if let Frame::Deliver { stream, row } = frame {
            let messages = arenas.stream(*stream).chunks[*row as usize].chunk.records;
            self.with_consumer(actor, |c| {
                c.dispatched_messages = c.dispatched_messages.saturating_add(messages);
                c.credits = c.credits.saturating_sub(1);
                c.dispatched = Some(*row);
            });
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
            (Frame::Deliver { row, .. }, Some(Program::Consumer(c))) => c.waiting.push_back(*row),
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

    fn set_state(&mut self, actor: ActorId, state: ActorState) {
        match self.actors[actor.index()].program.as_mut() {
            Some(Program::Producer(p)) => p.state = state,
            Some(Program::Consumer(c)) => c.state = state,
            None => {}
        }
    }

    fn start_producer(&mut self, id: ActorId, settings: &Arc<ProducerSettings>) {
        match &mut self.actors[id.index()].program {
            Some(Program::Producer(p)) => {
                p.settings = settings.clone();
                p.run += 1;
                p.state = ActorState::Starting;
            }
            program => {
                *program = Some(Program::Producer(Producer {
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

    fn stream_mut(&mut self, id: StreamId) -> &mut Stream {
        &mut self.streams[id.index()]
    }

    fn node_mut(&mut self, id: NodeId) -> &mut Node {
        &mut self.nodes[usize::from(id.0) - 1]
    }

    fn with_producer(&mut self, id: ActorId, change: impl FnOnce(&mut Producer)) {
        if let Some(Program::Producer(producer)) = &mut self.actors[id.index()].program {
            change(producer);
        }
    }

    fn with_consumer(&mut self, id: ActorId, change: impl FnOnce(&mut Consumer)) {
        if let Some(Program::Consumer(consumer)) = &mut self.actors[id.index()].program {
            change(consumer);
        }
    }
}

fn end(at: SimTime, stride: SimDuration, done: u64) -> SimTime {
    at.after(stride.times(done.saturating_sub(1)))
}

/// `whole × part ÷ of`, rounded up, without overflow.
fn scaled(whole: u64, part: u64, of: u64) -> u64 {
    let product = u128::from(whole) * u128::from(part);
    u64::try_from(product.div_ceil(u128::from(of.max(1)))).unwrap_or(u64::MAX)
}
