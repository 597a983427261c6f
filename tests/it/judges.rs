//! Random scenarios against a naive book-keeper: it reads the trace alone, knows messages one by one and no
//! chunks, links or programs, and holds the run to what must never happen.

use std::collections::{BTreeMap, BTreeSet};

use offset_lab::broker::rabbitmq::ResponseCode;
use offset_lab::engine::{Progress, Run};
use offset_lab::ids::{ActorId, EventId, PublishingId};
use offset_lab::log::{ChunkKind, OffsetSpec};
use offset_lab::scenario::parse;
use offset_lab::trace::{Frame, What};
use offset_lab::world::{ActorState, Cursor, IdSet, Timeline, World};
use proptest::collection::vec;
use proptest::prelude::*;

const SINGLE: &str = "stream s\nproducer p1 on s\nproducer p2 on s named ref\n\
     consumer c1 on s from first store every 3\nconsumer c2 on s from first\n\
     consumer c3 on s from next store every 5 takes 1ms credit 2\n";
const CLUSTER: &str = "broker rabbitmq-streams 4.0 nodes 3\nstream s\nproducer p1 on s\n\
     producer p2 on s named ref\nconsumer c1 on s from first store every 3\n\
     consumer c2 on s from first\nconsumer c3 on s from next store every 5 takes 1ms credit 2\n";

/// One random line: what, about whom, how much.
type Act = (u8, u8, u64);

fn line((what, who, n): Act, nodes: bool) -> String {
    let producer = ["p1", "p2"][usize::from(who) % 2];
    let consumer = ["c1", "c2", "c3"][usize::from(who) % 3];
    let any = ["p1", "p2", "c1", "c2", "c3"][usize::from(who) % 5];
    let node = who % 3 + 1;
    match what {
        0..=5 => format!("publish {producer} {n} \"m{{n}}\""),
        6 => format!("publish {producer} {n} \"m{{n}}\" in batches of 7"),
        7 => format!("publish {producer} {} \"m{{n}}\" one by one", n % 9 + 1),
        8 => format!("publish {producer} {} \"m{{n}}\" every 700us", n % 9 + 1),
        9 => format!("publish {producer} ids {}..{} \"again\"", n / 2, n / 2 + 5),
        10 => format!("resend {producer}"),
        11 | 12 => format!("crash {any}"),
        13..=15 => format!("restart {any}"),
        16 => format!("stop {consumer}"),
        17 => format!("close {producer}"),
        18 => format!("pause {consumer}"),
        19 | 20 => format!("resume {consumer}"),
        21 => format!("store {consumer} {n}"),
        22 => format!("query {consumer}"),
        23 => format!("credit {consumer} 1"),
        24 => format!("lose next publish from {producer}"),
        25 => format!("lose next confirm to {producer}"),
        26 => format!("lose next store from {consumer}"),
        27 => format!("drop 1/3 from {producer}"),
        28 => format!("delay {any} {n}ms"),
        29 => format!("heal {any}"),
        30 | 31 => "crash broker".to_owned(),
        32..=34 => "start broker".to_owned(),
        35..=38 => "run".to_owned(),
        39 => format!("run for {}ms", n % 20 + 1),
        40 => format!("run until {consumer}.received >= {n}"),
        41 => format!("step {n}"),
        42 => format!("await {producer} confirmed"),
        43 if nodes => format!("cut node {node}"),
        44 | 45 if nodes => format!("heal node {node}"),
        46 if nodes => format!("crash node {node}"),
        47 | 48 if nodes => format!("start node {node}"),
        49 if nodes => "crash leader".to_owned(),
        _ => format!("run for {n}us"),
    }
}

fn text(prelude: &str, acts: &[Act]) -> String {
    let nodes = prelude == CLUSTER;
    let lines = acts.iter().map(|act| line(*act, nodes));
    lines.fold(prelude.to_owned(), |text, line| text + &line + "\n")
}

/// Runs in small slices and compares the two worlds wherever the instant is quiet.
fn run(text: &str) -> Timeline {
    let parsed = parse(text);
    assert_eq!(parsed.diagnostics, [], "{text}");
    let mut run = Run::new(&parsed.scenario);
    while run.advance(97) == Progress::More {}
    run.audit().unwrap_or_else(|what| panic!("{what}\n{text}"));
    let timeline = run.into_timeline();
    assert_eq!(timeline.stopped(), None, "{text}");
    timeline
}

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
}

