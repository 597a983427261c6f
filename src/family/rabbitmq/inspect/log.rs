//! Facts of a stream, its segments, its chunks and its messages, to the byte. Reads a moment.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use crate::explain::english::{self, number};
use crate::family::rabbitmq::log::size::{CHUNK_HEADER, SEGMENT_HEADER, run_bytes};
use crate::family::rabbitmq::log::{Chunk, ChunkKind, TrackingEntry};
use crate::family::rabbitmq::picture::cells::message;
use crate::family::rabbitmq::picture::log::LogView;
use crate::ids::{LogId, Offset};
use crate::language::ast::{FactRef, Subject};
use crate::view::frame::{CHILDREN, Inspector};
use crate::view::inspector::{Children, Inspected, InspectorLink, InspectorRow, fact};
use crate::view::moment::Moment;
use crate::view::stage::Target;
use crate::view::tables::shown;

/// What is known of a stream or of a part of one.
pub(super) fn inspect(moment: &Moment<'_>, target: Target, from: usize) -> Option<Inspector> {
    let (id, row) = match target {
        Target::Stream(id) | Target::Message(id, _) => (id, None),
        Target::Section(id, row) | Target::Block(id, row) => (id, Some(row)),
        Target::Actor(_)
        | Target::Set(_)
        | Target::Node(_)
        | Target::File(_)
        | Target::Pending(..)
        | Target::Look(..)
        | Target::Window(_) => return None,
    };
    moment.world.streams().get(id.index())?;
    let log = moment.log(id);
    if row.is_some_and(|row| row as usize >= log.arena.chunks.len()) {
        return None;
    }
    let known = match (target, row) {
        (Target::Section(..), Some(row)) => segment(&log, row, from),
        (Target::Block(..), Some(row)) => chunk(&log, row, from),
        (Target::Message(_, offset), _) => record(moment, &log, offset)?,
        _ => stream(moment, &log, id, from),
    };
    Some(known.inspector(target, parents(moment, &log, target)))
}

/// A stream as something to be opened.
pub(super) fn of_stream(moment: &Moment<'_>, id: LogId) -> InspectorLink {
    let name = format!("stream {}", moment.stream_name(id));
    (Target::Stream(id), name)
}

/// What a part of a log is a part of.
fn parents(moment: &Moment<'_>, log: &LogView<'_>, target: Target) -> Vec<InspectorLink> {
    let mut all = alloc::vec![of_stream(moment, log.id)];
    let row = match target {
        Target::Section(..) => return all,
        Target::Block(_, row) => row,
        Target::Message(_, offset) => match log.log.row_at(log.arena, offset) {
            Some(row) => row,
            None => return all,
        },
        Target::Stream(_)
        | Target::Set(_)
        | Target::Actor(_)
        | Target::Node(_)
        | Target::File(_)
        | Target::Pending(..)
        | Target::Look(..)
        | Target::Window(_) => return Vec::new(),
    };
    let from = log.segment(row).0;
    let first = log.chunk(from).id;
    all.push((Target::Section(log.id, from), format!("segment {first}")));
    if let Target::Message(..) = target {
        let id = log.chunk(row).id;
        all.push((Target::Block(log.id, row), format!("chunk {id}")));
    }
    all
}

fn stream(moment: &Moment<'_>, log: &LogView<'_>, id: LogId, from: usize) -> Inspected {
    let facts = moment.facts();
    let of = moment.scenario().facts(Subject::Log(id));
    let value = |f: FactRef| fact(f.fact.word, shown(&facts.value(f)));
    let mut all: Vec<InspectorRow> = of.map(value).collect();
    let leader = log
        .stream
        .leader
        .map_or_else(|| "—".into(), |n| format!("node {n}"));
    all.push(fact("leader", leader));
    all.push(fact("epoch", number(log.stream.epoch.0)));
    if let Some(policy) = &log.stream.policy {
        let bytes = policy.max_length.map(|max| english::count(max.0, "byte"));
        let age = policy.max_age.map(|age| format!("{age}"));
        all.extend(bytes.map(|bytes| fact("max-length of the policy", bytes)));
        all.extend(age.map(|age| fact("max-age of the policy", age)));
    }
    for (reference, offset) in log.stream.offsets.iter().take(CHILDREN) {
        all.push((format!("stored offset of {reference}"), number(*offset)));
    }
    for (reference, id) in log.stream.sequences.iter().take(CHILDREN) {
        all.push((format!("highest publishing id of {reference}"), number(*id)));
    }
    Inspected {
        title: format!("stream {}", moment.stream_name(id)),
        facts: all,
        children: segments(log, id, from),
    }
}

/// Segments, the youngest first.
fn segments(log: &LogView<'_>, id: LogId, from: usize) -> Children {
    let all = usize::try_from(log.log.sums(log.arena).segments).unwrap_or(usize::MAX);
    let from = Children::start(all, from);
    let mut shown = Vec::new();
    let mut at = log.log.last_row();
    let mut skip = from;
    while let Some(row) = at {
        let (start, end) = log.segment(row);
        if skip > 0 {
            skip -= 1;
        } else {
            let bytes = english::count(log.arena.sums(start..end).bytes, "byte");
            let first = log.chunk(start).id;
            let name = format!("segment {first}, {bytes}");
            shown.push((Target::Section(id, start), name));
        }
        let before = log.log.rows.iter().rev().find(|r| r.start < start);
        at = before.map(|r| r.end.min(start) - 1);
        if shown.len() == CHILDREN {
            break;
        }
    }
    // A log without a chunk is one file with its header, and nothing to look into.
    let all = if shown.is_empty() { 0 } else { all };
    Children { shown, from, all }
}

