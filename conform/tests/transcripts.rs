//! What real brokers answered, replayed. The numbers below may only grow.

use std::fs;
use std::path::PathBuf;

use offset_lab_conform::{Verdict, replay};

/// Transcript, scenarios that match, observations that are equal. Nothing may differ.
const MATCHES: &[(&str, usize, u32)] = &[
    ("a_store_consumes_offsets.3.10.8.json", 8, 69),
    ("a_store_consumes_offsets.4.0.5.json", 8, 69),
    ("b_offset_specs.3.10.8.json", 39, 355),
    ("b_offset_specs.4.0.5.json", 39, 355),
    ("c_chunking.3.10.8.json", 7, 100),
    ("c_chunking.4.0.5.json", 7, 100),
    ("d_dedup.3.10.8.json", 13, 105),
    ("d_dedup.4.0.5.json", 13, 105),
    ("e_query_offset.3.10.8.json", 9, 60),
    ("e_query_offset.4.0.5.json", 9, 60),
    ("f_retention.3.10.8.json", 23, 73),
    ("f_retention.4.0.5.json", 23, 73),
    ("g_crash_resume.3.10.8.json", 5, 36),
    ("g_crash_resume.4.0.5.json", 5, 36),
    ("h_broker_restart.3.10.8.json", 2, 18),
    ("h_broker_restart.4.0.5.json", 2, 18),
    ("i_delete_recreate.3.10.8.json", 2, 25),
    ("i_delete_recreate.4.0.5.json", 2, 25),
    ("j_credits.3.10.8.json", 9, 73),
    ("j_credits.4.0.5.json", 9, 73),
    ("k_filter_sac.3.10.8.json", 3, 12),
    ("k_filter_sac.4.0.5.json", 3, 34),
    ("l_errors.3.10.8.json", 17, 61),
    ("l_errors.4.0.5.json", 18, 62),
    ("m_waves_wire.3.10.8.json", 1, 1),
    ("m_waves_wire.4.0.5.json", 1, 1),
    ("n_counters.3.10.8.json", 2, 12),
    ("n_counters.4.0.5.json", 2, 12),
];

fn folder() -> PathBuf {
    [env!("CARGO_MANIFEST_DIR"), "..", "tests", "transcripts"]
        .iter()
        .collect()
}

#[test]
fn recorded_transcripts_replay() {
    let mut names: Vec<String> = fs::read_dir(folder())
        .expect("the folder is part of the repository")
        .map(|file| file.expect("it can be listed").file_name())
        .map(|name| name.into_string().expect("names are plain"))
        .filter(|name| name.ends_with(".json"))
        .collect();
    names.sort();
    let mut seen = Vec::new();
    for name in &names {
        let text = fs::read_to_string(folder().join(name)).expect("a transcript is text");
        let report = replay(name, &text).expect("a transcript");
        for outcome in &report.scenarios {
            let differs = matches!(outcome.verdict, Verdict::Differs(_));
            assert!(!differs, "{name}: {outcome}");
        }
        let matched = report
            .scenarios
            .iter()
            .filter(|outcome| outcome.verdict == Verdict::Match)
            .count();
        let equal = report.scenarios.iter().map(|o| o.matched).sum();
        seen.push((name.as_str(), matched, equal));
    }
    assert_eq!(seen, MATCHES, "if it grew, write it down");
}

#[test]
fn what_is_wrong_with_a_transcript_is_said_with_its_place() {
    let wrong = |text: &str| match replay("x.json", text) {
        Err(problem) => problem.to_string(),
        Ok(_) => panic!("{text} is no transcript"),
    };
    let with = |steps: &str| {
        format!(
            r#"{{"broker": "RabbitMQ 4.0.5", "scenarios": [{{"id": "s", "steps": [{steps}]}}]}}"#
        )
    };
    for (text, problem) in [
        ("", "x.json: not JSON"),
        ("[]", "x.json: a transcript is a JSON object"),
        ("{}", "x.json: \"broker\" is missing"),
        (r#"{"broker": "x"}"#, "x.json: broker \"x\" has no version"),
        (
            r#"{"broker": "RabbitMQ 4.0.5"}"#,
            "x.json: \"scenarios\" is missing",
        ),
        (
            &with("1"),
            "x.json, scenario s, step 1: a step is a JSON object",
        ),
        (&with("{}"), "x.json, scenario s, step 1: \"op\" is missing"),
        (
            &with(r#"{"op": "sleep"}, {"op": "publish"}"#),
            "x.json, scenario s, step 2: \"ids\" is missing",
        ),
        (
            &with(r#"{"op": "publish", "ids": [[2, 1]]}"#),
            "x.json, scenario s, step 1: \"ids\": the last id is below the first",
        ),
        (
            &with(r#"{"op": "publish", "ids": [[0, 18446744073709551615]]}"#),
            "x.json, scenario s, step 1: \"ids\": more ids than there are",
        ),
        (
            &with(r#"{"op": "publish", "ids": [[0, 9999999999]]}"#),
            "x.json, scenario s, step 1: more than 100000000 messages",
        ),
        (
            &with(r#"{"op": "subscribe", "sub": 300, "stream": "s", "spec": ["first"]}"#),
            "x.json, scenario s, step 1: \"sub\" is no number that fits: 300",
        ),
        (
            &with(r#"{"op": "subscribe", "sub": 3, "stream": "s", "spec": ["middle"]}"#),
            "x.json, scenario s, step 1: no offset specification",
        ),
        (
            &with(r#"{"op": "broker", "action": "dance"}"#),
            "x.json, scenario s, step 1: \"action\" is \"dance\"",
        ),
    ] {
        let said = wrong(text);
        assert!(said.starts_with(problem), "{said}");
    }
}

#[test]
fn a_difference_names_step_and_both_sides() {
    let text = r#"{"broker": "RabbitMQ 4.0.5", "scenarios": [{"id": "s", "steps": [
        {"op": "create", "stream": "s", "args": {}, "observed": "ok"},
        {"op": "create", "stream": "s", "args": {}, "observed": "precondition_failed"}
    ]}]}"#;
    let report = replay("x.json", text).expect("a transcript");
    let outcome = &report.scenarios[0];
    assert_eq!((outcome.compared, outcome.matched), (2, 1));
    assert_eq!(
        outcome.to_string(),
        "differs  s: step 2 (create): expected \"precondition_failed\", got \"stream_already_exists\""
    );
}

#[test]
fn metadata_may_name_the_stream() {
    let verdict = |observed: &str| {
        let text = format!(
            r#"{{"broker": "RabbitMQ 4.0.5", "scenarios": [{{"id": "s", "steps": [
            {{"op": "create", "stream": "a", "args": {{}}, "observed": "ok"}},
            {{"op": "metadata", "stream": "a", "observed": {observed}}}]}}]}}"#
        );
        replay("x.json", &text).expect("a transcript").scenarios[0].to_string()
    };
    for same in [
        r#""ok""#,
        r#"{"a": "ok"}"#,
        r#"{"code": "ok"}"#,
        r#"[{"a": "ok"}]"#,
    ] {
        assert_eq!(verdict(same), "match    s", "{same}");
    }
    for (other, shown) in [
        (
            r#"{"a": "stream_not_available"}"#,
            r#"{"a":"stream_not_available"}"#,
        ),
        (r#"{"b": "ok"}"#, r#"{"b":"ok"}"#),
        ("{}", "{}"),
    ] {
        let differs = format!(r#"differs  s: step 2 (metadata): expected {shown}, got "ok""#);
        assert_eq!(verdict(other), differs);
    }
}
