//! What no transcript shows, or shows only from outside: waiting reads, the file of offsets, delays, dead letters, locks,
//! POPs that come again, the cleaner, long runs.

use offset_lab::family::rocketmq::broker::{
    Change, Effect, Heartbeat, Notice, Pop, PopStart, Request, ResetTime, ResetToTime, Response,
    ResponseCode, SendBack, SharingMode, Tags, Task, dead_letter_topic, pop_retry_topic,
    retry_topic,
};
use offset_lab::family::rocketmq::store::{PullStatus, Spread, Status};
use offset_lab::ids::{ConnectionId, Offset};
use offset_lab::units::{SimDuration, SimTime};
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use super::lab::{A, B, Lab, answers, of, run, seconds};

fn waiting(offset: i64, tags: Tags) -> Request {
    let mut pull = Lab::pull_request(offset);
    pull.wait = Some(seconds(15));
    pull.tags = tags;
    Request::Pull(pull)
}

fn pulled(out: &[Effect]) -> Vec<(PullStatus, u64)> {
    let each = answers(out).into_iter().map(|answer| match answer {
        Response::Pulled(pulled) => (pulled.status.to_client(0), pulled.next.0),
        other => panic!("{other:?}"),
    });
    each.collect()
}

#[test]
fn a_message_is_seen_a_moment_after_it_is_stored() {
    let mut lab = Lab::new("5.3.3", 1);
    lab.ask(Request::Send {
        topic: "t".into(),
        spread: Spread::Queue(0),
        messages: run(3),
        level: 0,
    });
    let queue = |lab: &Lab| {
        let queue = lab.broker.queue(&of("t", 0)).expect("a queue");
        (queue.next_offset().0, queue.max().0)
    };
    assert_eq!(queue(&lab), (3, 0), "stored, and not seen");
    assert_eq!(lab.pull(0).status, Status::NoMessageInQueue);
    // A broker that dies in between has it all the same.
    lab.broker.crash();
    lab.broker.start(lab.now, &mut lab.out);
    assert_eq!(queue(&lab), (3, 3));
}

#[test]
fn a_pull_that_finds_nothing_waits() {
    let mut lab = Lab::new("5.3.3", 1);
    assert_eq!(lab.ask(waiting(0, Tags::All)), None);
    lab.send(0, 2);
    assert_eq!(
        pulled(&lab.out),
        [(PullStatus::Found, 2)],
        "woken by a message"
    );
    assert_eq!(lab.ask(waiting(2, Tags::All)), None);
    lab.pass(seconds(14));
    assert!(answers(&lab.out).is_empty());
    lab.pass(seconds(6));
    assert_eq!(
        pulled(&lab.out),
        [(PullStatus::NoNewMsg, 2)],
        "its time is over"
    );
    // A message that is not wanted wakes nobody; the next look, every 5 s, finds it.
    assert_eq!(lab.ask(waiting(2, Tags::Any(vec!["a".into()]))), None);
    lab.send(0, 1);
    assert!(answers(&lab.out).is_empty());
    lab.pass(seconds(5));
    assert_eq!(pulled(&lab.out), [(PullStatus::NoMatchedMsg, 3)]);
    // One whose reader is gone is dropped.
    assert_eq!(lab.ask(waiting(3, Tags::All)), None);
    lab.broker.disconnected(A, &mut lab.out);
    lab.send(0, 1);
    assert!(answers(&lab.out).is_empty() && lab.broker.parked().is_empty());
}

#[test]
fn a_broker_that_dies_forgets_what_it_did_not_write() {
    let mut lab = Lab::new("5.3.3", 1);
    lab.send(0, 10);
    lab.commit(5);
    lab.pass(seconds(10));
    lab.commit(8);
    assert_eq!(
        lab.broker.next_of(lab.now, Task::Flush),
        Some(SimTime(15_000_000))
    );
    lab.broker.crash();
    lab.pass(SimDuration::ZERO);
    lab.broker.start(lab.now, &mut lab.out);
    assert_eq!(lab.stored(), Some(5));
    let lost = lab.out.iter().any(|effect| {
        matches!(effect, Effect::Changed(Change::OffsetsLost { rolled_back })
            if rolled_back.len() == 1 && rolled_back[0].2 == Some(Offset(5)))
    });
    assert!(lost, "{:?}", lab.out);
    lab.commit(8);
    lab.broker.stop(&mut lab.out);
    lab.broker.start(lab.now, &mut lab.out);
    assert_eq!(lab.stored(), Some(8), "asked to stop, it writes first");
    assert_eq!(
        lab.broker.next_of(lab.now, Task::Flush),
        None,
        "nothing is unwritten"
    );
}

