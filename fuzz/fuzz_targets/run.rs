//! Any script of the language's statements runs without a panic, the same each time, and what its
//! trace folds to is what the run itself saw.
#![no_main]

use libfuzzer_sys::fuzz_target;
use offset_lab::{Cursor, Progress, Run, parse};

/// Statements with holes: `A` a program, `P` a producer, `C` a consumer, `S` a stream, `#` a number.
const LINES: &[&str] = &[
    "run", "run", "run for #ms", "run for #us", "step #", "wait #s",
    "run until C.received >= #", "run until P.confirmed >= # and world.time > #ms", "await P confirmed",
    "stream S", "stream S max-length #kB segment #kB", "stream S max-age #s segment #kB", "delete S",
    "producer P on S", "producer P on S named ref#", "producer P on S as java",
    "publish P # \"m{n}\"", "publish P # \"m{id}\" size 100B in batches of #", "publish P # \"x{i}\" every #us",
    "publish P # \"x\" one by one", "publish P id # \"x\"", "publish P ids 0..# \"stop\"",
    "publish P # \"x\" sub-batch of #", "publish P # \"f\" filter \"a\"",
    "resend P", "close P",
    "consumer C on S from first", "consumer C on S from offset # store every #", "consumer C on S store every # takes #us",
    "consumer C on S from last stop at \"9\"", "consumer C on S from timestamp #ms unnamed",
    "consumer C on S from first store auto every # flush #ms as java", "consumer C on S from first store every # as python",
    "consumer C on S from first store external every # takes #us", "consumer C on S from first credit # as go",
    "consumer C on S from next store every 10 as rust", "consumer C on S from first store every # as rust-tutorial",
    "consumer C on S named g from first single active", "consumer C on S from first filter \"a\" match unfiltered",
    "restart A", "stop A", "crash A", "pause C", "resume C", "store C #", "query C", "credit C #",
    "crash broker", "start broker", "crash node 1", "start node 1", "crash node 2", "start node 2",
    "crash leader", "cut node 1", "heal node 1", "cut node 3", "heal node 3",
    "lose next confirm to P", "lose next store from C", "lose next publish from P",
    "drop #/9 from A", "delay A #ms", "heal A",
    "expect C.lag >= #", "expect C.behind == #", "expect S.messages == #",
];

const START: &str = "stream s\nstream t\nproducer p on s\nproducer q on t named q\n\
                     consumer c on s from first\nconsumer d on t from first store every 5\n";

/// Events of one script at the most: enough for every statement, few enough for many scripts.
const EVENTS: u32 = 20_000;

fn script(bytes: &[u8]) -> String {
    let (head, rest) = bytes.split_at(bytes.len().min(2));
    let version = ["3.10", "3.11", "3.13", "4.0", "4.2", "4.3"];
    let pick = |at: usize| usize::from(head.get(at).copied().unwrap_or(0));
    let nodes = [1, 3, 2, 5][pick(1) % 4];
    let nodes = nodes.max(3 * usize::from(pick(1) > 127));
    let mut text = format!("broker rabbitmq-streams {} nodes {nodes}\n{START}", version[pick(0) % 6]);
    for step in rest.chunks(3).take(60) {
        let part = |at: usize| step.get(at).copied().unwrap_or(0);
        let line = LINES[usize::from(part(0)) % LINES.len()];
        if (line.contains("node 2") || line.contains("node 3")) && nodes < 3 {
            continue;
        }
        let (names, number) = (part(1), u64::from(part(2)));
        let bit = |at: u8| names >> at & 1 == 1;
        let mut number = number;
        for c in line.chars() {
            match c {
                'A' => text.push_str(["p", "q", "c", "d"][usize::from(names & 3)]),
                'P' => text.push_str(if bit(2) { "p" } else { "q" }),
                'C' => text.push_str(if bit(3) { "c" } else { "d" }),
                'S' => text.push_str(if bit(4) { "s" } else { "t" }),
                '#' => {
                    let least = u64::from(!line.starts_with("drop"));
                    let most = if line.starts_with("drop") { 9 } else { u64::MAX };
                    text.push_str(&number.clamp(least, most).to_string());
                    number = (number * 7 + u64::from(names)) % 300;
                }
                c => text.push(c),
            }
        }
        text.push('\n');
    }
    text
}

fuzz_target!(|bytes: &[u8]| {
    let text = script(bytes);
    let parsed = parse(&text);
    assert!(parsed.is_ok(), "{text}\n{:?}", parsed.diagnostics);
    let mut runs = [Run::new(&parsed.scenario), Run::new(&parsed.scenario)];
    let mut done = [false; 2];
    for (run, (done, slice)) in runs.iter_mut().zip(done.iter_mut().zip([u32::MAX, 97])) {
        while !*done && run.timeline().len() < EVENTS {
            *done = run.advance(slice.min(EVENTS)) == Progress::Done;
        }
    }
    let timeline = runs[0].timeline();
    let end = timeline.world(Cursor::at(timeline.len()));
    assert!(end == *timeline.end(), "the trace folds to another world:\n{text}");
    if done == [true; 2] {
        assert_eq!(timeline.digest(), runs[1].timeline().digest(), "{text}");
    }
});
