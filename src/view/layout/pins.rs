//! Between a lane and a consumer: the flag at its position, the pin at its stored offset, and the span
//! between them in words. Places texts so that none covers another.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use super::Sketch;
use super::canvas::{About, Area, Canvas, Place as Spot, Placer};
use super::grid::{Place, Window};
use super::text::{self, Font};
use crate::explain::words;
use crate::family::rabbitmq::state::Consumer;
use crate::ids::{ActorId, Offset};
use crate::view::key::Key;
use crate::view::moment::LogView;
use crate::view::outline::Command::{Close, HorizontalTo, LineTo, MoveTo, VerticalTo};
use crate::view::outline::Outline;
use crate::view::stage::{Anchor, Target};

/// Draws the zone from `top` to the consumer's box at `bottom`; stems start at `stems`.
pub(crate) fn draw(
    sketch: &Sketch<'_>,
    canvas: &mut Canvas,
    (id, c): (ActorId, &Consumer),
    log: &LogView<'_>,
    window: Window,
    (top, bottom, stems): (i32, i32, i32),
) {
    // Offsets of a stream that is not there point at nothing.
    if !log.is_live() {
        return;
    }
    let grid = sketch.grid;
    let mut zone = Zone {
        id,
        window,
        top,
        bottom,
        stems,
        placer: Placer::new(grid.left(), grid.right()),
    };
    let stored = sketch.moment.facts().stored(c).map(Offset);
    let again = sketch.moment.again(c);
    zone.reserve(stored, c.position);
    let told = zone.span(canvas, again);
    zone.behind(canvas, sketch, c, log);
    if let Some(position) = c.position {
        zone.flag(canvas, position);
    }
    if let Some(stored) = stored {
        zone.pin(canvas, stored, c.position);
    }
    if let (Some((from, to)), false) = (again, told) {
        zone.tell_span(canvas, from, to);
    }
}

struct Zone {
    id: ActorId,
    window: Window,
    top: i32,
    bottom: i32,
    stems: i32,
    placer: Placer,
}

/// Height of a span.
const SPAN: i32 = 24;
/// Width of the place around a stem that can be pressed.
const HIT: i32 = 24;

impl Zone {
    fn key(&self, mark: &'static str) -> Key {
        Key::actor(self.id, mark)
    }

    /// Base lines of the two rows of texts.
    const fn rows(&self) -> (i32, i32) {
        (self.top + 14, self.bottom - 13)
    }

    /// Where the pin of an offset stands, where the flag.
    fn stem(&self, offset: Offset, is_flag: bool) -> Option<i32> {
        match self.window.place(offset) {
            Place::At(x) if is_flag => Some(x - 2),
            Place::At(x) => Some(x + self.window.grid.cell / 2),
            Place::Before | Place::Behind => None,
        }
    }

    /// No text crosses a stem.
    fn reserve(&mut self, stored: Option<Offset>, position: Option<Offset>) {
        let pin = stored.and_then(|o| self.stem(o, false));
        let flag = position.and_then(|o| self.stem(o, true));
        for x in [pin, flag].into_iter().flatten() {
            let area = Area::new(x - 2, self.top, 4, self.bottom - self.top);
            self.placer.take(area);
        }
    }

    /// The shaded span; answers whether its words stand in it.
    fn span(&mut self, canvas: &mut Canvas, again: Option<(Offset, Offset)>) -> bool {
        let Some((from, to)) = again else {
            return true;
        };
        let Some((left, right)) = self.window.extent(from, to) else {
            return false;
        };
        let area = Area::new(left, self.bottom - SPAN - 7, right - left, SPAN);
        let words = span_words(from, to);
        self.placer.take(area);
        canvas
            .rect(self.key("span"), "span", area, 4)
            .about(Target::Actor(self.id), words.clone());
        let short = format!("{} again", words::short_span(from.0, to.0 - from.0));
        let Some(words) = [words, short]
            .into_iter()
            .find(|w| text::width(w, Font::Strong) <= area.w - 8)
        else {
            return false;
        };
        let at = (area.x + area.w / 2, area.y + 16);
        let style = (Font::Strong, "again-words");
        canvas.text(self.key("span/words"), style, at, Anchor::Middle, words);
        true
    }

