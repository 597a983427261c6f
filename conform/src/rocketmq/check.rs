//! Compares an observation with what the lab saw. Of an object only what was recorded is compared, except for lists of
//! messages: what is not there is none.

use serde_json::{Map, Value};

use crate::values::{joined, ranges};

/// Fields that a recording may lack: what it does not tell is not compared.
const MAY_LACK: &[&str] = &[
    "store_status",
    "next",
    "min",
    "max",
    "offset",
    "Inflight",
    "LastTime",
    "Diff Total",
];

/// Whether both say the same.
pub(crate) fn same(expected: &Value, got: &Value) -> bool {
    match (expected, got) {
        (Value::Object(expected), Value::Object(got)) => same_fields(expected, got),
        (Value::Array(one), Value::Array(other)) => match (ranges(expected), ranges(got)) {
            // Numbers in whichever notation: as they follow each other, or as first and last.
            (Ok(one), Ok(other)) => joined(&one) == joined(&other),
            (_, _) => one.len() == other.len() && one.iter().zip(other).all(|(a, b)| same(a, b)),
        },
        (_, _) => expected == got,
    }
}

fn same_fields(expected: &Map<String, Value>, got: &Map<String, Value>) -> bool {
    let told = expected.iter().all(|(key, value)| match got.get(key) {
        Some(got) => same(value, got),
        None => value.is_null(),
    });
    let untold = got
        .iter()
        .all(|(key, _)| expected.contains_key(key) || MAY_LACK.contains(&key.as_str()));
    told && untold
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn what_is_recorded_counts_and_messages_always() {
        let got = json!({"status": "FOUND", "next": 3, "messages": [[0, 2]]});
        for same_as in [
            json!({"status": "FOUND", "next": 3, "messages": [[0, 2]]}),
            json!({"status": "FOUND", "messages": [0, 1, 2]}),
        ] {
            assert!(same(&same_as, &got), "{same_as}");
        }
        for other in [
            json!({"status": "FOUND", "next": 3}),
            json!({"status": "FOUND", "next": 2, "messages": [[0, 2]]}),
            json!({"status": "FOUND", "messages": [[0, 2], [4, 4]]}),
            json!({"next": 3, "messages": [[0, 2]]}),
            json!("FOUND"),
        ] {
            assert!(!same(&other, &got), "{other}");
        }
        assert!(!same(&json!([1, 2]), &json!([1])));
    }
}
