//! Why something is as it is: of every event, of every fact that a thing or a table shows, in every family.

use offset_lab::Timeline;
use offset_lab::ids::EventId;
use offset_lab::view::why::{Reason, WhyTarget, reason};
use offset_lab::view::{Frame, FrameOptions, Target, frame_at};
use offset_lab::world::Cursor;
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use crate::data::{SCENARIOS, scenario};
use crate::runs::run;

const CRASH: &str = "stream s\nproducer p on s\npublish p 100 \"m{n}\"\nrun\n\
    consumer billing on s from first store every 10 takes 1ms\nrun until billing.last == 27\ncrash billing\nrun\n\
    restart billing\nrun\n";

fn frame(timeline: &Timeline, cursor: Cursor, selected: Option<Target>) -> Frame {
    let options = FrameOptions {
        selected,
        ..FrameOptions::default()
    };
    frame_at(timeline, cursor, &options)
}

fn end(timeline: &Timeline) -> Cursor {
    Cursor::at(timeline.len())
}

/// What a fact was before and behind the event that a reason begins with.
fn around(timeline: &Timeline, reason: &Reason, see: impl Fn(Cursor) -> Option<String>) {
    let Some(event) = reason.chain.first().and_then(|link| link.event) else {
        let ever = ["It has been so from", "The last "];
        assert!(
            ever.iter().any(|words| reason.since.starts_with(words)),
            "{reason:?}"
        );
        return;
    };
    let (before, after) = (see(Cursor::at(event.0)), see(Cursor::at(event.0 + 1)));
    assert_ne!(before, after, "{reason:?}");
    assert_eq!(after, see(end(timeline)), "{reason:?}");
    let last = &reason.chain.last().expect("it has links").text;
    assert!(last.starts_with("It began with line "), "{reason:?}");
}

/// Asks about every thing that can be selected, every fact of it and every cell of every table, at the end.
fn ask_everything(name: &str, timeline: &Timeline) {
    let cursor = end(timeline);
    let whole = frame(timeline, cursor, None);
    let mut asked = 0;
    for table in &whole.tables {
        for (row, cells) in table.rows.iter().enumerate().take(4) {
            for column in 0..cells.cells.len() {
                let cell = WhyTarget::Cell {
                    table: table.id,
                    from: 0,
                    row,
                    column,
                };
                let found = reason(timeline, cursor, &cell).expect("the cell is there");
                let nth = table.rows[..row].iter();
                let nth = nth.filter(|other| other.target == cells.target).count();
                let see = |at: Cursor| {
                    let frame = frame(timeline, at, None);
                    let table = frame.tables.into_iter().find(|t| t.id == table.id)?;
                    let mut rows = table.rows.into_iter().filter(|r| r.target == cells.target);
                    Some(rows.nth(nth)?.cells[column].clone())
                };
                around(timeline, &found, see);
                asked += 1;
            }
        }
    }
    let mut targets: Vec<Target> = whole.stage.marks.iter().filter_map(|m| m.target).collect();
    targets.sort_unstable();
    targets.dedup();
    for target in targets {
        let inspector = frame(timeline, cursor, Some(target)).inspector;
        let thing = reason(timeline, cursor, &WhyTarget::Thing(target));
        assert_eq!(thing.is_some(), inspector.is_some(), "{name} {target:?}");
        for (fact, value) in inspector.iter().flat_map(|found| &found.facts).take(8) {
            let found = reason(timeline, cursor, &WhyTarget::Fact(target, fact.clone()));
            let found = found.expect("the fact is there");
            assert!(
                found.about.contains(fact) && found.about.ends_with(value),
                "{found:?}"
            );
            let see = |at: Cursor| {
                let facts = frame(timeline, at, Some(target)).inspector?.facts;
                facts
                    .into_iter()
                    .find_map(|f| (f.0 == *fact).then_some(f.1))
            };
            around(timeline, &found, see);
            asked += 1;
        }
    }
    assert!(asked > 0, "{name}");
}

#[test]
fn whatever_is_shown_is_so_since_the_event_that_is_named() {
    for name in [
        "10-crash-and-redelivery",
        "11-quorum",
        "20-rocketmq-progress",
    ] {
        ask_everything(name, &run(scenario(name)));
    }
}

#[test]
fn a_stored_offset_is_explained_by_the_store_and_by_what_led_to_it() {
    let timeline = run(CRASH);
    let end = frame(&timeline, end(&timeline), None);
    let consumer = end.tables[0].rows[0].target;
    let at = (1..=timeline.len())
        .find(|at| timeline.trace().events[*at as usize - 1].what.word() == "crashed")
        .expect("it crashes");
    let asked = WhyTarget::Fact(consumer, "stored".into());
    let found = reason(&timeline, Cursor::at(at), &asked).expect("it is there");
    assert_eq!(found.about, "stored of consumer billing is 19");
    let told: Vec<&str> = found.chain.iter().map(|link| &*link.text).collect();
    assert!(told[0].contains("19"), "{told:?}");
    assert!(told.len() > 3, "{told:?}");
    assert_eq!(told[told.len() - 1], "It began with line 5 of the script.");
    // The same at any later moment at which it is the same.
    let later = reason(&timeline, Cursor::at(at + 1), &asked).expect("it is there");
    assert_eq!(later, found);
}

#[test]
fn within_a_range_the_range_is_the_reason() {
    let timeline = run(CRASH);
    let range = (0..timeline.len())
        .find(|at| {
            let range = timeline.trace().events[*at as usize].what.processed();
            range.is_some_and(|range| range.count > 3)
        })
        .expect("it processes several in one go");
    let consumer = frame(&timeline, end(&timeline), None).tables[0].rows[0].target;
    let cursor = Cursor {
        event: range,
        part: 3,
    };
    let found = reason(
        &timeline,
        cursor,
        &WhyTarget::Fact(consumer, "received".into()),
    );
    let found = found.expect("it is there");
    let before = frame(&timeline, Cursor::at(range), Some(consumer)).inspector;
    let facts = before.expect("it is there").facts;
    let before = facts.iter().find(|fact| fact.0 == "received");
    let before: u64 = before
        .and_then(|fact| fact.1.parse().ok())
        .expect("a number");
    let now = format!("received of consumer billing is {}", before + 3);
    assert_eq!(found.about, now);
    assert_eq!(found.chain[0].event, Some(EventId(range)));
}

#[test]
fn every_event_can_be_asked_about_and_what_is_not_there_cannot() {
    for (name, text) in SCENARIOS {
        if !offset_lab::parse(text).is_ok() {
            continue;
        }
        let timeline = run(text);
        for event in (0..timeline.len()).step_by(1 + timeline.len() as usize / 40) {
            let found = reason(
                &timeline,
                Cursor::default(),
                &WhyTarget::Event(EventId(event)),
            );
            assert!(found.is_some_and(|found| !found.chain.is_empty()), "{name}");
        }
        let beyond = WhyTarget::Event(EventId(timeline.len()));
        assert_eq!(
            reason(&timeline, Cursor::default(), &beyond),
            None,
            "{name}"
        );
    }
    let timeline = run(CRASH);
    let consumer = frame(&timeline, end(&timeline), None).tables[0].rows[0].target;
    let none = WhyTarget::Fact(consumer, "no such fact".into());
    assert_eq!(reason(&timeline, end(&timeline), &none), None);
    let cell = WhyTarget::Cell {
        table: "consumers",
        from: 0,
        row: 7,
        column: 99,
    };
    assert_eq!(reason(&timeline, end(&timeline), &cell), None);
}