    /// The span's words beside it, or at the edge behind which it is.
    fn tell_span(&mut self, canvas: &mut Canvas, from: Offset, to: Offset) {
        let grid = self.window.grid;
        let (high, low) = self.rows();
        let words = span_words(from, to);
        let (left, right) = match self.window.extent(from, to) {
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
        let short = format!("{} again", words::short_span(from.0, to.0 - from.0));
        let tries = [
            (&words, near.as_slice()),
            (&short, near.as_slice()),
            (&words, far.as_slice()),
            (&short, far.as_slice()),
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

    /// A bracket over what it could still receive.
    fn behind(
        &mut self,
        canvas: &mut Canvas,
        sketch: &Sketch<'_>,
        c: &Consumer,
        log: &LogView<'_>,
    ) {
        let (Some(position), Some(behind)) = (c.position, sketch.moment.facts().behind(c)) else {
            return;
        };
        if behind == 0 {
            return;
        }
        let Some((left, right)) = self.window.extent(position, log.committed) else {
            return;
        };
        let (left, y) = (left + 4, self.bottom - 25);
        let open = log.committed > self.window.to();
        let mut d = Outline::new(&[MoveTo(left, y - 5), VerticalTo(y), HorizontalTo(right)]);
        if !open {
            d.draw(&[VerticalTo(y - 5)]);
        }
        canvas.path(self.key("behind"), "behind", d);
        let low = self.bottom - 10;
        let words = format!("{} behind", words::number(behind));
        let spots = [
            (left + (right - left) / 2, low, Anchor::Middle),
            (left, low, Anchor::Start),
            (right, low, Anchor::End),
        ];
        if let Some((x, y, anchor)) = self.placer.place(&words, Font::Body, &spots) {
            let style = (Font::Body, "muted");
            canvas.text(self.key("behind/words"), style, (x, y), anchor, words);
        }
    }

    fn flag(&mut self, canvas: &mut Canvas, position: Offset) {
        let words = format!("position {}", words::number(position.0));
        let Some(x) = self.stem(position, true) else {
            return self.at_edge(canvas, "flag/words", position, words);
        };
        let (y, bottom) = (self.stems + 2, self.bottom);
        self.hit(canvas, "flag/hit", x, &words);
        let stem = Outline::new(&[MoveTo(x, y), VerticalTo(bottom)]);
        canvas.path(self.key("flag"), "flag", stem);
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
        self.tell(canvas, "flag/words", &words, &spots);
    }

    fn pin(&mut self, canvas: &mut Canvas, stored: Offset, position: Option<Offset>) {
        let words = format!("stored {}", words::number(stored.0));
        let Some(x) = self.stem(stored, false) else {
            return self.at_edge(canvas, "pin/words", stored, words);
        };
        let (y, bottom) = (self.stems + 6, self.bottom);
        let ahead = position.is_some_and(|p| stored >= p);
        let class = if ahead { "pin ahead" } else { "pin" };
        self.hit(canvas, "pin/hit", x, &words);
        let stem = Outline::new(&[MoveTo(x, y), VerticalTo(bottom)]);
        canvas.path(self.key("pin"), class, stem);
        canvas.circle(self.key("pin/head"), "pin-head", (x, y), 5);
        let (high, low) = self.rows();
        let spots = [
            (x - 9, high, Anchor::End),
            (x + 9, high, Anchor::Start),
            (x - 9, low, Anchor::End),
            (x + 9, low, Anchor::Start),
        ];
        self.tell(canvas, "pin/words", &words, &spots);
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
    fn at_edge(&mut self, canvas: &mut Canvas, key: &'static str, offset: Offset, words: String) {
        let grid = self.window.grid;
        let (high, low) = self.rows();
        let (words, x, anchor) = if offset < self.window.from {
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

fn span_words(from: Offset, to: Offset) -> String {
    let span = words::short_span(from.0, to.0 - from.0);
    format!("{span} would be processed again")
}
