//! What each client does, against recorded runs: scenarios beside the lines that real programs
//! printed.
//!
//! A `.txt` file beside a scenario says what its programs print and store, one line each: `actor
//! "line"`, where `{a..b}` stands for any number of that range; `stores actor N …`, the first
//! offsets that it sends; `kept actor N …`, stored offsets of a recorded log, each of which it must
//! have sent. `among` at the top: the lines come in this order, others between them.
//!
//! The files `client-….txt` are written by `ground-truth/rabbitmq-clients/record`, and hold what real clients sent on the
//! wire: `sends actor REQUEST, …` (`credit` among them where the file has any), `received actor OFFSETS`, `publishes
//! actor ID …`, each equal to what the scenario's program does. `recorded CLIENT with LIBRARY VERSION, BROKER`: what
//! `docs/clients.md` says that profile follows. A file that names no program of its scenario, or misses one whose name
//! begins with a client's, fails.

use offset_lab::family::Message;
use offset_lab::family::rabbitmq::message::{StreamMessage, ToBroker};
use offset_lab::trace::Trace;
use offset_lab::trace::event::What;
use offset_lab::world::timeline::Timeline;
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use crate::runs::{failures, run};

mod wire;

macro_rules! clients {
    ($($name:literal $(with $lines:literal)?)*) => {
        /// Name, text and expected lines of every scenario in `tests/clients`.
        const SCENARIOS: &[(&str, &str, &str)] = &[$((
            $name,
            include_str!(concat!("../clients/", $name, ".lab")),
            concat!("", $(include_str!(concat!("../clients/", $lines)))?),
        )),*];
    };
}

clients! {
    "broker-restart"
    "client-automatic" with "client-automatic.txt"
    "client-channel" with "client-channel.txt"
    "client-credit" with "client-credit.txt"
    "client-default-tracking" with "client-default-tracking.txt"
    "client-deleted" with "client-deleted.txt"
    "client-dropped" with "client-dropped.txt"
    "client-filter-and-offset" with "client-filter-and-offset.txt"
    "client-filter-automatic" with "client-filter-automatic.txt"
    "client-filter-credit" with "client-filter-credit.txt"
    "client-guard" with "client-guard.txt"
    "client-ids" with "client-ids.txt"
    "client-last-consumed" with "client-last-consumed.txt"
    "client-named-only" with "client-named-only.txt"
    "client-no-from" with "client-no-from.txt"
    "client-read-sub-batches" with "client-read-sub-batches.txt"
    "client-recheck" with "client-recheck.txt"
    "client-reconnect" with "client-reconnect.txt"
    "client-republish" with "client-republish.txt"
    "client-said-ids" with "client-said-ids.txt"
    "client-single-active" with "client-single-active.txt"
    "client-stop-every" with "client-stop-every.txt"
    "client-stored" with "client-stored.txt"
    "client-sub-batches" with "client-sub-batches.txt"
    "crash-resume"
    "dedup-clients"
    "delete-and-return"
    "delete-while-consuming"
    "errors-go" with "errors-go.txt"
    "errors-java" with "errors-java.txt"
    "errors-python" with "errors-python.txt"
    "errors-rust" with "errors-rust.txt"
    "filters"
    "first-id"
    "go-tutorial" with "go-tutorial.txt"
    "java-automatic-tracking"
    "java-manual-tracking"
    "java-tutorial" with "java-tutorial.txt"
    "python-tutorial" with "python-tutorial.txt"
    "reconnect"
    "rust-tutorial-as-printed" with "rust-tutorial-as-printed.txt"
    "rust-tutorial-single-loop" with "rust-tutorial-single-loop.txt"
    "single-active"
    "specs-python"
    "specs-rust"
    "stop-counted" with "stop-counted.txt"
    "waves" with "waves.txt"
}

#[test]
fn recorded_runs_come_again() {
    let mut problems = Vec::new();
    for (name, text, lines) in SCENARIOS {
        let timeline = run(text);
        let mut found = failures(&timeline);
        if name.starts_with("client-") {
            found.extend(wire::compare(&timeline, lines));
        } else {
            found.extend(compare(&timeline, lines));
        }
        problems.extend(
            found
                .into_iter()
                .map(|problem| format!("{name}: {problem}")),
        );
    }
    assert!(problems.is_empty(), "{}", problems.join("\n"));
}

