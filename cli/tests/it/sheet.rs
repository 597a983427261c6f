//! `offset-lab sheet`: lessons to be printed.

use offset_lab::lessons::all;

use crate::run;

#[test]
fn a_lesson_is_printed_with_pictures_questions_transcript_and_no_controls() {
    let (code, page, err) = run(&["sheet", "crash-and-redelivery", "-o", "-"]);
    assert_eq!((code, err.as_str()), (0, ""));
    assert!(page.matches("<figure><svg").count() >= 3, "pictures");
    for words in [
        "<h2>A crash replays what was processed after the last store</h2>",
        "<p class=\"ask\">How many messages does billing process twice?</p>",
        "<li>How many messages does billing process twice? <strong>8</strong></li>",
        "It resumes at 20, behind the stored offset",
        "billing crashed",
        "<em>stored</em>",
        "@media print",
    ] {
        assert!(page.contains(words), "{words}");
    }
    for control in ["<script", "<button", "<input", "<textarea", "http"] {
        let found = page
            .replace("http://www.w3.org/2000/svg", "")
            .contains(control);
        assert!(!found, "{control}");
    }
    // The question comes before what answers it.
    let place = |words: &str| page.find(words).unwrap_or_else(|| panic!("{words}"));
    assert!(place("class=\"ask\"") < place("It resumes at 20"));
}

#[test]
fn without_a_name_it_is_all_lessons_and_a_name_that_is_none_is_said() {
    let folder = std::env::temp_dir().join(format!("offset-lab-sheet-{}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("a folder");
    let file = folder.join("all.html");
    let name = file.to_string_lossy().into_owned();
    let (code, _, err) = run(&["sheet", "-o", &name]);
    assert_eq!((code, err.as_str()), (0, ""));
    let page = std::fs::read_to_string(&file).expect("it was written");
    assert_eq!(page.matches("<article>").count(), all().count());
    let (code, _, err) = run(&["sheet", "crash-and-redelivry", "-o", &name]);
    assert_eq!(code, 2);
    assert!(
        err.contains("did you mean `crash-and-redelivery`?"),
        "{err}"
    );
    let nowhere = folder.join("none").join("x.html");
    let (code, _, err) = run(&["sheet", "quorum", "-o", &nowhere.to_string_lossy()]);
    assert_eq!(code, 2);
    assert!(err.contains("cannot write"), "{err}");
    std::fs::remove_dir_all(&folder).expect("it is ours");
}
