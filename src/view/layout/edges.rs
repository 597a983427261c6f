//! The numbers of a lane: offsets above its cells, and the brackets of the first and the next one.

use alloc::format;
use alloc::vec::Vec;

use super::canvas::{Canvas, Placer};
use super::grid::OffsetPosition;
use super::lane::{LABELS, LaneDrawing};
use super::text::{self, Font};
use crate::explain::english;
use crate::ids::Offset;
use crate::view::key::KeyPiece;
use crate::view::outline::Outline;
use crate::view::outline::PathCommand::{HorizontalTo, MoveTo, VerticalTo};
use crate::view::stage::Anchor;

impl LaneDrawing<'_> {
    /// Offsets above the cells: every fifth, the ends, and whatever is pointed at; none over another.
    pub(super) fn numbers(&self, canvas: &mut Canvas, y: i32) {
        let grid = self.scene.window.grid;
        let from = self.scene.window.from.max(self.lane.first);
        let to = self.scene.window.to().min(self.lane.next);
        let mut placer = Placer::new(grid.left(), grid.right());
        let ends = [from, Offset(to.0.saturating_sub(1))];
        let fives = (from.0..to.0).map(Offset).filter(|o| o.0.is_multiple_of(5));
        let wanted = self.pointed.iter().copied().chain(ends).chain(fives);
        let mut shown: Vec<Offset> = Vec::new();
        for offset in wanted.filter(|o| from <= *o && *o < to) {
            let OffsetPosition::At(x) = self.scene.window.place(offset) else {
                continue;
            };
            if shown.contains(&offset) {
                continue;
            }
            let number = english::number(offset.0);
            let wide = text::width(&number, Font::Small) > grid.cell;
            let at = match x {
                x if wide && x == grid.start() => (x, y, Anchor::Start),
                x if wide && offset.plus(1) == to => (x + grid.cell, y, Anchor::End),
                x => (x + grid.cell / 2, y, Anchor::Middle),
            };
            if placer.place(&number, Font::Small, &[at]).is_some() {
                shown.push(offset);
                let class = if self.pointed.contains(&offset) {
                    ""
                } else {
                    "muted"
                };
                let key = self.key("offset").of(KeyPiece::Cell(offset));
                canvas.text(key, (Font::Small, class), (at.0, y), at.2, number);
            }
        }
    }

    /// The first and the next offset, always in view, with how much is hidden before and behind the window.
    pub(super) fn brackets(&self, canvas: &mut Canvas, y: i32, top: i32, height: i32) {
        let grid = self.scene.window.grid;
        let hidden = self.scene.window.from.0.saturating_sub(self.lane.first.0);
        let rest = self.lane.next.0.saturating_sub(self.scene.window.to().0);
        let left = match self.scene.window.place(self.lane.first) {
            OffsetPosition::At(x) => x - 5,
            OffsetPosition::Before | OffsetPosition::Behind => grid.start() - 5,
        };
        let right = match self.scene.window.place(self.lane.next) {
            OffsetPosition::At(x) => (x - 1).max(left + 6),
            OffsetPosition::Before | OffsetPosition::Behind => grid.end() + 5,
        };
        let bottom = top + height;
        let bracket = |x: i32, tick: i32| {
            Outline::new(&[
                MoveTo(x + tick, top - 1),
                HorizontalTo(x),
                VerticalTo(bottom),
                HorizontalTo(x + tick),
            ])
        };
        canvas.path(self.key("first"), "bracket", bracket(left, 5));
        canvas.path(self.key("next"), "bracket", bracket(right, -5));
        let first = english::number(self.lane.first.0);
        let next = english::number(self.lane.next.0);
        let ends = self.lane.ends;
        let first = match hidden {
            0 => format!("{} {first}", ends.first),
            n => format!("{} {first} ‹ {} more", ends.first, english::number(n)),
        };
        let next = match rest {
            0 => format!("{} {next}", ends.next),
            n => format!("{} more › {} {next}", english::number(n), ends.next),
        };
        let mut placer = Placer::new(grid.left() - 6, grid.right() + 6);
        let base = y + LABELS - 5;
        let w = text::width(&first, Font::Strong);
        let at = (left - 1).min(grid.right() - w).max(grid.left() - 2);
        let behind = (at + w + 10, base, Anchor::Start);
        let places = [(at, base, Anchor::Start)];
        self.label(canvas, &mut placer, "first/label", &first, &places);
        let places = [
            (right + 1, base, Anchor::End),
            (right - 6, base, Anchor::Start),
            behind,
        ];
        self.label(canvas, &mut placer, "next/label", &next, &places);
    }

    fn label(
        &self,
        canvas: &mut Canvas,
        placer: &mut Placer,
        key: &'static str,
        words: &str,
        places: &[(i32, i32, Anchor)],
    ) {
        if let Some((x, y, anchor)) = placer.place(words, Font::Strong, places) {
            canvas.text(self.key(key), (Font::Strong, "end"), (x, y), anchor, words);
        }
    }
}
