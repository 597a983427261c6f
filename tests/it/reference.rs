//! `docs/language.md` is current: its tables are made from the tables of the parser. `UPDATE=1` rewrites them.

use offset_lab::scenario::ast::{ConsumerFact, ProducerFact, StreamFact};
use offset_lab::scenario::table::{Group, forms};

const FILE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/language.md");

fn cell(text: &str) -> String {
    text.replace('|', "\\|")
}

fn statements() -> String {
    let mut out = String::new();
    for group in Group::ALL {
        out.push_str(&format!("### {}\n\n", group.title()));
        for form in forms().filter(|form| form.group == *group) {
            let shapes: Vec<String> = form
                .shapes
                .iter()
                .map(|shape| format!("`{shape}`"))
                .collect();
            out.push_str(&format!("**{}**", shapes.join(" · ")));
            for option in form.options {
                out.push_str(&format!(" `[{}]`", option.shape()));
            }
            out.push_str(&format!("\\\n{}\n", form.about));
            if !form.options.is_empty() {
                out.push_str("\n| option | |\n|---|---|\n");
            }
            for option in form.options {
                out.push_str(&format!(
                    "| `{}` | {} |\n",
                    cell(&option.shape()),
                    cell(option.about)
                ));
            }
            out.push_str(&format!("\nExample: `{}`\n\n", form.example));
        }
    }
    out
}

fn facts() -> String {
    let mut out = String::from("| of | fact | |\n|---|---|---|\n");
    let mut row = |of: &str, fact: &str, about: &str| {
        out.push_str(&format!("| {of} | `{fact}` | {} |\n", cell(about)));
    };
    for fact in ProducerFact::ALL {
        row("producer", fact.word(), fact.about());
    }
    for fact in ConsumerFact::ALL {
        row("consumer", fact.word(), fact.about());
    }
    for fact in StreamFact::ALL {
        row("stream", fact.word(), fact.about());
    }
    row(
        "`world`",
        "time",
        "The time since the start of the run; compare it with a duration.",
    );
    out
}

/// The document with what stands between the marks of `name` replaced.
fn with_section(document: &str, name: &str, section: &str) -> String {
    let start = document
        .find(&format!("<!-- {name}:"))
        .expect("the document marks it");
    let start = start + document[start..].find("-->\n").expect("the mark ends") + 4;
    let end = start
        + document[start..]
            .find("<!-- end -->")
            .expect("the section ends");
    format!(
        "{}\n{}\n{}",
        &document[..start],
        section.trim_end(),
        &document[end..]
    )
}

#[test]
fn the_reference_is_current() {
    let document = std::fs::read_to_string(FILE).expect("the reference is there");
    let current = with_section(&document, "statements", &statements());
    let current = with_section(&current, "facts", &facts());
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(FILE, &current).expect("the reference can be written");
    } else {
        assert_eq!(document, current, "run it once with UPDATE=1");
    }
}
