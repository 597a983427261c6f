//! The scenarios of the tests, embedded so that the same tests run where there are no files.

use offset_lab::{lessons, parse};

use crate::rocketmq;

macro_rules! scenarios {
    ($($name:literal)*) => {
        /// Name and text of every file in `tests/scenarios`.
        pub(crate) const SCENARIOS: &[(&str, &str)] = &[$(
            ($name, include_str!(concat!("../scenarios/", $name, ".lab")))
        ),*];
    };
}

scenarios! {
    "01-browse-a-stream"
    "02-resume-where-you-left-off"
    "03-stored-zero"
    "04-half-a-million"
    "05-storing-takes-offsets"
    "06-last-is-a-chunk"
    "07-retention-moves-the-first-offset"
    "08-deduplication"
    "09-lost-confirm"
    "10-crash-and-redelivery"
    "11-quorum"
    "12-broken"
    "20-rocketmq-progress"
    "21-rocketmq-reset"
    "30-lost-publish-and-resend"
    "31-broker-restart"
    "32-leader-crash"
    "33-waits"
    "34-what-has-no-effect"
    "35-single-active"
    "36-lag-before-3-13"
    "37-lag-from-3-13"
    "38-who-is-active"
    "39-lag-from-4-3"
    "50-facts-against-facts"
    "51-a-policy-changes-retention"
    "52-a-restart-of-what-runs"
    "60-from-stored"
    "61-store-manual"
    "62-why-a-connection-ended"
}

/// Name and text of all scenarios that can be run, those of a family's own folder and its lessons among them.
pub(crate) fn texts() -> impl Iterator<Item = (&'static str, &'static str)> {
    let shared = SCENARIOS.iter().copied();
    let queues = rocketmq::SCENARIOS
        .iter()
        .map(|(name, text, _)| (*name, *text));
    let tracks = lessons::TRACKS
        .iter()
        .filter(|track| track.slug == "progress");
    let lessons = tracks.flat_map(|track| track.lessons);
    let lessons = lessons.map(|lesson| (lesson.slug, lesson.text()));
    let all = shared.chain(queues).chain(lessons);
    all.filter(|(_, text)| parse(text).is_ok())
}

/// The text of a scenario.
pub(crate) fn scenario(name: &str) -> &'static str {
    let found = SCENARIOS.iter().find(|(listed, _)| *listed == name);
    found.expect("it is in the list").1
}

#[cfg(not(target_arch = "wasm32"))]
#[test]
fn every_scenario_file_is_in_the_list() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/scenarios");
    let files = std::fs::read_dir(folder).expect("the folder is part of the repository");
    let mut names: Vec<String> = files
        .map(|file| file.expect("it can be listed").path())
        .filter(|path| path.extension().is_some_and(|end| end == "lab"))
        .filter_map(|path| Some(path.file_stem()?.to_str()?.to_owned()))
        .collect();
    names.sort();
    let listed: Vec<&str> = SCENARIOS.iter().map(|(name, _)| *name).collect();
    assert_eq!(names, listed);
}
