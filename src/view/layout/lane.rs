//! A lane: its blocks, sections, cells, and what is gone or about to go. Its numbers are drawn in `edges`.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use super::Scene;
use super::canvas::{About, Area, Canvas, Placer};
use super::grid::OffsetPosition;
use super::text::{self, Font};
use crate::ids::{ActorId, Offset};
use crate::view::key::{Key, KeyPiece};
use crate::view::model::{Cell, EmptyLog, Holds, Lane, OffsetStands};
use crate::view::outline::Outline;
use crate::view::outline::PathCommand::{Close, LineTo, MoveTo};
use crate::view::stage::{Anchor, Target};

/// Height of the row of bracket labels.
pub(super) const LABELS: i32 = 16;
/// Height of the row of offsets.
const OFFSETS: i32 = 15;
/// Height of a cell.
pub(crate) const CELL: i32 = 28;
/// Height of the row of captions.
const CAPTIONS: i32 = 17;
/// Height of the row of sections.
const SECTIONS: i32 = 27;

/// Where a lane was drawn.
#[derive(Clone, Copy, Debug)]
pub(crate) struct DrawnLane {
    /// Top of the blocks' background.
    pub(crate) top: i32,
    /// Bottom of the cells.
    pub(crate) cells_end: i32,
    /// Bottom of everything.
    pub(crate) end: i32,
}

/// A lane being drawn.
pub(crate) struct LaneDrawing<'a> {
    pub(super) scene: &'a Scene<'a>,
    pub(super) lane: &'a Lane,
    /// Offsets that programs point at: their numbers are always shown.
    pub(super) pointed: Vec<Offset>,
    /// Where flags and pins go through the captions: left and right end.
    stems: Vec<(i32, i32)>,
}

impl<'a> LaneDrawing<'a> {
    pub(crate) fn new(scene: &'a Scene<'a>) -> Self {
        let readings = scene.readings();
        let pointers = readings.flat_map(|(_, _, reading)| [&reading.position, &reading.stored]);
        Self {
            scene,
            lane: &scene.lane,
            pointed: pointers.flatten().map(|at| at.offset).collect(),
            stems: stems(scene),
        }
    }

    /// Draws the lane with its labels from `y` on.
    pub(crate) fn draw(&self, canvas: &mut Canvas, y: i32) -> DrawnLane {
        let top = y + LABELS;
        let cells = top + OFFSETS;
        let body = OFFSETS + CELL + CAPTIONS;
        let sections = if self.lane.has_sections { SECTIONS } else { 0 };
        let drawn = DrawnLane {
            top,
            cells_end: cells + CELL,
            end: top + body + sections,
        };
        if let Some(blank) = self.lane.blank {
            self.blank(canvas, blank, Area::new(0, top, 0, body));
            if self.lane.is_there {
                self.brackets(canvas, y, top, body);
            }
            return drawn;
        }
        self.blocks(canvas, top, body);
        self.sections(canvas, top + body);
        self.cells(canvas, cells);
        self.hatching(canvas, top, body);
        self.numbers(canvas, top + 11);
        self.brackets(canvas, y, top, body);
        self.ring(canvas, cells);
        drawn
    }

    pub(super) fn key(&self, mark: &'static str) -> Key {
        Key::stream(self.lane.id, mark)
    }

    fn blank(&self, canvas: &mut Canvas, blank: EmptyLog, area: Area) {
        let grid = self.scene.window.grid;
        let area = Area::new(grid.start(), area.y, grid.end() - grid.start(), area.h);
        let Lane { kind, name, id, .. } = self.lane;
        canvas.rect(self.key("lane"), blank.class, area, 6).about(
            Target::Stream(*id),
            format!("{kind} {name}, {}", blank.words),
        );
        let at = (area.x + area.w / 2, area.y + area.h / 2 + 4);
        let style = (Font::Body, "muted");
        let key = self.key("lane/words");
        canvas.text(key, style, at, Anchor::Middle, blank.words);
    }

    fn blocks(&self, canvas: &mut Canvas, top: i32, height: i32) {
        for block in &self.scene.contents.blocks {
            let Some((left, right)) = self.scene.window.of(block.offsets) else {
                continue;
            };
            let area = Area::new(left - 2, top, right - left + 4, height);
            canvas
                .rect(self.key("").of(block.piece), block.class, area, 5)
                .about(block.target, block.label.clone());
            let key = self.key("caption").of(block.piece);
            self.caption(canvas, key, &block.wordings, area);
        }
    }

    /// The longest wording that fits into the bottom of the area without being crossed by a stem.
    fn caption(&self, canvas: &mut Canvas, key: Key, wordings: &[String], area: Area) {
        let y = area.y + area.h - 5;
        let mut placer = Placer::new(area.x + 3, area.right() - 2);
        let mut spots = alloc::vec![(area.x + 4, y, Anchor::Start)];
        for &(from, to) in &self.stems {
            placer.take(Area::new(from - 1, y - 8, to - from + 2, 8));
            spots.push((to + 5, y, Anchor::Start));
        }
        for words in wordings {
            if let Some((x, y, anchor)) = placer.place(words, Font::Small, &spots) {
                let style = (Font::Small, "muted");
                return canvas.text(key, style, (x, y), anchor, &**words);
            }
        }
    }