#[test]
fn a_commit_below_0_leaves_no_offset() {
    let mut lab = Lab::new("5.3.3", 1);
    lab.send(0, 10);
    lab.commit(5);
    lab.commit(-1);
    assert_eq!((lab.stored(), lab.lookup()), (None, Some(0)));
    assert_eq!(lab.broker.consume_stats("g")[0].diff(), 10);
}

fn send_back(offset: u64, count: u64, level: u8, topic: &str) -> Request {
    Request::SendBack(SendBack {
        group: "g".into(),
        of: of(topic, 0),
        offset,
        count,
        level,
        max_attempts: 16,
        or_copies: false,
    })
}

#[test]
fn a_failed_message_comes_later_with_each_attempt_and_at_last_not_at_all() {
    let mut lab = Lab::new("5.3.3", 1);
    lab.send(0, 3);
    let (retry, dead) = (retry_topic("g"), dead_letter_topic("g"));
    assert_eq!(lab.ask(send_back(1, 1, 0, "t")), Some(Response::Ok));
    let first = [
        10, 30, 60, 120, 180, 240, 300, 360, 420, 480, 540, 600, 1_200, 1_800, 3_600, 7_200,
    ];
    for (delay, attempt) in first.into_iter().zip(1..) {
        lab.pass(seconds(delay - 1));
        assert_eq!(lab.broker.max(&of(&retry, 0)).0, attempt - 1, "{delay}");
        lab.pass(seconds(2));
        assert_eq!(lab.broker.max(&of(&retry, 0)).0, attempt, "{delay}");
        let message = lab.broker.message(&of(&retry, 0), Offset(attempt - 1));
        let message = message.expect("a copy");
        assert_eq!(
            (&*message.body, u64::from(message.attempt)),
            ("m1", attempt)
        );
        assert_eq!(
            lab.ask(send_back(attempt - 1, 1, 0, &retry)),
            Some(Response::Ok)
        );
    }
    lab.pass(seconds(3 * 3_600));
    assert_eq!(lab.broker.max(&of(&retry, 0)).0, 16);
    assert_eq!(lab.broker.max(&of(&dead, 0)).0, 1);
    for (offset, count) in [(3, 1), (2, 2), (0, 0)] {
        let refused = Some(Response::Refused(ResponseCode::SystemError));
        assert_eq!(
            lab.ask(send_back(offset, count, 0, "t")),
            refused,
            "{offset}"
        );
    }
}

#[test]
fn delayed_messages_get_their_offsets_when_they_are_due() {
    let mut lab = Lab::new("5.3.3", 2);
    let spread = Spread::RoundRobin {
        first: 1,
        queues: 2,
    };
    lab.send_run("t", spread, run(5), 2);
    assert_eq!((lab.bounds(0), lab.bounds(1)), ((0, 0), (0, 0)));
    lab.send(0, 1);
    lab.pass(seconds(5));
    assert_eq!((lab.bounds(0), lab.bounds(1)), ((0, 3), (0, 3)));
    let body = |queue, offset| {
        let message = lab.broker.message(&of("t", queue), Offset(offset));
        message.map(|message| message.body)
    };
    let bodies = [body(1, 0), body(1, 1), body(1, 2), body(0, 1), body(0, 2)];
    let wanted = ["m0", "m2", "m4", "m1", "m3"].map(|body| Some(body.to_string()));
    assert_eq!(bodies, wanted);
}

#[test]
fn members_are_told_of_each_other_and_hold_locks() {
    let mut lab = Lab::new("5.3.3", 2);
    let heartbeat = |client: &str| {
        Request::Heartbeat(Heartbeat {
            client: client.into(),
            group: "g".into(),
            topic: "t".into(),
            mode: SharingMode::Clustering,
        })
    };
    let told = |out: &[Effect]| -> Vec<ConnectionId> {
        let to = |effect: &Effect| match effect {
            Effect::Notice {
                to,
                notice: Notice::MembersChanged { .. },
            } => Some(*to),
            _ => None,
        };
        out.iter().filter_map(to).collect()
    };
    lab.ask_from(A, heartbeat("a"));
    lab.ask_from(B, heartbeat("b"));
    assert_eq!(told(&lab.out), [A, B]);
    lab.ask_from(B, heartbeat("b"));
    assert!(told(&lab.out).is_empty(), "that is no news");
    let group = || "g".into();
    let members = Some(Response::Members(vec!["a".into(), "b".into()]));
    assert_eq!(lab.ask(Request::Members { group: group() }), members);
    let lock = |queues: &[u32]| Request::Lock {
        group: group(),
        queues: queues.iter().map(|queue| of("t", *queue)).collect(),
    };
    let locked = |queues: &[u32]| {
        Some(Response::Locked(
            queues.iter().map(|queue| of("t", *queue)).collect(),
        ))
    };
    assert_eq!(lab.ask_from(A, lock(&[0])), locked(&[0]));
    assert_eq!(lab.ask_from(B, lock(&[0, 1])), locked(&[1]));
    let queues = vec![of("t", 0)];
    lab.ask_from(
        A,
        Request::Unlock {
            group: group(),
            queues,
        },
    );
    assert_eq!(lab.ask_from(B, lock(&[0, 1])), locked(&[0, 1]));
    lab.out.clear();
    lab.broker.disconnected(B, &mut lab.out);
    assert_eq!(told(&lab.out), [A]);
    // What a dead member held is free only once its time is over.
    assert_eq!(lab.ask_from(A, lock(&[0])), locked(&[]));
    lab.pass(seconds(61));
    assert_eq!(lab.ask_from(A, lock(&[0])), locked(&[0]));
}

