//! A stream in the picture: its facts as a whole, and chunks, segments and records as far as they are in view.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use super::cells::{self, OffsetMeaning, OffsetReader};
use super::log::LogView;
use super::{nodes, offsets, retention, touched};
use crate::explain::english;
use crate::family::rabbitmq::log::{Chunk, ChunkKind};
use crate::family::rabbitmq::state::StreamState;
use crate::ids::{LogId, Offset};
use crate::view::key::KeyPiece;
use crate::view::layout::text;
use crate::view::model::{
    Cell, Contents, EmptyLog, Ends, Holds, Lane, LogOffsets, LogRequest, RecordBlock,
    RemovedRecords,
};
use crate::view::moment::Moment;
use crate::view::stage::Target;

/// Room for a body in a cell's name, in abstract units.
const LABEL: i32 = 800;

/// A stream as a whole.
pub(crate) fn lane(moment: &Moment<'_>, id: LogId) -> Lane {
    let log = moment.log(id);
    let removed = retention::expired(moment, id).map(|span| RemovedRecords {
        offsets: offsets(span),
        wordings: &["removed by retention", "removed", ""],
    });
    let furthest = log.arena.chunks.last();
    Lane {
        id,
        kind: "stream",
        ends: Ends {
            first: "first",
            next: "next",
        },
        name: moment.stream_name(id).into(),
        sentence: sentence(moment, &log),
        facts: facts(&log),
        is_there: log.is_live(),
        blank: blank(&log),
        first: log.first,
        next: log.next,
        committed: log.committed,
        furthest: furthest.map_or(Offset(0), |row| row.chunk.next()),
        removed,
        has_sections: log.arena.end().segments > 1,
        nodes: nodes::rows(moment, &log),
        committed_words: nodes::committed_words(&log),
    }
}

fn blank(log: &LogView<'_>) -> Option<EmptyLog> {
    let (class, words) = match log.stream.state {
        StreamState::Missing => ("lane missing", "not created yet"),
        StreamState::Deleted => ("lane deleted", "deleted"),
        StreamState::Live if log.next == log.first => ("lane empty", "empty"),
        StreamState::Live => return None,
    };
    Some(EmptyLog { class, words })
}

/// Its sums in several wordings, the longest first.
fn facts(log: &LogView<'_>) -> Vec<String> {
    if !log.is_live() {
        return Vec::new();
    }
    let sums = log.log.sums(log.arena);
    let messages = english::count(sums.messages, "message");
    let chunks = english::count(sums.chunks, "chunk");
    let short = format!("{messages} in {chunks}");
    let tracking = match sums.tracking {
        0 => short.clone(),
        n => format!("{short} · {} tracking", english::number(n)),
    };
    let segments = english::count(sums.segments, "segment");
    let bytes = english::count(sums.bytes, "byte");
    let full = format!("{tracking} · {segments} · {bytes}");
    alloc::vec![full, tracking, short, messages]
}

fn sentence(moment: &Moment<'_>, log: &LogView<'_>) -> String {
    let name = moment.stream_name(log.id);
    match log.stream.state {
        StreamState::Missing => return format!("Stream {name} is not created yet."),
        StreamState::Deleted => return format!("Stream {name} was deleted."),
        StreamState::Live => {}
    }
    let sums = log.log.sums(log.arena);
    let nodes = match log.stream.logs.len() {
        0 | 1 => String::new(),
        n => match log.stream.leader {
            Some(leader) => format!(
                " On {n} nodes, led by node {leader}, committed below {}.",
                log.committed
            ),
            None => format!(" On {n} nodes, without a leader."),
        },
    };
    format!(
        "Stream {name}: first offset {}, next offset {}, {} in {}.{nodes}",
        english::number(log.first.0),
        english::number(log.next.0),
        english::count(sums.messages, "message"),
        english::count(sums.chunks, "chunk"),
    )
}

/// What a stream holds, as far as it is in view.
pub(crate) fn contents(moment: &Moment<'_>, id: LogId, view: LogRequest) -> Contents {
    let log = moment.log(id);
    let rows = rows(&log, view.offsets);
    let reader = view.reader.and_then(|id| OffsetReader::new(moment, id));
    let cells = rows.iter().flat_map(|row| {
        let chunk = log.chunk(*row);
        let from = chunk.id.max(view.offsets.from);
        let to = chunk.next().min(view.offsets.to);
        let (log, reader) = (&log, &reader);
        (from.0..to.0).map(move |offset| cell(log, chunk, Offset(offset), reader.as_ref()))
    });
    let expiring = retention::next_to_go(moment, &log);
    Contents {
        blocks: rows.iter().map(|row| block(&log, *row)).collect(),
        sections: sections(&log, &rows),
        cells: cells.collect(),
        touched: touched::touched(moment, &log),
        expiring: expiring.map(|to| offsets((log.first, to))),
        ticks: ticks(&log, view.pieces),
    }
}

/// The rows in view, oldest first.
fn rows(log: &LogView<'_>, view: LogOffsets) -> Vec<u32> {
    let mut rows = Vec::new();
    let mut at = view.from.max(log.first);
    while at < view.to {
        let Some(row) = log.log.row_at(log.arena, at) else {
            break;
        };
        rows.push(row);
        at = log.chunk(row).next();
    }
    rows
}

