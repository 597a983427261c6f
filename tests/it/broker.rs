//! The broker by the published vectors: gaps, rolls, timestamps, commits, credits, deduplication,
//! nodes. Each batch is cut by hand.

#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

mod lab;

use offset_lab::family::rabbitmq::broker::{
    ClientFrame, Effect, Request, Response, ResponseCode, StreamArguments,
};
use offset_lab::family::rabbitmq::log::OffsetSpec;
use offset_lab::ids::{NodeId, Offset, PublishingId};
use offset_lab::units::{Bytes, SimTime};

use lab::{A, Lab};

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
                .any(|e| matches!(
                    e,
                    Effect::ToClient { frame: ClientFrame::Response { response, .. }, .. } if *response == answer
                ))
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
        Effect::ToClient {
            frame: ClientFrame::MetadataUpdate {
                code: ResponseCode::StreamNotAvailable,
                ..
            },
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

#[test]
fn line_breaks_are_dropped_from_the_name_of_a_stream_that_is_created() {
    let mut lab = Lab::new("", StreamArguments::default(), 1);
    let create = |name: &str| Request::Create {
        stream: name.into(),
        arguments: StreamArguments::default(),
    };
    let delete = |name: &str| Request::Delete {
        stream: name.into(),
    };
    let metadata = |name: &str| Request::Metadata {
        stream: name.into(),
    };
    for (request, code) in [
        (create("a\nb"), ResponseCode::Ok),
        (metadata("a\nb"), ResponseCode::StreamDoesNotExist),
        (metadata("ab"), ResponseCode::Ok),
        (create("\ra\r\nb\n"), ResponseCode::StreamAlreadyExists),
        (delete("a\nb"), ResponseCode::StreamDoesNotExist),
        (delete("ab"), ResponseCode::Ok),
        (create("\r\n"), ResponseCode::PreconditionFailed),
        (create("a\nmq.x"), ResponseCode::PreconditionFailed),
        (create(" a\tb "), ResponseCode::Ok),
        (metadata(" a\tb "), ResponseCode::Ok),
    ] {
        lab.ask(request.clone());
        let answers = lab.out.iter().filter_map(answered);
        assert_eq!(answers.collect::<Vec<_>>(), [code], "{request:?}");
    }
}

/// The code of an answer.
fn answered(effect: &Effect) -> Option<ResponseCode> {
    let Effect::ToClient {
        frame: ClientFrame::Response { response, .. },
        ..
    } = effect
    else {
        return None;
    };
    match response {
        Response::Code(code) | Response::Metadata { code } => Some(*code),
        Response::StoredOffset(_) | Response::Sequence(_) | Response::Stats { .. } => None,
    }
}
