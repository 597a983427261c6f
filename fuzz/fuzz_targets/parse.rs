//! Any text: the parser, the formatter and what editors ask never panic, and layout keeps the meaning.
#![no_main]

use libfuzzer_sys::fuzz_target;
use offset_lab::language::{assist, format, parse};

fuzz_target!(|bytes: &[u8]| {
    let text = String::from_utf8_lossy(bytes);
    let parsed = parse(&text);
    for problem in &parsed.diagnostics {
        let span = problem.span.start as usize..problem.span.end as usize;
        assert!(text.get(span).is_some(), "{problem:?}");
    }
    let laid_out = format(&text).expect("the fuzzer's texts are short");
    assert_eq!(format(&laid_out).as_ref(), Ok(&laid_out));
    let again = parse(&laid_out);
    assert_eq!(parsed.scenario, again.scenario);
    assert_eq!(parsed.diagnostics.len(), again.diagnostics.len());
    let at = bytes
        .first()
        .map_or(0, |byte| usize::from(*byte) * text.len() / 255);
    drop(assist::complete(&text, at));
    drop(assist::help_at(&text, at));
    for line in text.split('\n') {
        drop(assist::highlight(line, again.scenario.header.family));
    }
});
