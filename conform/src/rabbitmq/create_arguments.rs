//! The arguments of a create, read as the server reads them.

use std::sync::Arc;

use serde_json::{Map, Value};

use crate::rabbitmq::prelude::{Bytes, Rules, SimDuration, StreamArguments};

/// The largest segment that a stream may ask for (`rabbit.hrl`).
const MAX_SEGMENT_BYTES: u64 = 3_000_000_000;

/// What a second create has to repeat letter by letter.
const WRITTEN: [&str; 3] = ["max-age", "initial-cluster-size", "queue-leader-locator"];

/// What becomes of the arguments of a create.
pub(crate) enum CreateArguments {
    /// The stream can be created with them.
    Good(StreamArguments),
    /// They are refused.
    Refused,
    /// The server's decoder crashes on them, and with it the connection.
    Poison,
}

/// Reads the arguments as the server does: those it does not know are ignored.
pub(crate) fn arguments(args: &Map<String, Value>, rules: &Rules) -> CreateArguments {
    let mut read = StreamArguments::default();
    for (key, value) in args {
        let number = number(value);
        if key == "stream-filter-size-bytes" && !rules.filtering {
            continue;
        }
        if WRITTEN.contains(&key.as_str()) {
            read.written.push((key.as_str().into(), written(value)));
        }
        match key.as_str() {
            "max-length-bytes"
            | "stream-max-segment-size-bytes"
            | "initial-cluster-size"
            | "stream-filter-size-bytes" => {
                let Some(number) = number else {
                    return CreateArguments::Poison;
                };
                match key.as_str() {
                    "max-length-bytes" => read.max_length = Some(Bytes(number)),
                    "stream-max-segment-size-bytes" if number > MAX_SEGMENT_BYTES => {
                        return CreateArguments::Refused;
                    }
                    "stream-max-segment-size-bytes" => read.segment_size = Some(Bytes(number)),
                    "initial-cluster-size" if number == 0 => return CreateArguments::Refused,
                    "stream-filter-size-bytes" => match u8::try_from(number) {
                        Ok(size) => read.filter_size = Some(size),
                        Err(_) => return CreateArguments::Refused,
                    },
                    _ => {}
                }
            }
            "max-age" => match value.as_str().and_then(age) {
                Some(age) => read.max_age = age,
                None => return CreateArguments::Poison,
            },
            "queue-leader-locator" => {
                let known = ["client-local", "balanced", "least-leaders", "random"];
                if !value.as_str().is_some_and(|word| known.contains(&word)) {
                    return CreateArguments::Refused;
                }
            }
            _ => {}
        }
    }
    read.written.sort();
    CreateArguments::Good(read)
}

fn written(value: &Value) -> Arc<str> {
    match value.as_str() {
        Some(text) => Arc::from(text),
        None => Arc::from(value.to_string()),
    }
}

/// A whole number, or one in a string; a negative limit keeps as little as zero does.
fn number(value: &Value) -> Option<u64> {
    match value {
        Value::String(text) => match text.parse::<i128>() {
            Ok(number) => Some(u64::try_from(number.max(0)).unwrap_or(u64::MAX)),
            Err(_) => None,
        },
        Value::Number(number) => match (number.as_u64(), number.as_i64(), number.as_f64()) {
            (Some(number), ..) => Some(number),
            (None, Some(_), _) => Some(0),
            // A whole number of more than 64 bits limits nothing more.
            (None, None, Some(large)) if large >= 18_446_744_073_709_551_616.0 => Some(u64::MAX),
            (None, None, _) => None,
        },
        Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => None,
    }
}

/// `7D`, `1Y`; without a known unit the age limits nothing, without a number it is poison.
fn age(text: &str) -> Option<Option<SimDuration>> {
    let end = text
        .find(|c: char| !c.is_ascii_digit())
        .unwrap_or(text.len());
    let number: u64 = text.get(..end)?.parse().ok()?;
    let seconds = match text.get(end..)? {
        "Y" => 365 * 24 * 3_600,
        "M" => 30 * 24 * 3_600,
        "D" => 24 * 3_600,
        "h" => 3_600,
        "m" => 60,
        "s" => 1,
        _ => return Some(None),
    };
    Some(Some(SimDuration::from_secs(seconds).times(number)))
}
