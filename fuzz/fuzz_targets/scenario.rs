//! Any scenario that the parser takes: it runs within its limits, and the world that its trace tells is the one
//! that broker and programs hold.
#![no_main]

use libfuzzer_sys::fuzz_target;
use offset_lab::engine::{Progress, Run};
use offset_lab::scenario::parse;

/// Steps of one input: enough for any script of the fuzzer's size, little enough to try many.
const STEPS: u32 = 200_000;

fuzz_target!(|bytes: &[u8]| {
    let text = String::from_utf8_lossy(bytes);
    let parsed = parse(&text);
    if parsed.is_ok() {
        let mut run = Run::new(&parsed.scenario);
        if run.advance(STEPS) == Progress::Done && run.timeline().stopped().is_none() {
            assert_eq!(run.audit(), Ok(()));
        }
    }
});
