//! Acting in the past: a line written at any moment of a run leaves everything before it as it was.
//! Method: a line without effect is written at every moment of every example; the digest must stay.

use offset_lab::engine::act::{Refusal, insert};
use offset_lab::ids::ActorId;
use offset_lab::scenario::parse;
use offset_lab::{Cursor, Timeline};
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use crate::data::SCENARIOS;
use crate::runs::run;

/// Cursors between all events, or so many of them, and within the first ranges.
fn cursors(timeline: &Timeline) -> Vec<Cursor> {
    let step = (timeline.len() / 40).max(1) as usize;
    let between = (0..=timeline.len()).step_by(step).map(Cursor::at);
    let ranges = (0..timeline.len()).filter(|event| timeline.parts(*event) > 1);
    let inside = ranges.take(8).flat_map(|event| {
        let half = timeline.parts(event) / 2;
        [1, half].map(|part| Cursor { event, part })
    });
    between.chain(inside).collect()
}

#[test]
fn a_line_written_at_any_moment_leaves_the_run_before_it_as_it_was() {
    for (name, text) in SCENARIOS {
        if !parse(text).is_ok() {
            continue;
        }
        let timeline = run(text);
        for cursor in cursors(&timeline) {
            let acted = insert(text, &timeline, cursor, &["chapter \"here\""]);
            let acted = acted.unwrap_or_else(|why| panic!("{name} at {cursor:?}: {why:?}"));
            let line = acted.text.lines().nth(acted.line as usize - 1);
            assert_eq!(line.map(str::trim), Some("chapter \"here\""), "{name}");
            if cursor.part == 0 {
                let again = run(&acted.text);
                assert_eq!(
                    again.digest(),
                    timeline.digest(),
                    "{name} at {cursor:?}\n{}",
                    acted.text
                );
            }
        }
    }
}

#[test]
fn a_crash_in_the_past_is_a_line_of_the_text() {
    let text = "stream s\nproducer p on s\npublish p 100 \"m\"\nrun\n\
                consumer c on s from first store every 10 takes 1ms\nrun\n";
    let timeline = run(text);
    let event = (0..timeline.len())
        .find(|event| {
            let world = timeline.world(Cursor::at(*event));
            world.consumer(ActorId(1)).is_some_and(|c| c.received >= 20)
        })
        .expect("the consumer processes a hundred messages");
    let acted = insert(text, &timeline, Cursor::at(event), &["crash c"]).expect("it is reachable");
    assert!(acted.text.contains("\ncrash c\nrun\n"), "{}", acted.text);
}

#[test]
fn what_is_no_statement_is_refused_with_its_diagnostics() {
    let text = "stream s\nrun\n";
    let timeline = run(text);
    for nonsense in [
        "crash nobody",
        "\u{0}",
        "publish",
        "stream \"",
        "crash c\nrun",
    ] {
        let refused = insert(text, &timeline, Cursor::at(0), &[nonsense]);
        assert!(
            matches!(refused, Err(Refusal::Problems(_))),
            "{nonsense:?}: {refused:?}"
        );
    }
}