/// The book-keeper.
#[derive(Default)]
struct Book {
    /// Frames on links.
    under_way: BTreeSet<EventId>,
    /// Messages that reached the broker and have no fate yet, by producer and id.
    arrived: BTreeMap<(ActorId, u64), u64>,
    /// Messages that were written or recognised as duplicates.
    kept: BTreeMap<(ActorId, u64), u64>,
    /// Offsets of messages.
    offsets: BTreeSet<u64>,
    next: u64,
    stored: BTreeMap<String, u64>,
    readers: BTreeMap<ActorId, Reader>,
    /// Leaders come and go: what was in memory may be gone.
    upset: bool,
}

impl Book {
    fn read(&mut self, timeline: &Timeline) {
        for (event, at) in timeline.trace().events.iter().zip(0..) {
            let id = EventId(at);
            if let What::Arrived { .. } | What::Lost { .. } = event.what {
                let sent = event.cause.expect("a frame was sent");
                assert!(self.under_way.remove(&sent), "event {at}: not on the link");
            }
            match &event.what {
                What::Sent { actor, frame } => {
                    self.under_way.insert(id);
                    self.sent(*actor, frame);
                }
                What::Arrived { actor, frame } => self.arrived(*actor, frame),
                What::Lost { actor, frame, .. } if frame.is_to_broker() => {
                    self.readers.entry(*actor).or_default().starved = true;
                }
                What::Written { stream, row } => {
                    let arena = timeline.trace().arenas.stream(*stream);
                    self.written(&arena.chunks[*row as usize].chunk);
                }
                What::Deduplicated {
                    producer,
                    first_id,
                    count,
                    ..
                } => {
                    self.fate(*producer, *first_id, *count, true);
                }
                What::Stored {
                    reference, offset, ..
                } => {
                    self.stored.insert(reference.to_string(), *offset);
                }
                What::LeaderLost { .. } => {
                    self.arrived.clear();
                    self.upset = true;
                }
                What::LeaderElected { offsets, .. } => {
                    self.stored = offsets.iter().map(|(r, o)| (r.to_string(), *o)).collect();
                }
                What::Diverged { .. } => self.diverged(timeline, at),
                what => self.reading(what),
            }
        }
    }

