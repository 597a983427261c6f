//! What the lab's broker did, in the words of transcripts: chunks, segments, tracking, events.

use std::sync::Arc;

use serde_json::{Map, Value, json};

use crate::rabbitmq::prelude::{
    Chunk, ChunkKind, Encoding, IdRun, Offset, Response, ResponseCode, Stream, TrackingEntry,
};
use crate::values::{Ranges, push};

/// Bodies that one observation lists at most.
const BODIES: usize = 10_000;

/// Bytes of all of them: more than any transcript writes down.
const BODY_BYTES: usize = 1 << 24;

/// Tracking records: `["offset", reference, offset]`, `["sequence", reference, id]`, in a snapshot
/// with the chunk id too.
pub(crate) fn tracking_entries(chunk: &Chunk) -> Vec<Value> {
    let snapshot = chunk.kind == ChunkKind::TrackingSnapshot;
    chunk
        .tracking
        .iter()
        .map(|entry| match entry {
            TrackingEntry::Offset { reference, offset } => json!(["offset", &**reference, offset]),
            TrackingEntry::Sequence {
                reference,
                chunk,
                id,
            } if snapshot => {
                json!(["sequence", &**reference, id, chunk.0])
            }
            TrackingEntry::Sequence { reference, id, .. } => json!(["sequence", &**reference, id]),
        })
        .collect()
}

const fn kind(chunk: &Chunk) -> &'static str {
    match chunk.kind {
        ChunkKind::User => "user",
        ChunkKind::TrackingDelta => "tracking_delta",
        ChunkKind::TrackingSnapshot => "tracking_snapshot",
    }
}

/// A chunk in the short or the detailed notation, as `like` has it.
fn chunk(chunk: &Chunk, like: Option<&Value>) -> Value {
    if !like.is_some_and(Value::is_object) {
        return json!([chunk.id.0, kind(chunk), chunk.records]);
    }
    let mut fields = Map::new();
    let mut set = |key: &str, value: Value| fields.insert(key.to_string(), value);
    set("first", json!(chunk.id.0));
    set("type", json!(kind(chunk)));
    set("entries", json!(chunk.entries));
    set("records", json!(chunk.records));
    set("data_bytes", json!(chunk.data_bytes));
    set("trailer_bytes", json!(chunk.trailer_bytes));
    let bloom = chunk.filter.as_ref().map_or(0, |filter| filter.len());
    set("bloom_bytes", json!(bloom));
    match chunk.kind {
        ChunkKind::User if chunk.tracking.is_empty() => None,
        ChunkKind::User => set("trailer", Value::Array(tracking_entries(chunk))),
        ChunkKind::TrackingDelta | ChunkKind::TrackingSnapshot => {
            set("tracking", Value::Array(tracking_entries(chunk)))
        }
    };
    Value::Object(fields)
}

/// The segments of a stream, each chunk in the notation of the chunk at its place in `like`.
pub(crate) fn disk_log(stream: &Stream, like: &Value) -> Value {
    stream
        .log()
        .segments()
        .iter()
        .enumerate()
        .map(|(at, segment)| {
            let like = like.get(at).and_then(|segment| segment.get("chunks"));
            let chunks: Vec<Value> = segment
                .chunks()
                .enumerate()
                .map(|(at, each)| chunk(each, like.and_then(|chunks| chunks.get(at))))
                .collect();
            json!({"segment": segment.first().0, "bytes": segment.bytes(), "chunks": chunks})
        })
        .collect()
}

/// What a `read` tells of the chunks delivered since the last: offsets below `from` were dropped.
pub(crate) fn read(chunks: &[Arc<Chunk>], from: u64, bodies: bool) -> Map<String, Value> {
    let mut kept = Ranges::new();
    for chunk in chunks {
        let first = chunk.id.0.max(from);
        if first < chunk.next().0 {
            push(&mut kept, (first, chunk.next().0 - first));
        }
    }
    let pairs: Value = chunks
        .iter()
        .map(|chunk| json!([chunk.id.0, chunk.records]))
        .collect();
    let messages: u64 = kept.iter().map(|(_, count)| count).sum();
    let mut fields = Map::new();
    fields.insert("chunks".into(), pairs);
    fields.insert("messages".into(), json!(messages));
    if let (Some((first, _)), Some((last, count))) = (kept.first(), kept.last()) {
        fields.insert("first_offset".into(), json!(first));
        fields.insert("last_offset".into(), json!(last + count - 1));
    }
    if bodies {
        let mut room = BODY_BYTES;
        let all = chunks
            .iter()
            .flat_map(|chunk| rendered(chunk, from))
            .take(BODIES)
            .take_while(|body| {
                room = room.saturating_sub(body.len());
                room > 0
            });
        fields.insert("bodies".into(), all.map(Value::String).collect());
    }
    fields
}

/// Bodies as they were sent, padded with dots.
fn rendered(chunk: &Chunk, from: u64) -> impl Iterator<Item = String> + '_ {
    let runs = chunk.runs.iter();
    let messages = runs.flat_map(|run| (0..run.count).map(move |k| (run, k)));
    let below = from.saturating_sub(chunk.id.0);
    let below = usize::try_from(below).unwrap_or(usize::MAX);
    messages.skip(below).map(|(run, k)| {
        let mut body = run.message(k).body;
        if let Encoding::Padded(size) = run.encoding {
            let missing = (size as usize).saturating_sub(body.len());
            let missing = missing.min(BODY_BYTES);
            body.extend(std::iter::repeat_n('.', missing));
        }
        body
    })
}

/// Ids as ranges.
pub(crate) fn ids(runs: &[IdRun]) -> Ranges {
    let mut ranges = Ranges::new();
    for run in runs {
        push(&mut ranges, (run.first.0, run.ids));
    }
    ranges
}

/// The answer to a query for a stored offset.
pub(crate) fn stored(response: Option<&Response>) -> Value {
    match response {
        Some(Response::StoredOffset(offset)) => json!({"code": "ok", "offset": offset}),
        other => json!({"code": code(other), "offset": 0}),
    }
}

/// The answer to a query for a sequence.
pub(crate) fn sequence(response: Option<&Response>) -> Value {
    match response {
        Some(Response::Sequence(id)) => json!({"code": "ok", "sequence": id}),
        other => json!({"code": code(other), "sequence": 0}),
    }
}

/// The code of an answer; `none` without one.
pub(crate) fn code(response: Option<&Response>) -> &'static str {
    match response {
        Some(Response::Code(code) | Response::Metadata { code }) => code.name(),
        Some(Response::StoredOffset(_) | Response::Sequence(_) | Response::Stats { .. }) => {
            ResponseCode::Ok.name()
        }
        None => "none",
    }
}

/// The answer to a request for statistics; -1 where there is no chunk.
pub(crate) fn stats(response: Option<&Response>) -> Value {
    let Some(Response::Stats {
        first_chunk,
        last_chunk,
        committed_chunk,
        committed_offset,
    }) = response
    else {
        return json!({"code": code(response)});
    };
    let or_none = |chunk: &Option<Offset>| match chunk {
        Some(offset) => json!(offset.0),
        None => json!(-1),
    };
    let mut fields = Map::new();
    fields.insert("code".into(), json!("ok"));
    fields.insert("first_chunk_id".into(), or_none(first_chunk));
    fields.insert("last_chunk_id".into(), or_none(last_chunk));
    fields.insert("committed_chunk_id".into(), or_none(committed_chunk));
    if committed_offset.is_some() {
        fields.insert("committed_offset".into(), or_none(committed_offset));
    }
    Value::Object(fields)
}
