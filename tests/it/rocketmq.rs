//! Scenarios of RocketMQ: every check holds, the trace is that of the table, and world and broker agree at the end.

use offset_lab::engine::{Progress, Run};
use offset_lab::language::parse;
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use crate::runs::failures;

macro_rules! scenarios {
    ($($name:literal $digest:literal)*) => {
        /// Name, text and digest of every file in `tests/scenarios/rocketmq`.
        pub(crate) const SCENARIOS: &[(&str, &str, &str)] = &[$(
            ($name, include_str!(concat!("../scenarios/rocketmq/", $name, ".lab")), $digest)
        ),*];
    };
}

scenarios! {
    "broadcast" "9108b0fd47590615"
    "broker-crash" "66f85e299395b61f"
    "commits-again" "a10f972d51138162"
    "corrected-by-4-9-4" "abfb4765d998cf31"
    "corrected-by-old-clients" "1a868caaf41cc2cf"
    "delay" "b033b54969462222"
    "dropped-work" "45fa51ed36116a53"
    "expiry" "3ce96217beb34e31"
    "fails-when-expired" "491e8a4420216c52"
    "hung" "50a0c202651a05ee"
    "hung-for-ever" "6839a1f815f9cfa1"
    "lookup-lost" "e8506f891491f86e"
    "old-answers" "9dd5e464153f2c7f"
    "orderly-fails" "81ac448d3f598653"
    "pop" "c82c0483c6a46eef"
    "pop-stop" "9e3e0e97df66e193"
    "rebalance" "44c4858be3a940fc"
    "reset-4-9" "38614d83c485803b"
    "reset-behind-a-stop" "ef2437174fd24c48"
    "reset-one-queue" "b21ff8b1b379090d"
    "retry" "df5c63e2ee0df0f3"
    "send-back-lost" "fe913bea76b8253e"
}

#[test]
fn scenarios_hold_with_the_digests_of_the_table() {
    let mut digests = Vec::new();
    for (name, text, _) in SCENARIOS {
        let parsed = parse(text);
        assert_eq!(parsed.diagnostics, [], "{name}");
        let mut run = Run::new(&parsed.scenario);
        while run.advance(7) == Progress::More {}
        assert_eq!(run.audit(), Ok(()), "{name}");
        let timeline = run.into_timeline();
        assert_eq!(failures(&timeline), [] as [&str; 0], "{name}");
        digests.push((*name, timeline.digest()));
    }
    let table = SCENARIOS.iter().map(|(n, _, d)| (*n, (*d).to_owned()));
    assert_eq!(digests, table.collect::<Vec<_>>());
}

#[cfg(not(target_arch = "wasm32"))]
#[test]
fn every_scenario_file_is_in_the_list() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/scenarios/rocketmq");
    let files = std::fs::read_dir(folder).expect("the folder is part of the repository");
    let mut names: Vec<String> = files
        .map(|file| file.expect("it can be listed").path())
        .filter_map(|path| Some(path.file_stem()?.to_str()?.to_owned()))
        .collect();
    names.sort();
    let listed: Vec<&str> = SCENARIOS.iter().map(|(name, _, _)| *name).collect();
    assert_eq!(names, listed);
}
