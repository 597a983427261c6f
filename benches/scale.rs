//! How cost grows: whole scenarios against a plain loop that pushes the same messages into a vector and reads
//! them back. One run, printed as ratios; knows only the public surface.
#![allow(missing_docs)]

use std::hint::black_box;
use std::time::{Duration, Instant};

use offset_lab::engine::Run;
use offset_lab::language::parse;
use offset_lab::view::{FrameOptions, frame_at};
use offset_lab::world::timeline::{Cursor, Timeline};

const EXAMPLE: &str = include_str!("../tests/scenarios/04-half-a-million.lab");

fn main() {
    let plain = best(9, plain_loop);
    println!("plain loop, 600,000 bodies            {plain:>12.1?}   1.00");
    let report = |name: &str, took: Duration| {
        let ratio = took.as_secs_f64() / plain.as_secs_f64();
        println!("{name:<38}{took:>12.1?}   {ratio:.3}");
    };

    report("(a) example 04", best(9, || run(EXAMPLE)));
    let million = best(5, || run(&waves(1_000_000)));
    report("(b) the same with 10^6", million);
    let billion = best(1, || run(&waves(1_000_000_000)));
    report("(b) the same with 10^9", billion);
    println!(
        "    10^9 costs {:.0} times 10^6",
        billion.as_secs_f64() / million.as_secs_f64()
    );
    report(
        "(c) 10^6, stored every 10, takes 1us",
        best(1, || run(BUSY)),
    );

    let timeline = run(EXAMPLE);
    let seeks = best(3, || seek(&timeline));
    report("(d) 1,000 seeks in (a)", seeks);
    let busy = run(BUSY);
    let deep = best(1, || seek(&busy));
    report("(d) 1,000 seeks in (c)", deep);
    println!("    one seek in (c): {:.1?}", deep / 1_000);
    let shown = best(5, || {
        let timeline = run(&lesson());
        frame_at(
            &timeline,
            Cursor::at(timeline.len()),
            &FrameOptions::default(),
        )
    });
    report("(e) parse, run, draw 200 lines", shown);

    let (some, many) = (crowd(1_000), crowd(10_000));
    let some = best(3, || run(&some));
    let many = best(3, || run(&many));
    report("(f) 1,000 producers, a message each", some);
    report("(f) 10,000 producers, a message each", many);
    println!(
        "    a program of 10,000: {:.1?}, of 1,000: {:.1?}",
        many / 10_000,
        some / 1_000
    );

    let million = best(5, || run(&queues(1_000_000)));
    report("(g) RocketMQ: 10^6, 4 queues, 2 members", million);
    let billion = best(1, || run(&queues(1_000_000_000)));
    report("(g) the same with 10^9", billion);
    println!(
        "    10^9 costs {:.0} times 10^6",
        billion.as_secs_f64() / million.as_secs_f64()
    );
}

/// So many messages round four queues, which two members of a group share.
fn queues(messages: u64) -> String {
    format!(
        "broker rocketmq\ntopic t queues 4\nproducer p on t\npublish p {messages} \"m{{n}}\"\nawait p confirmed\n\
         group g on t from first\nmember a in g\nmember b in g\nrun\nexpect g.received == {messages}\nexpect g.lag == 0\n\
         expect g.redelivered == 0\n"
    )
}

/// As many producers on one stream, each with a message.
fn crowd(producers: u32) -> String {
    let mut text = String::from("stream s\n");
    for p in 0..producers {
        text.push_str(&format!("producer p{p} on s\n"));
    }
    for p in 0..producers {
        text.push_str(&format!("publish p{p} 1 \"m\"\n"));
    }
    text + &format!("run\nexpect s.messages == {producers}\n")
}

const BUSY: &str = "stream s
producer p on s
publish p 1_000_000 \"m{n}\"
await p confirmed
consumer c on s from first store every 10 takes 1us
run
expect c.received == 1_000_000
";

fn plain_loop() -> u64 {
    let mut bodies: Vec<Vec<u8>> = Vec::new();
    for (count, body) in [(499_999, "first wave"), (99_999, "second wave")] {
        bodies.extend((0..count).map(|_| body.as_bytes().to_vec()));
        bodies.push(b"poison".to_vec());
    }
    let is_poison = |body: &&Vec<u8>| black_box(body.as_slice()) == b"poison";
    bodies.iter().filter(is_poison).count() as u64
}

fn waves(first: u64) -> String {
    EXAMPLE
        .replace("499_999", &(first - 1).to_string())
        .replace("500_000", &first.to_string())
}

fn run(text: &str) -> Timeline {
    let parsed = parse(text);
    assert!(parsed.is_ok(), "{:?}", parsed.diagnostics);
    let timeline = Run::new(&parsed.scenario).complete();
    assert!(timeline.stopped().is_none(), "{:?}", timeline.stopped());
    for check in timeline.checks() {
        assert!(check.passed, "{} (saw {})", check.text, check.actual);
    }
    timeline
}

fn seek(timeline: &Timeline) -> u64 {
    let mut state = 1u64;
    (0..1_000)
        .map(|_| {
            state = state
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1);
            let event = (state >> 33) % u64::from(timeline.len());
            let cursor = Cursor::at(u32::try_from(event).expect("events fit"));
            timeline.world(cursor).now.0
        })
        .fold(0, u64::wrapping_add)
}

fn lesson() -> String {
    let mut text = String::from("stream s\nproducer p on s\n");
    for line in 0..66 {
        text.push_str(&format!(
            "publish p 10 \"m{{n}}\"\nrun\nexpect p.sent == {}\n",
            (line + 1) * 10
        ));
    }
    text
}

fn best<T>(times: u32, mut what: impl FnMut() -> T) -> Duration {
    (0..times)
        .map(|_| {
            let start = Instant::now();
            black_box(what());
            start.elapsed()
        })
        .min()
        .expect("at least one")
}