    /// What happens to a consumer.
    fn reading(&mut self, what: &What) {
        match what {
            What::Attached { consumer, at } => {
                let reader = self.readers.entry(*consumer).or_default();
                let from = reader.next.unwrap_or(0).max(at.0);
                reader.beyond = from > self.next;
                reader.next = Some(from);
                reader.starved = false;
            }
            What::ConsumerStarted { consumer, .. } | What::Disconnected { actor: consumer } => {
                self.new_connection(*consumer);
            }
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
    }

    fn sent(&mut self, actor: ActorId, frame: &Frame) {
        match frame {
            Frame::Confirm { first_id, ids, .. } => {
                for id in first_id.0..first_id.0 + ids {
                    let kept = self.kept.get(&(actor, id)).copied().unwrap_or(0);
                    assert!(kept > 0, "confirmed and not kept: {actor} {id}");
                }
            }
            Frame::PublishError {
                first_id,
                ids,
                code,
                ..
            } => {
                assert_eq!(*code, ResponseCode::PublisherDoesNotExist);
                assert!(self.upset, "nobody refuses without a fault");
                self.fate(actor, *first_id, *ids, false);
            }
            _ => {}
        }
    }

    fn arrived(&mut self, actor: ActorId, frame: &Frame) {
        match frame {
            Frame::Publish { first_id, ids, .. } => {
                for id in first_id.0..first_id.0 + ids {
                    *self.arrived.entry((actor, id)).or_default() += 1;
                }
            }
            Frame::Subscribe { spec, .. } => {
                let reader = self.readers.entry(actor).or_default();
                reader.next = match spec {
                    OffsetSpec::Offset(offset) => Some(offset.0),
                    _ => None,
                };
            }
            _ => {}
        }
    }

    fn written(&mut self, chunk: &offset_lab::log::Chunk) {
        self.next = chunk.next().0;
        if chunk.kind == ChunkKind::User {
            for offset in chunk.id.0..chunk.next().0 {
                self.offsets.insert(offset);
            }
            for run in &chunk.runs {
                self.fate(run.producer, run.first_id, run.count, true);
            }
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
        let arena = &timeline.trace().arenas.streams[0];
        self.offsets = world.streams[0]
            .log()
            .iter(arena)
            .filter(|(_, row)| row.chunk.kind == ChunkKind::User)
            .flat_map(|(_, row)| row.chunk.id.0..row.chunk.next().0)
            .collect();
    }

    /// In order, nothing left out, nothing twice on one connection; `again` tells the truth.
    fn processed(&mut self, consumer: ActorId, first: u64, count: u64, again: bool) {
        let reader = self.readers.entry(consumer).or_default();
        for offset in first..first + count {
            let from = reader.next.expect("attached");
            let due = self.offsets.range(from..).next();
            assert_eq!(due, Some(&offset), "consumer {consumer}");
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
    fn close(&self, world: &World) {
        assert_eq!(self.under_way, BTreeSet::new());
        assert_eq!(self.arrived, BTreeMap::new());
        for (id, reader) in &self.readers {
            let Some(consumer) = world.consumer(*id) else {
                continue;
            };
            if consumer.state == ActorState::Running && !reader.starved && !self.upset {
                let left = reader
                    .next
                    .and_then(|next| self.offsets.range(next..).next());
                assert_eq!(left, None, "{id} waits before a message");
            }
        }
        for (reference, offset) in world.streams[0].offsets.iter() {
            assert_eq!(self.stored.get(&**reference), Some(offset));
        }
    }
}

/// Where a tracking consumer starts is what was stored: what it processed and did not store comes again.
fn resumes_behind_the_stored(timeline: &Timeline) {
    let mut stored: BTreeMap<ActorId, Option<u64>> = BTreeMap::new();
    for event in &timeline.trace().events {
        match &event.what {
            What::ConsumerStarted { consumer, .. } | What::Disconnected { actor: consumer } => {
                stored.remove(consumer);
            }
            What::Arrived {
                actor,
                frame: Frame::StoredOffset { offset },
            } => {
                stored.entry(*actor).or_insert(*offset);
            }
            What::Sent {
                actor,
                frame: Frame::Subscribe { spec, .. },
            } => {
                let settings = &timeline.end().consumer(*actor).expect("it runs").settings;
                let wanted = match stored.get(actor).copied().flatten() {
                    Some(offset) if settings.tracks => {
                        OffsetSpec::Offset(offset_lab::ids::Offset(offset + 1))
                    }
                    _ => settings.spec,
                };
                assert_eq!(*spec, wanted);
            }
            _ => {}
        }
    }
}

fn acts() -> impl Strategy<Value = Vec<Act>> {
    vec((0u8..54, any::<u8>(), 1u64..60), 1..60)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 4_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_message_has_one_fate(acts in acts()) {
        let timeline = run(&text(SINGLE, &acts));
        let mut book = Book::default();
        book.read(&timeline);
        book.close(timeline.end());
        resumes_behind_the_stored(&timeline);
    }

    #[test]
    fn a_cluster_keeps_what_it_confirmed(acts in acts()) {
        let timeline = run(&text(CLUSTER, &acts));
        let mut confirmed: BTreeSet<u64> = BTreeSet::new();
        let events = &timeline.trace().events;
        let arena = &timeline.trace().arenas.streams[0];
        for (event, at) in events.iter().zip(0..) {
            if let What::Committed { chunk, .. } = event.what {
                let world = timeline.world(Cursor::at(at));
                let log = world.streams[0].log();
                confirmed.extend(log.iter(arena).map(|(_, r)| r.chunk.id.0).filter(|id| *id <= chunk.0));
            }
            if let What::LeaderElected { .. } = event.what {
                let world = timeline.world(Cursor::at(at + 1));
                let log = world.streams[0].log();
                let has: BTreeSet<u64> = log.iter(arena).map(|(_, r)| r.chunk.id.0).collect();
                prop_assert!(confirmed.is_subset(&has), "event {at}: a committed chunk is gone");
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_seek_is_a_fold_of_so_many_events_and_a_repeat_is_the_same(acts in acts()) {
        let text = text(CLUSTER, &acts);
        let timeline = run(&text);
        let arenas = &timeline.trace().arenas;
        let mut world = World::new(timeline.scenario());
        for (event, at) in timeline.trace().events.iter().zip(0..) {
            prop_assert_eq!(&timeline.world(Cursor::at(at)), &world);
            world.apply(event, arenas);
        }
        prop_assert_eq!(timeline.end(), &world);
        prop_assert_eq!(run(&text).digest(), timeline.digest());
    }
}
