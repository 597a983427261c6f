//! Questions: what can be answered, what is said of a wrong answer, and when the right one is decided.

use offset_lab::engine::{Progress, Run};
use offset_lab::learn::{Prediction, predict};
use offset_lab::lessons::{all, find};
use offset_lab::{Cursor, parse};
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

fn run(text: &str) -> Run {
    let parsed = parse(text);
    assert!(parsed.is_ok(), "{:?}", parsed.diagnostics);
    let mut run = Run::new(&parsed.scenario);
    while run.advance(u32::MAX) == Progress::More {}
    run
}

/// Every question of a run, as it stands where it is asked.
fn questions(run: &Run) -> Vec<Prediction> {
    let mut found: Vec<Prediction> = Vec::new();
    for at in 0..=run.timeline().len() {
        let is_new = |asked: &offset_lab::world::Asked| asked.opened == at;
        if run
            .timeline()
            .asked(Cursor::at(at))
            .is_some_and(|a| is_new(&a))
        {
            found.extend(predict(run, Cursor::at(at)));
        }
    }
    found
}

#[test]
fn every_question_of_the_course_has_plausible_answers_and_is_explained() {
    let mut asked = 0;
    for lesson in all() {
        let run = run(lesson.text());
        for question in questions(&run) {
            asked += 1;
            let name = format!("{} {:?}", lesson.slug, question.answer);
            let right = question
                .choices
                .iter()
                .filter(|c| c.value == question.answer);
            assert_eq!(right.count(), 1, "{name}");
            assert!(
                (2..=6).contains(&question.choices.len()),
                "{name}: {:?}",
                question.choices
            );
            for choice in question
                .choices
                .iter()
                .filter(|c| c.value != question.answer)
            {
                let why = question.said_of(&choice.value);
                assert!(
                    why.is_some_and(|why| why.ends_with('.')),
                    "{name}: {choice:?}"
                );
                assert!(!question.is_right(&choice.value), "{name}");
            }
            assert!(question.is_right(&question.answer), "{name}");
            let asked = question.asked;
            assert!(
                (asked.opened..=asked.closes).contains(&question.decided),
                "{name}"
            );
        }
    }
    assert!(asked > 30, "{asked}");
}

const CRASH: &str = "stream s\nproducer p on s\npublish p 100 \"m{n}\"\nrun\n\
    consumer billing on s from first store every 10 takes 1ms\nrun until billing.last == 27\ncrash billing\nrun\n\
    ask \"How many again?\" billing.redelivered\nrestart billing\nrun\nexpect billing.redelivered == 8\n";

#[test]
fn a_wrong_answer_is_told_what_would_have_to_be_different() {
    let question = questions(&run(CRASH)).remove(0);
    assert_eq!(question.answer, "8");
    for (given, why) in [
        ("3", "3 would be right if it stored every 5."),
        ("28", "28 would be right if it did not store."),
        ("19", "That is `billing.stored` at this moment"),
    ] {
        let said = question.said_of(given).unwrap_or_default();
        assert!(said.starts_with(why), "{given}: {said}");
    }
    assert_eq!(question.said_of("77"), None);
    assert!(
        question.reasons[0].text.contains("21 to 27 again"),
        "{:?}",
        question.reasons
    );
}

#[test]
fn what_happens_meanwhile_is_no_reason_for_what_stays_as_it_is() {
    let text = "stream s\nproducer p on s\npublish p 3 \"m\"\nrun\nask \"How many stay?\" s.messages\n\
        consumer c on s from first\nrun\nrun for 1s\nexpect s.messages == 3\n";
    let question = questions(&run(text)).remove(0);
    let told: Vec<&str> = question.reasons.iter().map(|link| &*link.text).collect();
    assert_eq!(
        told,
        [
            "It was that already, and nothing that happened changed it.",
            "Chunk 0 was written to s: 3 messages from p at offsets 0 to 2.",
            "It began with line 2 of the script.",
        ]
    );
}

#[test]
fn the_variants_are_true() {
    // What is said of 3 holds when it is tried.
    let other = CRASH.replace("every 10", "every 5").replace("== 8", "== 3");
    let other = run(&other);
    assert!(other.timeline().checks().iter().all(|check| check.passed));
}

#[test]
fn a_wrong_answer_about_a_group_is_told_what_would_have_to_be_different() {
    for (lesson, asked, answer, given, why) in [
        (
            "a-message-that-hangs",
            0,
            "3",
            "30",
            "30 would be right if no message hung.",
        ),
        (
            "reset",
            0,
            "7",
            "0",
            "0 would be right if it had not been reset.",
        ),
        (
            "reset",
            1,
            "5",
            "4",
            "4 would be right with the rules of RocketMQ 4.9.",
        ),
        (
            "a-first-start-in-5x",
            0,
            "0",
            "16",
            "16 would be right if it said `from first`.",
        ),
        (
            "rebalance",
            0,
            "1",
            "4",
            "4 would be right if it broadcast.",
        ),
    ] {
        let text = find(lesson).expect("it is built in").text();
        let question = questions(&run(text)).remove(asked);
        assert_eq!(question.answer, answer, "{lesson}");
        assert_eq!(question.said_of(given), Some(why), "{lesson}");
    }
}

#[test]
fn the_variants_of_groups_are_true() {
    let text = |lesson: &str| find(lesson).expect("it is built in").text();
    let hangs = text("a-message-that-hangs");
    let other = hangs.replace(" hangs at \"poison\"", "");
    assert_eq!(questions(&run(&other)).remove(0).answer, "30");
    let reset = text("reset");
    let other = reset.replace("broker rocketmq 5.3", "broker rocketmq 4.9");
    assert_eq!(questions(&run(&other)).remove(1).answer, "4");
}

#[test]
fn a_question_is_open_from_its_ask_to_the_check_behind_it() {
    let run = run(CRASH);
    let question = questions(&run).remove(0);
    let asked = question.asked;
    for at in 0..=run.timeline().len() {
        let is_open = (asked.opened..asked.closes).contains(&at);
        let found = run.timeline().asked(Cursor::at(at));
        assert_eq!(found.is_some(), is_open, "{at}");
        assert_eq!(predict(&run, Cursor::at(at)).is_some(), is_open, "{at}");
    }
}