/// What the run does not do as the file says.
fn compare(timeline: &Timeline, lines: &str) -> Vec<String> {
    let mut problems = Vec::new();
    let among = lines.lines().any(|line| line == "among");
    let lines = lines.lines().filter(|line| !line.starts_with('#'));
    let mut expected: Vec<(&str, Vec<&str>)> = Vec::new();
    for line in lines.filter(|line| !line.is_empty() && *line != "among") {
        match line.split_once(' ') {
            Some(("stores", rest)) => problems.extend(check_stores(timeline, rest, true)),
            Some(("kept", rest)) => problems.extend(check_stores(timeline, rest, false)),
            Some((actor, line)) => {
                let line = &line[1..line.len() - 1];
                match expected.iter_mut().find(|(name, _)| *name == actor) {
                    Some((_, lines)) => lines.push(line),
                    None => expected.push((actor, vec![line])),
                }
            }
            None => problems.push(format!("no line of this format: {line}")),
        }
    }
    for (actor, expected) in expected {
        let seen = console(timeline, actor);
        if among {
            let mut seen = seen.iter();
            let missing = expected.iter().find(|line| !seen.any(|s| fits(s, line)));
            problems.extend(missing.map(|line| format!("{actor} does not print {line:?}")));
        } else if seen.len() != expected.len()
            || !seen.iter().zip(&expected).all(|(s, line)| fits(s, line))
        {
            problems.push(format!("{actor} prints\n{seen:#?}\nand not\n{expected:#?}"));
        }
    }
    problems
}

fn index(timeline: &Timeline, actor: &str) -> u32 {
    let actors = &timeline.scenario().actors;
    let at = actors.iter().position(|a| *a.name == *actor);
    u32::try_from(at.expect("the file names an actor of the scenario")).expect("few actors")
}

fn console<'a>(timeline: &'a Timeline, actor: &str) -> Vec<&'a str> {
    let id = index(timeline, actor);
    let events = timeline.trace().events.iter();
    events
        .filter_map(|event| match &event.what {
            What::Printed { actor, line } if actor.0 == id => Some(&**line),
            _ => None,
        })
        .collect()
}

/// The offsets that a program sent to be stored, in order.
fn stores(trace: &Trace, id: u32) -> Vec<u64> {
    let events = trace.events.iter();
    events
        .filter_map(|event| match &event.what {
            What::Sent {
                actor,
                message: Message::RabbitMq(StreamMessage::ToBroker(ToBroker::Store { offset })),
            } if actor.0 == id => Some(*offset),
            _ => None,
        })
        .collect()
}

fn check_stores(timeline: &Timeline, line: &str, whole: bool) -> Option<String> {
    let (actor, offsets) = line.split_once(' ')?;
    let offsets: Vec<u64> = offsets
        .split(' ')
        .map(|n| n.parse().expect("a number"))
        .collect();
    let sent = stores(timeline.trace(), index(timeline, actor));
    let fits = if whole {
        sent.starts_with(&offsets)
    } else {
        let mut sent = sent.iter();
        offsets.iter().all(|offset| sent.any(|s| s == offset))
    };
    (!fits).then(|| format!("{actor} stores {sent:?} and not {offsets:?}"))
}

/// Whether a line is what a pattern says.
fn fits(line: &str, pattern: &str) -> bool {
    let Some((before, rest)) = pattern.split_once('{') else {
        return line == pattern;
    };
    let range = rest.split_once('}').and_then(|(range, behind)| {
        let (from, to) = range.split_once("..")?;
        Some((from.parse().ok()?..=to.parse().ok()?, behind))
    });
    let Some((range, behind)) = range else {
        // Braces that the program prints.
        let head = &pattern[..=before.len()];
        return line.strip_prefix(head).is_some_and(|line| fits(line, rest));
    };
    line.strip_prefix(before).is_some_and(|line| {
        let digits = line.bytes().take_while(u8::is_ascii_digit).count();
        let number: Option<u64> = line[..digits].parse().ok();
        number.is_some_and(|n| range.contains(&n)) && fits(&line[digits..], behind)
    })
}
