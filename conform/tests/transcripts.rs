//! What real brokers answered, replayed. The numbers below may only grow.

use std::fs;
use std::path::PathBuf;

use offset_lab_conform::{Verdict, replay};

/// Transcript, scenarios that match, those that match either of two recorded runs, observations that
/// are equal (of both runs), and what was given. Nothing may differ or stay undecided.
const MATCHES: &[(&str, usize, usize, u32, u32)] = &[
    ("a_store_consumes_offsets.3.10.8.json", 6, 2, 112, 127),
    ("a_store_consumes_offsets.4.0.5.json", 8, 0, 69, 104),
    ("b_offset_specs.3.10.8.json", 39, 0, 423, 289),
    ("b_offset_specs.4.0.5.json", 38, 1, 490, 342),
    ("c_chunking.3.10.8.json", 7, 0, 123, 93),
    ("c_chunking.4.0.5.json", 7, 0, 128, 109),
    ("d_dedup.3.10.8.json", 13, 0, 114, 21),
    ("d_dedup.4.0.5.json", 13, 0, 133, 27),
    ("e_query_offset.3.10.8.json", 9, 0, 69, 13),
    ("e_query_offset.4.0.5.json", 9, 0, 69, 14),
    ("f_retention.3.10.8.json", 22, 1, 103, 84),
    ("f_retention.4.0.5.json", 22, 1, 109, 111),
    ("g_crash_resume.3.10.8.json", 5, 0, 44, 121),
    ("g_crash_resume.4.0.5.json", 5, 0, 36, 115),
    ("h_broker_restart.3.10.8.json", 2, 0, 40, 941),
    ("h_broker_restart.4.0.5.json", 2, 0, 40, 1187),
    ("i_delete_recreate.3.10.8.json", 2, 0, 25, 2),
    ("i_delete_recreate.4.0.5.json", 2, 0, 25, 2),
    ("j_credits.3.10.8.json", 9, 0, 71, 41),
    ("j_credits.4.0.5.json", 9, 0, 80, 43),
    ("k_filter_sac.3.10.8.json", 3, 0, 12, 0),
    ("k_filter_sac.4.0.5.json", 3, 0, 34, 12),
    ("l_errors.3.10.8.json", 17, 0, 62, 3),
    ("l_errors.4.0.5.json", 18, 0, 63, 3),
    ("m_waves_wire.3.10.8.json", 0, 0, 0, 1),
    ("m_waves_wire.4.0.5.json", 0, 0, 0, 1),
    ("n_counters.3.10.8.json", 2, 0, 12, 8),
    ("n_counters.4.0.5.json", 2, 0, 21, 18),
    ("o_specs.3.10.8.json", 72, 0, 638, 279),
    ("o_specs.4.3.6.json", 68, 0, 803, 385),
    ("p_moments.3.10.8.json", 10, 0, 116, 59),
    ("p_moments.4.3.6.json", 10, 0, 119, 57),
    ("q_tracking.3.10.8.json", 27, 0, 226, 71),
    ("q_tracking.4.0.5.json", 27, 0, 284, 99),
    ("q_tracking.4.3.6.json", 27, 0, 302, 118),
    ("r_dedup.3.10.8.json", 23, 0, 212, 39),
    ("r_dedup.4.0.5.json", 22, 0, 268, 59),
    ("r_dedup.4.3.6.json", 23, 0, 270, 63),
    ("s_credits.4.0.5.json", 22, 0, 260, 127),
    ("s_credits.4.3.6.json", 22, 0, 260, 130),
    ("t_lifecycle.3.10.8.json", 70, 0, 352, 56),
    ("t_lifecycle.4.0.5.json", 70, 0, 417, 113),
    ("u_retention.3.10.8.json", 23, 0, 236, 180),
    ("w_single_active.4.0.5.json", 24, 0, 334, 197),
    ("x_sub_batches.4.0.5.json", 2, 0, 16, 2),
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
            match outcome.verdict {
                Verdict::Match | Verdict::Either(_) | Verdict::Skipped(_) => {}
                Verdict::Differs(_) | Verdict::Undecided(_) => panic!("{name}: {outcome}"),
            }
        }
        let count = |wanted: fn(&Verdict) -> bool| {
            let outcomes = report.scenarios.iter();
            outcomes.filter(|outcome| wanted(&outcome.verdict)).count()
        };
        let matched = count(|verdict| matches!(verdict, Verdict::Match));
        let either = count(|verdict| matches!(verdict, Verdict::Either(_)));
        let equal = report.scenarios.iter().map(|o| o.matched).sum();
        let given = report.scenarios.iter().map(|o| o.given).sum();
        seen.push((name.as_str(), matched, either, equal, given));
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

#[test]
fn of_two_recorded_runs_one_may_be_matched_and_the_other_is_shown() {
    let said = |one: &str, other: &str| {
        let text = format!(
            r#"{{"broker": "RabbitMQ 4.0.5", "scenarios": [{{"id": "s", "steps": [
            {{"op": "create", "stream": "a", "args": {{}}, "observed": {one}, "observed_in_another_run": {other}}}]}}]}}"#
        );
        replay("x.json", &text).expect("a transcript").scenarios[0].to_string()
    };
    let refused = r#""precondition_failed""#;
    let difference = r#"step 1 (create): expected "precondition_failed", got "ok""#;
    let either =
        format!("either   s: equal to one of its two recorded runs; of the other, {difference}");
    assert_eq!(said(r#""ok""#, r#""ok""#), "match    s");
    assert_eq!(said(r#""ok""#, refused), either);
    assert_eq!(said(refused, r#""ok""#), either);
    assert_eq!(said(refused, refused), format!("differs  s: {difference}"));
}

#[test]
fn what_no_step_publishes_is_supplied_and_its_offsets_are_compared() {
    let said = |chunks: &str, sequence: u64| {
        let text = format!(
            r#"{{"broker": "RabbitMQ 4.0.5", "scenarios": [{{"id": "s", "steps": [
            {{"op": "create", "stream": "a", "args": {{}}, "observed": "ok"}},
            {{"op": "declare_publisher", "pub": 1, "ref": "p", "stream": "a", "observed": "ok"}},
            {{"op": "subscribe", "sub": 0, "stream": "a", "spec": ["first"], "observed": "ok"}},
            {{"op": "read", "sub": 0, "observed": {{"chunks": {chunks}}}}},
            {{"op": "query_publisher_sequence", "ref": "p", "stream": "a", "observed": {{"code": "ok", "sequence": {sequence}}}}}]}}]}}"#
        );
        let report = replay("x.json", &text).expect("a transcript");
        let outcome = &report.scenarios[0];
        (outcome.to_string(), outcome.compared, outcome.given)
    };
    assert_eq!(said("[[0, 2], [2, 3]]", 4), ("match    s".into(), 5, 2));
    assert!(
        said("[[0, 2], [3, 3]]", 4)
            .0
            .starts_with("differs  s: step 4 (read)")
    );
    assert!(
        said("[[0, 2], [2, 3]]", 5)
            .0
            .starts_with("differs  s: step 5 (query_publisher_sequence)")
    );
}
