//! What real RocketMQ brokers answered, replayed. The numbers below may only grow.

use std::fs;
use std::path::PathBuf;

use offset_lab_conform::{Verdict, replay};

/// Transcript, scenarios that match, and observations that are equal. Nothing may differ or stay undecided.
const MATCHES: &[(&str, usize, u32)] = &[
    ("a_pull.4.9.7.json", 5, 36),
    ("a_pull.5.3.3.json", 5, 39),
    ("b_offsets.4.9.7.json", 8, 67),
    ("b_offsets.5.3.3.json", 8, 67),
    ("c_times.4.9.7.json", 5, 39),
    ("c_times.5.3.3.json", 5, 93),
    ("d_starts.4.9.7.json", 8, 48),
    ("d_starts.5.3.3.json", 8, 48),
    ("e_members.4.9.7.json", 9, 73),
    ("e_members.5.3.3.json", 9, 73),
    ("f_rebalance.4.9.7.json", 8, 44),
    ("f_rebalance.5.3.3.json", 8, 44),
    ("g_lag.4.9.7.json", 9, 53),
    ("g_lag.5.3.3.json", 9, 53),
    ("h_resets.4.9.7.json", 17, 132),
    ("h_resets.5.3.3.json", 20, 153),
    ("i_pop.5.3.3.json", 3, 27),
    ("j_cold.4.9.7.json", 4, 30),
    ("j_cold.5.3.3.json", 4, 30),
    ("k_expiry.4.9.7.json", 13, 147),
    ("k_expiry.5.3.3.json", 13, 157),
    ("l_broker.4.9.7.json", 3, 33),
    ("l_broker.5.3.3.json", 3, 33),
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
