//! The built-in lessons: each holds as it stands, and each says something.

use offset_lab::language::parse;
use offset_lab::lessons::{LessonKind, all};
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use crate::runs::{failures, run};

#[test]
fn every_lesson_holds_as_it_stands() {
    for lesson in all().filter(|lesson| lesson.kind == LessonKind::Lesson) {
        assert_eq!(
            failures(&run(lesson.text())),
            [] as [&str; 0],
            "{}",
            lesson.slug
        );
    }
}

#[test]
fn every_lesson_has_a_title_a_summary_and_narration() {
    for lesson in all() {
        let scenario = parse(lesson.text()).scenario;
        let told = scenario.statements.iter().any(|s| s.narration.is_some());
        assert!(scenario.header.title.is_some(), "{}", lesson.slug);
        assert!(scenario.header.summary.is_some(), "{}", lesson.slug);
        assert!(told, "{}", lesson.slug);
    }
}
