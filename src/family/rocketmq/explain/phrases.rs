//! Parts of clauses: queues, topics, and ranges of offsets.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use crate::explain::english;
use crate::explain::names::EventNames;
use crate::ids::{LogId, Offset, SetId};

/// Ranges told of one list.
const RANGES: usize = 4;

/// The name of a topic.
pub(super) fn topic<'a>(names: &EventNames<'a>, topic: SetId) -> &'a str {
    let named = names.scenario.sets.get(topic.index());
    named.map_or("its topic", |set| &*set.name)
}

/// `offset 3 of orders.q0`.
pub(super) fn offset_of(names: &EventNames<'_>, queue: LogId, offset: Offset) -> String {
    offsets_of(names, queue, offset, 1)
}

/// `offsets 3 to 7 of orders.q0`.
pub(super) fn offsets_of(
    names: &EventNames<'_>,
    queue: LogId,
    first: Offset,
    count: u64,
) -> String {
    let offsets = english::offsets(first.0, count);
    format!("{offsets} of {}", names.stream(queue))
}

/// `offsets 0 to 3 and 7`.
pub(super) fn ranges(found: &[(Offset, u64)]) -> String {
    let told = found.iter().take(RANGES);
    let mut spans: Vec<String> = told
        .map(|(first, count)| english::span(first.0, *count))
        .collect();
    if found.len() > RANGES {
        spans.push("more".into());
    }
    let all: u64 = found.iter().map(|(_, count)| *count).sum();
    format!(
        "{} {}",
        english::plural(all.max(1), "offset"),
        english::list(&spans)
    )
}

/// `orders.q0 to 3, orders.q1 to 0`.
pub(super) fn places(names: &EventNames<'_>, offsets: &[(LogId, Offset)]) -> String {
    let told = offsets.iter().take(RANGES);
    let mut all: Vec<String> = told
        .map(|(queue, offset)| format!("{} to {}", names.stream(*queue), english::number(offset.0)))
        .collect();
    match offsets.len().saturating_sub(RANGES) {
        0 => {}
        more => all.push(english::count(more as u64, "more queue")),
    }
    english::list(&all)
}

/// `is` for one, `are` otherwise.
pub(super) const fn is(count: u64) -> &'static str {
    if count == 1 { "is" } else { "are" }
}
