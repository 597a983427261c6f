//! What real RocketMQ brokers answered, replayed. The numbers below may only grow.

use std::fs;
use std::path::PathBuf;

use offset_lab_conform::{Verdict, replay};

/// Transcript, scenarios that match, and observations that are equal. Nothing may differ or stay undecided.
const MATCHES: &[(&str, usize, u32)] = &[
    ("a_pull.4.9.7.json", 5, 39),
    ("a_pull.5.1.0.json", 5, 39),
    ("a_pull.5.3.3.json", 5, 39),
    ("a_pull.5.5.0.json", 5, 39),
    ("b_offsets.4.9.7.json", 8, 67),
    ("b_offsets.5.1.0.json", 8, 67),
    ("b_offsets.5.1.4.json", 8, 67),
    ("b_offsets.5.2.0.json", 8, 67),
    ("b_offsets.5.3.3.json", 8, 67),
    ("b_offsets.5.5.0.json", 8, 67),
    ("c_times.4.9.7.json", 5, 39),
    ("c_times.5.1.0.json", 5, 39),
    ("c_times.5.3.3.json", 5, 93),
    ("c_times.5.5.0.json", 5, 93),
    ("d_starts.4.9.7.json", 8, 48),
    ("d_starts.5.1.0.json", 8, 48),
    ("d_starts.5.3.3.json", 8, 48),
    ("d_starts.5.5.0.json", 8, 48),
    ("e_members.4.9.7.json", 9, 73),
    ("e_members.5.1.0.json", 9, 73),
    ("e_members.5.3.3.json", 9, 73),
    ("e_members.5.5.0.json", 9, 73),
    ("f_rebalance.4.9.7.json", 8, 44),
    ("f_rebalance.5.1.0.json", 8, 44),
    ("f_rebalance.5.1.4.json", 8, 44),
    ("f_rebalance.5.2.0.json", 8, 44),
    ("f_rebalance.5.3.3.json", 8, 44),
    ("f_rebalance.5.5.0.json", 8, 44),
    ("g_lag.4.9.7.json", 9, 53),
    ("g_lag.5.1.0.json", 9, 53),
    ("g_lag.5.3.3.json", 9, 53),
    ("g_lag.5.5.0.json", 9, 53),
    ("h_resets.4.9.7.json", 18, 138),
    ("h_resets.5.1.0.json", 18, 138),
    ("h_resets.5.3.3.json", 22, 175),
    ("h_resets.5.5.0.json", 22, 175),
    ("i_pop.5.1.0.json", 3, 27),
    ("i_pop.5.1.4.json", 3, 27),
    ("i_pop.5.2.0.json", 3, 27),
    ("i_pop.5.3.3.json", 3, 27),
    ("i_pop.5.5.0.json", 3, 27),
    ("j_cold.4.9.7.json", 4, 30),
    ("j_cold.5.1.0.json", 4, 30),
    ("j_cold.5.3.3.json", 4, 30),
    ("j_cold.5.5.0.json", 4, 30),
    ("k_expiry.4.9.7.json", 13, 147),
    ("k_expiry.5.1.0.json", 13, 147),
    ("k_expiry.5.3.3.json", 13, 157),
    ("k_expiry.5.5.0.json", 13, 157),
    ("l_broker.4.9.7.json", 3, 33),
    ("l_broker.5.1.0.json", 3, 33),
    ("l_broker.5.3.3.json", 3, 33),
    ("l_broker.5.5.0.json", 3, 33),
];

fn folder() -> PathBuf {
    [
        env!("CARGO_MANIFEST_DIR"),
        "..",
        "tests",
        "transcripts",
        "rocketmq",
    ]
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
    let (mut seen, mut others) = (Vec::new(), Vec::new());
    for name in &names {
        let text = fs::read_to_string(folder().join(name)).expect("a transcript is text");
        let report = replay(name, &text).expect("a transcript");
        let mut matched = 0;
        for outcome in &report.scenarios {
            if outcome.verdict == Verdict::Match && outcome.skipped.is_empty() {
                matched += 1;
            } else {
                others.push(format!("{name}: {outcome}"));
            }
        }
        let equal: u32 = report.scenarios.iter().map(|outcome| outcome.matched).sum();
        seen.push((name.as_str(), matched, equal));
    }
    assert!(others.is_empty(), "{}", others.join("\n"));
    assert_eq!(seen, MATCHES, "if it grew, write it down");
}

fn said(steps: &str) -> String {
    let text = format!(
        r#"{{"broker": "RocketMQ 5.3.3", "scenarios": [{{"id": "s", "steps": [{steps}]}}]}}"#
    );
    match replay("x.json", &text) {
        Ok(report) => report.scenarios[0].to_string(),
        Err(problem) => problem.to_string(),
    }
}

#[test]
fn what_is_wrong_with_a_step_is_said() {
    for (step, problem) in [
        (
            r#"{"op": "create_topic", "topic": "t"}"#,
            "\"queues\" is missing",
        ),
        (
            r#"{"op": "create_topic", "topic": "t", "queues": 1000000}"#,
            "\"queues\" is 1000000: at most 10000",
        ),
        (
            r#"{"op": "send", "topic": "t", "count": 9999999999}"#,
            "more than 100000000 messages in all",
        ),
        (
            r#"{"op": "send", "topic": "t", "count": 2, "at": [100]}"#,
            "\"at\" has 1 times for 2 messages",
        ),
        (
            r#"{"op": "send", "topic": "t", "at": [200, 100]}"#,
            "\"at\": times go back",
        ),
        (
            r#"{"op": "pull", "topic": "t", "group": "g"}"#,
            "\"offset\" is missing",
        ),
        (
            r#"{"op": "finish", "member": "m", "offsets": [[2, 1]]}"#,
            "\"offsets\": the last id is below the first",
        ),
        (
            r#"{"op": "start_member", "member": "m", "group": "g", "topic": "t", "from": "MIDDLE"}"#,
            "\"from\" is \"MIDDLE\": FIRST_OFFSET, LAST_OFFSET or TIMESTAMP",
        ),
        (
            r#"{"op": "broker", "action": "dance"}"#,
            "\"action\" is \"dance\": start, stop, kill or restart",
        ),
    ] {
        let said = said(step);
        let place = format!("x.json, scenario s, step 1: {problem}");
        assert!(said.starts_with(&place), "{said}");
    }
}

#[test]
fn a_step_that_no_replay_knows_is_not_compared() {
    assert_eq!(
        said(r#"{"op": "dance", "observed": "ok"}"#),
        "skipped  s: about frames that TCP carried and no step shows"
    );
}

/// Waits of years and members that read a hundred million messages end.
#[test]
fn no_transcript_runs_for_long() {
    let topic = r#"{"op": "create_topic", "topic": "t", "queues": 1000, "observed": "ok"}"#;
    let member = r#"{"op": "start_member", "member": "m", "group": "g", "topic": "t", "from": "FIRST_OFFSET"}"#;
    let send = r#"{"op": "send", "topic": "t", "queue": 0, "count": 100000000, "observed": {"offsets": [[0, 99999999]]}}"#;
    let sleep = r#"{"op": "sleep", "seconds": 1000000000}"#;
    let last = r#"{"op": "max_offset", "topic": "t", "observed": 100000000}"#;
    for steps in [[topic, send, member, last], [topic, member, sleep, last]] {
        let said = said(&steps.join(","));
        assert!(
            said.starts_with("undecided s: the search used up its budget"),
            "{said}"
        );
    }
}
