//! Vectors of the semantics: what a rule gives for numbers that were worked out by hand from RocketMQ's source.

use offset_lab::family::rocketmq::broker::tool::{self, Asking, ResetSaid, When};
use offset_lab::family::rocketmq::broker::{
    Boundary, BrokerSettings, Pop, PopStart, Request, Response, ResponseCode, Tags, Task, Token,
};
use offset_lab::family::rocketmq::store::{PullStatus, Status};
use offset_lab::ids::Offset;
use offset_lab::units::{Bytes, SimDuration, SimTime};
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use super::lab::{A, FILE, Lab, of, seconds};

const HOUR: u64 = 3_600;
const DAY: u64 = 24 * HOUR;

/// A queue whose minimum is `min` and whose maximum is `max`.
fn trimmed(version: &str, min: u64, max: u64) -> Lab {
    let mut lab = Lab::new(version, 2);
    if min > 0 {
        lab.send(0, min);
        lab.roll();
        lab.send(0, max - min);
        lab.expire();
    } else {
        lab.send(0, max);
    }
    assert_eq!(lab.bounds(0), (min, max));
    lab
}

/// Vector 1.
#[test]
fn reads_at_and_beyond_the_bounds() {
    for version in ["4.9.2", "4.9.8", "5.1.0", "5.3.3"] {
        let mut lab = trimmed(version, 4, 9);
        for (offset, status, next) in [
            (-1, Status::OffsetTooSmall, 4),
            (0, Status::OffsetTooSmall, 4),
            (4, Status::Found, 9),
            (9, Status::OffsetOverflowOne, 9),
            (10, Status::OffsetOverflowBadly, 9),
        ] {
            let pulled = lab.pull(offset);
            assert_eq!(
                (pulled.status, pulled.next.0),
                (status, next),
                "{version} {offset}"
            );
        }
        let mut empty = Lab::new(version, 1);
        let pulled = empty.pull(0);
        assert_eq!(
            pulled.status.to_client(0),
            PullStatus::NoNewMsg,
            "{version}"
        );
        let pulled = empty.pull(3);
        let seen = (pulled.status.to_client(3), pulled.next.0);
        assert_eq!(seen, (PullStatus::OffsetIllegal, 0), "{version}");
    }
    let above = |version| trimmed(version, 0, 9).pull(10).next.0;
    assert_eq!(
        ["4.9.2", "4.9.3", "4.9.4", "5.0.0"].map(above),
        [0, 0, 9, 9]
    );
}

/// Vector 3.
#[test]
fn a_time_is_the_nearest_message_or_the_first_from_then_on() {
    let lab = |version| {
        let mut lab = Lab::new(version, 1);
        for (at_ms, count) in [(10, 1), (20, 2), (40, 1)] {
            lab.now = SimTime(at_ms * 1_000);
            lab.send(0, count);
        }
        lab
    };
    let at = |lab: &Lab, ms: u64| {
        lab.broker
            .offset_at(&of("t", 0), SimTime(ms * 1_000), Boundary::Lower)
            .0
    };
    let (old, new) = (lab("5.1.0"), lab("5.1.1"));
    assert!([1, 2].contains(&at(&old, 20)));
    for (ms, nearest, first_from) in [(5, 0, 0), (29, 2, 3), (30, 2, 3), (31, 3, 3), (50, 3, 4)] {
        assert_eq!((at(&old, ms), at(&new, ms)), (nearest, first_from), "{ms}");
    }
    assert_eq!(at(&new, 20), 1);
}

/// Vector 4. The run starts on a Monday at 00:00.
#[test]
fn files_go_in_their_hour_or_when_the_disk_fills_up() {
    let lab = |disk_percent| {
        let mut lab = Lab::with(
            "5.3.3",
            1,
            BrokerSettings {
                commit_log_file: Bytes(FILE),
                disk_percent,
                ..BrokerSettings::default()
            },
        );
        lab.pass(seconds(5 * HOUR));
        lab
    };
    let next = |lab: &Lab| {
        lab.broker
            .next_of(lab.now, Task::Clean)
            .map(|at| at.0 / 1_000_000)
    };
    let mut single = lab(86);
    single.send(0, 1);
    assert_eq!(
        next(&single),
        None,
        "the file that is written to never goes"
    );
    for (disk, at) in [
        (50, 4 * DAY + 4 * HOUR),
        (75, 4 * DAY + 4 * HOUR),
        (80, 3 * DAY + 5 * HOUR),
        (85, 3 * DAY + 5 * HOUR),
        (86, 5 * HOUR),
    ] {
        let mut lab = lab(disk);
        lab.send(0, 1);
        lab.roll();
        // Passes come every ten seconds.
        let found = next(&lab).expect("a pass");
        assert!((at..=at + 10).contains(&found), "{disk}: {found}, not {at}");
        lab.pass(SimDuration(found * 1_000_000 - lab.now.0));
        assert_eq!(lab.broker.files().count(), 1, "{disk}");
    }
}

/// Vector 5.
#[test]
fn a_minimum_jumps_to_an_exact_message() {
    for (version, expired) in [("4.9.8", (0, 3)), ("5.0.0", (3, 3)), ("5.3.3", (3, 3))] {
        let mut lab = Lab::new(version, 2);
        lab.send(0, 7);
        lab.send(1, 3);
        lab.roll();
        lab.send(0, 3);
        assert_eq!((lab.bounds(0), lab.bounds(1)), ((0, 10), (0, 3)));
        lab.expire();
        assert_eq!(
            (lab.bounds(0), lab.bounds(1)),
            ((7, 10), expired),
            "{version}"
        );
    }
}

