//! Between a lane and who reads it: the flag at its position, the pin at its stored offset, and the span
//! between them in words. Places texts so that none covers another.

use alloc::format;
use alloc::vec::Vec;

use super::Scene;
use super::canvas::{About, Area, Canvas, Place as Spot, Placer};
use super::grid::{OffsetPosition, Window};
use super::text::{self, Font};
use crate::ids::ActorId;
use crate::view::key::Key;
use crate::view::model::{Behind, LogProgress, OffsetPointer, OffsetStands, Redelivery};
use crate::view::outline::Outline;
use crate::view::outline::PathCommand::{Close, HorizontalTo, LineTo, MoveTo, VerticalTo};
use crate::view::stage::{Anchor, Target};

/// Height of a span.
const SPAN: i32 = 24;
/// Width of the place around a stem that can be pressed.
const HIT: i32 = 24;

/// The room between a lane and the box of a consumer or reader, being filled.
pub(crate) struct Zone {
    id: ActorId,
    key: Key,
    window: Window,
    top: i32,
    bottom: i32,
    stems: i32,
    placer: Placer,
}

impl Zone {
    /// The zone from `top` to the box of `id` at `bottom`; stems start at `stems`. Its marks have names of `key`.
    pub(crate) fn new(
        scene: &Scene<'_>,
        (id, key): (ActorId, Key),
        (top, bottom): (i32, i32),
        stems: i32,
    ) -> Self {
        let grid = scene.sketch.grid;
        Self {
            id,
            key,
            window: scene.window,
            top,
            bottom,
            stems,
            placer: Placer::new(grid.left(), grid.right()),
        }
    }

    pub(crate) fn draw(mut self, canvas: &mut Canvas, reading: &LogProgress) {
        self.reserve(reading);
        let again = reading.again.as_ref();
        let untold = again.filter(|again| !self.span(canvas, again));
        if let Some(behind) = &reading.behind {
            self.behind(canvas, behind, again);
        }
        if let Some(position) = &reading.position {
            self.flag(canvas, position, self.flag_stem(reading));
        }
        if let Some(stored) = &reading.stored {
            self.pin(canvas, stored);
        }
        if let Some(again) = untold {
            self.tell_span(canvas, again);
        }
    }

    fn key(&self, mark: &'static str) -> Key {
        self.key.named(mark)
    }

    /// Base lines of the two rows of texts.
    const fn rows(&self) -> (i32, i32) {
        (self.top + 14, self.bottom - 13)
    }

    /// Where the stem of a pointer is.
    fn stem(&self, pointer: &OffsetPointer) -> Option<i32> {
        match (self.window.place(pointer.offset), pointer.stands) {
            (OffsetPosition::At(x), OffsetStands::Before) => Some(x - 2),
            (OffsetPosition::At(x), OffsetStands::On) => Some(x + self.window.grid.cell / 2),
            (OffsetPosition::Before | OffsetPosition::Behind, _) => None,
        }
    }

    /// Where the stem of a flag is: beside a pin that stands at the same place.
    fn flag_stem(&self, reading: &LogProgress) -> Option<i32> {
        let flag = reading.position.as_ref()?;
        let pin = reading.stored.as_ref().map(|pin| (pin.offset, pin.stands));
        let aside = if pin == Some((flag.offset, flag.stands)) {
            7
        } else {
            0
        };
        Some(self.stem(flag)? + aside)
    }

    /// No text crosses a stem.
    fn reserve(&mut self, reading: &LogProgress) {
        let pin = reading.stored.as_ref().and_then(|at| self.stem(at));
        let flag = self.flag_stem(reading);
        for x in [pin, flag].into_iter().flatten() {
            let area = Area::new(x - 2, self.top, 4, self.bottom - self.top);
            self.placer.take(area);
        }
    }

