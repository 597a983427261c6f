//! `offset-lab learn`: a lesson beat by beat, with right, wrong and strange answers, and attempts at exercises.

use offset_lab::lessons::{LessonKind, all};

use crate::{run, with_input};

#[test]
fn a_lesson_asks_judges_and_explains() {
    let answers = |answer: &str| format!("\n\n{answer}\n\n\n\n").into_bytes();
    let play = |answer: &str| with_input(&["learn", "crash-and-redelivery"], &answers(answer));
    let (code, right, err) = play("8");
    assert_eq!((code, err.as_str()), (0, ""), "{right}");
    for words in [
        "How many messages does billing process twice?",
        "Yes: 8.",
        "billing processed offsets 21 to 27 again",
        "It resumes at 20",
    ] {
        assert!(right.contains(words), "{words}: {right}");
    }
    let (_, wrong, _) = play("3");
    for words in ["Not 3: it is 8.", "3 would be right if it stored every 5."] {
        assert!(wrong.contains(words), "{words}: {wrong}");
    }
    for strange in ["-8", "99999999999999999999999", "acht", "\u{1b}[2J"] {
        let (code, out, _) = play(strange);
        assert_eq!(code, 0, "{strange:?}: {out}");
        assert!(
            out.contains("it is 8.") && !out.contains('\u{1b}'),
            "{strange:?}: {out}"
        );
    }
}

#[test]
fn every_lesson_plays_to_its_end_when_nobody_answers() {
    for lesson in all().filter(|lesson| lesson.kind == LessonKind::Lesson) {
        let (code, out, err) = with_input(&["learn", lesson.slug], b"");
        assert_eq!((code, err.as_str()), (0, ""), "{}", lesson.slug);
        assert!(!out.contains("failed"), "{}: {out}", lesson.slug);
        let last = lesson.text().trim().lines().last().unwrap_or_default();
        if let Some(words) = last.strip_prefix("> ").filter(|words| !words.contains('{')) {
            assert!(out.contains(words), "{}: {words}: {out}", lesson.slug);
        }
    }
}

#[test]
fn attempts_are_judged() {
    let (code, out, _) = run(&["learn", "resume-where-it-stopped"]);
    assert_eq!(code, 1, "{out}");
    assert!(
        out.contains("hint: ") && out.contains("may be written: consumer"),
        "{out}"
    );
    let attempt = |file: &str| {
        let file = format!("exercises/{file}.lab");
        run(&["learn", "resume-where-it-stopped", "--attempt", &file])
    };
    let (code, out, _) = attempt("resume-where-it-stopped.solution");
    assert_eq!(code, 0, "{out}");
    assert!(out.contains("solved"), "{out}");
    let (code, out, _) = attempt("resume-where-it-stopped.wrong-redelivered");
    assert_eq!(code, 1, "{out}");
    assert!(
        out.contains("hint: billing processed 6 messages again"),
        "{out}"
    );
    for bad in [
        &["learn", "nobody"][..],
        &["learn", "quorum", "--attempt", "lessons/quorum.lab"],
        &[
            "learn",
            "resume-where-it-stopped",
            "--attempt",
            "nowhere.lab",
        ],
    ] {
        let (code, out, err) = run(bad);
        assert_eq!((code, out.as_str()), (2, ""), "{err}");
        assert!(!err.is_empty());
    }
}
