//! The documents are current: what `docs/language.md` says of statements, facts and versions is made from the
//! parser's tables, and what `docs/fidelity.md` says of versions from the broker's rules. `UPDATE=1` rewrites both.

use offset_lab::family::{Family, rabbitmq, rocketmq};
use offset_lab::language::Heading;
use offset_lab::language::ast::FactRef;
use offset_lab::language::kind::Nature;
use offset_lab::language::table::{forms, heading};

const LANGUAGE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/language.md");
const FIDELITY: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/fidelity.md");

fn cell(text: &str) -> String {
    text.replace('|', "\\|")
}

fn statements(family: Family) -> String {
    let mut out = String::new();
    for group in Heading::ALL {
        out.push_str(&format!("### {}\n\n", heading(family, *group)));
        for form in forms(family).filter(|form| form.group == *group) {
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

fn facts(family: Family) -> String {
    let mut out = String::from("| of | fact | |\n|---|---|---|\n");
    let mut row = |of: &str, fact: &str, about: &str| {
        out.push_str(&format!("| {of} | `{fact}` | {} |\n", cell(about)));
    };
    let kinds = family.vocabulary().kinds.iter();
    let is_program = |nature| matches!(nature, Nature::Program(_));
    let mut kinds: Vec<_> = kinds.map(|kind| kind.doc()).collect();
    kinds.sort_by_key(|kind| !is_program(kind.nature));
    for kind in kinds {
        for fact in kind.facts {
            row(kind.word, fact.word, fact.about);
        }
    }
    let time = FactRef::TIME.fact;
    let about = time.about.trim_end_matches('.');
    row(
        "`world`",
        time.word,
        &format!("{about}; compare it with a duration."),
    );
    out
}

/// What may stand behind `broker`.
fn versions(family: Family) -> String {
    let vocabulary = family.vocabulary();
    let versions = &vocabulary.versions;
    format!(
        "`broker {} VERSION` takes versions from {} on, as `MAJOR.MINOR` (its last patch) or `MAJOR.MINOR.PATCH`.\n\
         Versions with rules of their own are {}; any other behaves as the latest of these below it.\n\
         {}\n",
        vocabulary.word,
        versions.oldest,
        versions.words(),
        match family {
            Family::RabbitMq => {
                format!("Without the line it is {} with one node.", versions.default)
            }
            Family::RocketMq => format!("Without a version it is {}.", versions.default),
        }
    )
}

/// What versions changed, from the rules of a broker: what, since when, how it is known.
fn changes(rows: impl Iterator<Item = (&'static str, String, &'static str)>) -> String {
    let mut out = String::from("| switch | since | state |\n|---|---|---|\n");
    for (what, since, known) in rows {
        out.push_str(&format!("| {} | {since} | {} |\n", cell(what), cell(known)));
    }
    out
}

/// What a script cannot speak of, from the table that its diagnostics are made of.
fn not_modelled(family: Family) -> String {
    let mut out = String::from("| not modelled | in a script | instead |\n|---|---|---|\n");
    for row in family.vocabulary().not_modelled {
        let words: Vec<String> = row.words.iter().map(|word| format!("`{word}`")).collect();
        let (concept, words) = (row.concept, words.join(" "));
        out.push_str(&format!(
            "| {concept} | {words} | {} |\n",
            cell(row.instead)
        ));
    }
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

/// Compares the document with what it would be with these sections, or writes it.
fn check(file: &str, sections: &[(&str, String)]) {
    let document = std::fs::read_to_string(file).expect("the document is there");
    let current = sections.iter().fold(document.clone(), |current, section| {
        with_section(&current, section.0, &section.1)
    });
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(file, &current).expect("the document can be written");
    } else {
        assert_eq!(document, current, "run it once with UPDATE=1");
    }
}

#[test]
fn the_reference_is_current() {
    let sections = [
        ("statements", statements(Family::RabbitMq)),
        ("facts", facts(Family::RabbitMq)),
        ("versions", versions(Family::RabbitMq)),
        ("rocketmq statements", statements(Family::RocketMq)),
        ("rocketmq facts", facts(Family::RocketMq)),
        ("rocketmq versions", versions(Family::RocketMq)),
    ];
    check(LANGUAGE, &sections);
}

#[test]
fn the_lists_of_what_is_modelled_are_current() {
    let rabbitmq = rabbitmq::rules::CHANGES.iter();
    let rabbitmq = rabbitmq.map(|change| (change.what, change.since.to_string(), change.known));
    let rocketmq = rocketmq::rules::CHANGES.iter();
    let rocketmq = rocketmq.map(|change| (change.what, change.since.to_string(), change.known));
    let sections = [
        ("versions", changes(rabbitmq)),
        ("rocketmq changes", changes(rocketmq)),
        ("not modelled", not_modelled(Family::RabbitMq)),
        ("rocketmq not modelled", not_modelled(Family::RocketMq)),
    ];
    check(FIDELITY, &sections);
}

/// What the row of `broker` says of versions is so.
#[test]
fn the_row_of_broker_says_the_versions_that_there_are() {
    for family in Family::ALL {
        let versions = &family.vocabulary().versions;
        let mut rows = forms(*family);
        let broker = rows.find(|form| form.keyword == "broker");
        let about = broker.expect("every script may say its broker").about;
        let said = format!(
            "{} and later; {} when unset",
            versions.oldest, versions.default
        );
        assert!(about.contains(&said), "{about}");
        let value = format!("a version such as `{}`", versions.default);
        assert_eq!(versions.value, value);
    }
}
