//! Facts of a stream, its segments, its chunks and its messages, to the byte. Reads a moment.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use super::{CHILDREN, Fact, fact};
use crate::explain::words::{self, number};
use crate::ids::{Offset, StreamId};
use crate::log::size::{CHUNK_HEADER, SEGMENT_HEADER};
use crate::log::{Chunk, ChunkKind, TrackingEntry};
use crate::scenario::ast::{FactRef, StreamFact};
use crate::view::frame::Inspector;
use crate::view::layout::message;
use crate::view::moment::{LogView, Moment};
use crate::view::stage::Target;
use crate::view::tables::shown;

type Children = Vec<(Target, String)>;

/// What is known of a stream or of a part of one.
pub(super) fn inspect(moment: &Moment<'_>, target: Target) -> Option<Inspector> {
    let (id, row) = match target {
        Target::Stream(id) | Target::Message(id, _) => (id, None),
        Target::Segment(id, row) | Target::Chunk(id, row) => (id, Some(row)),
        Target::Actor(_)
        | Target::Node(_)
        | Target::PublishingId(..)
        | Target::Look(..)
        | Target::Window(_) => return None,
    };
    moment.world.streams.get(id.index())?;
    let log = moment.log(id);
    if row.is_some_and(|row| row as usize >= log.arena.chunks.len()) {
        return None;
    }
    let (title, facts, children) = match (target, row) {
        (Target::Segment(..), Some(row)) => segment(&log, row),
        (Target::Chunk(..), Some(row)) => chunk(&log, row),
        (Target::Message(_, offset), _) => record(moment, &log, offset)?,
        _ => stream(moment, &log, id),
    };
    Some(Inspector {
        target,
        title,
        facts,
        children,
        actor: None,
    })
}

fn stream(moment: &Moment<'_>, log: &LogView<'_>, id: StreamId) -> (String, Vec<Fact>, Children) {
    let facts = moment.facts();
    let value = |f: &StreamFact| {
        let value = facts.value(FactRef::Stream(id, *f));
        fact(f.word(), shown(&value))
    };
    let mut all: Vec<Fact> = StreamFact::ALL.iter().map(value).collect();
    let leader = log
        .stream
        .leader
        .map_or_else(|| "—".into(), |n| format!("node {n}"));
    all.push(fact("leader", leader));
    all.push(fact("epoch", number(log.stream.epoch.0)));
    for (reference, offset) in log.stream.offsets.iter().take(CHILDREN) {
        all.push((format!("stored offset of {reference}"), number(*offset)));
    }
    for (reference, id) in log.stream.sequences.iter().take(CHILDREN) {
        all.push((format!("highest publishing id of {reference}"), number(*id)));
    }
    let title = format!("stream {}", moment.stream_name(id));
    (title, all, segments(log, id))
}

/// The youngest segments, oldest first.
fn segments(log: &LogView<'_>, id: StreamId) -> Children {
    let mut children = Vec::new();
    let mut at = log.log.last_row();
    while let Some(row) = at {
        let (from, to) = log.segment(row);
        let bytes = words::count(log.arena.sums(from..to).bytes, "byte");
        let first = log.chunk(from).id;
        children.push((
            Target::Segment(id, from),
            format!("segment {first}, {bytes}"),
        ));
        let before = log.log.rows.iter().rev().find(|r| r.start < from);
        at = before.map(|r| r.end.min(from) - 1);
        if children.len() == CHILDREN {
            break;
        }
    }
    children.reverse();
    children
}

fn segment(log: &LogView<'_>, row: u32) -> (String, Vec<Fact>, Children) {
    let (from, to) = log.segment(row);
    let sums = log.arena.sums(from..to);
    let (first, last) = (log.chunk(from), log.chunk(to - 1));
    let facts = alloc::vec![
        fact("file", format!("{:020}.segment", first.id.0)),
        fact(
            "offsets",
            words::span(first.id.0, last.next().0 - first.id.0)
        ),
        fact("messages", number(sums.messages)),
        fact("chunks", number(sums.chunks)),
        fact("tracking", number(sums.tracking)),
        fact("file header", words::count(SEGMENT_HEADER, "byte")),
        fact("bytes", number(sums.bytes)),
        fact("first written at", format!("{}", first.timestamp)),
        fact("last written at", format!("{}", last.timestamp)),
    ];
    let mut children: Children = (from..to)
        .take(CHILDREN)
        .map(|row| child(log, row))
        .collect();
    if to - 1 > from && (to - from) as usize > CHILDREN {
        children.push(child(log, to - 1));
    }
    (format!("segment {}", first.id), facts, children)
}

