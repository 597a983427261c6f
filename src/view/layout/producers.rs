//! Producers above their lane, each with what it handed over and that is not confirmed.

use alloc::borrow::Cow;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use super::canvas::{About, Area, Canvas};
use super::pager::Pager;
use super::text::{self, Font};
use super::{Scene, Sketch, program};
use crate::ids::ActorId;
use crate::view::key::Key;
use crate::view::model::{ProducerModel, ProgramItem, ProgramModel, RunState, UnconfirmedMessages};
use crate::view::outline::Outline;
use crate::view::outline::PathCommand::{HorizontalTo, LineTo, MoveTo, VerticalTo};
use crate::view::stage::{Anchor, PicturePart, Target};

/// Height of a producer.
const BOX: i32 = 46;
/// Free space between producers, and between them and the lane.
const GAP: i32 = 10;
/// Room for the wires to the lane.
const WIRES: i32 = 26;

/// Draws a lane's producers from `y` on; answers where they end.
pub(crate) fn draw(scene: &Scene<'_>, canvas: &mut Canvas, y: i32) -> i32 {
    if scene.producers.is_empty() {
        return y;
    }
    let grid = scene.sketch.grid;
    let pager = Pager {
        part: PicturePart::Producers(scene.lane.id),
        thing: "producer",
        y,
    };
    let y = pager.draw(canvas, grid, scene.group.producers_page);
    let columns = if grid.is_wide() && scene.producers.len() > 1 {
        2
    } else {
        1
    };
    let slot = (grid.end() - grid.start() + GAP) / columns;
    let count = i32::try_from(scene.producers.len()).unwrap_or(1);
    let rows = (count + columns - 1) / columns;
    let bottom = y + rows * (BOX + GAP) - GAP;
    for (i, (id, producer)) in (0..).zip(&scene.producers) {
        let (column, row) = (i % columns, i / columns);
        let place = Area::new(
            grid.start() + column * slot,
            y + row * (BOX + GAP),
            slot - GAP,
            BOX,
        );
        let one = One {
            sketch: scene.sketch,
            id: *id,
            place,
            bottom,
            is_above_another: row + 1 < rows,
            is_in_several_rows: rows > 1,
        };
        one.draw(canvas, producer.as_ref());
    }
    bottom + WIRES
}

/// A producer's place among the others.
struct One<'a> {
    sketch: &'a Sketch<'a>,
    id: ActorId,
    /// All its room.
    place: Area,
    /// Where the lowest row of producers ends.
    bottom: i32,
    /// Whether there is another row below it.
    is_above_another: bool,
    is_in_several_rows: bool,
}

