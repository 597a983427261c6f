//! The ends of things: a full disk, messages that fit nowhere, very many messages.

use offset_lab::family::rocketmq::broker::{BrokerSettings, Response, ResponseCode};
use offset_lab::family::rocketmq::store::{Spread, Status};
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use super::lab::{FILE, Lab, run, seconds};

#[test]
fn a_full_disk_takes_no_messages_and_a_pass_deletes_ten_files() {
    let mut lab = Lab::new("5.3.3", 1);
    for _ in 0..12 {
        lab.send(0, 1);
        lab.roll();
    }
    lab.broker.settings_mut().disk_percent = 90;
    assert!(matches!(lab.send(0, 1), Some(Response::Sent(_))));
    lab.broker.settings_mut().disk_percent = 91;
    let refused = Some(Response::Refused(ResponseCode::ServiceNotAvailable));
    assert_eq!(lab.send(0, 1), refused);
    lab.pass(seconds(60));
    assert_eq!((lab.broker.files().count(), lab.bounds(0).0), (3, 10));
    lab.pass(seconds(10));
    assert_eq!(
        lab.broker.files().count(),
        1,
        "the one that is written to stays"
    );
}

#[test]
fn too_large_a_message_and_queues_that_are_not_there_are_refused() {
    let mut lab = Lab::new("5.3.3", 2);
    let mut large = run(1);
    large.padded = FILE as u32;
    let refused = |code| Some(Response::Refused(code));
    let sent = lab.send_run("t", Spread::Queue(0), large, 0);
    assert_eq!(sent, refused(ResponseCode::MessageIllegal));
    assert_eq!(lab.send(2, 1), refused(ResponseCode::SystemError));
    assert_eq!(lab.send(u32::MAX, 1), refused(ResponseCode::SystemError));
    let sent = lab.send_run("nowhere", Spread::Queue(0), run(1), 0);
    assert_eq!(sent, refused(ResponseCode::TopicNotExist));
}

/// A thousand million messages over four queues, read to the end: the cost follows runs.
#[test]
fn a_thousand_million_messages_are_a_few_runs() {
    let mut lab = Lab::with("5.3.3", 4, BrokerSettings::default());
    let spread = Spread::RoundRobin {
        first: 1,
        queues: 4,
    };
    lab.send_run("t", spread, run(1_000_000_000), 0);
    assert!(lab.broker.store().log().extents().len() < 12);
    assert_eq!(lab.bounds(3), (0, 250_000_000));
    let mut pull = Lab::pull_request(0);
    pull.times = u64::MAX;
    let (mut next, mut asked) = (0, 0);
    while next < 250_000_000 {
        pull.offset = next;
        let pulled = lab.pull_with(pull.clone());
        assert_eq!(
            pulled.found.ranges,
            [(next as u64, pulled.next.0 - next as u64)]
        );
        next = pulled.next.0 as i64;
        asked += 1;
    }
    assert_eq!(asked, 1);
    lab.expire();
    let (min, max) = lab.bounds(0);
    assert!(min > 0 && min < max, "ten files of a gigabyte are gone");
    assert_eq!(lab.pull(min as i64).status, Status::Found);
    assert_eq!(lab.pull(min as i64 - 1).status, Status::OffsetTooSmall);
}
