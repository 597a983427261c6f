//! `offset-lab lessons`: the list, one by any of its names, and what a wrong name is answered.

use offset_lab::lessons::{TRACKS, all, find};

use crate::run;

#[test]
fn tracks_and_lessons_are_listed_and_printed() {
    let (code, list, _) = run(&["lessons"]);
    assert_eq!(code, 0);
    for track in TRACKS {
        assert!(
            list.contains(track.title) && list.contains(track.about),
            "{list}"
        );
    }
    for (number, lesson) in (1..).zip(all()) {
        assert!(
            list.contains(lesson.slug) && list.contains(lesson.title()),
            "{list}"
        );
        for name in [
            lesson.slug,
            &number.to_string(),
            &format!("0{number}"),
            &format!("{}.lab", lesson.slug),
            &lesson.slug.to_uppercase(),
        ] {
            let (code, text, err) = run(&["lessons", name]);
            assert_eq!((code, text.as_str()), (0, lesson.text()), "{name}: {err}");
        }
    }
}

#[test]
fn the_beginning_of_a_name_is_enough_when_no_other_begins_so() {
    for (name, slug) in [
        ("10-crash-and-redelivery", "crash-and-redelivery"),
        ("crash", "crash-and-redelivery"),
        ("dedup", "deduplication"),
        ("last", "last-is-a-chunk"),
        ("1", "what-an-offset-is"),
    ] {
        let lesson = find(slug).expect("there is such a lesson");
        let (code, text, err) = run(&["lessons", name]);
        assert_eq!((code, text.as_str()), (0, lesson.text()), "{name}: {err}");
    }
    let (code, out, err) = run(&["lessons", "la"]);
    assert_eq!((code, out.as_str()), (2, ""));
    for slug in ["`last-is-a-chunk`", "`lag-is-not-what-is-left`"] {
        assert!(err.contains(slug), "{err}");
    }
    assert!(!err.contains("browse"), "{err}");
}

#[test]
fn a_wrong_name_suggests() {
    let numbered = &*format!("they are numbered from 1 to {}; ", all().count());
    for (name, words) in [
        (
            "crsh-and-redelivery",
            "did you mean `crash-and-redelivery`?",
        ),
        ("deduplicaton", "did you mean `deduplication`?"),
        ("999", numbered),
        ("0", numbered),
        ("zzz", "`offset-lab lessons` lists them"),
        ("", "`offset-lab lessons` lists them"),
    ] {
        let (code, out, err) = run(&["lessons", name]);
        assert_eq!((code, out.as_str()), (2, ""), "{name}");
        assert!(
            err.contains(&format!("there is no lesson `{name}`; ")) && err.contains(words),
            "{err}"
        );
    }
    let (_, _, err) = run(&["lessons", "zzz"]);
    assert!(!err.contains("did you mean"), "{err}");
}