    fn sections(&self, canvas: &mut Canvas, y: i32) {
        for section in &self.scene.contents.sections {
            let Some((left, right)) = self.scene.window.of(section.offsets) else {
                continue;
            };
            let area = Area::new(left - 2, y + 2, right - left + 4, SECTIONS - 3);
            canvas
                .rect(self.key("").of(section.piece), section.class, area, 3)
                .about(section.target, section.label.clone());
            let wordings: Vec<&str> = section.wordings.iter().map(|words| &**words).collect();
            let caption = text::first_fit(&wordings, Font::Small, area.w - 8);
            let at = (area.x + 4, area.y + 16);
            let key = self.key("caption").of(section.piece);
            canvas.text(key, (Font::Small, "muted"), at, Anchor::Start, caption);
        }
    }

    fn cells(&self, canvas: &mut Canvas, y: i32) {
        let window = self.scene.window;
        for cell in &self.scene.contents.cells {
            let OffsetPosition::At(x) = window.place(cell.offset) else {
                continue;
            };
            let area = Area::new(x, y, window.grid.cell, CELL);
            match &cell.holds {
                Holds::Message { body, is_repeated } => {
                    self.message(canvas, cell, body, *is_repeated, area);
                }
                Holds::Own { is_whole } => self.diamond(canvas, cell, *is_whole, area),
            }
        }
    }

    fn message(&self, canvas: &mut Canvas, cell: &Cell, body: &str, twice: bool, area: Area) {
        let key = |mark| self.key(mark).of(KeyPiece::Cell(cell.offset));
        canvas
            .rect(key(""), cell.class.clone(), area, 3)
            .about(self.target(cell), cell.label.clone());
        if twice {
            let inner = Area::new(area.x + 3, area.y + 3, area.w - 6, area.h - 6);
            canvas.rect(key("twice"), "twice", inner, 2);
        }
        let at = (area.x + area.w / 2, area.y + CELL / 2 + 4);
        let short = text::short_body(body, area.w - 1);
        canvas.text(key("body"), (Font::Cell, ""), at, Anchor::Middle, short);
    }

    fn diamond(&self, canvas: &mut Canvas, cell: &Cell, has_dot: bool, area: Area) {
        let key = |mark| self.key(mark).of(KeyPiece::Cell(cell.offset));
        let (x, y) = (area.x + area.w / 2, area.y + area.h / 2);
        let (w, h) = (9, 12);
        let d = Outline::new(&[
            MoveTo(x, y - h),
            LineTo(x + w, y),
            LineTo(x, y + h),
            LineTo(x - w, y),
            Close,
        ]);
        canvas.path(key("sign"), cell.class.clone(), d);
        canvas
            .rect(key(""), "hit", area, 4)
            .about(self.target(cell), cell.label.clone());
        if has_dot {
            canvas.circle(key("dot"), "diamond-dot", (x, y), 3);
        }
    }

    const fn target(&self, cell: &Cell) -> Target {
        Target::Message(self.lane.id, cell.offset)
    }

    /// Hatching over what has just been removed and what is about to be.
    fn hatching(&self, canvas: &mut Canvas, top: i32, height: i32) {
        let window = self.scene.window;
        if let Some(removed) = self.lane.removed
            && let Some((left, right)) = window.of(removed.offsets)
        {
            let area = Area::new(left - 2, top, right - left + 1, height);
            canvas.rect(self.key("expired"), "expired", area, 5);
            canvas.hatch(self.key("expired/hatch"), "hatch", area);
            let words = text::first_fit(removed.wordings, Font::Small, area.w - 8);
            let at = (left + (right - left) / 2, top + height / 2 + 4);
            let w = text::width(&words, Font::Small);
            let plate = Area::new(at.0 - w / 2 - 5, at.1 - 12, w + 10, 17);
            canvas.rect(self.key("expired/plate"), "plate", plate, 4);
            let key = self.key("expired/words");
            canvas.text(key, (Font::Small, ""), at, Anchor::Middle, words);
        }
        let expiring = self.scene.contents.expiring;
        if let Some((left, right)) = expiring.and_then(|offsets| window.of(offsets)) {
            let area = Area::new(left - 2, top + OFFSETS - 1, right - left + 4, CELL + 2);
            canvas.hatch(self.key("expiring"), "hatch soon", area);
        }
    }

    /// A ring around what the latest event was about.
    fn ring(&self, canvas: &mut Canvas, y: i32) {
        let touched = self.scene.contents.touched;
        if let Some((left, right)) = touched.and_then(|offsets| self.scene.window.of(offsets)) {
            let area = Area::new(left - 2, y - 2, right - left + 4, CELL + 4);
            canvas.rect(self.key("now"), "now", area, 5);
        }
    }
}

/// Where the flag and the pin of a lane's first reader or consumer go through its captions.
fn stems(scene: &Scene<'_>) -> Vec<(i32, i32)> {
    let is_alone = scene.lane.nodes.is_empty();
    let is_first = |id: ActorId| match (scene.readers.first(), scene.consumers.first()) {
        (Some((first, _)), _) | (None, Some((first, _))) => *first == id,
        (None, None) => false,
    };
    let first = scene
        .readings()
        .next()
        .filter(|(id, ..)| is_alone && is_first(*id));
    let Some((_, _, c)) = first else {
        return Vec::new();
    };
    let place = |offset: Offset| match scene.window.place(offset) {
        OffsetPosition::At(x) => Some(x),
        OffsetPosition::Before | OffsetPosition::Behind => None,
    };
    let flag = c.position.as_ref().and_then(|at| place(at.offset));
    let middle = scene.window.grid.cell / 2;
    let flag = flag.map(|x| (x - 3, x + 10));
    let pin = c.stored.as_ref().and_then(|pin| {
        let x = place(pin.offset)?;
        Some(match pin.stands {
            OffsetStands::On => (x + middle - 6, x + middle + 6),
            OffsetStands::Before => (x - 8, x + 4),
        })
    });
    flag.into_iter().chain(pin).collect()
}
