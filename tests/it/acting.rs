//! Acting at every moment of random scenarios: whatever the moment, a line can be written there, and the run
//! before it stays as it was. Method: the judges' random scripts and a line without effect, so that the whole
//! run behind it must be the same too, but for ranges that are cut.

use offset_lab::act::Refusal;
use offset_lab::engine::{Progress, Run};
use offset_lab::view::acts::{Act as Offer, Here, menus};
use offset_lab::{Cursor, Timeline};
use proptest::prelude::*;

use crate::act::{act, finished};
use crate::data::texts;
use crate::judges::{CLUSTER, SINGLE, acts, text};
use crate::rocketmq_judges::config;
use crate::rocketmq_judges::texts::{acts as queue_acts, setting, text as queue_text};

/// Consumers whose messages take time, which keep offsets themselves, of which one is active, by other clients.
const RICH: &str = "option latency 300us\nstream s segment 1kB max-length 4kB\nproducer p1 on s\n\
     producer p2 on s named ref as java\nconsumer c1 on s from first store every 3 takes 70us\n\
     consumer c2 on s from first store external every 2 takes 100us\n\
     consumer c3 on s named group from first store auto every 7 single active as java\n\
     consumer c4 on s named group from first store every 2 single active\n";

/// Between all events and within all ranges, or so many of these moments.
fn cursors(timeline: &Timeline, most: usize) -> Vec<Cursor> {
    let between = (0..=timeline.len()).map(Cursor::at);
    let inside = (0..timeline.len()).flat_map(|event| {
        let parts = timeline.parts(event);
        let parts = [1, parts / 2, parts.saturating_sub(1)]
            .into_iter()
            .filter(move |p| (1..parts).contains(p));
        parts.map(move |part| Cursor { event, part })
    });
    let all: Vec<Cursor> = between.chain(inside).collect();
    let step = all.len() / most + 1;
    all.into_iter().step_by(step).collect()
}

fn finish(mut run: Run) -> Run {
    while run.advance(1_000) == Progress::More {}
    run
}

fn judge(text: &str, most: usize) {
    let base = finished(text);
    let timeline = base.timeline();
    for cursor in cursors(timeline, most) {
        let acted = act(&base, text, cursor, "chapter \"here\"");
        let acted = acted.unwrap_or_else(|why| panic!("{cursor:?}: {why:?}\n{text}"));
        let (edited, events) = (acted.text, acted.events);
        let new = finish(acted.run);
        let fresh = finished(&edited);
        assert_eq!(
            new.timeline().digest(),
            fresh.timeline().digest(),
            "{cursor:?}\n{edited}"
        );
        assert!(
            new.timeline()
                .trace()
                .events
                .agree(&timeline.trace().events, 0..cursor.event as usize)
        );
        assert!(events >= cursor.event, "{cursor:?}\n{edited}");
        if cursor.part == 0 {
            assert_eq!(
                new.timeline().digest(),
                timeline.digest(),
                "{cursor:?}\n{text}\n{edited}"
            );
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_moment_can_be_acted_at(acts in acts()) {
        let acts = &acts[..acts.len().min(20)];
        judge(&text(SINGLE, acts), 60);
        judge(&text(CLUSTER, acts), 60);
        judge(&text(RICH, acts), 60);
    }
}

proptest! {
    #![proptest_config(config(40))]

    #[test]
    fn every_moment_of_groups_can_be_acted_at(setting in setting(), acts in queue_acts(20)) {
        judge(&queue_text(setting, &acts), 30);
    }
}

#[test]
fn a_run_that_a_limit_ended_can_be_acted_at_before_its_end() {
    let text = "stream s\nproducer p on s\npublish p 2_000_000 \"x\" one by one\nrun\n";
    let base = finished(text);
    assert!(base.timeline().stopped().is_some());
    let middle = Cursor::at(base.timeline().len() / 2);
    let acted = act(&base, text, middle, "crash p").expect("the moment was come to");
    assert!(acted.events >= middle.event);
    assert_eq!(finish(acted.run).timeline().stopped(), None);
    // Nothing comes behind the end: there the script was cut off.
    let end = Cursor::at(base.timeline().len());
    let refused = act(&base, text, end, "crash p").map(|acted| acted.text);
    assert_eq!(refused, Err(Refusal::Unreachable));
}

/// Every act that is offered at a moment, as the line that it writes with what stands in its blanks.
fn offered(timeline: &Timeline, cursor: Cursor) -> Vec<String> {
    let world = timeline.world(cursor);
    let here = Here {
        scenario: timeline.scenario(),
        world: &world,
        whole: Ok(()),
    };
    let menus = menus(&here);
    let acts = menus.iter().flat_map(|menu| &menu.acts);
    let possible = acts.filter(|act| act.possible.is_ok());
    let line = |act: &std::sync::Arc<Offer>| {
        let values: Vec<String> = act.fields.iter().map(|f| f.value(None)).collect();
        act.line(&values)
    };
    possible.map(line).collect()
}

#[test]
fn whatever_is_offered_at_a_moment_can_be_done_there() {
    for (name, text) in texts() {
        let base = finished(text);
        let timeline = base.timeline();
        for (nth, cursor) in cursors(timeline, 70).into_iter().enumerate() {
            let offered = offered(timeline, cursor);
            assert!(offered.len() > 5, "{name} at {cursor:?}: {offered:?}");
            // At every moment some of them, each of them at many moments.
            for line in offered.iter().skip(nth % 8).step_by(8) {
                let acted = act(&base, text, cursor, line);
                let acted =
                    acted.unwrap_or_else(|why| panic!("{name} at {cursor:?}, {line}: {why:?}"));
                let done = acted.text.lines().nth(acted.line as usize - 1);
                assert_eq!(
                    done.map(str::trim),
                    Some(line.as_str()),
                    "{name} at {cursor:?}"
                );
                let (old, new) = (timeline.trace(), acted.run.timeline().trace());
                assert!(
                    new.events.agree(&old.events, 0..cursor.event as usize),
                    "{name}"
                );
            }
        }
    }
}

#[test]
fn what_a_timer_brings_while_nothing_is_under_way_can_be_acted_at() {
    // The program hangs, and so nothing is under way until the client gives the message up.
    let text = "broker rocketmq 5.3\ntopic t queues 1\nproducer p on t\ngroup g on t from first hangs at \"m2\"\n\
                publish p 4 \"m{i}\"\nrun\nrun for 31m\n";
    let base = finished(text);
    let timeline = base.timeline();
    let given_up = (0..timeline.len())
        .find(|at| timeline.trace().events[*at as usize].what.word() == "given_up")
        .expect("within half an hour");
    for at in given_up..timeline.len() {
        let acted = act(&base, text, Cursor::at(at), "crash g");
        let acted = acted.unwrap_or_else(|why| panic!("{at}: {why:?}"));
        // No more than what happens at the same instant comes before it.
        let seen = timeline.world(Cursor::at(at)).now;
        let then = acted.run.timeline().world(Cursor::at(acted.events)).now;
        assert_eq!(seen, then, "{at}\n{}", acted.text);
        assert!(acted.events - at < 4, "{at}\n{}", acted.text);
    }
}