impl One<'_> {
    fn draw(&self, canvas: &mut Canvas, producer: Option<&ProducerModel>) {
        let place = self.place;
        let Some(producer) = producer else {
            let w = place.w.min(230);
            return program::ghost(
                self.sketch,
                canvas,
                self.key(""),
                self.id,
                Area { w, ..place },
            );
        };
        let widest = if self.sketch.grid.is_wide() { 230 } else { 184 };
        let area = Area {
            w: place.w.min(widest),
            ..place
        };
        let program = &producer.program;
        let state = program::state_class(program.state);
        let active = program::activity(self.sketch, self.id);
        let class = format!("actor producer {state}{active}");
        canvas
            .rect(self.key(""), class, area, 8)
            .about(Target::Actor(self.id), program.label.clone());
        program::head(self.sketch, canvas, self.id, program, "", area);
        let wordings: Vec<&str> = program.facts.iter().map(|words| &**words).collect();
        let sub = text::first_fit(&wordings, Font::Body, area.w - 24);
        let at = (area.x + 12, area.y + 36);
        let style = (Font::Body, "muted");
        canvas.text(self.key("sub"), style, at, Anchor::Start, sub);
        self.wire(canvas, program, area);
        let rest = Area::new(
            area.right() + 14,
            place.y,
            place.right() - area.right() - 14,
            BOX,
        );
        let faults = match self.is_above_another {
            true => program::faults(self.sketch.moment.world.link(self.id)),
            false => String::new(),
        };
        self.open(canvas, &producer.open, &faults, rest);
    }

    fn key(&self, mark: &'static str) -> Key {
        Key::actor(self.id, mark)
    }

    /// The link to the lane, with its faults and what is on it in words. Under a row of other producers it goes
    /// around them.
    fn wire(&self, canvas: &mut Canvas, program: &ProgramModel, area: Area) {
        let end = self.bottom + WIRES - 6;
        let mut d = Outline::default();
        let x = if self.is_above_another {
            let x = area.right() + 7;
            let start = MoveTo(area.right(), area.y + BOX / 2);
            d.draw(&[start, HorizontalTo(x), VerticalTo(end)]);
            x
        } else {
            let x = area.x + 76;
            d.draw(&[MoveTo(x, area.y + BOX), VerticalTo(end)]);
            x
        };
        let (left, right, top) = (x - 5, x + 5, end - 7);
        d.draw(&[MoveTo(left, top), LineTo(x, end), LineTo(right, top)]);
        let link = self.sketch.moment.world.link(self.id);
        let cut = if link.faults.is_empty() {
            ""
        } else {
            " faulty"
        };
        let moving = if link.messages_up + link.messages_down > 0 {
            " moving"
        } else {
            ""
        };
        if matches!(program.state, RunState::Running | RunState::Starting) {
            canvas.path(self.key("wire"), format!("wire{cut}{moving}"), d);
        }
        if self.is_above_another {
            return;
        }
        // The wires of the rows above come down beside the boxes.
        let mut x = match self.is_in_several_rows {
            true => area.right() + 18,
            false => x + 11,
        };
        let faults = program::faults(link);
        let faults = text::fit(&faults, Font::Small, self.place.right() - x);
        let end = x + text::width(&faults, Font::Small);
        let y = self.bottom + 16;
        if !faults.is_empty() {
            let style = (Font::Small, "state");
            canvas.text(self.key("faults"), style, (x, y), Anchor::Start, faults);
            x = end + 12;
        }
        let words = program::on_the_way(link);
        let words = text::fit(&words, Font::Small, self.place.right() - x);
        let style = (Font::Small, "muted");
        canvas.text(self.key("flight"), style, (x, y), Anchor::Start, words);
    }

    /// The window of what is not confirmed, and the faults of the link when they have no place beside it.
    fn open(&self, canvas: &mut Canvas, open: &UnconfirmedMessages, faults: &str, place: Area) {
        let mut many = &*open.caption;
        let at = (place.x, place.y + 13);
        if !faults.is_empty() {
            let words = text::fit(faults, Font::Small, place.w);
            let style = (Font::Small, "state");
            canvas.text(self.key("faults"), style, at, Anchor::Start, words);
            many = "";
        }
        let caption = text::first_fit(&[many, ""], Font::Body, place.w);
        let style = (Font::Body, "muted");
        canvas.text(self.key("open"), style, at, Anchor::Start, caption);
        let Some(youngest) = &open.youngest else {
            return;
        };
        let chip = (text::width(&youngest.words, Font::Cell) + 10).max(30);
        let room = usize::try_from((place.w + 4) / (chip + 4)).unwrap_or(0);
        for (x, (item, skipped)) in (0..).zip(sample(open, youngest, room)) {
            let area = Area::new(place.x + x * (chip + 4), place.y + 20, chip, 24);
            let (class, words) = match skipped {
                true => (
                    "cell unconfirmed cut",
                    Cow::Owned(format!("…{}", item.words)),
                ),
                false => ("cell unconfirmed", Cow::Borrowed(&*item.words)),
            };
            canvas
                .rect(self.key("").of(item.piece), class, area, 3)
                .about(item.target, item.label.clone());
            let words = text::fit(&words, Font::Cell, chip - 2);
            let at = (area.x + chip / 2, area.y + 16);
            let key = self.key("n").of(item.piece);
            canvas.text(key, (Font::Cell, ""), at, Anchor::Middle, words);
        }
    }
}

/// The oldest items and, when not all fit, the youngest one behind a gap.
fn sample<'a>(
    open: &'a UnconfirmedMessages,
    youngest: &'a ProgramItem,
    room: usize,
) -> Vec<(&'a ProgramItem, bool)> {
    let mut items: Vec<(&ProgramItem, bool)> =
        open.oldest.iter().map(|item| (item, false)).collect();
    items.truncate(room);
    if usize::try_from(open.count).is_ok_and(|count| count <= items.len()) {
        return items;
    }
    if let Some(end) = items.last_mut() {
        *end = (youngest, true);
    }
    items
}
