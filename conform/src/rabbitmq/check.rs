//! Whether what was seen and what the lab's broker did are the same, notation aside.

use serde_json::{Map, Value};

use crate::rabbitmq::op::{Op, Query};
use crate::values::{counted, joined, ranges, same_entries};

/// Fields of an observation that wall-clock time or scheduling decided.
const UNCOMPARED: [&str; 1] = ["seconds"];

/// Compares an observation. `shown` says whether the transcript shows every chunk that the step
/// wrote: only then is the number of confirm frames the broker's own.
pub(crate) fn same(op: &Op, expected: &Value, got: &Value, shown: bool) -> bool {
    match op {
        Op::Publish(publish) if !shown => {
            let awaited = publish.awaited_frames();
            published(expected, got, Frames::Unshown { awaited })
        }
        Op::Publish(_) | Op::PublishSubBatch { .. } => published(expected, got, Frames::Shown),
        Op::Read { .. } => read(expected, got),
        Op::DiskLog { .. } => lists(expected, got, segment),
        Op::Events { .. } => events(Some(expected), Some(got)),
        Op::Confirms { .. } => lists(expected, got, confirm_frame),
        Op::Query {
            what: Query::Stats, ..
        } => stats(expected, got),
        Op::Query {
            what: Query::Metadata,
            stream,
            ..
        } => metadata(stream, expected, got),
        Op::Create { .. }
        | Op::Delete { .. }
        | Op::DeclarePublisher { .. }
        | Op::DeletePublisher { .. }
        | Op::Subscribe(_)
        | Op::Credit { .. }
        | Op::Unsubscribe { .. }
        | Op::StoreOffset { .. }
        | Op::Query { .. }
        | Op::ListQueues { .. }
        | Op::CloseConnection { .. }
        | Op::ClosedByBroker { .. }
        | Op::Broker { .. }
        | Op::Sleep { .. }
        | Op::Repeat { .. }
        | Op::Other => plain(expected, got),
    }
}

/// Whether the transcript shows where the batches of a publish end.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Frames {
    Shown,
    /// Not all; so many frames were awaited one by one.
    Unshown {
        awaited: u64,
    },
}

/// Codes and numbers; a code may stand alone or in an object.
fn plain(expected: &Value, got: &Value) -> bool {
    match (expected, got) {
        (Value::Array(expected), got) if expected.len() == 1 && !got.is_array() => {
            plain(&expected[0], got)
        }
        (Value::Object(expected), Value::Object(got)) => expected
            .iter()
            .filter(|(key, _)| !UNCOMPARED.contains(&key.as_str()))
            .all(|(key, value)| got.get(key) == Some(value)),
        (Value::Object(expected), got) => expected.get("code") == Some(got),
        (expected, Value::Object(got)) => got.get("code") == Some(expected),
        (expected, got) => expected == got,
    }
}

fn lists(expected: &Value, got: &Value, same: impl Fn(&Value, &Value) -> bool) -> bool {
    match (expected.as_array(), got.as_array()) {
        (Some(expected), Some(got)) => {
            expected.len() == got.len() && expected.iter().zip(got).all(|(e, g)| same(e, g))
        }
        _ => false,
    }
}

/// Confirms and errors; confirm frames only as far as the transcript tells where batches end.
fn published(expected: &Value, got: &Value, frames: Frames) -> bool {
    if !expected.is_object() {
        return lists(expected, got, unasked);
    }
    let errors = |object: &Value| {
        object
            .get("errors")
            .cloned()
            .unwrap_or_else(|| Value::Array(Vec::new()))
    };
    let seen = expected.get("confirm_frames");
    confirmed(
        &expected["confirmed"],
        &got["confirmed"],
        frames == Frames::Shown,
    ) && errors(expected) == errors(got)
        && seen.is_none_or(|seen| confirm_frames(seen, got, frames))
}

/// Whether scheduling had a say in the number of confirm frames, and no step shows the outcome.
pub(crate) fn frames_open(op: &Op, expected: &Value, shown: bool) -> bool {
    let ids = ranges(&expected["confirmed"]).unwrap_or_default();
    let several = ids
        .iter()
        .fold(0, |sum: u64, (_, n)| sum.saturating_add(*n))
        > 1;
    let publishes = matches!(op, Op::Publish(_) | Op::PublishSubBatch { .. });
    publishes && several && !shown && expected.get("confirm_frames").is_some()
}

/// The number of confirm frames: one a batch. Where scheduling decided it there is still at least one
/// a frame that was awaited, and at most one an id.
fn confirm_frames(seen: &Value, got: &Value, frames: Frames) -> bool {
    let Frames::Unshown { awaited } = frames else {
        return got.get("confirm_frames") == Some(seen);
    };
    let ids = ranges(&got["confirmed"]).unwrap_or_default();
    let most = ids
        .iter()
        .fold(0, |sum: u64, (_, n)| sum.saturating_add(*n));
    let least = awaited.max(1).min(most);
    seen.as_u64()
        .is_some_and(|seen| (least..=most).contains(&seen))
}

