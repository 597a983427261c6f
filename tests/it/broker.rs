//! The broker by the published vectors: gaps, rolls, timestamps, commits, credits, deduplication,
//! nodes. Each batch is cut by hand.

#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use std::sync::Arc;

use offset_lab::broker::rabbitmq::{
    Broker, Effect, Properties, Request, Response, ResponseCode, Rules, StreamArguments, Token,
};
use offset_lab::ids::{
    ActorId, ConnectionId, NodeId, Offset, PublisherId, PublishingId, SubscriptionId,
};
use offset_lab::log::{Body, BodyPart, ChunkKind, Encoding, MessageRun, OffsetSpec};
use offset_lab::units::{Bytes, SimTime};

const A: ConnectionId = ConnectionId(0);
const P: PublisherId = PublisherId(1);
const SUB: SubscriptionId = SubscriptionId(0);

/// A broker with one stream `s`, and what it did last.
struct Lab {
    broker: Broker,
    now: u64,
    out: Vec<Effect>,
}

fn run(first: u64, count: u64) -> MessageRun {
    MessageRun {
        producer: ActorId(0),
        body: Arc::new(Body {
            parts: vec![BodyPart::Literal("m".into()), BodyPart::Id],
        }),
        encoding: Encoding::Raw,
        first_index: 0,
        first_count: 0,
        first_id: PublishingId(first),
        count,
        sub_batch: 1,
        filter: None,
    }
}

impl Lab {
    fn new(reference: &str, arguments: StreamArguments, nodes: u8) -> Self {
        let rules = Rules::parse("4.3").expect("a version");
        let mut lab = Self {
            broker: Broker::new(rules, nodes),
            now: 0,
            out: Vec::new(),
        };
        let stream: Arc<str> = "s".into();
        lab.ask(Request::Create {
            stream: stream.clone(),
            arguments,
        });
        lab.ask(Request::DeclarePublisher {
            publisher: P,
            reference: reference.into(),
            stream,
        });
        lab
    }

    fn ask(&mut self, request: Request) {
        self.out.clear();
        let now = SimTime(self.now * 1_000);
        self.broker
            .request(now, A, Token(0), request, &mut self.out);
    }

    fn publish(&mut self, first: u64, count: u64) -> &mut Self {
        self.ask(Request::Publish {
            publisher: P,
            messages: vec![run(first, count)],
        });
        self
    }

    fn store(&mut self, reference: &str, offset: u64) -> &mut Self {
        self.ask(Request::StoreOffset {
            reference: reference.into(),
            stream: "s".into(),
            offset,
        });
        self
    }

    /// One batch of everything that waits, then what follows from it.
    fn batch(&mut self) -> &mut Self {
        let now = SimTime(self.now * 1_000);
        self.out.clear();
        self.broker.writer_batch(now, "s", u64::MAX, &mut self.out);
        self.broker.dispatch(now, "s", &mut self.out);
        self.broker.retention(now, "s", &mut self.out);
        self
    }

    fn stored(&mut self, reference: &str) -> Option<u64> {
        self.ask(Request::QueryOffset {
            reference: reference.into(),
            stream: "s".into(),
        });
        self.batch();
        self.picked(|effect| {
            if let Effect::Respond {
                response: Response::StoredOffset(offset),
                ..
            } = effect
            {
                return Some(*offset);
            }
            None
        })
        .pop()
    }

    /// Chunks as kind, first offset and records.
    fn chunks(&self) -> Vec<(char, u64, u64)> {
        let stream = self.broker.stream("s").expect("it was created");
        let letter = |kind| match kind {
            ChunkKind::User => 'u',
            ChunkKind::TrackingDelta => 'd',
            ChunkKind::TrackingSnapshot => 's',
        };
        let chunks = stream.log().chunks();
        chunks
            .map(|chunk| (letter(chunk.kind), chunk.id.0, chunk.records))
            .collect()
    }

    fn first(&self) -> u64 {
        self.broker
            .stream("s")
            .expect("it was created")
            .log()
            .first()
            .0
    }

