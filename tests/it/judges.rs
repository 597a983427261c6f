//! Random scenarios against a naive book-keeper: it reads the trace alone, knows messages one by one and no
//! chunks, links or programs, and holds the run to what must never happen.

mod book;

use std::collections::{BTreeMap, BTreeSet};

use offset_lab::engine::{Progress, Run};
use offset_lab::family::rabbitmq::event::StreamEvent;
use offset_lab::family::rabbitmq::log::OffsetSpec;
use offset_lab::family::rabbitmq::message::{Answer, StreamMessage, ToBroker, ToProgram};
use offset_lab::family::{FamilyEvent, Message};
use offset_lab::ids::{ActorId, EventId};
use offset_lab::language::parse;
use offset_lab::trace::What;
use offset_lab::world::{Cursor, Timeline, World};
use proptest::collection::vec;
use proptest::prelude::*;

use book::Book;

pub(crate) const SINGLE: &str = "stream s\nproducer p1 on s\nproducer p2 on s named ref\n\
     consumer c1 on s from first store every 3\nconsumer c2 on s from first\n\
     consumer c3 on s from next store every 5 takes 1ms credit 2\n";
pub(crate) const CLUSTER: &str = "broker rabbitmq-streams 4.0 nodes 3\nstream s\nproducer p1 on s\n\
     producer p2 on s named ref\nconsumer c1 on s from first store every 3\n\
     consumer c2 on s from first\nconsumer c3 on s from next store every 5 takes 1ms credit 2\n";

pub(crate) const TRIMMED: &str = "stream s max-length 3kB segment 600B\nproducer p1 on s\nproducer p2 on s named ref\n\
     consumer c1 on s from first store every 3\nconsumer c2 on s from first filter \"x\"\n\
     consumer c3 on s from next store every 5 takes 1ms credit 2 filter \"x\" match unfiltered\n";

pub(crate) const ACTIVE: &str = "stream s\nproducer p1 on s\nproducer p2 on s named ref\n\
     consumer c1 on s named g single active from first store every 3\n\
     consumer c2 on s named g single active from first store every 4 takes 1ms credit 2\n\
     consumer c3 on s named g single active from next store every 5\n";

/// One random line: what, about whom, how much.
pub(crate) type Act = (u8, u8, u64);

pub(crate) fn line((what, who, n): Act, nodes: bool) -> String {
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
        50 => format!("publish {producer} {n} \"m{{n}}\" filter \"x\""),
        51 => format!("publish {producer} {n} \"m{{n}}\" filter \"y\" in batches of 3"),
        52 => format!("publish {producer} {n} \"m{{n}}\" sub-batch of 4"),
        _ => format!("run for {n}us"),
    }
}

pub(crate) fn text(prelude: &str, acts: &[Act]) -> String {
    let nodes = prelude == CLUSTER;
    let lines = acts.iter().map(|act| line(*act, nodes));
    lines.fold(prelude.to_owned(), |text, line| text + &line + "\n")
}

/// Runs in small slices and compares the two worlds wherever the instant is quiet.
pub(crate) fn run(text: &str) -> Timeline {
    let parsed = parse(text);
    assert_eq!(parsed.diagnostics, [], "{text}");
    let mut run = Run::new(&parsed.scenario);
    while run.advance(97) == Progress::More {}
    run.audit().unwrap_or_else(|what| panic!("{what}\n{text}"));
    let timeline = run.into_timeline();
    assert_eq!(timeline.stopped(), None, "{text}");
    timeline
}

