//! Whole scenarios: every check of the contract's examples holds, and the same text gives the same trace.

use offset_lab::engine::{Progress, Run};
use offset_lab::family::Message;
use offset_lab::family::rabbitmq::message::{StreamMessage, ToProgram};
use offset_lab::language::parse;
use offset_lab::trace::{Loss, What};
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

/// A scenario and the digest of its trace: the same natively, in Node and in every browser.
const DIGESTS: &[(&str, &str)] = &[
    ("01-browse-a-stream", "512afb8c156ea76c"),
    ("02-resume-where-you-left-off", "cb06d9dd7b1beb8d"),
    ("03-stored-zero", "e1e1b504cf13d295"),
    ("04-half-a-million", "dc26e9ad54df6f60"),
    ("05-storing-takes-offsets", "38115c46ae710354"),
    ("06-last-is-a-chunk", "0c323a665ea6a57e"),
    ("07-retention-moves-the-first-offset", "9141b34bdda7e481"),
    ("08-deduplication", "44b4daeb41f9c949"),
    ("09-lost-confirm", "41533163d239870f"),
    ("10-crash-and-redelivery", "df670381afafe569"),
    ("11-quorum", "f88ba177754407bf"),
    ("20-rocketmq-progress", "618b7b669be48106"),
    ("21-rocketmq-reset", "46a1be512c59860f"),
    ("30-lost-publish-and-resend", "e6fcb61607481b07"),
    ("31-broker-restart", "4a91c787b889ebca"),
    ("32-leader-crash", "5131d0f2a28a68cd"),
    ("33-waits", "c4891ee796fb59aa"),
    ("34-what-has-no-effect", "7731ef2bbd8b5ff8"),
    ("35-single-active", "0806d1086d3af7ce"),
    ("36-lag-before-3-13", "09eea64f67b5fafa"),
    ("37-lag-from-3-13", "09eea64f67b5fafa"),
    ("38-who-is-active", "9c060c3e32a12fd7"),
    ("39-lag-from-4-3", "e149fe58c0ecc1a5"),
    ("50-facts-against-facts", "15e3d3e94ac002b0"),
    ("51-a-policy-changes-retention", "23b7c8f74f7b8e6f"),
    ("52-a-restart-of-what-runs", "0a01033aa02dcfeb"),
    ("60-from-stored", "a4cba5aba18558db"),
    ("61-store-manual", "8254d18591f72230"),
    ("62-why-a-connection-ended", "9b5fd29cff82a3cd"),
];

#[test]
fn digests_are_those_of_the_table() {
    let digests: Vec<(&str, String)> = SCENARIOS
        .iter()
        .filter(|(_, text)| parse(text).is_ok())
        .map(|(name, text)| (*name, run(text).digest()))
        .collect();
    let table: Vec<(&str, String)> = DIGESTS.iter().map(|(n, d)| (*n, (*d).to_owned())).collect();
    assert_eq!(digests, table);
}

#[test]
fn slices_of_any_size_give_the_same_trace() {
    for (name, text) in SCENARIOS.iter().filter(|(_, text)| parse(text).is_ok()) {
        let scenario = parse(text).scenario;
        let mut sliced = Run::new(&scenario);
        while sliced.advance(7) == Progress::More {}
        assert_eq!(sliced.audit(), Ok(()), "{name}");
        assert_eq!(
            sliced.into_timeline().digest(),
            run(text).digest(),
            "{name}"
        );
    }
}

#[test]
fn limits_end_a_run_with_a_word_about_which() {
    for (text, word, line) in [
        (
            "stream s\nproducer p on s\npublish p 2_000_000 \"x\" one by one\nrun\n",
            "2,000,000 events",
            4,
        ),
        (
            "stream s\nproducer p on s\npublish p 2_000_000 \"x\" every 1d\nrun\n",
            "100 simulated years",
            4,
        ),
        (
            "stream s\nproducer p on s\nwait 1s\npublish p 2_000_000 \"x\" one by one\nexpect p.sent == 2_000_000\n",
            "in the `run` behind the last line, the run would have more than 2,000,000 events; most of the last ones are about p; what never comes to rest is ended by `run for DUR`",
            3,
        ),
    ] {
        let timeline = run(text);
        let stopped = timeline.stopped().expect("a limit was passed");
        assert!(stopped.message.contains(word), "{}", stopped.message);
        let statement = &timeline.scenario().statements[stopped.statement.index()];
        assert_eq!(statement.line, line, "{text}");
    }
}