    /// What `pick` finds among the effects.
    fn picked<T>(&self, pick: impl Fn(&Effect) -> Option<T>) -> Vec<T> {
        self.out.iter().filter_map(pick).collect()
    }

    /// The ids of each confirm frame.
    fn confirmed(&self) -> Vec<Vec<(u64, u64)>> {
        self.picked(|effect| {
            if let Effect::Confirm { ids, .. } = effect {
                return Some(ids.iter().map(|(id, count)| (id.0, *count)).collect());
            }
            None
        })
    }

    fn subscribe(&mut self, spec: OffsetSpec, credit: u16) -> Vec<u64> {
        self.ask(Request::Unsubscribe { subscription: SUB });
        self.ask(Request::Subscribe {
            subscription: SUB,
            stream: "s".into(),
            spec,
            credit,
            properties: Properties::default(),
        });
        self.delivered()
    }

    fn credit(&mut self, credit: u16) -> usize {
        self.ask(Request::Credit {
            subscription: SUB,
            credit,
        });
        self.delivered().len()
    }

    /// The chunks that were sent.
    fn delivered(&self) -> Vec<u64> {
        self.picked(|effect| {
            if let Effect::Deliver { chunk, .. } = effect {
                return Some(chunk.id.0);
            }
            None
        })
    }
}

/// The first vector: what takes an offset and what rides along.
fn gaps() -> Lab {
    let mut lab = Lab::new("", StreamArguments::default(), 1);
    lab.publish(0, 5).batch();
    lab.store("c1", 2).batch();
    lab.publish(5, 2)
        .store("c1", 4)
        .store("c1", 5)
        .store("c2", 1);
    lab.batch();
    lab.store("c1", 6).store("c2", 6).store("c3", 0).batch();
    lab
}

#[test]
fn stores_alone_take_one_offset_a_batch_and_none_beside_messages() {
    let mut lab = gaps();
    let chunks = [('u', 0, 5), ('d', 5, 1), ('u', 6, 2), ('d', 8, 1)];
    assert_eq!(lab.chunks(), chunks);
    assert_eq!(lab.stored("c1"), Some(6));
    assert_eq!(lab.stored("c3"), Some(0));
    assert_eq!(lab.stored("cX"), None);
    let stream = lab.broker.stream("s").expect("it was created");
    assert_eq!(stream.committed(), Some(Offset(8)));
    assert_eq!(stream.committed_offset(), Some(Offset(8)));
}

#[test]
fn specs_attach_at_chunks() {
    let mut lab = gaps();
    for (spec, delivered) in [
        (OffsetSpec::First, vec![0, 6]),
        (OffsetSpec::Last, vec![6]),
        (OffsetSpec::Next, vec![]),
        (OffsetSpec::Offset(Offset(3)), vec![0, 6]),
        (OffsetSpec::Offset(Offset(5)), vec![6]),
        (OffsetSpec::Offset(Offset(8)), vec![]),
        (OffsetSpec::Offset(Offset(20)), vec![]),
        (OffsetSpec::Offset(Offset(u64::MAX)), vec![]),
    ] {
        assert_eq!(lab.subscribe(spec, 10), delivered, "{spec:?}");
    }
    lab.batch();
    lab.publish(7, 2).batch();
    assert_eq!(lab.delivered(), [9], "beyond the end attaches at the end");
}

