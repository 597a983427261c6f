//! What was accepted and has no effect is said at its line, with the reason.

use offset_lab::explain::{notes, notes_at};
use offset_lab::world::Cursor;

use crate::runs::run;

#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

const OLD: &str = "broker rabbitmq-streams 3.10\n\
    stream s filter-size 20\n\
    consumer c on s unnamed store every 5\n\
    consumer d on s named g single active filter \"x\"\n\
    consumer e on s as java\n\
    credit e 3\n\
    credit c 3\n\
    consumer f on s unnamed store manual\n\
    stream \"\"\n\
    stream \"amq.x\"\n\
    stream s\n";

const FAULTS: &str = "broker rabbitmq-streams 4.0 nodes 3\n\
    stream s\n\
    stream s\n\
    producer p on s\n\
    consumer c on s\n\
    heal p\n\
    delay p 1ms\n\
    heal p\n\
    heal node 1\n\
    cut node 1\n\
    cut node 1\n\
    heal node 1\n\
    pause c\n\
    pause c\n\
    crash node 2\n\
    crash node 2\n\
    start node 2\n\
    start node 2\n\
    crash c\n\
    resume c\n\
    store c 5\n\
    crash c\n\
    start broker\n\
    resend p\n\
    restart p\n\
    restart p\n\
    close p\n\
    close p\n";

const BROKER: &str = "stream s\n\
    consumer c on s\n\
    run\n\
    policy s none\n\
    policy s max-age 1h\n\
    policy s max-age 1h\n\
    crash broker\n\
    run\n\
    query c\n\
    store c 5\n\
    credit c 1\n\
    policy s none\n\
    delete s\n\
    crash leader\n\
    start broker\n\
    delete s\n\
    delete s\n\
    policy s max-age 2h\n\
    policy s none\n";

const LINKS: &str = "stream s\n\
    producer p on s\n\
    consumer c on s from first as go\n\
    run\n\
    lose next confirm to p\n\
    drop 1/10 from c\n\
    delay c 0ms\n\
    run\n\
    lose next publish from p\n\
    lose next publish from p\n\
    lose next publish from p\n\
    publish p 4 \"x\" in batches of 2\n\
    run\n\
    heal c\n\
    heal p\n\
    delay p 3ms\n\
    delay p 0ms\n\
    delay p 1ms\n\
    lose next confirm to p\n\
    drop 0/3 from c\n\
    publish p \"x\"\n\
    run\n\
    store c 9223372036854775808\n";

const OLD_NOTES: &[(u32, &str)] = &[
    (
        2,
        "RabbitMQ 3.10 does not know filters (3.13 does), so `filter-size` has no effect at the broker",
    ),
    (
        3,
        "`unnamed` leaves nothing to store under, so `store` has no effect",
    ),
    (
        4,
        "RabbitMQ 3.10 does not know `single active` (3.11 does): every consumer of the name is sent everything",
    ),
    (
        4,
        "RabbitMQ 3.10 does not know filters (3.13 does), so `filter` has no effect at the broker",
    ),
    (
        6,
        "`as java` gives credits back by itself, and its programs cannot: these come on top",
    ),
    (
        8,
        "`unnamed` leaves nothing to store under, so `store` has no effect",
    ),
    (
        9,
        "the broker takes no stream with an empty name, so it refused (precondition_failed)",
    ),
    (
        10,
        "the broker takes no stream whose name begins with `amq.`, so it refused (precondition_failed)",
    ),
    (
        11,
        "stream s is there with other arguments, so the broker refused (precondition_failed)",
    ),
];

const FAULTS_NOTES: &[(u32, &str)] = &[
    (
        3,
        "stream s is there already with the same arguments, which is fine",
    ),
    (6, "the link of p had no fault, so nothing was healed"),
    (
        7,
        "nothing went from p or to it while this held, so nothing was delayed",
    ),
    (9, "the node was in that state already, so nothing happened"),
    (
        11,
        "the node was in that state already, so nothing happened",
    ),
    (14, "c is paused already, so nothing happened"),
    (
        16,
        "the node was in that state already, so nothing happened",
    ),
    (
        18,
        "the node was in that state already, so nothing happened",
    ),
    (20, "c is not running, so nothing happened"),
    (21, "c is not running, so nothing happened"),
    (22, "c is not running, so nothing happened"),
    (
        23,
        "the node was in that state already, so nothing happened",
    ),
    (24, "p has nothing unconfirmed, so nothing was sent again"),
    (26, "p is ending already, and will start again"),
];

const BROKER_NOTES: &[(u32, &str)] = &[
    (4, "there is no policy for this stream, so nothing happened"),
    (6, "the policy says this already, so nothing happened"),
    (9, "c has no connection, so nothing was sent"),
    (10, "c has no connection, so nothing was sent"),
    (11, "c has no connection, so nothing was sent"),
    (12, "the broker is down, so nothing happened"),
    (
        13,
        "the broker refused the request about stream s (stream_not_available)",
    ),
    (14, "there is no leader, so nothing happened"),
    (
        17,
        "the broker refused the request about stream s (stream_does_not_exist)",
    ),
    (
        18,
        "there is no stream of this name, so the policy waits for one to be created",
    ),
];

const LINKS_NOTES: &[(u32, &str)] = &[
    (
        5,
        "nothing was confirmed to p while this held, so no confirm was lost",
    ),
    (6, "nothing from c was dropped while this held"),
    (7, "no time is added, so nothing is delayed"),
    (
        11,
        "p published nothing while this held, so nothing was lost",
    ),
    (
        16,
        "nothing went from p or to it while this held, so nothing was delayed",
    ),
    (20, "none of them is dropped"),
    (
        23,
        "the client library of c leaves out a store from 2^63 on: as a signed number it is below 0",
    ),
];

fn told(text: &str) -> Vec<(u32, String)> {
    let timeline = run(text);
    let statements = &timeline.scenario().statements;
    let line =
        |note: offset_lab::explain::Note| (statements[note.statement.index()].line, note.text);
    notes(&timeline).into_iter().map(line).collect()
}

#[test]
fn what_has_no_effect_is_said_at_its_line() {
    let all = [
        (OLD, OLD_NOTES),
        (FAULTS, FAULTS_NOTES),
        (BROKER, BROKER_NOTES),
        (LINKS, LINKS_NOTES),
    ];
    for (text, wanted) in all {
        let wanted: Vec<_> = wanted
            .iter()
            .map(|(line, why)| (*line, (*why).to_owned()))
            .collect();
        assert_eq!(told(text), wanted, "{text}");
    }
}

#[test]
fn a_moment_knows_the_notes_up_to_it() {
    let timeline = run(OLD);
    let at = |event| notes_at(&timeline, Cursor::at(event)).len();
    assert_eq!(at(0), 0);
    assert_eq!(at(1), 1, "the stream was created");
    assert_eq!(at(u32::MAX), notes(&timeline).len());
}

#[test]
fn what_a_fault_met_is_known_at_the_end() {
    let timeline = run(LINKS);
    let end = timeline.len();
    assert_eq!(notes_at(&timeline, Cursor::at(end)), notes(&timeline));
    let before = notes_at(&timeline, Cursor::at(end - 1));
    assert!(
        before
            .iter()
            .all(|note| !note.text.contains("while this held"))
    );
}