#[test]
fn time_passes_for_a_stream_that_never_comes_to_rest() {
    // A segment that its own snapshot fills: each wait at the tail rolls it.
    let text = "stream s segment 1B\nproducer p on s named n\npublish p 10 \"x\"\n\
                consumer c on s from first store every 1\nrun for 2s\nexpect c.received == 10\nexpect world.time == 2s\n\
                publish p \"y\"\nrun until c.received == 11\nstop c\nrun\nexpect c.state == \"closed\"\n";
    let timeline = run(text);
    assert!(timeline.stopped().is_none());
    let failed: Vec<&str> = timeline
        .checks()
        .iter()
        .filter(|check| !check.passed)
        .map(|check| &*check.text)
        .collect();
    assert_eq!(failed, [] as [&str; 0]);
    assert!(timeline.len() > 2_000, "it rolls every millisecond");
}

#[test]
fn what_never_comes_is_a_failed_check_and_the_script_goes_on() {
    let text = "stream s\nproducer p on s\nlose next publish from p\nrun until s.messages == 7\n\
                publish p \"x\"\nawait p confirmed\nexpect p.sent == 1\n";
    let checks: Vec<(String, bool)> = run(text)
        .checks()
        .iter()
        .map(|check| (check.text.clone(), check.passed))
        .collect();
    let expected = [
        ("run until s.messages == 7", false),
        ("await p confirmed", false),
        ("expect p.sent == 1", true),
    ];
    assert_eq!(
        checks,
        expected.map(|(text, passed)| (text.to_owned(), passed))
    );
}

#[test]
fn who_is_hung_up_on_while_starting_gives_up() {
    let name = "x".repeat(256);
    for client in ["", " as java"] {
        let text = format!(
            "broker rabbitmq-streams 3.10\nstream s\nproducer p on s\npublish p 3 \"m\"\nrun\n\
             consumer c on s named {name} from first store manual{client}\nstore c 1\nrun\n\
             expect c.state == \"closed\"\nexpect c.received == 0\n\
             consumer d on s named {name} from first\nrun\nstore d 1\nrun\n\
             expect d.state == \"running\"\nexpect d.received == 6\n"
        );
        assert_eq!(failures(&run(&text)), [] as [&str; 0], "{client}");
    }
}

#[test]
fn who_is_connected_to_the_node_that_crashes_loses_the_connection() {
    let text = "broker rabbitmq-streams 4.0 nodes 3\nstream s\nproducer p on s\n\
        consumer c on s from first store every 2\npublish p 4 \"m\"\nrun\n\
        publish p 2 \"late\"\ncrash leader\nrun\n\
        expect p.unconfirmed == 2\nexpect p.state == \"open\"\nexpect c.state == \"running\"\n\
        expect s.messages == 4\n";
    let timeline = run(text);
    assert_eq!(failures(&timeline), [] as [&str; 0]);
    let names: Vec<&str> = timeline
        .trace()
        .events
        .iter()
        .filter_map(|event| match &event.what {
            What::Disconnected { .. } => Some("disconnected"),
            What::Lost { why, .. } => Some(if *why == Loss::BrokerDown {
                "lost"
            } else {
                "?"
            }),
            What::Sent {
                message:
                    Message::RabbitMq(StreamMessage::ToProgram(ToProgram::MetadataUpdate { .. })),
                ..
            } => Some("?"),
            _ => None,
        })
        .collect();
    assert_eq!(names, ["lost", "disconnected", "disconnected"]);
}