#[test]
fn rolls_write_snapshots_and_retention_trims_them_one_roll_late() {
    // Segments of three chunks, of which two are kept: by bytes, all chunks being alike enough.
    let arguments = StreamArguments {
        segment_size: Some(Bytes(8 + 3 * 56)),
        max_length: Some(Bytes(440)),
        ..StreamArguments::default()
    };
    let mut lab = Lab::new("", arguments, 1);
    let mut id = 10;
    let mut publish = |lab: &mut Lab| {
        lab.publish(id, 2).batch();
        id += 2;
    };
    publish(&mut lab);
    lab.store("c1", 1).batch();
    publish(&mut lab);
    assert_eq!(lab.chunks(), [('u', 0, 2), ('d', 2, 1), ('u', 3, 2)]);
    publish(&mut lab);
    assert_eq!(lab.chunks()[3..], [('s', 5, 1), ('u', 6, 2)]);
    publish(&mut lab);
    publish(&mut lab);
    assert_eq!(lab.first(), 5);
    assert_eq!(lab.stored("c1"), Some(1), "stale: below the first offset");
    publish(&mut lab);
    publish(&mut lab);
    assert_eq!(lab.first(), 10);
    assert_eq!(lab.stored("c1"), None, "trimmed by the next snapshot");
    publish(&mut lab);
    publish(&mut lab);
    let last = lab.chunks().last().copied();
    assert_eq!(last, Some(('u', 20, 2)), "nothing tracked: no snapshot");
    assert_eq!(lab.first(), 15);
}

#[test]
fn timestamps_find_the_first_chunk_at_or_after() {
    let mut lab = Lab::new("", StreamArguments::default(), 1);
    for (ms, first, count) in [(100, 0, 10), (200, 10, 10), (300, 20, 5)] {
        lab.now = ms;
        lab.publish(first, count).batch();
    }
    for (ms, delivered) in [
        (50, vec![0, 10, 20]),
        (100, vec![0, 10, 20]),
        (101, vec![10, 20]),
        (200, vec![10, 20]),
        (250, vec![20]),
        (300, vec![20]),
        (301, vec![]),
    ] {
        let spec = OffsetSpec::Timestamp { ms };
        assert_eq!(lab.subscribe(spec, 10), delivered, "{ms}");
    }
}

#[test]
fn credits_are_used_by_half_windows() {
    let mut lab = Lab::new("", StreamArguments::default(), 1);
    for id in 0..30 {
        lab.publish(id, 1).batch();
    }
    assert_eq!(lab.subscribe(OffsetSpec::First, 10).len(), 10);
    for _ in 0..5 {
        assert_eq!(lab.credit(1), 0);
    }
    assert_eq!(lab.credit(1), 6);
    assert_eq!(lab.subscribe(OffsetSpec::First, 1), [0]);
    assert_eq!(lab.credit(1), 1);
}

#[test]
fn duplicates_are_confirmed_and_not_stored() {
    let mut lab = Lab::new("p", StreamArguments::default(), 1);
    lab.publish(0, 3).batch();
    assert_eq!(lab.confirmed(), [[(0, 3)]]);
    lab.publish(2, 2).batch();
    assert_eq!(lab.confirmed(), [[(2, 1)], [(3, 1)]]);
    lab.publish(10, 1).batch();
    lab.publish(4, 1).batch();
    assert_eq!(lab.confirmed(), [[(4, 1)]]);
    let messages: u64 = lab.chunks().iter().map(|chunk| chunk.2).sum();
    assert_eq!(messages, 5);
    for (reference, highest) in [("p", 10), ("q", 0)] {
        lab.ask(Request::QueryPublisherSequence {
            reference: reference.into(),
            stream: "s".into(),
        });
        lab.batch();
        let answer = Response::Sequence(highest);
        assert!(
            lab.out
                .iter()
                .any(|e| matches!(e, Effect::Respond { response, .. } if *response == answer))
        );
    }
}

#[test]
fn ids_at_the_end_of_their_range_neither_wrap_nor_panic() {
    let mut lab = Lab::new("p", StreamArguments::default(), 1);
    for id in [u64::MAX - 1, u64::MAX, 5] {
        lab.publish(id, 1).batch();
        assert_eq!(lab.confirmed(), [[(id, 1)]]);
    }
    assert_eq!(lab.chunks().len(), 2);
    lab.store("c", u64::MAX).batch();
    assert_eq!(lab.stored("c"), Some(u64::MAX));
}

