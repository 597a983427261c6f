//! Where stories pause, what stands there to be read, and what a level of detail shows.

use offset_lab::trace::Level;
use offset_lab::view::beats::{after, before};
use offset_lab::view::{FrameOptions, frame_at};
use offset_lab::{Cursor, Timeline, lessons, parse};
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use crate::data::SCENARIOS;
use crate::runs::run;

/// The pauses of a timeline.
fn pauses(timeline: &Timeline) -> Vec<u32> {
    let mut pauses = vec![0];
    while pauses[pauses.len() - 1] < timeline.len() {
        pauses.push(after(timeline, Cursor::at(pauses[pauses.len() - 1])));
    }
    pauses
}

/// What is to be read at a moment.
fn words(timeline: &Timeline, at: u32) -> String {
    frame_at(timeline, Cursor::at(at), &FrameOptions::default())
        .story
        .text
}

const TOLD: &str = "title \"T\"\n> One.\nstream s\nproducer p on s\npublish p 20 \"m\"\nrun\n\
    > Two.\n>\n> Still two.\nconsumer c on s from first store every 5 takes 1ms\nrun until c.last == 7\n\
    > It dies.\ncrash c\nlose next confirm to p\nrun\n\
    > What now?\nask \"How many again?\" c.redelivered\n> The answer.\nrestart c\nrun\nexpect c.redelivered == 3\n\
    chapter \"Later\"\nrun for 1s\n> The end.\n";

#[test]
fn a_story_pauses_where_there_is_something_to_read_to_answer_or_to_see() {
    let timeline = run(TOLD);
    let pauses = pauses(&timeline);
    let told: Vec<String> = pauses.iter().map(|at| words(&timeline, *at)).collect();
    assert_eq!(
        told,
        [
            "One.",
            "Two.\n\nStill two.",
            "It dies.",
            // Behind the two faults nothing more happens. Nothing behind the question before time goes on.
            "What now?",
            // Behind the check, which is where the chapter begins.
            "",
            "The end."
        ]
    );
    let asked = pauses[3];
    assert_eq!(words(&timeline, asked + 1), "What now?\n\nThe answer.");
    // What is told stays until the next pause.
    for pair in pauses[1..4].windows(2) {
        for at in pair[0]..pair[1] {
            assert!(words(&timeline, at).starts_with(&words(&timeline, pair[0])));
        }
    }
}

#[test]
fn what_is_told_where_a_chapter_ends_is_read_with_the_title_of_the_next() {
    let timeline = run(
        "stream s\n> {s.next} so far.\nexpect s.next == 0\nchapter \"Next\"\n> {{And}} on.\n\
         producer p on s\npublish p 5 \"m\"\nrun\n> {s.next} now.\n",
    );
    assert_eq!(words(&timeline, 1), "0 so far.\n\n{And}} on.");
    // The numbers are those of the moment at which the text is read.
    assert_eq!(words(&timeline, 3), "0 so far.\n\n{And}} on.");
    assert!(words(&timeline, timeline.len()).ends_with("5 now."));
    for (text, message) in [
        ("> {s.nxt}\n", "no line above creates"),
        ("stream s\n> {s.nxt}\nrun\n", "no fact `nxt`"),
        ("stream s\n> {s.next\nrun\n", "is not closed"),
        ("> {}\n", "is not a fact"),
        ("> {s}\n", "is not a fact"),
        ("stream s\n> {s.next s.next}\n", "is too much"),
    ] {
        let found = parse(text).diagnostics;
        assert!(
            found.len() == 1 && found[0].message.contains(message),
            "{text}: {found:?}"
        );
    }
}

#[test]
fn before_and_after_are_the_same_pauses_in_every_scenario() {
    let texts = SCENARIOS.iter().map(|(name, text)| (*name, *text));
    let all = lessons::all().map(|lesson| (lesson.slug, lesson.text()));
    for (name, text) in texts.chain(all).filter(|(_, text)| parse(text).is_ok()) {
        let timeline = run(text);
        let pauses = pauses(&timeline);
        let mut found: Vec<u32> = (0..=timeline.len())
            .map(|at| before(&timeline, Cursor::at(at)))
            .collect();
        found.dedup();
        assert_eq!(found, pauses, "{name}");
    }
}

#[test]
fn a_level_shows_all_that_the_one_before_it_shows_and_more() {
    for lesson in lessons::all() {
        let timeline = run(lesson.text());
        let shown = |level: Level| {
            let events = timeline.trace().events.iter();
            events.filter(|event| event.what.level() <= level).count()
        };
        let counts = Level::ALL.map(shown);
        assert!(
            counts.is_sorted_by(|a, b| a < b),
            "{}: {counts:?}",
            lesson.slug
        );
        assert_eq!(counts[2], timeline.len() as usize);
    }
}
