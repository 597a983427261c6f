//! Any text as a recorded transcript: the replay never panics, and a second one says the same.
//! Half of the inputs become steps of a scenario, so that the fuzzer need not find the frame.
#![no_main]

use libfuzzer_sys::fuzz_target;
use offset_lab_conform::replay;

fuzz_target!(|bytes: &[u8]| {
    let text = String::from_utf8_lossy(bytes);
    let framed = format!(
        r#"{{"broker": "RabbitMQ 4.0.5", "scenarios": [{{"id": "s", "steps": [{text}]}}]}}"#
    );
    for text in [&*text, &framed] {
        let said = |text: &str| match replay("fuzzed", text) {
            Ok(report) => report.scenarios.iter().map(ToString::to_string).collect(),
            Err(problem) => vec![problem.to_string()],
        };
        assert_eq!(said(text), said(text));
    }
});
