//! Recordings with one number changed: a replay has to notice it. Numbers are drawn by a seed, the same
//! on every machine; how many go unnoticed may only shrink.

use std::fs;
use std::path::PathBuf;

use offset_lab_conform::{Outcome, Verdict, replay};
use serde_json::{Value, json};

/// Changes that are tried.
const CHANGES: usize = 600;

/// A number that a step of a recording observed.
struct Number {
    recording: usize,
    scenario: usize,
    pointer: String,
}

/// What went unnoticed, and how many changes of one of two recorded runs left only the other.
struct Tried {
    unnoticed: Vec<(String, String)>,
    either: usize,
}

#[test]
fn a_changed_number_of_rabbitmq_is_noticed() {
    let tried = try_changes(&["..", "tests", "transcripts"]);
    for (pointer, place) in &tried.unnoticed {
        // Only the number of confirm frames is left to scheduling, where no step shows the chunks; of two
        // recorded runs one may differ as it is.
        let may = pointer.ends_with("/confirm_frames") || place.starts_with("either");
        assert!(may, "{place}");
    }
    let seen = (tried.unnoticed.len(), tried.either);
    assert_eq!(seen, (7, 211), "if they shrank, write it down");
}

#[test]
fn a_changed_number_of_rocketmq_is_noticed() {
    let tried = try_changes(&["..", "tests", "transcripts", "rocketmq"]);
    let places: Vec<&str> = tried.unnoticed.iter().map(|(_, place)| &**place).collect();
    assert!(places.is_empty(), "{}", places.join("\n"));
}

/// Ten duplicates before ten new messages: an idle writer may have taken the first of them alone, and only that one.
#[test]
fn one_duplicate_may_be_alone_and_not_each() {
    let recordings = recordings(&["..", "tests", "transcripts"]);
    let scenarios = recordings.iter().filter_map(|recording| {
        let scenarios = recording["scenarios"].as_array()?;
        let found = scenarios.iter().find(|s| s["id"] == "persists[how=stop]");
        found.map(|scenario| (recording, scenario))
    });
    let mut tried = 0;
    for (recording, scenario) in scenarios {
        for (frames, fits) in [(1, false), (2, true), (3, true), (4, false), (9, false)] {
            let mut changed = scenario.clone();
            changed["steps"][14]["observed"]["confirm_frames"] = json!(frames);
            let outcome = played(recording, &changed);
            let same = outcome.verdict == Verdict::Match;
            assert_eq!(same, fits, "{frames} frames: {outcome}");
            let said = outcome.to_string().contains("scheduling");
            assert_eq!(said, fits, "{frames} frames: {outcome}");
            tried += 1;
        }
    }
    assert_eq!(tried, 10, "two recordings hold the scenario");
}

fn try_changes(folder: &[&str]) -> Tried {
    let recordings = recordings(folder);
    let numbers = numbers(&recordings);
    let mut seed = 1;
    let (mut unnoticed, mut either) = (Vec::new(), 0);
    for _ in 0..CHANGES {
        let number = &numbers[draw(&mut seed, numbers.len())];
        let recording = &recordings[number.recording];
        let scenario = &recording["scenarios"][number.scenario];
        let mut changed = scenario.clone();
        let value = changed.pointer_mut(&number.pointer).expect("a number");
        let old = value.as_i64().expect("a number of a recording is small");
        let by = 1 + i64::try_from(draw(&mut seed, 20)).expect("small");
        *value = json!(if draw(&mut seed, 2) == 0 {
            old + by
        } else {
            (old - by).max(0)
        });
        if *value == json!(old) {
            *value = json!(old + 1);
        }
        let place = || {
            format!(
                "{} {}: {old} is {value}",
                scenario["id"],
                number.pointer,
                value = changed.pointer(&number.pointer).expect("a number")
            )
        };
        let before = played(recording, scenario).verdict;
        let after = played(recording, &changed).verdict;
        match &after {
            Verdict::Match => unnoticed.push((number.pointer.clone(), place())),
            Verdict::Either(_) if before == after => {
                unnoticed.push((number.pointer.clone(), format!("either {}", place())));
            }
            Verdict::Either(_) => either += 1,
            Verdict::Differs(_) | Verdict::Undecided(_) => {}
            Verdict::Skipped(_) => panic!("a changed number may not hide the rest: {}", place()),
        }
    }
    Tried { unnoticed, either }
}

fn recordings(folder: &[&str]) -> Vec<Value> {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    let folder = folder.iter().fold(root, |path, name| path.join(name));
    let mut files: Vec<PathBuf> = fs::read_dir(folder)
        .expect("the folder is part of the repository")
        .map(|file| file.expect("it can be listed").path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "json"))
        .collect();
    files.sort();
    files
        .iter()
        .map(|file| fs::read_to_string(file).expect("a transcript is text"))
        .map(|text| serde_json::from_str(&text).expect("a transcript is JSON"))
        .collect()
}

/// Everything that steps observed, in both runs; what nothing can be compared with is left out.
fn numbers(recordings: &[Value]) -> Vec<Number> {
    let mut numbers = Vec::new();
    for (at, recording) in recordings.iter().enumerate() {
        let scenarios = recording["scenarios"]
            .as_array()
            .map_or(&[][..], Vec::as_slice);
        for (scenario, value) in scenarios.iter().enumerate() {
            if matches!(played(recording, value).verdict, Verdict::Skipped(_)) {
                continue;
            }
            let steps = value["steps"].as_array().map_or(&[][..], Vec::as_slice);
            for (step, value) in steps.iter().enumerate() {
                for run in ["observed", "observed_in_another_run"] {
                    let mut pointers = Vec::new();
                    collect(&value[run], &format!("/steps/{step}/{run}"), &mut pointers);
                    numbers.extend(pointers.into_iter().map(|pointer| Number {
                        recording: at,
                        scenario,
                        pointer,
                    }));
                }
            }
        }
    }
    numbers
}

/// Whole numbers; seconds are fractions and are never compared.
fn collect(value: &Value, pointer: &str, found: &mut Vec<String>) {
    match value {
        Value::Number(number) if number.is_i64() => found.push(pointer.to_owned()),
        Value::Array(items) => {
            for (at, item) in items.iter().enumerate() {
                collect(item, &format!("{pointer}/{at}"), found);
            }
        }
        Value::Object(fields) => {
            for (name, field) in fields {
                collect(field, &format!("{pointer}/{name}"), found);
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

fn played(recording: &Value, scenario: &Value) -> Outcome {
    let text = json!({"broker": recording["broker"], "scenarios": [scenario]}).to_string();
    let report = replay("changed.json", &text).expect("a transcript");
    report.scenarios.into_iter().next().expect("one scenario")
}

/// A number below `end`, by splitmix64.
fn draw(seed: &mut u64, end: usize) -> usize {
    *seed = seed.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let mut mixed = *seed;
    mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    mixed ^= mixed >> 31;
    usize::try_from(mixed % end as u64).expect("below the end")
}
