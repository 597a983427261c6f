//! The naive book-keeper: one entry a message, read from the trace alone; knows no chunk, link or program.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use offset_lab::base::IdSet;
use offset_lab::family::rabbitmq::broker::ResponseCode;
use offset_lab::family::rabbitmq::event::StreamEvent;
use offset_lab::family::rabbitmq::log::{ChunkKind, OffsetSpec};
use offset_lab::family::rabbitmq::message::{StreamMessage, ToBroker, ToProgram};
use offset_lab::family::rabbitmq::state::ActorState;
use offset_lab::family::rabbitmq::statements::FilterSpec;
use offset_lab::family::{FamilyEvent, Message};
use offset_lab::ids::{ActorId, EventId, PublishingId};
use offset_lab::trace::{Skip, What};
use offset_lab::world::{Cursor, Timeline, World};

/// What the book-keeper knows of a consumer.
#[derive(Default)]
struct Reader {
    /// Where its present subscription is to begin.
    next: Option<u64>,
    /// Processed by connections before the present one.
    before: IdSet,
    current: IdSet,
    /// It asked for what lies beyond the end: only its first chunk is trimmed.
    beyond: bool,
    /// A frame of its own was lost, so that it may starve.
    starved: bool,
    /// Offsets that reached it over its present connection.
    delivered: BTreeSet<u64>,
    filter: Option<FilterSpec>,
}

impl Reader {
    fn wants(&self, offset: u64, values: &BTreeMap<u64, Arc<str>>) -> bool {
        let Some(filter) = &self.filter else {
            return true;
        };
        match values.get(&offset) {
            Some(value) => *value == filter.value,
            None => filter.match_unfiltered,
        }
    }
}

/// The book-keeper.
#[derive(Default)]
pub(super) struct Book {
    /// Frames on links.
    under_way: BTreeSet<EventId>,
    /// Messages that reached the broker and have no fate yet, by producer and id.
    arrived: BTreeMap<(ActorId, u64), u64>,
    /// Messages that were written or recognised as duplicates.
    kept: BTreeMap<(ActorId, u64), u64>,
    /// Offsets of messages, as long as retention leaves them.
    offsets: BTreeSet<u64>,
    /// Filter values of those that have one.
    values: BTreeMap<u64, Arc<str>>,
    next: u64,
    stored: BTreeMap<String, u64>,
    readers: BTreeMap<ActorId, Reader>,
    /// Leaders come and go: what was in memory may be gone.
    upset: bool,
}

impl Book {
    pub(super) fn read(&mut self, timeline: &Timeline) {
        for (event, at) in timeline.trace().events.iter().zip(0..) {
            let id = EventId(at);
            if let What::Arrived { .. } | What::Lost { .. } = event.what {
                let sent = event.cause.expect("a frame was sent");
                assert!(self.under_way.remove(&sent), "event {at}: not on the link");
            }
            match &event.what {
                What::Sent { actor, message } => {
                    self.under_way.insert(id);
                    self.sent(*actor, message);
                }
                What::Arrived { actor, message } => self.arrived(timeline, *actor, message),
                What::Lost { actor, message, .. } if message.is_to_broker() => {
                    self.readers.entry(*actor).or_default().starved = true;
                }
                What::Family(FamilyEvent::RabbitMq(StreamEvent::Written { stream, row })) => {
                    let arena = timeline.trace().arenas.stream(*stream);
                    self.written(&arena.chunks[*row as usize].chunk);
                }
                What::Family(FamilyEvent::RabbitMq(StreamEvent::Truncated { stream, row })) => {
                    let arena = timeline.trace().arenas.stream(*stream);
                    let first = arena.chunks[*row as usize].chunk.id.0;
                    self.offsets = self.offsets.split_off(&first);
                }
                What::Family(FamilyEvent::RabbitMq(StreamEvent::Deduplicated {
                    producer,
                    first_id,
                    count,
                    ..
                })) => {
                    self.fate(*producer, *first_id, *count, true);
                }
                What::Family(FamilyEvent::RabbitMq(StreamEvent::Stored {
                    reference,
                    offset,
                    ..
                })) => {
                    self.stored.insert(reference.to_string(), *offset);
                }
                What::Family(FamilyEvent::RabbitMq(StreamEvent::OffsetForgotten {
                    reference,
                    ..
                })) => {
                    let first = self.offsets.first().copied().unwrap_or(self.next);
                    let forgotten = self.stored.remove(&**reference);
                    assert!(forgotten < Some(first), "event {at}: forgotten too early");
                }
                What::Family(FamilyEvent::RabbitMq(StreamEvent::LeaderLost { .. })) => {
                    self.arrived.clear();
                    self.upset = true;
                }
                What::Family(FamilyEvent::RabbitMq(StreamEvent::LeaderElected {
                    offsets, ..
                })) => {
                    self.stored = offsets.iter().map(|(r, o)| (r.to_string(), *o)).collect();
                }
                What::Family(FamilyEvent::RabbitMq(StreamEvent::Diverged { .. })) => {
                    self.diverged(timeline, at)
                }
                what => self.reading(what),
            }
        }
    }

