//! Acting in the past: a line written at any moment of a run leaves everything before it as it was.
//! Method: a line without effect is written at every moment of every example; the digest must stay.

use std::sync::Arc;

use offset_lab::act::{Acted, Acting, Refusal};
use offset_lab::engine::{Progress, Run};
use offset_lab::ids::ActorId;
use offset_lab::language::parse;
use offset_lab::{Cursor, Timeline};
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use crate::data::texts;
use crate::runs::run;

/// The finished run of a text that has no diagnostics.
pub(crate) fn finished(text: &str) -> Arc<Run> {
    let parsed = parse(text);
    assert_eq!(parsed.diagnostics, [], "{text}");
    let mut run = Run::new(&parsed.scenario);
    while run.advance(10_000) == Progress::More {}
    Arc::new(run)
}

/// Writes a line at a moment of a run.
pub(crate) fn act(
    base: &Arc<Run>,
    text: &str,
    cursor: Cursor,
    action: &str,
) -> Result<Acted, Refusal> {
    let mut acting = Acting::new(base.clone(), text.into(), cursor, &[action]);
    loop {
        if let Some(outcome) = acting.advance(97) {
            return outcome;
        }
    }
}

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
    for (name, text) in texts() {
        let base = finished(text);
        let timeline = base.timeline();
        for cursor in cursors(timeline) {
            let acted = act(&base, text, cursor, "chapter \"here\"");
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
    let base = finished(text);
    let timeline = base.timeline();
    let event = (0..timeline.len())
        .find(|event| {
            let world = timeline.world(Cursor::at(*event));
            world.consumer(ActorId(1)).is_some_and(|c| c.received >= 20)
        })
        .expect("the consumer processes a hundred messages");
    let mut acted = act(&base, text, Cursor::at(event), "crash c").expect("it is reachable");
    assert!(acted.text.contains("\ncrash c\nrun\n"), "{}", acted.text);
    // The run that proved the edit is the new run.
    while acted.run.advance(1_000) == Progress::More {}
    assert_eq!(acted.run.timeline().digest(), run(&acted.text).digest());
}

#[test]
fn what_is_no_statement_is_refused_with_its_diagnostics() {
    let text = "stream s\nrun\n";
    let base = finished(text);
    for nonsense in [
        "crash nobody",
        "\u{0}",
        "publish",
        "stream \"",
        "crash c\nrun",
    ] {
        let refused = act(&base, text, Cursor::at(0), nonsense).map(|acted| acted.text);
        assert!(
            matches!(refused, Err(Refusal::Problems(_))),
            "{nonsense:?}: {refused:?}"
        );
    }
}
