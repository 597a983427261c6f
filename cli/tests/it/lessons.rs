//! `offset-lab lessons`: the list, one by any of its names, and what a wrong name is answered.

use offset_lab::lessons::{ALL, find};

use crate::run;

#[test]
fn lessons_are_listed_and_printed() {
    let (code, list, _) = run(&["lessons"]);
    assert_eq!(code, 0);
    for lesson in ALL {
        assert!(
            list.contains(lesson.slug) && list.contains(lesson.title()),
            "{list}"
        );
        let number: u32 = lesson.number().parse().expect("it is a number");
        let words = lesson.slug.split_once('-').expect("it has words").1;
        for name in [
            lesson.slug,
            lesson.number(),
            &number.to_string(),
            words,
            &format!("{}.lab", lesson.slug),
            &lesson.slug.to_uppercase(),
        ] {
            let (code, text, err) = run(&["lessons", name]);
            assert_eq!((code, text.as_str()), (0, lesson.text), "{name}: {err}");
        }
    }
}

#[test]
fn the_beginning_of_a_name_is_enough_when_no_other_begins_so() {
    for (name, slug) in [
        ("10-cr", "10-crash-and-redelivery"),
        ("crash", "10-crash-and-redelivery"),
        ("last", "06-last-is-a-chunk"),
        // A number is a number, though others begin so.
        ("2", "02-resume-where-you-left-off"),
        ("1", "01-browse-a-stream"),
    ] {
        let lesson = find(slug).expect("there is such a lesson");
        let (code, text, err) = run(&["lessons", name]);
        assert_eq!((code, text.as_str()), (0, lesson.text), "{name}: {err}");
    }
    let (code, out, err) = run(&["lessons", "la"]);
    assert_eq!((code, out.as_str()), (2, ""));
    for slug in ["`06-last-is-a-chunk`", "`17-lag-is-not-what-is-left`"] {
        assert!(err.contains(slug), "{err}");
    }
    assert!(!err.contains("01-"), "{err}");
}

#[test]
fn a_wrong_name_suggests() {
    let numbered = &*format!("they are numbered from 1 to {}; ", ALL.len());
    for (name, words) in [
        (
            "crsh-and-redelivery",
            "did you mean `10-crash-and-redelivery`?",
        ),
        ("deduplicaton", "did you mean `08-deduplication`?"),
        ("08-deduplicatoin", "did you mean `08-deduplication`?"),
        ("99", numbered),
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
