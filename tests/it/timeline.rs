//! Seeking: whatever way a cursor is reached, the world there is the same.
//! Method: a hand-made trace long enough for checkpoints to thin out, every cursor compared with a plain fold.

#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use std::sync::Arc;

use offset_lab::family::rabbitmq::event::StreamEvent;
use offset_lab::family::rabbitmq::log::OffsetSpec;
use offset_lab::family::rabbitmq::message::{StreamMessage, ToProgram};
use offset_lab::family::rabbitmq::settings::ConsumerSettings;
use offset_lab::family::rabbitmq::statements::Policy;
use offset_lab::family::{FamilyEvent, Message};
use offset_lab::ids::{ActorId, LogId, Offset, PublishingId};
use offset_lab::language::Scenario;
use offset_lab::language::ast::{Actor, Role, Subject, Value};
use offset_lab::trace::What;
use offset_lab::units::{SimDuration, SimTime};
use offset_lab::world::{Cursor, Timeline, World};

const CONSUMER: ActorId = ActorId(0);

fn scenario() -> Arc<Scenario> {
    Arc::new(Scenario {
        streams: vec!["s".into()],
        actors: vec![Actor {
            kind: offset_lab::family::Kind::RabbitMq(
                offset_lab::family::rabbitmq::kinds::Kind::Consumer,
            ),
            name: "c".into(),
            role: Role::Consumer,
        }],
        ..Scenario::default()
    })
}

fn settings() -> Arc<ConsumerSettings> {
    Arc::new(ConsumerSettings {
        stream: LogId(0),
        reference: Some("c".into()),
        named: true,
        tracks: true,
        at_stored: false,
        spec: OffsetSpec::First,
        policy: Policy::Every(10),
        stop_at: None,
        takes: SimDuration::from_millis(1),
        credit: 10,
        filter: None,
        single_active: false,
        client: None,
    })
}

/// A consumer that processes ranges of three messages, 1 ms each, and stores after each range.
fn timeline(ranges: u64) -> Timeline {
    let mut timeline = Timeline::new(scenario());
    let recorder = timeline.recorder();
    let mut at = SimTime::ZERO;
    recorder.emit(
        at,
        None,
        What::Family(FamilyEvent::RabbitMq(StreamEvent::StreamCreated {
            stream: LogId(0),
        })),
    );
    let started = What::Family(FamilyEvent::RabbitMq(StreamEvent::ConsumerStarted {
        consumer: CONSUMER,
        settings: settings(),
    }));
    recorder.emit(at, None, started);
    for range in 0..ranges {
        at = at.after(SimDuration::from_millis(1));
        let processed = What::Processed {
            consumer: CONSUMER,
            log: LogId(0),
            first: Offset(range * 3),
            count: 3,
            stride: SimDuration::from_millis(1),
            again: range % 2 == 0,
        };
        let cause = recorder.emit(at, None, processed);
        at = at.after(SimDuration::from_millis(2));
        let stored = What::Family(FamilyEvent::RabbitMq(StreamEvent::Stored {
            stream: LogId(0),
            reference: "c".into(),
            offset: range * 3 + 2,
        }));
        recorder.emit(at, Some(cause), stored);
    }
    timeline
}

fn fold(timeline: &Timeline, to: u32) -> World {
    let mut world = World::new(timeline.scenario());
    let trace = timeline.trace();
    for event in trace.events.range(0..to as usize) {
        world.apply(event, &trace.arenas);
    }
    world
}

#[test]
fn seeking_equals_folding_from_the_start() {
    for ranges in [0, 1, 40, 20_000] {
        let timeline = timeline(ranges);
        let step = (timeline.len() / 97).max(1);
        for event in (0..=timeline.len()).step_by(step as usize) {
            assert_eq!(
                timeline.world(Cursor::at(event)),
                fold(&timeline, event),
                "event {event} of {}",
                timeline.len()
            );
        }
        assert_eq!(timeline.world(Cursor::at(u32::MAX)), *timeline.end());
    }
}

#[test]
fn inside_a_range_facts_follow_the_messages() {
    let timeline = timeline(2);
    let scenario = timeline.scenario();
    let received = scenario.fact(Subject::Program(CONSUMER), "received");
    let received = received.expect("consumers have it");
    for (part, messages, time_ms) in [(0, 0, 0), (1, 1, 1), (2, 2, 2), (3, 3, 3), (9, 3, 3)] {
        let world = timeline.world(Cursor { event: 2, part });
        let facts = timeline.facts_of(&world);
        assert_eq!(
            facts.value(received),
            Value::Number(messages),
            "part {part}"
        );
        assert_eq!(world.now, SimTime(time_ms * 1_000));
        let seen = if messages == 0 {
            vec![]
        } else {
            vec![(0, messages - 1)]
        };
        assert_eq!(facts.received(CONSUMER), seen);
    }
}

#[test]
fn touching_ranges_are_received_as_one() {
    let timeline = timeline(4);
    assert_eq!(timeline.facts().received(CONSUMER), [(0, 11)]);
}

#[test]
fn the_canonical_text_names_events_by_number_and_causes() {
    let timeline = timeline(1);
    let trace = timeline.trace();
    let lines: Vec<String> = (0..timeline.len())
        .map(|id| {
            let id = offset_lab::ids::EventId(id);
            offset_lab::trace::text::line(trace, timeline.scenario(), id)
        })
        .collect();
    assert_eq!(
        lines,
        [
            "#0 0us <- script stream_created stream=s",
            "#1 0us <- script consumer_started actor=c stream=s reference=c from=first store_every=10 credit=10",
            "#2 1000us <- script processed actor=c first=0 count=3 stride_us=1000 again",
            "#3 3000us <- #2 stored stream=s reference=c offset=2",
        ]
    );
}

#[test]
fn confirms_shrink_the_set_of_unconfirmed_ids() {
    let mut scenario = Scenario::clone(&scenario());
    scenario.actors[0].role = Role::Producer;
    let mut timeline = Timeline::new(Arc::new(scenario));
    let recorder = timeline.recorder();
    let producer = ActorId(0);
    let settings = Arc::new(offset_lab::family::rabbitmq::settings::ProducerSettings {
        stream: LogId(0),
        reference: None,
        client: None,
    });
    recorder.emit(
        SimTime::ZERO,
        None,
        What::Family(FamilyEvent::RabbitMq(StreamEvent::ProducerStarted {
            producer,
            settings,
        })),
    );
    let handed = What::Family(FamilyEvent::RabbitMq(StreamEvent::Handed {
        producer,
        first_id: PublishingId(0),
        ids: 100,
        count: 100,
        stride: SimDuration::ZERO,
    }));
    recorder.emit(SimTime::ZERO, None, handed);
    let confirm = Message::RabbitMq(StreamMessage::ToProgram(ToProgram::Confirm {
        first_id: PublishingId(32),
        ids: 64,
        count: 64,
        duplicates: false,
    }));
    let arrived = What::Arrived {
        actor: producer,
        message: confirm,
    };
    recorder.emit(SimTime::ZERO, None, arrived);
    let p = timeline.end().producer(producer).expect("it was started");
    assert_eq!(p.unconfirmed.ranges(), [(0, 31), (96, 99)]);
    assert_eq!((p.sent, p.confirmed), (100, 64));
}
