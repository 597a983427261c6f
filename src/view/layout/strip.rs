//! The whole stream in one strip, aggregated, with the window on it. Costs the same for any length.

use alloc::format;

use super::Sketch;
use super::canvas::{About, Area, Canvas};
use super::grid::Window;
use super::plan::Group;
use super::text::Font;
use crate::ids::Offset;
use crate::view::key::Key;
use crate::view::moment::LogView;
use crate::view::outline::Command::{Close, LineTo, MoveTo, VerticalTo};
use crate::view::outline::Outline;
use crate::view::stage::{Anchor, Part, Strip, Target};

/// Columns in which tracking is looked for.
const COLUMNS: u64 = 48;
/// Height of the strip.
const STRIP: i32 = 14;
/// Height of the row above it: words, and the way back to the action.
const WORDS: i32 = 34;

/// Whether a stream ever becomes longer than the window: then its strip has a place from the start.
pub(crate) fn is_needed(log: &LogView<'_>, cells: i32) -> bool {
    let last = log.arena.chunks.last().map_or(0, |row| row.chunk.next().0);
    last >= u64::from(cells.unsigned_abs())
}

/// Draws the strip from `y` on; answers where it is.
pub(crate) fn draw(
    sketch: &Sketch<'_>,
    canvas: &mut Canvas,
    group: &Group,
    log: &LogView<'_>,
    window: Window,
    y: i32,
) -> Strip {
    let grid = sketch.grid;
    let area = Area::new(grid.start(), y + WORDS, grid.end() - grid.start(), STRIP);
    let scale = Scale { log, area };
    let key = |mark| Key::stream(log.id, mark);
    let style = (Font::Small, "muted");
    canvas.text(
        key("strip/words"),
        style,
        (area.x, y + 20),
        Anchor::Start,
        "whole stream",
    );
    canvas.rect(key("strip/all"), "strip", area, 3);
    if let Some(reader) = super::reader(sketch, group) {
        for (name, class, from, to) in reads(sketch, reader) {
            if let Some((left, right)) = scale.extent(from, to) {
                let place = Area {
                    x: left,
                    w: right - left,
                    ..area
                };
                canvas.rect(key(name), class, place, 2);
            }
        }
    }
    if let Some((left, right)) = scale.extent(log.committed, log.next) {
        let place = Area {
            x: left,
            w: right - left,
            ..area
        };
        canvas.rect(key("strip/uncommitted"), "strip-uncommitted", place, 2);
    }
    let ticks = scale.tracking();
    if !ticks.is_empty() {
        canvas.path(key("strip/tracking"), "strip-tracking", ticks);
    }
    flags(sketch, canvas, group, &scale);
    handle(sketch, canvas, &scale, window);
    if super::plan::turned(sketch.options, Part::Cells(log.id)).is_some() {
        super::pager::follow(canvas, log.id, area.right(), y);
    }
    Strip {
        x: area.x,
        y: area.y,
        width: area.w.unsigned_abs(),
        height: area.h.unsigned_abs(),
        from: log.first,
        to: log.next,
    }
}

/// The window on the strip, and the handle by which it is moved.
fn handle(sketch: &Sketch<'_>, canvas: &mut Canvas, scale: &Scale<'_, '_>, window: Window) {
    let (grid, area, log) = (sketch.grid, scale.area, scale.log);
    let Some((left, right)) = scale.extent(window.from, window.to()) else {
        return;
    };
    let w = (right - left + 4).max(8);
    let x = (left - 2).min(grid.right() - w);
    let place = Area::new(x, area.y - 3, w, STRIP + 6);
    canvas.rect(
        Key::stream(log.id, "strip/window"),
        "strip-window",
        place,
        3,
    );
    // At least as wide as a thumb needs.
    let w = place.w.max(24);
    let left = (place.x + place.w / 2 - w / 2)
        .min(grid.right() - w)
        .max(grid.left());
    let place = Area::new(left, area.y - 5, w, STRIP + 10);
    let label = format!("window on stream {}", sketch.moment.stream_name(log.id));
    canvas
        .rect(Key::stream(log.id, "strip/handle"), "hit", place, 4)
        .about(Target::Window(log.id), label);
}

