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
    "below-the-minimum" "0aa6d26d658a13c2"
    "broadcast" "9108b0fd47590615"
    "broadcast-start" "b4f90864c5a66214"
    "broker-crash" "66f85e299395b61f"
    "commits-again" "a10f972d51138162"
    "corrected-by-4-9-4" "abfb4765d998cf31"
    "corrected-by-old-clients" "1a868caaf41cc2cf"
    "dead-letters" "718a0a77da730630"
    "delay" "b033b54969462222"
    "disk-full" "e4fe91bd74a46671"
    "dropped-work" "45fa51ed36116a53"
    "expired-whole-4-9" "6200880d2b5fabba"
    "expiry" "3ce96217beb34e31"
    "fails-when-expired" "491e8a4420216c52"
    "far-ahead" "597186d053029fee"
    "force-4-9" "fcdaec26af006ced"
    "from-is-asked-once" "25e322ba18c4fd30"
    "hung" "50a0c202651a05ee"
    "hung-for-ever" "6839a1f815f9cfa1"
    "lookup-lost" "e8506f891491f86e"
    "old-answers" "9dd5e464153f2c7f"
    "orderly-fails" "81ac448d3f598653"
    "orderly-lock" "50ff8921bfb68ce5"
    "pop" "c82c0483c6a46eef"
    "pop-late" "447507c179d2d8cd"
    "pop-start" "cb8cb9b820fac602"
    "pop-start-5-1-0" "2c7f2706492cd5de"
    "pop-stop" "9e3e0e97df66e193"
    "queue-choice" "4040b1135352009a"
    "rebalance" "44c4858be3a940fc"
    "reset-4-9" "38614d83c485803b"
    "reset-and-retry" "72d54fb0f3037911"
    "reset-behind-a-stop" "ef2437174fd24c48"
    "reset-both-ways" "3c983a5e43b4f312"
    "reset-first-from-then-on" "db6bf13e7ea1ba84"
    "reset-nearest" "5ac9664c55abf0c3"
    "reset-one-queue" "b21ff8b1b379090d"
    "retry" "df5c63e2ee0df0f3"
    "send-back-lost" "fe913bea76b8253e"
    "start-at-a-time" "01062bbf9068851b"
    "start-at-a-time-4-9" "5c063cec2866c32f"
    "suspended-4-9" "c3d5a23139e0850b"
    "tags" "690f59b06497752b"
    "the-hour" "5eff37ef7f074383"
    "when-committed" "9b641c0ca35355a2"
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
