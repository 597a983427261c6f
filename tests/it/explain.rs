//! Explanations: every event has a chain of causes that ends in the script, and anomalies have names.

use offset_lab::Timeline;
use offset_lab::explain::anomaly::AnomalyKind;
use offset_lab::explain::{Sentences, anomalies, why};
use offset_lab::ids::EventId;
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use crate::data::texts;
use crate::runs::{failures, run};

/// Runs every scenario of the tests that can be run.
fn each(check: impl Fn(&str, &Timeline)) {
    for (name, text) in texts() {
        check(name, &run(text));
    }
}

fn kinds(text: &str) -> Vec<AnomalyKind> {
    anomalies(&run(text)).iter().map(|a| a.kind).collect()
}

#[test]
fn every_event_is_told_in_one_sentence() {
    each(|name, timeline| {
        let sentences = Sentences::of(timeline);
        for (at, event) in timeline.trace().events.iter().enumerate() {
            let told = sentences.sentence(event);
            let whole = told.len() > 8 && told.ends_with('.') && !told.contains("{}");
            assert!(whole, "{name} #{at}: {told:?} of {event:?}");
        }
    });
}

#[test]
fn every_chain_of_causes_ends_in_the_script() {
    each(|name, timeline| {
        for at in 0..timeline.len() {
            let chain = why(timeline, EventId(at));
            let last = &chain.last().expect("an event has a cause").text;
            assert!(
                last.starts_with("It began with line "),
                "{name} #{at}: {last}"
            );
            assert_eq!(chain[0].event, Some(EventId(at)), "{name}");
        }
    });
}

#[test]
fn a_crash_is_explained_by_what_it_repeats() {
    let found = anomalies(&run(crate::data::scenario("10-crash-and-redelivery")));
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!(found[0].kind, AnomalyKind::Redelivered);
    assert_eq!(
        found[0].text,
        "billing processed 8 messages again (20 to 27), because it started again from offset 20."
    );
    assert!(found[0].events.len() >= 2);
}

#[test]
fn a_lost_confirm_and_the_copy_that_follows_are_named() {
    let found = kinds(crate::data::scenario("09-lost-confirm"));
    assert_eq!(
        found,
        [
            AnomalyKind::Lost,
            AnomalyKind::DuplicateStored,
            AnomalyKind::Lost
        ]
    );
}

#[test]
fn retention_that_passes_a_reader_is_named() {
    let found = kinds(crate::data::scenario("07-retention-moves-the-first-offset"));
    assert_eq!(found, [AnomalyKind::SkippedByRetention]);
}

#[test]
fn odd_stores_are_named() {
    let text = "stream s\nproducer p on s\npublish p 10 \"m\"\nconsumer c on s from first\nrun\n\
                store c 5\nrun\nstore c 3\nrun\nstore c 500\nrun\n";
    assert_eq!(
        kinds(text),
        [
            AnomalyKind::StoredBackwards,
            AnomalyKind::StoredBeyondTheEnd
        ]
    );
}

#[test]
fn a_stale_stored_offset_is_named() {
    let text = "stream s max-length 200kB segment 50kB\nproducer p on s\n\
                publish p 20 \"m{i}\" size 1000B\nrun\n\
                consumer c on s from first store every 10\nrun\nstop c\n\
                publish p 180 \"m{i}\" size 1000B in batches of 20 one by one\nrun\n\
                restart c\nrun\n";
    let found = kinds(text);
    assert!(found.contains(&AnomalyKind::StaleStoredOffset), "{found:?}");
    assert!(
        found.contains(&AnomalyKind::SkippedByRetention),
        "{found:?}"
    );
}

#[test]
fn what_was_never_confirmed_is_named() {
    let text = "stream s\nproducer p on s\nrun\nlose next publish from p\npublish p 3 \"m\"\nrun\n";
    let found = anomalies(&run(text));
    let kinds: Vec<AnomalyKind> = found.iter().map(|a| a.kind).collect();
    assert!(
        kinds.contains(&AnomalyKind::Lost) && kinds.contains(&AnomalyKind::UnconfirmedAtTheEnd),
        "{found:?}"
    );
    assert!(found.iter().all(|a| !a.events.is_empty()));
}