#[test]
fn what_is_on_disk_survives_a_restart() {
    let mut lab = Lab::new("p", StreamArguments::default(), 1);
    lab.publish(0, 5).batch();
    lab.store("c", 3).batch();
    lab.publish(5, 5).store("c", 7);
    lab.broker.crash();
    lab.broker.start();
    assert_eq!(lab.chunks(), [('u', 0, 5), ('d', 5, 1)]);
    assert_eq!(lab.stored("c"), Some(3));
    let stream = lab.broker.stream("s").expect("it was created");
    let highest = stream.tracking().highest("p");
    assert_eq!(highest, Some((Offset(0), PublishingId(4))));
    assert_eq!(stream.committed(), Some(Offset(5)));
}

#[test]
fn a_connection_with_too_much_unconfirmed_is_not_read() {
    let mut lab = Lab::new("", StreamArguments::default(), 1);
    lab.publish(0, 50_000);
    assert!(lab.broker.is_blocked(A));
    lab.publish(50_000, 10);
    assert_eq!(lab.broker.mailbox_len("s"), 50_000);
    lab.broker
        .writer_batch(SimTime(0), "s", 12_500, &mut Vec::new());
    assert!(lab.broker.is_blocked(A));
    lab.broker.writer_batch(SimTime(0), "s", 1, &mut Vec::new());
    assert!(!lab.broker.is_blocked(A));
    assert_eq!(
        lab.broker.mailbox_len("s"),
        37_509,
        "the second frame was read"
    );
}

#[test]
fn a_quorum_commits_and_an_election_keeps_what_it_has() {
    let mut lab = Lab::new("", StreamArguments::default(), 3);
    let (r1, r2) = (NodeId(2), NodeId(3));
    lab.publish(0, 5).batch();
    let first = lab.broker.replica_fetch("s", r1).chunks;
    assert_eq!(lab.confirmed(), Vec::<Vec<(u64, u64)>>::new());
    lab.publish(5, 5).batch();
    assert_eq!(lab.subscribe(OffsetSpec::First, 10), Vec::<u64>::new());
    let acked = lab.broker.replica_append("s", r1, &first);
    assert_eq!(acked, Some(Offset(0)));
    lab.broker.replica_ack("s", r1, Offset(0));
    lab.batch();
    assert_eq!(lab.confirmed(), [[(0, 5)]]);
    assert_eq!(lab.delivered(), [0], "what is not committed is not sent");

    // The leader dies with #5 on it alone: the replica that has #0 wins.
    let mut out = Vec::new();
    assert_eq!(lab.broker.elect("s", &[r2], &mut out), None, "no majority");
    let election = lab
        .broker
        .elect("s", &[r1, r2], &mut out)
        .expect("a majority");
    assert_eq!(election.leader, r1);
    assert!(matches!(
        out[0],
        Effect::MetadataUpdate {
            code: ResponseCode::StreamNotAvailable,
            ..
        }
    ));
    let stream = lab.broker.stream("s").expect("it was created");
    assert_eq!((stream.leader(), stream.committed()), (Some(r1), None));
    assert_eq!(stream.log().next(), Offset(5), "offset 5 is used again");

    // The old leader comes back and throws #5 away.
    let fetched = lab.broker.replica_fetch("s", NodeId(1));
    assert_eq!(fetched.diverged, Some(Some(Offset(0))));
    assert!(fetched.chunks.is_empty());
    lab.broker.replica_ack("s", NodeId(1), Offset(0));
    lab.batch();
    let stream = lab.broker.stream("s").expect("it was created");
    assert_eq!(stream.committed(), Some(Offset(0)));
}

#[test]
fn a_thousand_million_messages_cost_chunks() {
    let mut lab = Lab::new("p", StreamArguments::default(), 1);
    lab.publish(0, 1_000_000_000);
    let mut batches = 0;
    while lab.broker.mailbox_len("s") > 0 {
        let mut out = Vec::new();
        lab.broker.writer_batch(SimTime(0), "s", 8_192, &mut out);
        lab.broker.retention(SimTime(0), "s", &mut out);
        batches += 1;
    }
    assert_eq!(batches, 122_071);
    let stream = lab.broker.stream("s").expect("it was created");
    assert_eq!(
        stream.log().next().0,
        1_000_000_000 + stream.log().segments().len() as u64 - 1
    );
}