/// Parts of the stream as a consumer sees them.
fn reads(
    sketch: &Sketch<'_>,
    reader: crate::ids::ActorId,
) -> impl Iterator<Item = (&'static str, &'static str, Offset, Offset)> {
    let moment = &sketch.moment;
    let spans = moment.world.consumer(reader).map(|c| {
        let done = c.first.zip(c.position);
        let again = moment.again(c);
        [
            done.map(|(from, to)| ("strip/done", "strip-done", from, to)),
            again.map(|(from, to)| ("strip/again", "strip-again", from, to)),
        ]
    });
    spans.into_iter().flatten().flatten()
}

/// A small flag at each consumer's position.
fn flags(sketch: &Sketch<'_>, canvas: &mut Canvas, group: &Group, scale: &Scale<'_, '_>) {
    for id in &group.consumers {
        let position = sketch.moment.world.consumer(*id).and_then(|c| c.position);
        let Some(position) = position else {
            continue;
        };
        let x = scale.x(position.clamp(scale.log.first, scale.log.next));
        let y = scale.area.y;
        let d = Outline::new(&[
            MoveTo(x, y - 6),
            VerticalTo(y + STRIP),
            MoveTo(x, y - 6),
            LineTo(x + 7, y - 3),
            LineTo(x, y),
            Close,
        ]);
        canvas.path(Key::actor(*id, "strip-flag"), "strip-flag", d);
    }
}

struct Scale<'a, 'b> {
    log: &'b LogView<'a>,
    area: Area,
}

impl Scale<'_, '_> {
    /// Where an offset is.
    fn x(&self, offset: Offset) -> i32 {
        let length = u128::from(self.log.next.0.saturating_sub(self.log.first.0).max(1));
        let at = u128::from(offset.0.saturating_sub(self.log.first.0)).min(length);
        let w = u128::from(self.area.w.unsigned_abs());
        self.area.x + i32::try_from(at * w / length).unwrap_or(0)
    }

    /// From one offset to another, at least two units wide.
    fn extent(&self, from: Offset, to: Offset) -> Option<(i32, i32)> {
        let (from, to) = (from.max(self.log.first), to.min(self.log.next));
        if from >= to {
            return None;
        }
        let left = self.x(from).min(self.area.right() - 2);
        Some((left, self.x(to).max(left + 2)))
    }

    /// Ticks in the columns that hold tracking, as one path.
    fn tracking(&self) -> Outline {
        let mut d = Outline::default();
        let (first, next) = (self.log.first.0, self.log.next.0);
        let length = u128::from(next.saturating_sub(first));
        let offset = |column: u64| {
            let at = length * u128::from(column) / u128::from(COLUMNS);
            Offset(first + u64::try_from(at).unwrap_or(0))
        };
        for column in 0..COLUMNS {
            let (from, to) = (offset(column), offset(column + 1));
            if from < to && self.tracks(from, to) {
                let x = i32::midpoint(self.x(from), self.x(to));
                let (top, bottom) = (self.area.y + 2, self.area.y + STRIP - 2);
                d.draw(&[MoveTo(x, top), VerticalTo(bottom)]);
            }
        }
        d
    }

    /// Whether the chunks that begin from `from` on and below `to` hold tracking.
    fn tracks(&self, from: Offset, to: Offset) -> bool {
        let (log, arena) = (self.log.log, self.log.arena);
        let start = log.row_at(arena, from);
        let end = log.row_at(arena, to).or(log.last_row().map(|row| row + 1));
        match (start, end) {
            (Some(start), Some(end)) if start < end => arena.sums(start..end).tracking > 0,
            _ => false,
        }
    }
}

/// Height of the strip with its words.
pub(crate) const fn height() -> i32 {
    WORDS + STRIP + 10
}