#[test]
fn a_reset_before_5_2_is_pushed_to_every_member() {
    let mut lab = Lab::new("4.9.8", 1);
    lab.send(0, 4);
    let reset = |force| {
        Request::ResetToTime(ResetToTime {
            group: "g".into(),
            topic: "t".into(),
            to: ResetTime::Max,
            force,
        })
    };
    let refused = |code| Some(Response::Refused(code));
    assert_eq!(
        lab.ask(reset(true)),
        refused(ResponseCode::SystemError),
        "no offset"
    );
    lab.commit(1);
    assert_eq!(
        lab.ask(reset(true)),
        refused(ResponseCode::ConsumerNotOnline)
    );
    lab.ask_from(
        B,
        Request::Heartbeat(Heartbeat {
            client: "b".into(),
            group: "g".into(),
            topic: "t".into(),
            mode: SharingMode::Clustering,
        }),
    );
    for (force, to) in [(true, 4), (false, 1)] {
        let offsets = vec![(0, Offset(to))];
        assert_eq!(
            lab.ask(reset(force)),
            Some(Response::Reset(offsets.clone()))
        );
        let pushed = lab.out.iter().any(|effect| {
            matches!(effect, Effect::Notice { to: B, notice: Notice::Reset { offsets: pushed, .. } }
                if *pushed == offsets)
        });
        assert!(pushed, "{:?}", lab.out);
        assert_eq!(lab.stored(), Some(1), "the broker's own offset stays");
    }
}

#[test]
fn what_a_pop_gave_and_nobody_acknowledged_comes_again() {
    let mut lab = Lab::new("5.3.3", 1);
    lab.send(0, 10);
    let pop = |topic: &str, wait| {
        Request::Pop(Pop {
            group: "g".into(),
            of: of(topic, 0),
            max: 4,
            invisible: seconds(60),
            start: PopStart::Min,
            tags: Tags::All,
            times: 1,
            wait,
        })
    };
    let found = |answer: Option<Response>| match answer {
        Some(Response::Popped(found)) => found.ranges,
        other => panic!("{other:?}"),
    };
    assert_eq!(found(lab.ask(pop("t", None))), [(0, 4)]);
    assert_eq!(found(lab.ask(pop("t", None))), [(4, 4)]);
    let ack = |offset, count| Request::Ack {
        group: "g".into(),
        of: of("t", 0),
        offset,
        count,
    };
    lab.ask(ack(1, 2));
    lab.ask(ack(4, 4));
    assert_eq!(
        lab.broker.metrics_lag("g")[0].lag,
        4,
        "two unread, two open"
    );
    assert_eq!(
        lab.broker.consume_stats("g")[0].diff(),
        2,
        "the tool sees a cursor"
    );
    lab.pass(seconds(61));
    let retry = pop_retry_topic("g", "t");
    assert_eq!(found(lab.ask(pop(&retry, None))), [(0, 2)]);
    let bodies = [0, 1].map(|offset| lab.broker.message(&of(&retry, 0), Offset(offset)));
    let bodies = bodies.map(|message| message.map(|message| (message.body, message.attempt)));
    assert_eq!(bodies, [Some(("m0".into(), 1)), Some(("m3".into(), 1))]);
    assert_eq!(found(lab.ask(pop("t", None))), [(8, 2)]);
    assert_eq!(lab.ask(pop("t", Some(seconds(15)))), None, "it waits");
    lab.send(0, 1);
    assert_eq!(answers(&lab.out).len(), 1);
}
