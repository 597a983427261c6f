//! Any script of the language's statements runs without a panic, the same each time, and what its
//! trace folds to is what the run itself saw.
#![no_main]

use libfuzzer_sys::fuzz_target;
use offset_lab::{Cursor, Progress, Run, parse};

/// What scripts of one family are made of.
struct Family {
    versions: &'static [&'static str],
    /// Behind the line that names the broker: everything that the holes name.
    start: &'static str,
    /// Statements with holes: `A` a program, `P` a producer, `C` a consumer, `S` a log, `G` a group and
    /// its topic, `#` a number.
    lines: &'static [&'static str],
    producers: [&'static str; 2],
    consumers: [&'static str; 2],
    logs: [&'static str; 2],
}

const STREAMS: Family = Family {
    versions: &["rabbitmq-streams 3.10", "rabbitmq-streams 3.11", "rabbitmq-streams 3.13", "rabbitmq-streams 4.0",
                "rabbitmq-streams 4.2", "rabbitmq-streams 4.3"],
    start: "stream s\nstream t\nproducer p on s\nproducer q on t named q\n\
            consumer c on s from first\nconsumer d on t from first store every 5\n",
    lines: STREAM_LINES,
    producers: ["q", "p"],
    consumers: ["d", "c"],
    logs: ["t", "s"],
};

const QUEUES: Family = Family {
    versions: &["rocketmq 4.9.2", "rocketmq 4.9.4", "rocketmq 4.9.8", "rocketmq 5.0", "rocketmq 5.1", "rocketmq 5.1.4",
                "rocketmq 5.2", "rocketmq 5.3.3"],
    start: "topic s queues 3 file 2kB reserved 1h\ntopic t queues 1\nproducer p on s\nproducer q on t\n\
            group c on s from first\nmember a in c\nmember b in c takes 3ms\ngroup d on t\n",
    lines: QUEUE_LINES,
    producers: ["q", "p"],
    consumers: ["d", "c"],
    logs: ["t", "s"],
};

const STREAM_LINES: &[&str] = &[
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

const QUEUE_LINES: &[&str] = &[
    "run", "run", "run for #ms", "run for #s", "run for #m", "step #", "wait #s",
    "run until C.received >= #", "run until P.confirmed >= # and world.time > #ms", "await P confirmed",
    "run until c.q0.offset >= # and s.q0.max > #", "run until d.q0.lag < #",
    "topic S queues #", "topic S reserved #s", "topic S queues # read #",
    "producer P on S", "close P",
    "publish P # \"m{n}\"", "publish P # \"m{i}\" size 100B", "publish P # \"x{i}\" every #us", "publish P # \"x\" to queue 0",
    "publish P # \"m{n}\" key \"k{i}\"", "publish P # \"t\" tag \"a\"", "publish P # \"late\" delay 2",
    "group G from first", "group G from last tag \"a\"", "group G from timestamp #s commit every #ms",
    "group G from first orderly fails at \"9\" times #", "group G broadcast takes #us", "group G client 4.9.8",
    "group G from first fails at \"5\"", "group G hangs at \"13\"", "group G from timestamp now takes #ms",
    "member a in c", "member b in c takes #us fails at \"7\" times #", "member a in c hangs at \"9\" client 5.0",
    "restart A", "stop A", "crash A", "pause C", "resume C", "pause a", "resume a", "crash a", "restart a", "stop b", "restart b",
    "reset C to min", "reset C to max", "reset C to max force", "reset C to time #s", "reset C to time now",
    "reset C to offset #", "reset c to offset # queue 1", "reset C to min queue 0",
    "expire", "option disk 80%", "option disk 86%", "option disk 95%", "option disk 10%",
    "crash broker", "start broker", "crash node 1", "start node 1", "cut node 1", "heal node 1", "crash leader",
    "lose next confirm to P", "lose next store from C", "lose next publish from P",
    "drop #/9 from A", "delay A #ms", "heal A", "delay a #ms", "drop #/9 from b", "heal b",
    "expect C.lag >= #", "expect C.diff == #", "expect c.q0.offset == none", "expect S.messages == #", "expect a.queues == #",
];

/// Events of one script at the most: enough for every statement, few enough for many scripts.
const EVENTS: u32 = 20_000;

fn script(bytes: &[u8]) -> String {
    let (head, rest) = bytes.split_at(bytes.len().min(2));
    let pick = |at: usize| usize::from(head.get(at).copied().unwrap_or(0));
    let is_streams = pick(1) % 2 == 0;
    let family = if is_streams { STREAMS } else { QUEUES };
    let nodes = [1, 3, 2, 5][pick(1) / 2 % 4];
    let nodes = if is_streams { nodes.max(3 * usize::from(pick(1) > 127)) } else { 1 };
    let of_many = if is_streams { format!(" nodes {nodes}") } else { String::new() };
    let version = family.versions[pick(0) % family.versions.len()];
    let mut text = format!("broker {version}{of_many}\n{}", family.start);
    for step in rest.chunks(3).take(60) {
        let part = |at: usize| step.get(at).copied().unwrap_or(0);
        let line = family.lines[usize::from(part(0)) % family.lines.len()];
        if (line.contains("node 2") || line.contains("node 3")) && nodes < 3 {
            continue;
        }
        fill(&family, line, (part(1), u64::from(part(2))), &mut text);
    }
    text
}

/// Appends a line, its holes filled.
fn fill(family: &Family, line: &str, (names, mut number): (u8, u64), text: &mut String) {
    let bit = |at: u8| usize::from(names >> at & 1);
    let programs = [family.producers, family.consumers].concat();
    for c in line.chars() {
        match c {
            'A' => text.push_str(programs[usize::from(names & 3)]),
            'P' => text.push_str(family.producers[bit(2)]),
            'C' => text.push_str(family.consumers[bit(3)]),
            'S' => text.push_str(family.logs[bit(4)]),
            'G' => text.push_str(["d on t", "c on s"][bit(3)]),
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
