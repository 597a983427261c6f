//! A stream's lane: brackets of the first and next offset, segments, chunks, cells. Reads a log at a moment.

use alloc::borrow::Cow;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use super::canvas::{About, Area, Canvas, Placer};
use super::cells::{self, Reader, Reading};
use super::grid::{Place, Window};
use super::text::{self, Font};
use super::{Sketch, retention};
use crate::explain::words;
use crate::family::rabbitmq::log::ChunkKind;
use crate::family::rabbitmq::state::StreamState;
use crate::ids::Offset;
use crate::view::key::{Key, Piece};
use crate::view::moment::LogView;
use crate::view::outline::Command::{Close, LineTo, MoveTo};
use crate::view::outline::Outline;
use crate::view::stage::{Anchor, Target};

/// Height of the row of bracket labels.
pub(super) const LABELS: i32 = 16;
/// Height of the row of offsets.
const OFFSETS: i32 = 15;
/// Height of a cell.
pub(crate) const CELL: i32 = 28;
/// Height of the row of captions.
const CAPTIONS: i32 = 17;
/// Height of the row of segments.
const SEGMENTS: i32 = 27;

/// Where a lane was drawn.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Drawn {
    /// Top of the chunks' background.
    pub(crate) top: i32,
    /// Bottom of the cells.
    pub(crate) cells_end: i32,
    /// Bottom of everything.
    pub(crate) end: i32,
}

/// A lane being drawn.
pub(crate) struct Lane<'a, 'b> {
    pub(crate) sketch: &'b Sketch<'a>,
    pub(crate) log: LogView<'a>,
    pub(crate) window: Window,
    /// The consumer whose progress colours the cells.
    pub(crate) reader: Option<Reader<'a>>,
    /// Offsets whose numbers are always shown.
    pub(crate) pointed: Vec<Offset>,
    /// Where flags and pins go through the captions: left and right end.
    pub(crate) stems: Vec<(i32, i32)>,
}

impl Lane<'_, '_> {
    /// Draws the lane with its labels from `y` on.
    pub(crate) fn draw(&self, canvas: &mut Canvas, y: i32) -> Drawn {
        let top = y + LABELS;
        let cells = top + OFFSETS;
        let body = OFFSETS + CELL + CAPTIONS;
        let segmented = self.log.arena.end().segments > 1;
        let end = top + body + if segmented { SEGMENTS } else { 0 };
        let drawn = Drawn {
            top,
            cells_end: cells + CELL,
            end,
        };
        if !self.log.is_live() || self.log.next == self.log.first {
            self.empty(canvas, Area::new(0, top, 0, body));
            if self.log.is_live() {
                self.brackets(canvas, y, top, body);
            }
            return drawn;
        }
        self.chunks(canvas, top, body);
        if segmented {
            self.segments(canvas, top + body);
        }
        self.cells(canvas, cells);
        self.hatching(canvas, top, body);
        self.numbers(canvas, top + 11);
        self.brackets(canvas, y, top, body);
        self.ring(canvas, cells);
        drawn
    }

    pub(super) fn key(&self, mark: &'static str) -> Key {
        Key::stream(self.log.id, mark)
    }

    fn empty(&self, canvas: &mut Canvas, area: Area) {
        let grid = self.window.grid;
        let area = Area::new(grid.start(), area.y, grid.end() - grid.start(), area.h);
        let (class, words) = match self.log.stream.state {
            StreamState::Missing => ("lane missing", "not created yet"),
            StreamState::Deleted => ("lane deleted", "deleted"),
            StreamState::Live => ("lane empty", "empty"),
        };
        let name = self.sketch.moment.stream_name(self.log.id);
        canvas.rect(self.key("lane"), class, area, 6).about(
            Target::Stream(self.log.id),
            format!("stream {name}, {words}"),
        );
        let at = (area.x + area.w / 2, area.y + area.h / 2 + 4);
        let style = (Font::Body, "muted");
        canvas.text(self.key("lane/words"), style, at, Anchor::Middle, words);
    }

    /// The rows in view, oldest first.
    fn rows(&self) -> Vec<u32> {
        let mut rows = Vec::new();
        let mut at = self.window.from.max(self.log.first);
        while at < self.window.to() {
            let Some(row) = self.log.log.row_at(self.log.arena, at) else {
                break;
            };
            rows.push(row);
            at = self.log.chunk(row).next();
        }
        rows
    }