fn block(log: &LogView<'_>, row: u32) -> RecordBlock {
    let chunk = log.chunk(row);
    let committed = chunk.next() <= log.committed;
    let id = english::number(chunk.id.0);
    let messages = english::number(chunk.records);
    let wordings = match chunk.kind {
        ChunkKind::User => alloc::vec![
            format!("chunk {id} · {}", english::count(chunk.records, "message")),
            format!("chunk {id} · {messages}"),
            format!("{id} · {messages}"),
            id,
        ],
        ChunkKind::TrackingDelta => alloc::vec!["tracking".into()],
        ChunkKind::TrackingSnapshot => alloc::vec!["snapshot".into()],
    };
    RecordBlock {
        piece: KeyPiece::Block(chunk.id),
        class: if committed {
            "chunk"
        } else {
            "chunk uncommitted"
        },
        offsets: offsets((chunk.id, chunk.next())),
        wordings,
        target: Target::Block(log.id, row),
        label: chunk_words(chunk, committed),
    }
}

/// The segments of these rows, when the stream ever has several.
fn sections(log: &LogView<'_>, rows: &[u32]) -> Vec<RecordBlock> {
    let mut sections = Vec::new();
    if log.arena.end().segments < 2 {
        return sections;
    }
    let mut behind = 0;
    for row in rows.iter().copied() {
        if row < behind {
            continue;
        }
        let (from, to) = log.segment(row);
        behind = to;
        sections.push(section(log, from, to));
    }
    sections
}

fn section(log: &LogView<'_>, from: u32, to: u32) -> RecordBlock {
    let (first, last) = (log.chunk(from), log.chunk(to - 1));
    let id = english::number(first.id.0);
    let sums = log.arena.sums(from..to);
    let bytes = english::count(sums.bytes, "byte");
    let messages = english::count(sums.messages, "message");
    let full = format!("segment {id} · {bytes} · {messages}");
    RecordBlock {
        piece: KeyPiece::Section(first.id),
        class: "segment",
        offsets: offsets((first.id, last.next())),
        target: Target::Section(log.id, from),
        label: full.clone(),
        wordings: alloc::vec![
            full,
            format!("segment {id} · {bytes}"),
            format!("segment {id}"),
            id,
            String::new(),
        ],
    }
}

fn cell(
    log: &LogView<'_>,
    chunk: &Chunk,
    offset: Offset,
    reader: Option<&OffsetReader<'_>>,
) -> Cell {
    let committed = chunk.next() <= log.committed;
    match chunk.kind {
        ChunkKind::User => message(chunk, offset, committed, reader),
        ChunkKind::TrackingDelta | ChunkKind::TrackingSnapshot => {
            let is_whole = chunk.kind == ChunkKind::TrackingSnapshot;
            let class = match (is_whole, committed) {
                (true, true) => "diamond snapshot",
                (true, false) => "diamond snapshot uncommitted",
                (false, true) => "diamond",
                (false, false) => "diamond uncommitted",
            };
            Cell {
                offset,
                class: class.into(),
                holds: Holds::Own { is_whole },
                label: chunk_words(chunk, committed),
            }
        }
    }
}

fn message(
    chunk: &Chunk,
    offset: Offset,
    committed: bool,
    reader: Option<&OffsetReader<'_>>,
) -> Cell {
    let reading = reader.map_or(OffsetMeaning::None, |reader| reader.reading(offset));
    let is_repeated = reader.is_some_and(|reader| reader.is_repeated(offset));
    let mut class = String::from("cell");
    class.push_str(reading.class());
    if !committed {
        class.push_str(" uncommitted");
    }
    let body = cells::message(chunk, offset).map_or_else(String::new, |m| m.body);
    let shown = text::fit(&body, text::Font::Cell, LABEL);
    let mut label = format!("message {offset}: {shown}");
    label.push_str(if committed { "" } else { ", not committed" });
    label.push_str(reading.words());
    label.push_str(if is_repeated {
        ", for the second time"
    } else {
        ""
    });
    Cell {
        offset,
        class,
        holds: Holds::Message { body, is_repeated },
        label,
    }
}

/// A chunk in words, for screen readers and tooltips.
fn chunk_words(chunk: &Chunk, committed: bool) -> String {
    let id = chunk.id;
    let what = match chunk.kind {
        ChunkKind::User => format!("chunk {id}: {}", english::count(chunk.records, "message")),
        ChunkKind::TrackingDelta => {
            format!("tracking chunk: it takes offset {id}, and holds no message")
        }
        ChunkKind::TrackingSnapshot => {
            format!("tracking snapshot: it takes offset {id}, and holds no message")
        }
    };
    if committed {
        what
    } else {
        what + ", not committed"
    }
}

/// Pieces of the whole stream that hold tracking: those in which a chunk begins that does.
fn ticks(view: &LogView<'_>, pieces: u64) -> Vec<LogOffsets> {
    let (log, arena) = (view.log, view.arena);
    let behind = log.last_row().map_or(0, |row| row + 1);
    // A piece begins where the one before ends.
    let mut start = log.row_at(arena, view.first).unwrap_or(behind);
    let all = offsets((view.first, view.next)).pieces(pieces);
    let tracks = all.filter(|piece| {
        let end = log.row_from(arena, start, piece.to).unwrap_or(behind);
        let rows = core::mem::replace(&mut start, end)..end;
        rows.start < rows.end && arena.sums(rows).tracking > 0
    });
    tracks.collect()
}