    /// The shaded span; answers whether its words stand in it.
    fn span(&mut self, canvas: &mut Canvas, again: &Redelivery) -> bool {
        let Some((left, right)) = self.window.of(again.offsets) else {
            return false;
        };
        let area = Area::new(left, self.bottom - SPAN - 7, right - left, SPAN);
        self.placer.take(area);
        canvas
            .rect(self.key("span"), "span", area, 4)
            .about(Target::Actor(self.id), again.words.clone());
        let Some(words) = [&again.words, &again.short]
            .into_iter()
            .find(|w| text::width(w, Font::Strong) <= area.w - 8)
        else {
            return false;
        };
        let at = (area.x + area.w / 2, area.y + 16);
        let style = (Font::Strong, "again-words");
        canvas.text(self.key("span/words"), style, at, Anchor::Middle, &**words);
        true
    }

    /// The span's words beside it, or at the edge behind which it is.
    fn tell_span(&mut self, canvas: &mut Canvas, again: &Redelivery) {
        let grid = self.window.grid;
        let (high, low) = self.rows();
        let from = again.offsets.from;
        let (left, right) = match self.window.of(again.offsets) {
            Some((left, right)) => (left, right),
            None if from < self.window.from => (grid.start(), grid.start() - 12),
            None => (grid.end() + 12, grid.end()),
        };
        let near = [
            (right + 12, low, Anchor::Start),
            (left - 14, low, Anchor::End),
            (left - grid.pitch - 8, low, Anchor::End),
            (right + 12, high, Anchor::Start),
            (left - 14, high, Anchor::End),
        ];
        // From the edge behind which it is, inwards.
        let is_behind = from >= self.window.to();
        let inwards = |y: i32| {
            (0..grid.cells).map(move |step| match is_behind {
                true => (grid.end() - 18 * step, y, Anchor::End),
                false => (grid.start() + 18 * step, y, Anchor::Start),
            })
        };
        let far: Vec<Spot> = inwards(low).chain(inwards(high)).collect();
        let tries = [
            (&again.words, near.as_slice()),
            (&again.short, near.as_slice()),
            (&again.words, far.as_slice()),
            (&again.short, far.as_slice()),
        ];
        for (words, spots) in tries {
            if let Some((x, y, anchor)) = self.placer.place(words, Font::Strong, spots) {
                let style = (Font::Strong, "again-words");
                canvas.text(
                    self.key("span/words"),
                    style,
                    (x, y),
                    anchor,
                    words.as_str(),
                );
                return;
            }
        }
    }

    /// A bracket over what it could still be given.
    fn behind(&mut self, canvas: &mut Canvas, behind: &Behind, again: Option<&Redelivery>) {
        let Some((left, right)) = self.window.of(behind.offsets) else {
            return;
        };
        // Below a span that it holds.
        let holds = again.is_some_and(|again| behind.offsets.from < again.offsets.to);
        let y = if holds {
            self.bottom - 2
        } else {
            self.bottom - 25
        };
        let left = left + 4;
        let open = behind.offsets.to > self.window.to();
        let mut d = Outline::new(&[MoveTo(left, y - 5), VerticalTo(y), HorizontalTo(right)]);
        if !open {
            d.draw(&[VerticalTo(y - 5)]);
        }
        canvas.path(self.key("behind"), "behind", d);
        let low = self.bottom - 10;
        let spots = [
            (left + (right - left) / 2, low, Anchor::Middle),
            (left, low, Anchor::Start),
            (right, low, Anchor::End),
        ];
        if let Some((x, y, anchor)) = self.placer.place(&behind.words, Font::Body, &spots) {
            let style = (Font::Body, "muted");
            let key = self.key("behind/words");
            canvas.text(key, style, (x, y), anchor, &*behind.words);
        }
    }