    fn chunks(&self, canvas: &mut Canvas, top: i32, height: i32) {
        for row in self.rows() {
            let chunk = self.log.chunk(row);
            let Some((left, right)) = self.window.extent(chunk.id, chunk.next()) else {
                continue;
            };
            let area = Area::new(left - 2, top, right - left + 4, height);
            let committed = chunk.next() <= self.log.committed;
            let class = if committed {
                "chunk"
            } else {
                "chunk uncommitted"
            };
            let label = chunk_words(chunk, committed);
            canvas
                .rect(self.key("").of(Piece::Chunk(chunk.id)), class, area, 5)
                .about(Target::Chunk(self.log.id, row), label);
            let id = words::number(chunk.id.0);
            let messages = words::number(chunk.records);
            let full = format!("chunk {id} · {}", words::count(chunk.records, "message"));
            let middle = format!("chunk {id} · {messages}");
            let short = format!("{id} · {messages}");
            let wordings: &[&str] = match chunk.kind {
                ChunkKind::User => &[&full, &middle, &short, &id],
                ChunkKind::TrackingDelta => &["tracking"],
                ChunkKind::TrackingSnapshot => &["snapshot"],
            };
            let key = self.key("caption").of(Piece::Chunk(chunk.id));
            self.caption(canvas, key, wordings, area, top + height - 5);
        }
    }

    /// The longest wording that fits into the area without being crossed by a stem.
    fn caption(&self, canvas: &mut Canvas, key: Key, wordings: &[&str], area: Area, y: i32) {
        let mut placer = Placer::new(area.x + 3, area.right() - 2);
        let mut spots = alloc::vec![(area.x + 4, y, Anchor::Start)];
        for &(from, to) in &self.stems {
            placer.take(Area::new(from - 1, y - 8, to - from + 2, 8));
            spots.push((to + 5, y, Anchor::Start));
        }
        for words in wordings {
            if let Some((x, y, anchor)) = placer.place(words, Font::Small, &spots) {
                let style = (Font::Small, "muted");
                return canvas.text(key, style, (x, y), anchor, *words);
            }
        }
    }

    fn segments(&self, canvas: &mut Canvas, y: i32) {
        let mut behind = 0;
        for row in self.rows() {
            if row < behind {
                continue;
            }
            let (from, to) = self.log.segment(row);
            behind = to;
            let (first, last) = (self.log.chunk(from), self.log.chunk(to - 1));
            let Some((left, right)) = self.window.extent(first.id, last.next()) else {
                continue;
            };
            let area = Area::new(left - 2, y + 2, right - left + 4, SEGMENTS - 3);
            let id = words::number(first.id.0);
            let sums = self.log.arena.sums(from..to);
            let bytes = words::count(sums.bytes, "byte");
            let messages = words::count(sums.messages, "message");
            let full = format!("segment {id} · {bytes} · {messages}");
            canvas
                .rect(
                    self.key("").of(Piece::Segment(first.id)),
                    "segment",
                    area,
                    3,
                )
                .about(Target::Segment(self.log.id, from), full.clone());
            let middle = format!("segment {id} · {bytes}");
            let short = format!("segment {id}");
            let caption =
                text::first_fit(&[&full, &middle, &short, &id, ""], Font::Small, area.w - 8);
            let at = (area.x + 4, area.y + 16);
            let key = self.key("caption").of(Piece::Segment(first.id));
            canvas.text(key, (Font::Small, "muted"), at, Anchor::Start, caption);
        }
    }

    fn cells(&self, canvas: &mut Canvas, y: i32) {
        let grid = self.window.grid;
        let rows = self.rows();
        for row in rows {
            let chunk = self.log.chunk(row);
            let from = chunk.id.max(self.window.from);
            let to = chunk.next().min(self.window.to());
            for offset in (from.0..to.0).map(Offset) {
                let Place::At(x) = self.window.place(offset) else {
                    continue;
                };
                let area = Area::new(x, y, grid.cell, CELL);
                match chunk.kind {
                    ChunkKind::User => self.message(canvas, row, offset, area),
                    ChunkKind::TrackingDelta | ChunkKind::TrackingSnapshot => {
                        self.diamond(canvas, row, offset, area);
                    }
                }
            }
        }
    }

