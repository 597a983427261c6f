//! What is known of a topic: its queues, who writes to it and who reads it, and the ways there and back.

use offset_lab::view::frame::{FrameOptions, Inspector};
use offset_lab::view::why::{WhyTarget, reason};
use offset_lab::view::{Target, frame_at, ways_to};
use offset_lab::{Cursor, Timeline};
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use crate::runs::run;

const TEXT: &str = "broker rocketmq 5.3\ntopic orders queues 2\ntopic audit queues 1\nproducer p on orders\n\
    publish p 10 \"o{n}\"\nrun\ngroup billing on orders from first\ngroup late on orders\nrun for 20s\ntopic later\nrun\n";

fn inspect(timeline: &Timeline, at: u32, target: Target) -> Option<Inspector> {
    let options = FrameOptions {
        selected: Some(target),
        ..FrameOptions::default()
    };
    frame_at(timeline, Cursor::at(at), &options).inspector
}

fn named(links: &[(Target, String)], name: &str) -> Target {
    let found = links.iter().find(|(_, words)| words.starts_with(name));
    found.unwrap_or_else(|| panic!("no {name} in {links:?}")).0
}

#[test]
fn a_topic_tells_its_queues_its_writers_and_its_readers() {
    let timeline = run(TEXT);
    let end = timeline.len();
    let queue = inspect(&timeline, end, Target::Stream(offset_lab::ids::LogId(0)));
    let topic = named(&queue.expect("a queue").parents, "topic orders");
    let known = inspect(&timeline, end, topic).expect("a topic");
    assert_eq!(known.title, "topic orders");
    for fact in [
        ("state", "there"),
        ("queues", "2"),
        ("messages", "10"),
        ("queues that members read", "2"),
        ("read by billing", "lag 0, diff 0"),
        ("read by late", "lag 0, diff 0"),
        ("written to by p", "10 messages stored"),
    ] {
        let found = known.facts.iter().find(|(name, _)| name == fact.0);
        assert_eq!(found.map(|(_, value)| &**value), Some(fact.1), "{}", fact.0);
    }
    let queues: Vec<&str> = known.children.iter().map(|(_, words)| &**words).collect();
    assert_eq!(
        queues,
        [
            "queue orders.q0: minimum 0, maximum 5",
            "queue orders.q1: minimum 0, maximum 5"
        ]
    );
    // There and back, and with a place in the picture.
    let back = inspect(&timeline, end, named(&known.children, "queue orders.q1"));
    assert_eq!(
        named(&back.expect("a queue").parents, "topic orders"),
        topic
    );
    assert!(!ways_to(&timeline, Cursor::at(end), topic).is_empty());
    let messages = WhyTarget::Fact(topic, "messages".into());
    let why = reason(&timeline, Cursor::at(end), &messages).expect("a reason");
    assert_eq!(why.about, "messages of topic orders is 10");
    assert!(!why.chain.is_empty());
}

#[test]
fn groups_producers_and_queues_of_retries_lead_to_what_they_belong_to() {
    let timeline = run(TEXT);
    let end = timeline.len();
    let scenario = timeline.scenario();
    let actor = |name: &str| {
        let at = scenario
            .actors
            .iter()
            .position(|actor| *actor.name == *name);
        Target::Actor(offset_lab::ids::ActorId::at(at.expect("it is there")))
    };
    for name in ["billing", "p"] {
        let known = inspect(&timeline, end, actor(name)).expect("it is there");
        named(&known.parents, "topic orders");
    }
    let retry = scenario
        .streams
        .iter()
        .position(|name| name.starts_with("%RETRY%billing"));
    let retry = Target::Stream(offset_lab::ids::LogId::at(retry.expect("its queue")));
    let known = inspect(&timeline, end, retry).expect("it is known");
    assert_eq!(named(&known.parents, "group billing"), actor("billing"));
    // Before its statement a topic is known by its name alone.
    let later = scenario.sets.iter().position(|set| &*set.name == "later");
    let later = Target::Set(offset_lab::ids::SetId::at(later.expect("it is named")));
    let before = inspect(&timeline, 1, later).expect("it is named");
    assert_eq!(before.facts, [("state".into(), "not created yet".into())]);
}
