//! The questions that learners ask: each runs, its checks hold, its answer is two sentences in which the engine says the
//! numbers, and what decides it is where its only words are read.

use offset_lab::language::parse;
use offset_lab::lessons::{Lesson, QUESTIONS, TEMPLATES};
use offset_lab::view::{FrameOptions, beats, frame_at};
use offset_lab::world::Cursor;
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use crate::runs::{failures, run};

/// The text without what the engine puts in: `{fact}`.
fn written(text: &str) -> String {
    let parts = text.split('{').enumerate();
    parts
        .map(|(at, part)| match at {
            0 => part,
            _ => part.split_once('}').map_or("", |(_, rest)| rest),
        })
        .collect()
}

fn narration(question: &Lesson) -> String {
    let lines = question.text().lines().filter(|line| line.starts_with('>'));
    lines.collect::<Vec<_>>().join("\n")
}

#[test]
fn there_are_twenty_and_what_each_claims_holds() {
    assert_eq!(QUESTIONS.len(), 20);
    for question in QUESTIONS.iter().chain(TEMPLATES) {
        let failed = failures(&run(question.text()));
        assert_eq!(failed, [] as [&str; 0], "{}", question.slug);
    }
}

#[test]
fn an_answer_is_two_sentences_and_no_number_is_typed() {
    for question in QUESTIONS {
        let (title, answer) = (question.title(), question.summary());
        assert!(title.ends_with('?') || title.contains("? "), "{title}");
        let sentences = format!("{answer} ").matches(". ").count();
        assert_eq!(sentences, 2, "{}: {answer}", question.slug);
        for words in [answer.to_owned(), written(&narration(question))] {
            let has_number = words.contains(|c: char| c.is_ascii_digit());
            assert!(!has_number, "{}: {words}", question.slug);
        }
    }
}

#[test]
fn it_opens_at_the_step_that_decides_it() {
    for question in QUESTIONS {
        let scenario = parse(question.text()).scenario;
        let told = scenario.statements.iter().filter(|s| s.narration.is_some());
        assert_eq!(told.count(), 1, "{}", question.slug);
        assert!(scenario.closing.is_none(), "{}", question.slug);
        let timeline = run(question.text());
        let step = beats::first_words(&timeline).unwrap_or_else(|| panic!("{}", question.slug));
        assert!(step > 0, "{}", question.slug);
        let frame = frame_at(&timeline, Cursor::at(step), &FrameOptions::default());
        let words = frame.story.text;
        assert!(
            words.contains(char::is_numeric),
            "{}: {words}",
            question.slug
        );
        assert!(!words.contains(['{', '}']), "{words}");
    }
}
