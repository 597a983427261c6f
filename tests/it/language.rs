//! The language from outside: what parses, and what is said about what does not.

use offset_lab::family::Family;
use offset_lab::language::table::{self, forms};
use offset_lab::language::{Diagnostic, parse};

use crate::data::SCENARIOS;

#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

/// How a diagnostic is written in goldens.
fn line_of(text: &str, problem: &Diagnostic) -> String {
    let span = problem.span.start as usize..problem.span.end as usize;
    let marked: String = text[span].chars().take(60).collect();
    let Diagnostic {
        line,
        column,
        message,
        help,
        fix,
        ..
    } = problem;
    let mut out = format!("{line}:{column} `{marked}` {message}\n");
    if !help.is_empty() {
        out.push_str(&format!("    help: {help}\n"));
    }
    if let Some(fix) = fix {
        out.push_str(&format!("    fix: {fix}\n"));
    }
    out
}

fn problems_of(text: &str) -> String {
    let parsed = parse(text);
    let mut out: String = parsed
        .diagnostics
        .iter()
        .map(|problem| line_of(text, problem))
        .collect();
    if parsed.more > 0 {
        out.push_str(&format!("and {} more\n", parsed.more));
    }
    out
}

#[test]
fn the_contract_examples_parse() {
    for (name, text) in SCENARIOS {
        let expected = match *name {
            "12-broken" => 3,
            _ => 0,
        };
        let parsed = parse(text);
        assert_eq!(
            parsed.diagnostics.len(),
            expected,
            "{name}: {}",
            problems_of(text)
        );
        assert_eq!(parsed.more, 0, "{name}");
        if expected == 0 {
            assert!(!parsed.scenario.statements.is_empty(), "{name}");
        }
    }
}

/// A statement that one family has and another does not says so there, and what to write instead.
#[test]
fn every_statement_of_another_family_names_its_counterpart() {
    let mut foreign = 0;
    for here in Family::ALL {
        for other in Family::ALL.iter().filter(|other| *other != here) {
            for form in forms(*other).filter(|form| table::form(*here, form.keyword).is_none()) {
                let (keyword, words) = (form.keyword, (here.vocabulary(), other.vocabulary()));
                let text = format!("broker {}\n{}\n", words.0.word, form.example);
                let problems = problems_of(&text);
                let product = words.1.product;
                let owner = format!("`{keyword}` is a statement of scripts for {product}");
                let counterpart = format!(
                    "`{keyword}` is {product}'s; with `broker {}` ",
                    words.0.word
                );
                assert!(
                    problems.contains(&owner) && problems.contains(&counterpart),
                    "{problems}"
                );
                foreign += 1;
            }
        }
    }
    assert!(foreign >= 12, "{foreign}");
}

#[test]
fn the_broken_example_has_a_problem_in_each_of_three_lines() {
    let (_, text) = SCENARIOS[11];
    let lines: Vec<u32> = parse(text).diagnostics.iter().map(|d| d.line).collect();
    assert_eq!(lines, [4, 5, 6]);
}

/// `tests/diagnostics/NAME.lab` gives what `NAME.txt` says; `UPDATE=1` rewrites the latter.
#[cfg(not(target_arch = "wasm32"))]
#[test]
fn broken_texts_give_the_recorded_diagnostics() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/diagnostics");
    let files = std::fs::read_dir(folder).expect("the folder is part of the repository");
    let mut paths: Vec<_> = files
        .map(|file| file.expect("it can be listed").path())
        .filter(|path| path.extension().is_some_and(|end| end == "lab"))
        .collect();
    paths.sort();
    assert!(!paths.is_empty());
    for path in paths {
        let text = std::fs::read_to_string(&path).expect("a test file can be read");
        let golden = path.with_extension("txt");
        let now = problems_of(&text);
        if std::env::var_os("UPDATE").is_some() {
            std::fs::write(&golden, &now).expect("a golden can be written");
        }
        let recorded = std::fs::read_to_string(&golden).unwrap_or_default();
        assert_eq!(now, recorded, "{}", path.display());
    }
}

/// What is no version says what it lacks; what is one is kept as it was written.
#[test]
fn versions_are_kept_or_say_what_they_lack() {
    let broker = |word: &str| parse(&format!("broker rabbitmq-streams {word}\nstream s\n"));
    for word in ["3.10", "3.11", "3.11.8", "4.0.5", "4.99.99"] {
        let parsed = broker(word);
        assert!(parsed.is_ok(), "{word}");
        assert_eq!(parsed.scenario.header.version.to_string(), word);
    }
    for (word, message) in [
        ("3", "`3` is only a major version: write `MAJOR.MINOR`"),
        (
            "3.11.",
            "`3.11.` lacks a number behind its dot: write `MAJOR.MINOR`",
        ),
        (
            "3.11.999",
            "`3.11.999` is out of bounds: the numbers of a version are from 0 to 99",
        ),
        (
            "3.256",
            "`3.256` is out of bounds: the numbers of a version are from 0 to 99",
        ),
        ("99.0", "version `99.0` is not modelled"),
        ("3.9.9", "version `3.9.9` is not modelled"),
        ("4.0.5.1", "`4.0.5.1` is not a version: write `MAJOR.MINOR`"),
        ("4.x", "`4.x` is not a version: write `MAJOR.MINOR`"),
    ] {
        let parsed = broker(word);
        let said: Vec<&str> = parsed.diagnostics.iter().map(|d| &*d.message).collect();
        assert_eq!(said, [message], "{word}");
        assert!(parsed.diagnostics[0].help.contains("3.11.8"), "{word}");
    }
}

#[test]
fn a_scenario_has_a_limited_number_of_programs() {
    let text = |programs: usize| {
        let lines = (0..programs).map(|p| format!("producer p{p} on s\n"));
        lines.fold("stream s\n".to_owned(), |text, line| text + &line)
    };
    assert_eq!(parse(&text(10_000)).diagnostics, []);
    let problems = parse(&text(10_002)).diagnostics;
    let said: Vec<_> = problems.iter().map(|d| (d.line, &*d.message)).collect();
    let limit = "more than 10,000 programs: the limit of one scenario";
    assert_eq!(said, [(10_002, limit)]);
}