/// Ids in ranges were put in order by whoever wrote them; a list of single ids was not.
fn confirmed(expected: &Value, got: &Value, shown: bool) -> bool {
    let (Ok(expected_ids), Ok(got_ids)) = (ranges(expected), ranges(got)) else {
        return expected.is_null() && got.as_array().is_some_and(Vec::is_empty);
    };
    let in_order = expected
        .as_array()
        .is_some_and(|items| items.iter().any(Value::is_number));
    if in_order && shown {
        return joined(&expected_ids) == joined(&got_ids);
    }
    counted(&expected_ids) == counted(&got_ids)
}

/// What came unasked: a confirm or a refusal.
fn unasked(expected: &Value, got: &Value) -> bool {
    let same = |key: &str| expected.get(key) == got.get(key);
    let ids = |event: &Value| {
        event
            .get("ids")
            .cloned()
            .unwrap_or_else(|| Value::Array(Vec::new()))
    };
    same("ev") && same("pub") && same("errors") && confirmed(&ids(expected), &ids(got), true)
}

fn read(expected: &Value, got: &Value) -> bool {
    let (Some(expected), Some(got)) = (expected.as_object(), got.as_object()) else {
        return false;
    };
    let fields = |got: &Map<String, Value>| {
        expected
            .iter()
            .filter(|(key, _)| *key != "events")
            .all(|(key, value)| got.get(key) == Some(value))
    };
    // A client that answered an update with another place to start from dropped below that one.
    let other = got.get("or").and_then(Value::as_object);
    (fields(got) || other.is_some_and(fields)) && events(expected.get("events"), got.get("events"))
}

/// Events in order. An update about a deletion that no step shows may or may not be there.
fn events(expected: Option<&Value>, got: Option<&Value>) -> bool {
    let list = |value: Option<&Value>| value.and_then(Value::as_array).cloned().unwrap_or_default();
    let (expected, got) = (list(expected), list(got));
    let optional = |event: &Value| event.get("unshown").is_some();
    let plain = |event: &Value| {
        let mut event = event.clone();
        if let Some(fields) = event.as_object_mut() {
            fields.remove("unshown");
        }
        event
    };
    let all: Vec<Value> = got.iter().map(plain).collect();
    let sure: Vec<Value> = got
        .iter()
        .filter(|event| !optional(event))
        .cloned()
        .collect();
    expected == all || expected == sure
}

fn segment(expected: &Value, got: &Value) -> bool {
    let same_field = |key: &str| expected.get(key).is_none() || expected.get(key) == got.get(key);
    let no_chunks = Value::Array(Vec::new());
    let chunks = expected.get("chunks").unwrap_or(&no_chunks);
    same_field("segment")
        && same_field("bytes")
        && (expected.get("chunks").is_none() || lists(chunks, &got["chunks"], chunk))
}

fn chunk(expected: &Value, got: &Value) -> bool {
    let Some(expected) = expected.as_object() else {
        return expected == got;
    };
    let entries =
        |value: Option<&Value>| value.and_then(Value::as_array).cloned().unwrap_or_default();
    let ours = |key: &str| entries(got.get(key));
    let tracking = ["tracking", "trailer"]
        .iter()
        .all(|key| same_entries(&entries(expected.get(*key)), &ours(key)));
    tracking
        && expected
            .iter()
            .filter(|(key, _)| {
                got.get(key.as_str()).is_some() && !matches!(key.as_str(), "tracking" | "trailer")
            })
            .all(|(key, value)| got.get(key) == Some(value))
}

/// `[publisher, ids]`.
fn confirm_frame(expected: &Value, got: &Value) -> bool {
    expected.get(0) == got.get(0) && confirmed(&expected[1], &got[1], true)
}

/// Statistics under whatever names the recording client gave them.
fn stats(expected: &Value, got: &Value) -> bool {
    let Some(fields) = expected.as_object() else {
        return plain(expected, got);
    };
    if let Some(nested) = fields.get("stats").filter(|nested| nested.is_object()) {
        return plain_code(expected, got) && stats(nested, got);
    }
    fields.iter().all(|(key, value)| {
        let ours = if key == "code" {
            got.get("code")
        } else if key.contains("committed_offset") {
            got.get("committed_offset")
        } else if key.contains("committed") {
            got.get("committed_chunk_id")
        } else if key.contains("first") {
            got.get("first_chunk_id")
        } else if key.contains("last") {
            got.get("last_chunk_id")
        } else {
            Some(value)
        };
        ours == Some(value)
    })
}

/// The code of the stream that was asked about: alone, or under its name or `code`. Any other name
/// is of a stream that no step asked about.
fn metadata(stream: &str, expected: &Value, got: &Value) -> bool {
    match expected {
        Value::Object(codes) => {
            let asked = |name: &str| name == stream || name == "code";
            !codes.is_empty() && codes.iter().all(|(name, code)| asked(name) && code == got)
        }
        Value::Array(one) if one.len() == 1 => metadata(stream, &one[0], got),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) | Value::Array(_) => {
            plain(expected, got)
        }
    }
}

fn plain_code(expected: &Value, got: &Value) -> bool {
    expected.get("code").is_none() || expected.get("code") == got.get("code")
}