/// Where a tracking consumer starts is what was stored: what it processed and did not store comes again.
fn resumes_behind_the_stored(timeline: &Timeline) {
    let mut stored: BTreeMap<ActorId, Option<u64>> = BTreeMap::new();
    for event in &timeline.trace().events {
        match &event.what {
            What::Family(FamilyEvent::RabbitMq(StreamEvent::ConsumerStarted {
                consumer, ..
            }))
            | What::Disconnected {
                actor: consumer, ..
            } => {
                stored.remove(consumer);
            }
            What::Arrived {
                actor,
                message:
                    Message::RabbitMq(StreamMessage::ToProgram(ToProgram::Answer {
                        answer: Answer::StoredOffset(offset),
                        ..
                    })),
            } => {
                stored.entry(*actor).or_insert(*offset);
            }
            What::Sent {
                actor,
                message:
                    Message::RabbitMq(StreamMessage::ToBroker(ToBroker::Subscribe { spec, .. })),
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

/// The broker tells one live member of a group at a time that it is active, and delivers to no other.
fn one_at_a_time(timeline: &Timeline) {
    // Of a program that crashed or started again at an event, the broker knows the old connection for a while.
    let (mut active, mut unsure) = (BTreeSet::new(), BTreeMap::new());
    for (event, at) in timeline.trace().events.iter().zip(0..) {
        match &event.what {
            What::Sent { actor, message } if !unsure.contains_key(actor) => match message {
                Message::RabbitMq(StreamMessage::ToProgram(ToProgram::ConsumerUpdate {
                    active: true,
                })) => {
                    active.insert(*actor);
                    assert_eq!(active.len(), 1, "{active:?}");
                }
                Message::RabbitMq(StreamMessage::ToProgram(ToProgram::ConsumerUpdate {
                    active: false,
                })) => {
                    active.remove(actor);
                }
                Message::RabbitMq(StreamMessage::ToProgram(ToProgram::Deliver { .. })) => {
                    assert!(active.contains(actor), "{actor} is passive")
                }
                _ => {}
            },
            What::Arrived { actor, message } => match message {
                Message::RabbitMq(StreamMessage::ToBroker(ToBroker::Subscribe { .. })) => {
                    unsure.retain(|id, since| id != actor || event.cause < Some(EventId(*since)));
                }
                Message::RabbitMq(StreamMessage::ToBroker(
                    ToBroker::Unsubscribe | ToBroker::Close,
                )) => {
                    active.remove(actor);
                }
                _ => {}
            },
            What::Family(FamilyEvent::RabbitMq(StreamEvent::ConsumerStarted {
                consumer, ..
            })) => {
                unsure.insert(*consumer, at);
            }
            What::Crashed { actor } => {
                active.remove(actor);
                unsure.insert(*actor, at);
            }
            What::Disconnected { actor, .. } => {
                active.remove(actor);
            }
            What::NodeCrashed { .. } => active.clear(),
            _ => {}
        }
    }
}

pub(crate) fn acts() -> impl Strategy<Value = Vec<Act>> {
    vec((0u8..56, any::<u8>(), 1u64..60), 1..60)
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
    fn what_retention_leaves_is_read(acts in acts()) {
        let timeline = run(&text(TRIMMED, &acts));
        let mut book = Book::default();
        book.read(&timeline);
        book.close(timeline.end());
        resumes_behind_the_stored(&timeline);
    }

    #[test]
    fn one_of_a_group_is_active(acts in acts()) {
        let timeline = run(&text(ACTIVE, &acts));
        one_at_a_time(&timeline);
        let mut book = Book::default();
        book.read(&timeline);
        book.close(timeline.end());
    }

    #[test]
    fn a_cluster_keeps_what_it_confirmed(acts in acts()) {
        let timeline = run(&text(CLUSTER, &acts));
        let mut confirmed: BTreeSet<u64> = BTreeSet::new();
        let events = &timeline.trace().events;
        let arena = timeline.trace().arenas.stream(offset_lab::ids::LogId(0));
        for (event, at) in events.iter().zip(0..) {
            if let What::Family(FamilyEvent::RabbitMq(StreamEvent::Committed { chunk, .. })) = event.what {
                let world = timeline.world(Cursor::at(at));
                let log = world.streams()[0].log();
                confirmed.extend(log.iter(arena).map(|(_, r)| r.chunk.id.0).filter(|id| *id <= chunk.0));
            }
            if let What::Family(FamilyEvent::RabbitMq(StreamEvent::LeaderElected { .. })) = event.what {
                let world = timeline.world(Cursor::at(at + 1));
                let log = world.streams()[0].log();
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

/// Found by a random scenario: what the old leader committed was told after the new one had been elected.
#[test]
fn a_leader_that_crashes_commits_nothing_after_the_election() {
    run(r#"broker rabbitmq-streams 4.0 nodes 3
stream s
producer p1 on s
producer p2 on s named ref
consumer c1 on s from first store every 3
run
publish p2 13 "m{n}"
run for 16ms
publish p2 ids 0..5 "again"
publish p1 1 "m{n}"
step 4
crash node 1
cut node 2
"#);
}