fn child(log: &LogView<'_>, row: u32) -> (Target, String) {
    let chunk = log.chunk(row);
    let what = match chunk.kind {
        ChunkKind::User => words::count(chunk.records, "message"),
        ChunkKind::TrackingDelta => "tracking".into(),
        ChunkKind::TrackingSnapshot => "tracking snapshot".into(),
    };
    let bytes = words::count(chunk.bytes, "byte");
    (
        Target::Chunk(log.id, row),
        format!("chunk {}: {what}, {bytes}", chunk.id),
    )
}

fn chunk(log: &LogView<'_>, row: u32) -> (String, Vec<Fact>, Children) {
    let chunk = log.chunk(row);
    let kind = match chunk.kind {
        ChunkKind::User => "user",
        ChunkKind::TrackingDelta => "tracking delta",
        ChunkKind::TrackingSnapshot => "tracking snapshot",
    };
    let filter = chunk.filter.as_ref().map_or(0, |f| f.len() as u64);
    let committed = chunk.next() <= log.committed;
    let mut facts = alloc::vec![
        fact("chunk id", number(chunk.id.0)),
        fact("kind", kind),
        fact("offsets", words::span(chunk.id.0, chunk.records)),
        fact("records", number(chunk.records)),
        fact("entries", number(chunk.entries.into())),
        fact("epoch", number(chunk.epoch.0)),
        fact("written at", format!("{}", chunk.timestamp)),
        fact("committed", if committed { "yes" } else { "no" }),
        fact("header", words::count(CHUNK_HEADER, "byte")),
        fact("filter", words::count(filter, "byte")),
        fact("data", words::count(chunk.data_bytes, "byte")),
        fact("trailer", words::count(chunk.trailer_bytes, "byte")),
        fact("total", words::count(chunk.bytes, "byte")),
    ];
    for entry in chunk.tracking.iter().take(CHILDREN) {
        facts.push(match entry {
            TrackingEntry::Offset { reference, offset } => {
                (format!("stored offset of {reference}"), number(*offset))
            }
            TrackingEntry::Sequence { reference, id, .. } => {
                (format!("highest publishing id of {reference}"), number(*id))
            }
        });
    }
    let message = |offset: Offset| {
        let text = message(chunk, offset).map_or_else(String::new, |m| m.body);
        let words = format!("{offset}: {}", words::excerpt(&text, 60));
        (Target::Message(log.id, offset), words)
    };
    let children = (0..chunk.messages())
        .take(CHILDREN)
        .map(|k| message(chunk.id.plus(k)))
        .collect();
    (format!("chunk {}", chunk.id), facts, children)
}

fn record(
    moment: &Moment<'_>,
    log: &LogView<'_>,
    offset: Offset,
) -> Option<(String, Vec<Fact>, Children)> {
    let row = log.log.row_at(log.arena, offset)?;
    let chunk: &Chunk = log.chunk(row);
    if offset < chunk.id {
        return None;
    }
    let parent = alloc::vec![child(log, row)];
    let Some(message) = message(chunk, offset) else {
        let title = format!("offset {offset}: tracking");
        return Some((title, self::chunk(log, row).1, parent));
    };
    let committed = chunk.next() <= log.committed;
    let mut facts = alloc::vec![
        fact("offset", number(offset.0)),
        fact("body", words::excerpt(&message.body, 2_000)),
        fact("published by", moment.name(message.producer)),
        fact("publishing id", number(message.id.0)),
        fact("chunk", number(chunk.id.0)),
        fact("committed", if committed { "yes" } else { "no" }),
    ];
    if let Some(filter) = &message.filter {
        facts.push(fact("filter value", &**filter));
    }
    Some((format!("message {offset}"), facts, parent))
}
