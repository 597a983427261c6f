//! Numbers and lists of transcripts: ranges of ids, chunks, comparisons that ignore only notation.

use std::collections::BTreeMap;

use serde_json::{Value, json};

/// Runs of consecutive numbers: first and count, in order.
pub(crate) type Ranges = Vec<(u64, u64)>;

/// Ids: `[[first, last], …]`, single numbers among them allowed.
pub(crate) fn ranges(value: &Value) -> Result<Ranges, String> {
    let Value::Array(items) = value else {
        return Err(format!("no list of [first, last]: {value}"));
    };
    items.iter().map(range).collect()
}

fn range(item: &Value) -> Result<(u64, u64), String> {
    let wrong = || format!("no [first, last]: {item}");
    match item {
        Value::Number(_) => Ok((item.as_u64().ok_or_else(wrong)?, 1)),
        Value::Array(pair) => {
            let [first, last] = pair.as_slice() else {
                return Err(wrong());
            };
            let (first, last) = (
                first.as_u64().ok_or_else(wrong)?,
                last.as_u64().ok_or_else(wrong)?,
            );
            if last < first {
                return Err(format!("the last id is below the first: {item}"));
            }
            match (last - first).checked_add(1) {
                Some(count) => Ok((first, count)),
                None => Err(format!("more ids than there are: {item}")),
            }
        }
        Value::Null | Value::Bool(_) | Value::String(_) | Value::Object(_) => Err(wrong()),
    }
}

/// Appends a run, lengthening the last one if it follows on.
pub(crate) fn push(ranges: &mut Ranges, (first, count): (u64, u64)) {
    match ranges.last_mut() {
        Some((start, length)) if start.checked_add(*length) == Some(first) => *length += count,
        Some(_) | None => ranges.push((first, count)),
    }
}

/// The same numbers in order, with as few runs as possible.
pub(crate) fn joined(ranges: &Ranges) -> Ranges {
    let mut joined = Ranges::new();
    for range in ranges {
        push(&mut joined, *range);
    }
    joined
}

/// How often which numbers occur, in rising order: first, count, times. Equal for equal multisets.
pub(crate) fn counted(ranges: &Ranges) -> Vec<(u64, u64, u32)> {
    let mut changes: BTreeMap<u64, i64> = BTreeMap::new();
    for (first, count) in ranges.iter().filter(|(_, count)| *count > 0) {
        *changes.entry(*first).or_default() += 1;
        if let Some(end) = first.checked_add(*count) {
            *changes.entry(end).or_default() -= 1;
        }
    }
    changes.retain(|_, change| *change != 0);
    let (mut counted, mut depth, mut from) = (Vec::new(), 0, 0);
    for (at, change) in changes {
        if depth > 0 {
            counted.push((from, at - from, u32::try_from(depth).unwrap_or(u32::MAX)));
        }
        depth += change;
        from = at;
    }
    if depth > 0 {
        // Up to and including the largest number.
        let times = u32::try_from(depth).unwrap_or(u32::MAX);
        counted.push((from, (u64::MAX - from).saturating_add(1), times));
    }
    counted
}

/// Ranges as transcripts write them.
pub(crate) fn to_value(ranges: &Ranges) -> Value {
    ranges
        .iter()
        .map(|(first, count)| json!([first, first.saturating_add(count - 1)]))
        .collect()
}

/// The same tracking records, in whichever order.
pub(crate) fn same_entries(one: &[Value], other: &[Value]) -> bool {
    let sorted = |entries: &[Value]| {
        let mut texts: Vec<String> = entries.iter().map(ToString::to_string).collect();
        texts.sort();
        texts
    };
    sorted(one) == sorted(other)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_read_in_both_notations_and_sorted_with_their_multiplicity() {
        let read = ranges(&json!([[1, 2], 2, [3, 3]])).expect("ids");
        assert_eq!(read, vec![(1, 2), (2, 1), (3, 1)]);
        assert_eq!(
            counted(&vec![(5, 10), (0, 10)]),
            vec![(0, 5, 1), (5, 5, 2), (10, 5, 1)]
        );
        assert_eq!(counted(&vec![(10, 10), (0, 10)]), vec![(0, 20, 1)]);
        assert_eq!(
            counted(&vec![(0, 5), (0, 5), (5, 5), (5, 5)]),
            counted(&vec![(0, 10), (0, 10)])
        );
        assert!(ranges(&json!([[2, 1]])).is_err());
        assert!(ranges(&json!([[1, 2, 3]])).is_err());
    }
}
