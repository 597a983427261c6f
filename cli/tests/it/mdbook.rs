//! The command as mdBook calls it: a book as JSON in, the same book with elements out.

use serde_json::{Value, json};

use crate::{run, with_input};

const SCENARIO: &str = "stream s\nproducer p on s\n\npublish p 3 \"<{n}>\"\nrun\n";

/// What mdBook writes for a book of these chapters, one inside the other.
fn written(list: &str, contents: &[&str]) -> String {
    let mut below = json!([]);
    for content in contents.iter().rev() {
        below = json!([
            { "Chapter": { "name": "A", "content": content, "number": [1], "path": "a.md",
                "source_path": "a.md", "parent_names": [], "sub_items": below } },
            "Separator",
            { "PartTitle": "Part" },
        ]);
    }
    json!([{ "root": ".", "renderer": "html", "mdbook_version": "0.5.4" }, { list: below }])
        .to_string()
}

fn preprocessed(input: &str) -> (Value, String) {
    let (code, out, err) = with_input(&["mdbook"], input.as_bytes());
    assert_eq!(code, 0, "{err}");
    (serde_json::from_str(&out).expect("it is JSON"), err)
}

fn content(book: &Value, list: &str) -> String {
    let content = &book[list][0]["Chapter"]["content"];
    content.as_str().expect("it has a content").to_owned()
}

#[test]
fn it_works_for_pages_and_for_nothing_else() {
    for (renderer, status) in [("html", 0), ("markdown", 1), ("latex", 1)] {
        let (code, out, err) = run(&["mdbook", "supports", renderer]);
        assert_eq!((code, &*out, &*err), (status, "", ""), "{renderer}");
    }
    assert_eq!(run(&["mdbook", "supports"]).0, 2);
}

#[test]
fn a_fence_becomes_an_element_and_the_rest_of_the_book_stays() {
    let fence = format!("Before\n```offset-lab,step=4\n{SCENARIO}```\nBehind *it*\n");
    for list in ["items", "sections"] {
        let input = written(list, &["# No scenario\n\n```rust\nfn\n```\n", &fence]);
        let (book, err) = preprocessed(&input);
        assert_eq!(err, "");
        let mut before: Value = serde_json::from_str(&input).expect("it is JSON");
        let content = book[list][0]["Chapter"]["sub_items"][0]["Chapter"]["content"].clone();
        let text = content.as_str().expect("it has a content");
        let lines: Vec<&str> = text.lines().collect();
        assert_eq!(
            (lines.len(), lines[0], lines[2]),
            (3, "Before", "Behind *it*")
        );
        let opening = "<!-- offset-lab --><offset-lab step=\"4\" text=\"stream s&#10;producer p on s&#10;&#10;publish p 3 &quot;&lt;{n}&gt;&quot;&#10;run&#10;\"><img src=\"data:image/svg+xml,%3Csvg";
        assert!(lines[1].starts_with(opening), "{}", lines[1]);
        assert!(lines[1].contains(" alt=\"Stream s: ") && lines[1].ends_with("></offset-lab>"));
        // Nothing else has changed.
        before[1][list][0]["Chapter"]["sub_items"][0]["Chapter"]["content"] = content;
        assert_eq!(book, before[1]);
    }
}

#[test]
fn the_picture_is_that_of_render() {
    let input = written(
        "items",
        &[&format!("```offset-lab theme=dark\n{SCENARIO}```\n")],
    );
    let (book, _) = preprocessed(&input);
    let text = content(&book, "items");
    let address = text
        .split("data:image/svg+xml,")
        .nth(1)
        .and_then(|rest| rest.split('"').next());
    let picture = percent_encoding::percent_decode_str(address.expect("it has a picture"));
    let arguments = ["render", "-", "--opening", "--theme", "dark", "-o", "-"];
    let (code, svg, _) = with_input(&arguments, SCENARIO.as_bytes());
    assert_eq!(code, 0);
    assert_eq!(picture.decode_utf8().expect("it is UTF-8"), svg);
}

#[test]
fn in_a_list_and_in_a_quotation_the_element_stands_where_the_fence_stood() {
    let input = written(
        "items",
        &[
            "- one\n  ```offset-lab\n  stream s\n  ```\n  two\n\n> ```offset-lab\n> stream s\n> ```\n> three\n",
        ],
    );
    let text = content(&preprocessed(&input).0, "items");
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(
        (lines[0], lines[2], lines[5]),
        ("- one", "  two", "> three"),
        "{text}"
    );
    assert!(lines[1].starts_with("  <!-- offset-lab --><offset-lab text=\"stream s&#10;\">"));
    assert!(lines[4].starts_with("> <!-- offset-lab --><offset-lab text=\"stream s&#10;\">"));
}

#[test]
fn a_scenario_with_problems_stays_a_text_and_is_said_with_its_place() {
    let fence = "# A\n\n```offset-lab step=x\nstream s\nnothing\n```";
    let (book, err) = preprocessed(&written("items", &[fence]));
    let text = content(&book, "items");
    assert!(
        text.ends_with("<offset-lab><pre>stream s&#10;nothing&#10;</pre></offset-lab>"),
        "{text}"
    );
    assert!(
        err.contains("a.md:3: `step=x`: a step is a whole number from 0"),
        "{err}"
    );
    assert!(err.contains("a.md:5:1"), "{err}");
}

#[test]
fn what_is_no_book_is_refused() {
    for input in ["", "{}", "[1]", "[{}, {}]", "[{}, {\"items\": 3}]", "no"] {
        let (code, out, err) = with_input(&["mdbook"], input.as_bytes());
        assert_eq!((code, &*out), (2, ""), "{input}");
        assert!(
            err.contains("standard input is no book") && err.contains("book.toml"),
            "{err}"
        );
    }
    // Chapters that mdBook has no file for, and things that no version of it has written so far.
    let odd =
        json!([{}, { "items": [{ "Chapter": { "content": null } }, { "Chapter": 3 }, 7, null] }]);
    let (code, out, _) = with_input(&["mdbook"], odd.to_string().as_bytes());
    assert_eq!(code, 0, "{out}");
}

#[test]
fn nothing_that_a_terminal_obeys_comes_out() {
    let evil = "\u{1b}[2J\u{9b}2J\u{202e}\u{2066}";
    let fence =
        format!("```offset-lab {evil}\nstream \"s{evil}\"\n```\n\n```offset-lab\n{evil}\n```\n");
    let (book, err) = preprocessed(&written("items", &[&fence]));
    assert!(content(&book, "items").contains(&format!("s{evil}")));
    let (_, out, _) = with_input(&["mdbook"], written("items", &[&fence]).as_bytes());
    for text in [&out, &err] {
        let obeyed = |c: char| (c.is_control() && c != '\n') || "\u{202e}\u{2066}".contains(c);
        assert!(!text.contains(obeyed), "{text:?}");
    }
    assert!(err.contains("\\u{1b}[2J"), "{err}");
}