    fn message(&self, canvas: &mut Canvas, row: u32, offset: Offset, area: Area) {
        let chunk = self.log.chunk(row);
        let reading = self
            .reader
            .map_or(Reading::None, |reader| reader.reading(offset));
        let repeated = self.reader.is_some_and(|r| r.is_repeated(offset));
        let committed = chunk.next() <= self.log.committed;
        let mut class = String::from("cell");
        class.push_str(reading.class());
        if !committed {
            class.push_str(" uncommitted");
        }
        let body = cells::message(chunk, offset).map_or_else(String::new, |m| m.body);
        let mut label = format!("message {offset}: {}", text::fit(&body, Font::Cell, 800));
        label.push_str(if committed { "" } else { ", not committed" });
        label.push_str(reading.words());
        label.push_str(if repeated {
            ", for the second time"
        } else {
            ""
        });
        canvas
            .rect(self.key("").of(Piece::Cell(offset)), class, area, 3)
            .about(Target::Message(self.log.id, offset), label);
        if repeated {
            let inner = Area::new(area.x + 3, area.y + 3, area.w - 6, area.h - 6);
            canvas.rect(self.key("twice").of(Piece::Cell(offset)), "twice", inner, 2);
        }
        let at = (area.x + area.w / 2, area.y + CELL / 2 + 4);
        let short = text::short_body(&body, area.w - 1);
        let key = self.key("body").of(Piece::Cell(offset));
        canvas.text(key, (Font::Cell, ""), at, Anchor::Middle, short);
    }

    fn diamond(&self, canvas: &mut Canvas, row: u32, offset: Offset, area: Area) {
        let chunk = self.log.chunk(row);
        let committed = chunk.next() <= self.log.committed;
        let (x, y) = (area.x + area.w / 2, area.y + area.h / 2);
        let (w, h) = (9, 12);
        let d = Outline::new(&[
            MoveTo(x, y - h),
            LineTo(x + w, y),
            LineTo(x, y + h),
            LineTo(x - w, y),
            Close,
        ]);
        let class = match (chunk.kind, committed) {
            (ChunkKind::TrackingSnapshot, true) => "diamond snapshot",
            (ChunkKind::TrackingSnapshot, false) => "diamond snapshot uncommitted",
            (_, true) => "diamond",
            (_, false) => "diamond uncommitted",
        };
        canvas.path(self.key("sign").of(Piece::Cell(offset)), class, d);
        let words = chunk_words(chunk, committed);
        canvas
            .rect(self.key("").of(Piece::Cell(offset)), "hit", area, 4)
            .about(Target::Message(self.log.id, offset), words);
        if chunk.kind == ChunkKind::TrackingSnapshot {
            let key = self.key("dot").of(Piece::Cell(offset));
            canvas.circle(key, "diamond-dot", (x, y), 3);
        }
    }

    /// Hatching over what retention has just removed and what it is about to remove.
    fn hatching(&self, canvas: &mut Canvas, top: i32, height: i32) {
        let moment = &self.sketch.moment;
        if let Some((from, to)) = super::window::expired(moment, self.log.id)
            && let Some((left, right)) = self.window.extent(from, to)
        {
            let area = Area::new(left - 2, top, right - left + 1, height);
            canvas.rect(self.key("expired"), "expired", area, 5);
            canvas.hatch(self.key("expired/hatch"), "hatch", area);
            let words = text::first_fit(
                &["removed by retention", "removed", ""],
                Font::Small,
                area.w - 8,
            );
            let at = (left + (right - left) / 2, top + height / 2 + 4);
            let w = text::width(&words, Font::Small);
            let plate = Area::new(at.0 - w / 2 - 5, at.1 - 12, w + 10, 17);
            canvas.rect(self.key("expired/plate"), "plate", plate, 4);
            canvas.text(
                self.key("expired/words"),
                (Font::Small, ""),
                at,
                Anchor::Middle,
                words,
            );
        }
        if let Some(to) = retention::next_to_go(moment, &self.log)
            && let Some((left, right)) = self.window.extent(self.log.first, to)
        {
            let area = Area::new(left - 2, top + OFFSETS - 1, right - left + 4, CELL + 2);
            canvas.hatch(self.key("expiring"), "hatch soon", area);
        }
    }

    /// A ring around what the latest event was about.
    fn ring(&self, canvas: &mut Canvas, y: i32) {
        let Some((from, to)) = self.sketch.touched(&self.log) else {
            return;
        };
        if let Some((left, right)) = self.window.extent(from, to) {
            let area = Area::new(left - 2, y - 2, right - left + 4, CELL + 4);
            canvas.rect(self.key("now"), Cow::Borrowed("now"), area, 5);
        }
    }
}

/// A chunk in words, for screen readers and tooltips.
fn chunk_words(chunk: &crate::family::rabbitmq::log::Chunk, committed: bool) -> String {
    let what = match chunk.kind {
        ChunkKind::User => format!(
            "chunk {}: {}",
            chunk.id,
            words::count(chunk.records, "message")
        ),
        ChunkKind::TrackingDelta => {
            format!(
                "tracking chunk: it takes offset {}, and holds no message",
                chunk.id
            )
        }
        ChunkKind::TrackingSnapshot => {
            format!(
                "tracking snapshot: it takes offset {}, and holds no message",
                chunk.id
            )
        }
    };
    if committed {
        what
    } else {
        what + ", not committed"
    }
}
