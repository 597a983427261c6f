//! The whole log in one strip, aggregated, with the window on it. Costs the same for any length.

use alloc::format;

use super::Scene;
use super::canvas::{About, Area, Canvas};
use super::pager::Pager;
use super::plan::turned;
use super::text::Font;
use crate::base::divide;
use crate::ids::Offset;
use crate::view::key::Key;
use crate::view::model::{Lane, LogOffsets, LogProgress};
use crate::view::outline::Outline;
use crate::view::outline::PathCommand::{Close, LineTo, MoveTo, VerticalTo};
use crate::view::stage::{Anchor, PicturePart, Strip, Target};

/// Pieces of the whole log that may have a tick.
pub(crate) const PIECES: u64 = 48;
/// Height of the strip.
const STRIP: i32 = 14;
/// Height of the row above it: words, and the way back to the action.
const WORDS: i32 = 34;

/// Whether a log ever becomes longer than the window: then its strip has a place from the start.
pub(crate) fn is_needed(lane: &Lane, cells: i32) -> bool {
    lane.furthest.0 >= u64::from(cells.unsigned_abs())
}

/// Draws the strip from `y` on; answers where it is.
pub(crate) fn draw(scene: &Scene<'_>, canvas: &mut Canvas, y: i32) -> Strip {
    let (grid, lane) = (scene.sketch.grid, &scene.lane);
    let area = Area::new(grid.start(), y + WORDS, grid.end() - grid.start(), STRIP);
    let scale = Scale { lane, area };
    let key = |mark| Key::stream(lane.id, mark);
    let style = (Font::Small, "muted");
    let words = format!("whole {}", lane.kind);
    let at = (area.x, y + 20);
    canvas.text(key("strip/words"), style, at, Anchor::Start, words);
    canvas.rect(key("strip/all"), "strip", area, 3);
    let uncommitted = LogOffsets {
        from: lane.committed,
        to: lane.next,
    };
    let reader = reader(scene);
    let spans = [
        ("strip/done", "strip-done", reader.and_then(|c| c.done)),
        (
            "strip/again",
            "strip-again",
            reader.and_then(|c| c.again.as_ref().map(|again| again.offsets)),
        ),
        ("strip/uncommitted", "strip-uncommitted", Some(uncommitted)),
    ];
    for (mark, class, records) in spans {
        if let Some((left, right)) = records.and_then(|records| scale.of(records)) {
            let place = Area {
                x: left,
                w: right - left,
                ..area
            };
            canvas.rect(key(mark), class, place, 2);
        }
    }
    let ticks = scale.ticks(&scene.contents.ticks);
    if !ticks.is_empty() {
        canvas.path(key("strip/tracking"), "strip-tracking", ticks);
    }
    flags(scene, canvas, &scale);
    handle(scene, canvas, &scale);
    if turned(scene.sketch.options, PicturePart::Cells(lane.id)).is_some() {
        let pager = Pager {
            part: PicturePart::Cells(lane.id),
            thing: "cell",
            y,
        };
        pager.draw_follow(canvas, area.right());
    }
    Strip {
        x: area.x,
        y: area.y,
        width: area.w.unsigned_abs(),
        height: area.h.unsigned_abs(),
        from: lane.first,
        to: lane.next,
    }
}

/// What the consumer or reader has of the log whose progress colours the lane.
fn reader<'a>(scene: &'a Scene<'_>) -> Option<&'a LogProgress> {
    let mut readings = scene.readings();
    let (_, _, reading) = readings.find(|(id, ..)| Some(*id) == scene.reader)?;
    Some(reading)
}

/// The window on the strip, and the handle by which it is moved.
fn handle(scene: &Scene<'_>, canvas: &mut Canvas, scale: &Scale<'_>) {
    let (grid, area, lane) = (scene.sketch.grid, scale.area, scale.lane);
    let shown = LogOffsets {
        from: scene.window.from,
        to: scene.window.to(),
    };
    let Some((left, right)) = scale.of(shown) else {
        return;
    };
    let w = (right - left + 4).max(8);
    let x = (left - 2).min(grid.right() - w);
    let place = Area::new(x, area.y - 3, w, STRIP + 6);
    canvas.rect(
        Key::stream(lane.id, "strip/window"),
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
    let label = format!("window on {} {}", lane.kind, lane.name);
    canvas
        .rect(Key::stream(lane.id, "strip/handle"), "hit", place, 4)
        .about(Target::Window(lane.id), label);
}

/// A small flag at each position.
fn flags(scene: &Scene<'_>, canvas: &mut Canvas, scale: &Scale<'_>) {
    for (_, key, reading) in scene.readings() {
        let Some(position) = &reading.position else {
            continue;
        };
        let x = scale.x(position.offset.clamp(scale.lane.first, scale.lane.next));
        let y = scale.area.y;
        let d = Outline::new(&[
            MoveTo(x, y - 6),
            VerticalTo(y + STRIP),
            MoveTo(x, y - 6),
            LineTo(x + 7, y - 3),
            LineTo(x, y),
            Close,
        ]);
        canvas.path(key.named("strip-flag"), "strip-flag", d);
    }
}

struct Scale<'a> {
    lane: &'a Lane,
    area: Area,
}

impl Scale<'_> {
    /// Where an offset is.
    fn x(&self, offset: Offset) -> i32 {
        let length = u128::from(self.lane.next.0.saturating_sub(self.lane.first.0).max(1));
        let at = u128::from(offset.0.saturating_sub(self.lane.first.0)).min(length);
        let w = u128::from(self.area.w.unsigned_abs());
        self.area.x + i32::try_from(divide(at * w, length)).unwrap_or(0)
    }

    /// Left and right end of records, at least two units from each other.
    fn of(&self, records: LogOffsets) -> Option<(i32, i32)> {
        let from = records.from.max(self.lane.first);
        let to = records.to.min(self.lane.next);
        if from >= to {
            return None;
        }
        let left = self.x(from).min(self.area.right() - 2);
        Some((left, self.x(to).max(left + 2)))
    }

    /// Ticks in the middle of these pieces, as one path.
    fn ticks(&self, pieces: &[LogOffsets]) -> Outline {
        let mut d = Outline::default();
        let (top, bottom) = (self.area.y + 2, self.area.y + STRIP - 2);
        for piece in pieces {
            let x = i32::midpoint(self.x(piece.from), self.x(piece.to));
            d.draw(&[MoveTo(x, top), VerticalTo(bottom)]);
        }
        d
    }
}

/// Height of the strip with its words.
pub(crate) const fn height() -> i32 {
    WORDS + STRIP + 10
}
