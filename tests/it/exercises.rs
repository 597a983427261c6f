//! Exercises: reference solutions solve them, and each planted wrong attempt fails with the anomaly that its file names.

use std::fs;
use std::path::{Path, PathBuf};

use offset_lab::explain::anomalies;
use offset_lab::explain::anomaly::AnomalyKind;
use offset_lab::learn::{Verdict, judge};
use offset_lab::lessons::{Lesson, LessonKind, all};
use offset_lab::parse;

use crate::runs::run;

/// Files beside the exercises: their paths, names without `.lab` and texts.
fn files() -> Vec<(PathBuf, String, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("exercises");
    let entries = fs::read_dir(folder).expect("the folder is part of the repository");
    let paths = entries.map(|entry| entry.expect("it can be listed").path());
    let read = |path: PathBuf| {
        let name = path
            .file_stem()
            .expect("it has a name")
            .to_string_lossy()
            .into_owned();
        let text = fs::read_to_string(&path).expect("it is a text");
        (path, name, text)
    };
    paths.map(read).collect()
}

fn exercises() -> impl Iterator<Item = &'static Lesson> {
    all().filter(|lesson| lesson.kind == LessonKind::Exercise)
}

fn attempt(lesson: &Lesson, text: &str) -> (Verdict, Vec<offset_lab::explain::Anomaly>) {
    assert!(
        parse(text).is_ok(),
        "{}: {:?}",
        lesson.slug,
        parse(text).diagnostics
    );
    let timeline = run(text);
    let found = anomalies(&timeline);
    (judge(lesson.text(), text, &timeline, &found), found)
}

#[test]
fn there_are_at_least_eight_and_none_is_solved_as_it_is_given() {
    assert!(exercises().count() >= 8);
    for lesson in exercises() {
        let (verdict, _) = attempt(lesson, lesson.text());
        assert!(!verdict.is_solved(), "{}", lesson.slug);
        assert!(
            verdict.hint.is_some() && verdict.par.is_some(),
            "{}",
            lesson.slug
        );
        assert!(
            !verdict.allowed.is_empty() && verdict.lines == 0,
            "{}",
            lesson.slug
        );
        assert_eq!(verdict.forbidden, [] as [&str; 0], "{}", lesson.slug);
    }
}

#[test]
fn solutions_solve_and_each_wrong_attempt_fails_with_the_anomaly_that_its_file_names() {
    let files = files();
    for lesson in exercises() {
        let of = |what: &str| {
            let prefix = format!("{}.{what}", lesson.slug);
            files
                .iter()
                .filter(move |(_, name, _)| name.starts_with(&prefix))
        };
        let mut solutions = of("solution").peekable();
        assert!(
            solutions.peek().is_some(),
            "{} has no solution",
            lesson.slug
        );
        for (path, _, text) in solutions {
            let (verdict, _) = attempt(lesson, text);
            assert!(verdict.is_solved(), "{}: {verdict:?}", path.display());
            assert!(verdict.hint.is_none(), "{}", path.display());
            assert!(
                Some(verdict.lines as u64) <= verdict.par,
                "{}: {verdict:?}",
                path.display()
            );
        }
        let mut wrong = of("wrong-").peekable();
        assert!(
            wrong.peek().is_some(),
            "{} has no wrong attempt",
            lesson.slug
        );
        for (path, name, text) in wrong {
            let word = name.rsplit_once(".wrong-").expect("it is named so").1;
            let named = |kind: &AnomalyKind| kind.name().replace(' ', "-") == word;
            let kind = AnomalyKind::ALL.into_iter().find(named);
            let kind = kind.unwrap_or_else(|| panic!("{} names no anomaly", path.display()));
            let (verdict, found) = attempt(lesson, text);
            assert!(!verdict.is_solved(), "{}", path.display());
            assert_eq!(verdict.forbidden, [] as [&str; 0], "{}", path.display());
            let hint = verdict.hint.unwrap_or_default();
            let mut of_kind = found.iter().filter(|anomaly| anomaly.kind == kind);
            let is_said = of_kind.any(|anomaly| hint.starts_with(&anomaly.text));
            assert!(is_said, "{}: {hint} {found:?}", path.display());
        }
    }
}

#[test]
fn every_file_beside_the_exercises_belongs_to_one() {
    for (path, name, _) in files() {
        let slug = name.split('.').next().unwrap_or_default();
        let is_known = exercises().any(|lesson| lesson.slug == slug);
        assert!(
            is_known,
            "{} is no exercise of the registry",
            path.display()
        );
    }
}

#[test]
fn what_an_exercise_does_not_allow_does_not_solve_it() {
    let lesson = exercises().next().expect("there are some");
    let cheats = [
        // The goals are made easier.
        lesson
            .text()
            .replace("redelivered == 0", "redelivered >= 0"),
        // What happens is made easier.
        lesson.text().replace("stop screen", "pause screen"),
        // What makes it an exercise is taken away.
        lesson.text().replace("allow consumer", ""),
    ];
    for text in cheats {
        assert_ne!(text, lesson.text());
        let (verdict, _) = attempt(lesson, &text);
        assert!(!verdict.is_solved(), "{text}");
        assert!(!verdict.forbidden.is_empty(), "{text}");
    }
    // Layout, comments and narration are nobody's business.
    let told = lesson
        .text()
        .replace("\nrun\n", "\n# why\n  run   # now\n> More.\n\n");
    assert_eq!(attempt(lesson, &told).0.forbidden, [] as [&str; 0]);
}