/// Vector 6: what the lookup says, and where POP begins. A member that is told nothing begins where it is set to.
#[test]
fn a_new_group_starts_at_0_while_message_0_is_in_memory() {
    let cold = |version| {
        let mut lab = trimmed(version, 0, 10);
        let settings = lab.broker.settings_mut();
        settings.memory = Bytes(0);
        settings.pages_are_told = true;
        lab
    };
    let pop = |lab: &mut Lab| {
        lab.ask(Request::Pop(Pop {
            group: "g".into(),
            of: of("t", 0),
            max: 32,
            invisible: seconds(60),
            start: PopStart::Max,
            tags: Tags::All,
            times: 1,
            wait: None,
        }))
    };
    for version in ["4.9.8", "5.0.0", "5.1.0", "5.3.3"] {
        assert_eq!(trimmed(version, 0, 10).lookup(), Some(0), "{version}");
        assert_eq!(cold(version).lookup(), None, "{version}");
        assert_eq!(trimmed(version, 7, 10).lookup(), None, "{version}");
        // FIRST reads from 0, and is sent to the minimum.
        assert_eq!(trimmed(version, 7, 10).pull(0).next, Offset(7), "{version}");
        // An empty queue counts as in memory before 5.1.
        let empty = Lab::new(version, 1).lookup();
        assert_eq!(empty.is_some(), version < "5.1", "{version}");
    }
    for (version, in_memory) in [("5.1.3", 9), ("5.1.4", 0)] {
        for (mut lab, first) in [
            (trimmed(version, 0, 10), in_memory),
            (cold(version), 9),
            (trimmed(version, 7, 10), 9),
        ] {
            let Some(Response::Popped(found)) = pop(&mut lab) else {
                panic!("{version}: nothing");
            };
            assert_eq!(found.ranges, [(first, 10 - first)], "{version}");
            assert_eq!(lab.stored(), Some(10), "a cursor of delivery");
        }
    }
    let refused = Some(Response::Refused(ResponseCode::SystemError));
    assert_eq!(pop(&mut trimmed("4.9.8", 0, 1)), refused);
}

/// Vector 8.
#[test]
fn two_lags_differ_for_a_group_without_an_offset() {
    let mut lab = trimmed("5.3.3", 7, 10);
    // An offset on another queue: without any there are no rows at all.
    lab.ask(Request::UpdateOffset {
        group: "g".into(),
        of: of("t", 1),
        offset: 0,
    });
    let by_tool = lab.broker.consume_stats("g");
    let by_metrics = lab.broker.metrics_lag("g");
    assert_eq!((by_tool[0].diff(), by_metrics[0].lag), (10, 0));
    lab.commit(14);
    assert_eq!(lab.broker.consume_stats("g")[0].diff(), -4);
}

/// Vector 10.
#[test]
fn a_reset_waits_for_the_next_pull_and_an_old_commit_may_overtake_it() {
    let mut lab = trimmed("5.3.3", 0, 10);
    lab.commit(9);
    let mut waiting = Lab::pull_request(10);
    waiting.wait = Some(seconds(15));
    assert_eq!(lab.ask(Request::Pull(waiting)), None);
    let reset = |lab: &mut Lab| {
        lab.ask(Request::ResetToOffset {
            group: "g".into(),
            of: of("t", 0),
            offset: 3,
        })
    };
    assert_eq!(reset(&mut lab), Some(Response::Reset(vec![(0, Offset(3))])));
    assert_eq!(
        lab.commit(8),
        Some(Response::Ok),
        "acknowledged, and ignored"
    );
    assert_eq!((lab.stored(), lab.lookup()), (Some(3), Some(3)));
    lab.pass(seconds(20));
    let answers = super::lab::answers(&lab.out);
    let [Response::Pulled(pulled)] = answers.as_slice() else {
        panic!("{answers:?}");
    };
    assert_eq!((pulled.status, pulled.next.0), (Status::OffsetReset, 3));
    assert_eq!(lab.stored(), Some(3));
    // Another reset, and a fresh pull that carries what the member had.
    reset(&mut lab);
    let mut carrying = Lab::pull_request(8);
    carrying.commit = Some(8);
    let pulled = lab.pull_with(carrying);
    assert_eq!((pulled.status, pulled.next.0), (Status::OffsetReset, 3));
    assert_eq!(lab.stored(), Some(8));
    lab.commit(3);
    assert_eq!(lab.stored(), Some(3));
}

/// Vector 11.
#[test]
fn a_reset_to_now() {
    for (version, offset) in [
        ("4.9.2", 3),
        ("4.9.3", 4),
        ("4.9.8", 4),
        ("5.0.0", 4),
        ("5.1.0", 3),
        ("5.1.1", 4),
        ("5.3.3", 4),
    ] {
        let mut lab = Lab::new(version, 1);
        lab.send(0, 4);
        lab.commit(1);
        lab.pass(seconds(1));
        let asking = Asking {
            now: lab.now,
            from: A,
            token: Token(99),
        };
        let (group, topic) = ("g".into(), "t".into());
        let said = tool::reset_by_time(
            &mut lab.broker,
            asking,
            (&group, &topic),
            (When::Now, true),
            &mut lab.out,
        );
        let reset = match &said {
            ResetSaid::Done(offsets) => offsets[0].1,
            ResetSaid::Rollback(rows) => rows[0].reset,
            ResetSaid::Nothing | ResetSaid::Refused(_) => panic!("{version}: {said:?}"),
        };
        assert_eq!(reset, Offset(offset), "{version}");
        assert_eq!(lab.stored(), Some(offset), "{version}");
    }
}
