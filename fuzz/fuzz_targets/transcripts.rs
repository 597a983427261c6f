//! Any text as a recorded transcript: the replay never panics, and a second one says the same.
//! Each input also becomes steps of a scenario of each family, so that the fuzzer need not find the frame.
#![no_main]

use libfuzzer_sys::fuzz_target;
use offset_lab_conform::replay;

fuzz_target!(|bytes: &[u8]| {
    let text = String::from_utf8_lossy(bytes);
    let framed = |broker: &str| {
        format!(r#"{{"broker": "{broker}", "scenarios": [{{"id": "s", "steps": [{text}]}}]}}"#)
    };
    let framed = ["RabbitMQ 4.0.5", "RocketMQ 4.9.7", "RocketMQ 5.3.3"].map(framed);
    let framed = framed.iter().map(String::as_str);
    for text in [&*text].into_iter().chain(framed) {
        let said = |text: &str| match replay("fuzzed", text) {
            Ok(report) => report.scenarios.iter().map(ToString::to_string).collect(),
            Err(problem) => vec![problem.to_string()],
        };
        assert_eq!(said(text), said(text));
    }
});
