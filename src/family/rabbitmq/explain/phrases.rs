//! Parts of clauses: ids, offset specifications, and the chunk that an event names by its row.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use crate::explain::english;
use crate::explain::names::EventNames;
use crate::family::rabbitmq::broker::PolicyLimits;
use crate::family::rabbitmq::log::{Chunk, OffsetSpec};
use crate::ids::LogId;

/// A chunk by its row.
pub(super) fn chunk<'a>(names: &EventNames<'a>, stream: LogId, row: u32) -> &'a Chunk {
    &names.trace.arenas.stream(stream).chunks[row as usize].chunk
}

/// `id 3` or `ids 3 to 7`.
pub(super) fn ids(first: u64, count: u64) -> String {
    format!(
        "{} {}",
        english::plural(count.max(1), "id"),
        english::span(first, count)
    )
}

/// An offset specification.
pub(super) fn spec(spec: OffsetSpec) -> String {
    match spec {
        OffsetSpec::First => "the first offset".into(),
        OffsetSpec::Last => "the last chunk".into(),
        OffsetSpec::Next => "whatever comes next".into(),
        OffsetSpec::Offset(offset) => format!("offset {}", english::number(offset.0)),
        OffsetSpec::Timestamp { ms } => format!(
            "what was written {} ms after the start or later",
            english::number(ms)
        ),
    }
}

/// What a policy says: `5,000 bytes and an age of 2 s`.
pub(super) fn limits(limits: &PolicyLimits) -> String {
    let bytes = limits
        .max_length
        .map(|bytes| english::count(bytes.0, "byte"));
    let age = limits.max_age.map(|age| format!("an age of {age}"));
    let all: Vec<String> = bytes.into_iter().chain(age).collect();
    english::list(&all)
}