    /// What happens to a consumer.
    fn reading(&mut self, what: &What) {
        match what {
            What::Family(FamilyEvent::RabbitMq(StreamEvent::Attached { consumer, at })) => {
                let reader = self.readers.entry(*consumer).or_default();
                let from = reader.next.unwrap_or(0).max(at.0);
                reader.beyond = from > self.next;
                reader.next = Some(from);
                reader.starved = false;
            }
            What::Family(FamilyEvent::RabbitMq(StreamEvent::ConsumerStarted {
                consumer,
                settings,
            })) => {
                self.new_connection(*consumer);
                self.readers.entry(*consumer).or_default().filter = settings.filter.clone();
            }
            What::Disconnected { actor, .. } => self.new_connection(*actor),
            What::Processed {
                consumer,
                first,
                count,
                again,
                ..
            } => {
                self.processed(*consumer, first.0, *count, *again);
            }
            What::Skipped {
                consumer,
                first,
                count,
                why: Skip::Filtered,
                ..
            } => {
                let reader = self.readers.entry(*consumer).or_default();
                let mut skipped = first.0..first.0 + count;
                assert!(skipped.all(|offset| !reader.wants(offset, &self.values)));
            }
            What::Skipped {
                consumer,
                first,
                count,
                ..
            } => {
                let reader = self.readers.entry(*consumer).or_default();
                let next = reader.next.expect("attached");
                assert!(
                    first.0 + count <= next,
                    "nothing is skipped that was asked for"
                );
                if reader.beyond {
                    reader.next = Some(first.0 + count);
                    reader.beyond = false;
                }
            }
            _ => {}
        }
    }

    fn new_connection(&mut self, consumer: ActorId) {
        let reader = self.readers.entry(consumer).or_default();
        for (first, last) in std::mem::take(&mut reader.current).ranges() {
            reader.before.insert(*first, last - first + 1);
        }
        reader.next = None;
        reader.delivered.clear();
    }

    fn sent(&mut self, actor: ActorId, message: &Message) {
        match message {
            Message::RabbitMq(StreamMessage::ToProgram(ToProgram::Confirm {
                first_id,
                ids,
                ..
            })) => {
                for id in first_id.0..first_id.0 + ids {
                    let kept = self.kept.get(&(actor, id)).copied().unwrap_or(0);
                    assert!(kept > 0, "confirmed and not kept: {actor} {id}");
                }
            }
            Message::RabbitMq(StreamMessage::ToProgram(ToProgram::PublishError {
                first_id,
                ids,
                code,
                ..
            })) => {
                assert_eq!(*code, ResponseCode::PublisherDoesNotExist);
                assert!(self.upset, "nobody refuses without a fault");
                self.fate(actor, *first_id, *ids, false);
            }
            _ => {}
        }
    }

