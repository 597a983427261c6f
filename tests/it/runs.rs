//! Whole scenarios: every check of the contract's examples holds, and the same text gives the same trace.

use offset_lab::engine::Run;
use offset_lab::scenario::parse;
use offset_lab::world::timeline::Timeline;
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use crate::data::SCENARIOS;

/// Runs a text that has no diagnostics.
pub(crate) fn run(text: &str) -> Timeline {
    let parsed = parse(text);
    assert_eq!(parsed.diagnostics, [], "{text}");
    Run::new(&parsed.scenario).complete()
}

/// The lines of the checks that do not hold, with what was seen.
pub(crate) fn failures(timeline: &Timeline) -> Vec<String> {
    let statements = &timeline.scenario().statements;
    let mut failures: Vec<String> = timeline
        .checks()
        .iter()
        .filter(|check| !check.passed)
        .map(|check| {
            let line = statements[check.statement.index()].line;
            format!("line {line}: {} (saw {})", check.text, check.actual)
        })
        .collect();
    failures.extend(timeline.stopped().map(|s| s.message.clone()));
    failures
}

#[test]
fn the_examples_hold_as_they_stand() {
    for (name, text) in SCENARIOS {
        if !parse(text).is_ok() {
            continue;
        }
        assert_eq!(failures(&run(text)), [] as [&str; 0], "{name}");
    }
}