fn segment(log: &LogView<'_>, row: u32, start: usize) -> Inspected {
    let (from, to) = log.segment(row);
    let sums = log.arena.sums(from..to);
    let (first, last) = (log.chunk(from), log.chunk(to - 1));
    let facts = alloc::vec![
        fact("file", format!("{:020}.segment", first.id.0)),
        fact(
            "offsets",
            english::span(first.id.0, last.next().0 - first.id.0)
        ),
        fact("messages", number(sums.messages)),
        fact("chunks", number(sums.chunks)),
        fact("tracking", number(sums.tracking)),
        fact("file header", english::count(SEGMENT_HEADER, "byte")),
        fact("bytes", number(sums.bytes)),
        fact("first written at", format!("{}", first.timestamp)),
        fact("last written at", format!("{}", last.timestamp)),
    ];
    let rows = (to - from) as usize;
    let children = Children::page(rows, start, |at| {
        let row = from.saturating_add(u32::try_from(at).ok()?);
        Some(child(log, row))
    });
    Inspected {
        title: format!("segment {}", first.id),
        facts,
        children,
    }
}

/// A chunk as something to be opened, to the byte.
fn child(log: &LogView<'_>, row: u32) -> InspectorLink {
    let chunk = log.chunk(row);
    let what = match chunk.kind {
        ChunkKind::User => english::count(chunk.records, "message"),
        ChunkKind::TrackingDelta => "tracking".into(),
        ChunkKind::TrackingSnapshot => "tracking snapshot".into(),
    };
    let bytes = english::count(chunk.bytes, "byte");
    let (header, data) = (number(CHUNK_HEADER), number(chunk.data_bytes));
    let filter = match chunk.filter.as_ref().map_or(0, |f| f.len() as u64) {
        0 => String::new(),
        n => format!(" + filter {}", number(n)),
    };
    let trailer = number(chunk.trailer_bytes);
    let parts = format!("header {header}{filter} + data {data} + trailer {trailer}");
    let name = format!("chunk {}: {what}, {bytes} = {parts}", chunk.id);
    (Target::Block(log.id, row), name)
}

fn chunk(log: &LogView<'_>, row: u32, from: usize) -> Inspected {
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
        fact("offsets", english::span(chunk.id.0, chunk.records)),
        fact("records", number(chunk.records)),
        fact("entries", number(chunk.entries.into())),
        fact("epoch", number(chunk.epoch.0)),
        fact("written at", format!("{}", chunk.timestamp)),
        fact("committed", if committed { "yes" } else { "no" }),
        fact("header", english::count(CHUNK_HEADER, "byte")),
        fact("filter", english::count(filter, "byte")),
        fact("data", english::count(chunk.data_bytes, "byte")),
        fact("trailer", english::count(chunk.trailer_bytes, "byte")),
        fact("total", english::count(chunk.bytes, "byte")),
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
        let words = format!("{offset}: {}", english::excerpt(&text, 60));
        (Target::Message(log.id, offset), words)
    };
    let messages = usize::try_from(chunk.messages()).unwrap_or(usize::MAX);
    let children = Children::page(messages, from, |at| {
        Some(message(chunk.id.plus(u64::try_from(at).ok()?)))
    });
    Inspected {
        title: format!("chunk {}", chunk.id),
        facts,
        children,
    }
}

fn record(moment: &Moment<'_>, log: &LogView<'_>, offset: Offset) -> Option<Inspected> {
    let row = log.log.row_at(log.arena, offset)?;
    let chunk: &Chunk = log.chunk(row);
    if offset < chunk.id {
        return None;
    }
    let Some(message) = message(chunk, offset) else {
        return Some(Inspected {
            title: format!("offset {offset}: tracking"),
            facts: self::chunk(log, row, 0).facts,
            children: Children::default(),
        });
    };
    let committed = chunk.next() <= log.committed;
    let mut facts = alloc::vec![
        fact("offset", number(offset.0)),
        fact("body", english::excerpt(&message.body, 2_000)),
        fact("published by", moment.name(message.producer)),
        fact("publishing id", number(message.id.0)),
        fact("chunk", number(chunk.id.0)),
        fact("committed", if committed { "yes" } else { "no" }),
    ];
    if let Some(filter) = &message.filter {
        facts.push(fact("filter value", &**filter));
    }
    facts.push(fact("written at", format!("{}", chunk.timestamp)));
    facts.extend(size(chunk, offset));
    Some(Inspected {
        title: format!("message {offset}"),
        facts,
        children: Children::default(),
    })
}

/// What a message takes in its chunk.
fn size(chunk: &Chunk, offset: Offset) -> Option<InspectorRow> {
    let mut at = offset.0.checked_sub(chunk.id.0)?;
    let run = chunk.runs.iter().find(|run| {
        let inside = at < run.count;
        if !inside {
            at -= run.count;
        }
        inside
    })?;
    if run.sub_batch > 1 {
        let words = format!("of up to {}, with one id", number(run.sub_batch.into()));
        return Some(fact("in a sub-entry batch", words));
    }
    let mut one = run.clone();
    one.take_front(at);
    one.count = 1;
    let bytes = english::count(run_bytes(&one), "byte");
    Some(fact("bytes with its entry header", bytes))
}