    fn arrived(&mut self, timeline: &Timeline, actor: ActorId, message: &Message) {
        match message {
            Message::RabbitMq(StreamMessage::ToProgram(ToProgram::Deliver { stream, row })) => {
                let arena = timeline.trace().arenas.stream(*stream);
                let chunk = &arena.chunks[*row as usize].chunk;
                let reader = self.readers.entry(actor).or_default();
                reader.delivered.extend(chunk.id.0..chunk.next().0);
            }
            Message::RabbitMq(StreamMessage::ToBroker(ToBroker::Publish(frames))) => {
                let first = frames.run.first_id.0;
                for id in first..first + frames.ids() {
                    *self.arrived.entry((actor, id)).or_default() += 1;
                }
            }
            Message::RabbitMq(StreamMessage::ToBroker(ToBroker::Subscribe { spec, .. }))
            | Message::RabbitMq(StreamMessage::ToBroker(ToBroker::Activate { spec: Some(spec) })) =>
            {
                let reader = self.readers.entry(actor).or_default();
                reader.next = match spec {
                    OffsetSpec::Offset(offset) => Some(offset.0),
                    _ => None,
                };
            }
            _ => {}
        }
    }

    fn written(&mut self, chunk: &offset_lab::family::rabbitmq::log::Chunk) {
        self.next = chunk.next().0;
        if chunk.kind == ChunkKind::User {
            let mut offset = chunk.id.0;
            for run in &chunk.runs {
                let offsets = offset..offset + run.count;
                offset = offsets.end;
                for offset in offsets {
                    self.offsets.insert(offset);
                    if let Some(value) = &run.filter {
                        self.values.insert(offset, value.clone());
                    }
                }
                let ids = run.count.div_ceil(u64::from(run.sub_batch));
                self.fate(run.producer, run.first_id, ids, true);
            }
            assert_eq!(offset, chunk.next().0, "a chunk holds its messages");
        }
    }

    /// Messages that reached the broker were kept or refused, each once.
    fn fate(&mut self, producer: ActorId, first: PublishingId, count: u64, kept: bool) {
        for id in first.0..first.0 + count {
            let left = self.arrived.get_mut(&(producer, id)).expect("it arrived");
            *left -= 1;
            if *left == 0 {
                self.arrived.remove(&(producer, id));
            }
            if kept {
                *self.kept.entry((producer, id)).or_default() += 1;
            }
        }
    }

    /// What the leader has is what is there.
    fn diverged(&mut self, timeline: &Timeline, at: u32) {
        let world = timeline.world(Cursor::at(at + 1));
        let arena = timeline.trace().arenas.stream(offset_lab::ids::LogId(0));
        self.offsets = world.streams()[0]
            .log()
            .iter(arena)
            .filter(|(_, row)| row.chunk.kind == ChunkKind::User)
            .flat_map(|(_, row)| row.chunk.id.0..row.chunk.next().0)
            .collect();
    }

    /// In order, nothing left out that is still there or had come, nothing twice on one connection;
    /// `again` tells the truth.
    fn processed(&mut self, consumer: ActorId, first: u64, count: u64, again: bool) {
        let reader = self.readers.entry(consumer).or_default();
        for offset in first..first + count {
            let from = reader.next.expect("attached");
            assert!(reader.delivered.contains(&offset), "{consumer} at {offset}");
            assert!(reader.wants(offset, &self.values), "{consumer} at {offset}");
            let mut there = self.offsets.range(from..offset);
            let left_out = there.find(|offset| reader.wants(**offset, &self.values));
            assert_eq!(left_out, None, "consumer {consumer} at {offset}");
            reader.next = Some(offset + 1);
            reader.current.insert(offset, 1);
            assert_eq!(
                reader.before.run_at(offset).0,
                again,
                "{consumer} at {offset}"
            );
        }
    }

    /// At the end: no frame hangs, no message is without a fate, and nobody sits before a message.
    pub(super) fn close(&self, world: &World) {
        assert_eq!(self.under_way, BTreeSet::new());
        assert_eq!(self.arrived, BTreeMap::new());
        for (id, reader) in &self.readers {
            let Some(consumer) = world.consumer(*id) else {
                continue;
            };
            if consumer.state == ActorState::Running && !reader.starved && !self.upset {
                let ahead = reader.next.map(|next| self.offsets.range(next..));
                let left = ahead.and_then(|mut ahead| {
                    ahead.find(|offset| reader.wants(**offset, &self.values))
                });
                assert_eq!(left, None, "{id} waits before a message");
            }
        }
        for (reference, offset) in world.streams()[0].offsets.iter() {
            assert_eq!(self.stored.get(&**reference), Some(offset));
        }
    }
}