#[test]
fn a_connection_that_ended_says_over_which_request_and_with_which_code() {
    let timeline = run(crate::data::scenario("62-why-a-connection-ended"));
    let sentences = Sentences::of(&timeline);
    let told: Vec<String> = timeline
        .trace()
        .events
        .iter()
        .filter(|event| event.what.word() == "disconnected")
        .map(|event| sentences.sentence(event))
        .collect();
    let expected = [
        "p lost its connection and will try again: the broker ended it over the request publish, with the code unknown_frame (13).",
        "gopher lost its connection.",
        "p lost its connection and will try again.",
        "late lost what it was working on and will try again: metadata_update said stream_not_available (6).",
    ];
    for sentence in expected {
        let found = told.iter().any(|told| told.ends_with(sentence));
        assert!(found, "{sentence} is not among {told:#?}");
    }
}

#[test]
fn a_request_without_an_answer_ends_a_connection_without_a_code() {
    let long = "n".repeat(300);
    let text = format!(
        "broker rabbitmq-streams 3.10\nstream s\nconsumer c on s named \"{long}\" from first\nrun\nstore c 1\nrun\n"
    );
    let timeline = run(&text);
    let lines = (0..timeline.len()).map(|at| {
        offset_lab::trace::text::line(timeline.trace(), timeline.scenario(), EventId(at))
    });
    let line = lines
        .into_iter()
        .find(|line| line.contains(" disconnected "));
    let line = line.expect("the broker hangs up");
    assert!(
        line.ends_with("actor=c why=hung_up request=store_offset retries"),
        "{line}"
    );
}

#[test]
fn a_connection_that_the_broker_ended_is_an_anomaly() {
    let found = anomalies(&run(crate::data::scenario("62-why-a-connection-ended")));
    let ended: Vec<&str> = found
        .iter()
        .filter(|anomaly| anomaly.kind == AnomalyKind::ConnectionEnded)
        .map(|anomaly| anomaly.text.as_str())
        .collect();
    assert_eq!(ended.len(), 2, "{found:?}");
    assert!(ended[0].contains("over the request publish, with the code unknown_frame (13)"));
    assert!(
        ended[1].starts_with("gopher lost its connection"),
        "{ended:?}"
    );
}

/// What was found by kind, in words.
fn found(text: &str) -> Vec<String> {
    let all = anomalies(&run(text)).into_iter();
    all.map(|a| format!("{}: {}", a.kind.name(), a.text))
        .collect()
}

#[test]
fn what_another_of_the_name_processed_before_is_told() {
    let text = "stream s\nproducer p on s\npublish p 30 \"m{n}\"\nrun\n\
        consumer a on s named g single active from first store every 10 takes 1ms\n\
        consumer b on s named g single active from first store every 10 takes 1ms\n\
        run until a.received == 15\ncrash a\nrun\n";
    let told = "redelivered: b processed 5 messages (10 to 14) that another consumer of its name had processed, because it went on from offset 10.";
    assert_eq!(found(text), [told]);
}

#[test]
fn a_copy_that_went_with_a_lost_leader_is_none() {
    let text = "broker rabbitmq-streams 4.0 nodes 3\nstream s\nproducer p on s\n\
        publish p 3 \"m{n}\"\nrun\ncut node 1\npublish p 3 \"late {n}\"\nrun\nheal node 1\nrun\n\
        resend p\nrun\n";
    let twice = |text: &str| {
        found(text)
            .into_iter()
            .filter(|a| a.starts_with("duplicate"))
            .count()
    };
    assert_eq!(twice(text), 0, "{:?}", found(text));
    let lost = "stream s\nproducer p on s\nlose next confirm to p\npublish p 3 \"m\"\nrun\nresend p\nrun\n";
    assert_eq!(twice(lost), 1);
}

#[test]
fn what_a_dead_node_lost_names_the_node() {
    let text = "broker rabbitmq-streams 4.0 nodes 3\nstream s\nproducer p on s\nrun\n\
        publish p 2 \"late\"\ncrash node 1\nrun\n";
    let lost = found(text).into_iter().find(|a| a.starts_with("lost"));
    assert!(
        lost.as_ref()
            .is_some_and(|a| a.contains("because node 1 was down")),
        "{lost:?}"
    );
    let all = text.replace("crash node 1", "crash broker");
    let lost = found(&all).into_iter().find(|a| a.starts_with("lost"));
    assert!(
        lost.as_ref()
            .is_some_and(|a| a.contains("because the broker was down")),
        "{lost:?}"
    );
}

