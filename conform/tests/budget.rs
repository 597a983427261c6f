//! No transcript keeps a replay busy for long: those that once did, and others of their kind.

use offset_lab_conform::replay;

fn said(text: &str) -> Vec<String> {
    let report = replay("x.json", text).expect("a transcript");
    report.scenarios.iter().map(ToString::to_string).collect()
}

#[test]
fn changed_recordings_that_ran_for_minutes_end() {
    for (text, begins) in [
        (
            include_str!("hanging/segments-of-no-size.json"),
            "undecided dedup_over_truncation: the search used up its budget with ",
        ),
        (
            include_str!("hanging/chunk-without-a-number-of-records.json"),
            "differs  stored_below_first: step 13 (disk_log): expected [{\"segment\":428,",
        ),
        (
            include_str!("hanging/chunk-with-a-list-of-records.json"),
            "differs  store_n[n=50,gap=0.02]: step 6 (disk_log): expected [{\"segment\":0,",
        ),
    ] {
        let said = said(text);
        assert!(said[0].starts_with(begins), "{}", said[0]);
    }
}

/// A reader that gives every credit back gets one chunk after the other, each behind the last one's
/// credit.
#[test]
fn many_chunks_by_single_credits_arrive() {
    let text = r#"{"broker": "RabbitMQ 4.0.5", "scenarios": [{"id": "s", "steps": [
        {"op": "create", "stream": "s", "args": {}, "observed": "ok"},
        {"op": "declare_publisher", "pub": 1, "stream": "s", "observed": "ok"},
        {"op": "publish", "ids": [[0, 29999]], "frame": 1, "await_each": true},
        {"op": "subscribe", "sub": 0, "stream": "s", "spec": ["first"], "credit": 1, "auto_credit": true, "observed": "ok"},
        {"op": "query_offset", "ref": "r", "stream": "s", "observed": {"code": "no_offset", "offset": 0}},
        {"op": "disk_log", "observed": []}
    ]}]}"#;
    let said = said(text);
    assert!(said[0].starts_with("differs  s: step 6 (disk_log)"));
    assert!(said[0].contains("[29999,\"user\",1]"));
}