    fn flag(&mut self, canvas: &mut Canvas, position: &OffsetPointer, stem: Option<i32>) {
        let words = &*position.words;
        let Some(x) = stem else {
            return self.at_edge(canvas, "flag/words", position);
        };
        let (y, bottom) = (self.stems + 2, self.bottom);
        self.hit(canvas, "flag/hit", x, words);
        let stem = Outline::new(&[MoveTo(x, y), VerticalTo(bottom)]);
        canvas.path(self.key("flag"), position.class, stem);
        let tip = Outline::new(&[
            MoveTo(x, y),
            LineTo(x + 11, y + 5),
            LineTo(x, y + 10),
            Close,
        ]);
        canvas.path(self.key("flag/tip"), "flag-tip", tip);
        let (high, low) = self.rows();
        let near = if self.stems >= self.top { 15 } else { 6 };
        let spots = [
            (x + near, high, Anchor::Start),
            (x - 6, high, Anchor::End),
            (x + 6, low, Anchor::Start),
            (x - 6, low, Anchor::End),
        ];
        self.tell(canvas, "flag/words", words, &spots);
    }

    fn pin(&mut self, canvas: &mut Canvas, stored: &OffsetPointer) {
        let words = &*stored.words;
        let Some(x) = self.stem(stored) else {
            return self.at_edge(canvas, "pin/words", stored);
        };
        let (y, bottom) = (self.stems + 6, self.bottom);
        self.hit(canvas, "pin/hit", x, words);
        let stem = Outline::new(&[MoveTo(x, y), VerticalTo(bottom)]);
        canvas.path(self.key("pin"), stored.class, stem);
        canvas.circle(self.key("pin/head"), "pin-head", (x, y), 5);
        let (high, low) = self.rows();
        let spots = [
            (x - 9, high, Anchor::End),
            (x + 9, high, Anchor::Start),
            (x - 9, low, Anchor::End),
            (x + 9, low, Anchor::Start),
        ];
        self.tell(canvas, "pin/words", words, &spots);
    }

    /// A place around a stem that is big enough for a thumb.
    fn hit(&self, canvas: &mut Canvas, key: &'static str, x: i32, words: &str) {
        let left = (x - HIT / 2).min(self.window.grid.width - HIT).max(0);
        let area = Area::new(left, self.top, HIT, self.bottom - self.top - 2);
        canvas
            .rect(self.key(key), "hit", area, 4)
            .about(Target::Actor(self.id), words);
    }

    /// An offset that is out of view: its label at the edge behind which it is.
    fn at_edge(&mut self, canvas: &mut Canvas, key: &'static str, pointer: &OffsetPointer) {
        let grid = self.window.grid;
        let (high, low) = self.rows();
        let words = &pointer.words;
        let (words, x, anchor) = if pointer.offset < self.window.from {
            (format!("‹ {words}"), grid.start(), Anchor::Start)
        } else {
            (format!("{words} ›"), grid.end(), Anchor::End)
        };
        let step = text::width(&words, Font::Strong) + 14;
        let step = if anchor == Anchor::Start { step } else { -step };
        let spots = [
            (x, high, anchor),
            (x, low, anchor),
            (x + step, high, anchor),
            (x + step, low, anchor),
            (x + 2 * step, high, anchor),
        ];
        self.tell(canvas, key, &words, &spots);
    }

    /// Writes a label at the first free spot, or else wherever there is room, first in the upper row.
    fn tell(&mut self, canvas: &mut Canvas, key: &'static str, words: &str, spots: &[Spot]) {
        let (high, low) = self.rows();
        let near = spots.first().map_or(0, |spot| spot.0);
        let mut spots = spots.to_vec();
        for y in [high, low] {
            spots.extend((1..24).map(|step| (near + 12 * step, y, Anchor::Start)));
            spots.extend((1..24).map(|step| (near - 12 * step, y, Anchor::End)));
        }
        let spots = spots.as_slice();
        if let Some((x, y, anchor)) = self.placer.place(words, Font::Strong, spots) {
            let style = (Font::Strong, "pin-words");
            canvas.text(self.key(key), style, (x, y), anchor, words);
        }
    }
}