const GROUP: &str = r#"title "What a group processes twice"

stream s
producer p on s
publish p 30 "m{n}"
run
consumer a on s named g single active from first store every 10 takes 1ms
consumer b on s named g single active from first store every 10 takes 1ms
run until a.received == 15
expect a.active == "yes"
expect b.group_redelivered == 0
> The next member goes on behind the last stored offset, so what was processed behind it is processed again.
crash a
run
expect b.first == 10
expect b.redelivered == 0
expect b.group_redelivered == 5
expect a.group_redelivered == 5
consumer alone on s from first
run
expect alone.group_redelivered == none
"#;

#[test]
fn a_group_counts_what_its_members_processed_twice() {
    assert_eq!(failures(&run(GROUP)), [] as [&str; 0]);
}

#[test]
fn a_check_that_can_never_hold_says_why() {
    let text = "stream s\nproducer p on s\npublish p 5 \"m\"\nconsumer c on s from first store every 5\nrun\n\
        publish p 5 \"m\"\nrun until c.last == 5\nrun until c.last == 11\nexpect c.last == 10\n";
    let timeline = run(text);
    let why: Vec<Option<&str>> = timeline.checks().iter().map(|c| c.why.as_deref()).collect();
    let tracking = "offset 5 holds no message but tracking; the next message has 6: write `>=`";
    let beyond = "no message has offset 11: the last one has 10, since offsets begin at 0; `received` counts messages";
    assert_eq!(why, [Some(tracking), Some(beyond), None]);
}

#[test]
fn a_wait_for_one_value_says_what_went_past_it() {
    let text = "stream s\nproducer p on s\npublish p 20 \"m\"\nrun\n\
        consumer c on s from first store every 10 takes 1ms\nrun until c.stored == 4\nrun until c.stored == 50\n\
        run until c.received == 3\nrun until c.received >= 3 and c.stored == 4\n";
    let timeline = run(text);
    let why: Vec<Option<&str>> = timeline.checks().iter().map(|c| c.why.as_deref()).collect();
    let past = "it went from none to 9 at once: write `>=`";
    // Behind the end nothing moves: 50 was never passed, and neither was 3 any more.
    assert_eq!(why, [Some(past), None, None, None]);
}

#[test]
fn a_check_that_takes_an_offset_for_a_count_or_a_count_for_an_offset_says_so() {
    let text = "stream s\nproducer p on s\npublish p 40 \"m\"\nconsumer c on s from first store every 10\nrun\n\
        expect c.received == 39\nexpect s.messages == 39\nexpect c.stored == 40\nexpect c.received == 38\nexpect c.stored == 30\n";
    let timeline = run(text);
    let why: Vec<Option<&str>> = timeline.checks().iter().map(|c| c.why.as_deref()).collect();
    let received = "39 is the offset of the last message, and `received` counts them; write 40, or compare `last`";
    let messages = "39 is the offset of the last message, and `messages` counts them; write 40, or compare `next`";
    let stored =
        "39 is stored: offsets begin at 0, so the offset of a message is no count of messages";
    assert_eq!(
        why,
        [Some(received), Some(messages), Some(stored), None, None]
    );
}

#[test]
fn what_was_stored_twice_is_named_by_its_own_ids_and_offsets() {
    // The confirm of the first two messages is lost, the next two never arrive: of the four that are sent again, two
    // are there already.
    let text = "stream s\nproducer p on s\nlose next confirm to p\npublish p 2 \"a\"\nrun\nlose next publish from p\n\
        publish p 2 \"b\"\nrun\nresend p\nrun\nexpect s.messages == 6\n";
    let found = anomalies(&run(text));
    let texts: Vec<&str> = found.iter().map(|found| &*found.text).collect();
    assert!(
        texts.contains(
            &"2 messages of p (ids 0 to 1) went into s a second time, at offsets 2 to 3."
        ),
        "{texts:?}"
    );
    assert!(
        texts
            .contains(&"2 messages (ids 2 to 3) from p were lost on the way, as the script asked."),
        "{texts:?}"
    );
}
