//! Producers above their lane, each with its window of unconfirmed ids. Reads programs at a moment.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use super::Sketch;
use super::canvas::{About, Area, Canvas};
use super::plan::Group;
use super::text::{self, Font};
use super::{pager, program};
use crate::explain::words;
use crate::family::rabbitmq::state::{ActorState, Producer};
use crate::ids::ActorId;
use crate::scenario::ast::Role;
use crate::view::key::{Key, Piece};
use crate::view::outline::Command::{HorizontalTo, LineTo, MoveTo, VerticalTo};
use crate::view::outline::Outline;
use crate::view::stage::{Anchor, Part, Target};

/// Height of a producer.
const BOX: i32 = 46;
/// Free space between producers, and between them and the lane.
const GAP: i32 = 10;
/// Room for the wires to the lane.
const WIRES: i32 = 26;

/// Draws a group's producers from `y` on; answers where they end.
pub(crate) fn draw(sketch: &Sketch<'_>, canvas: &mut Canvas, group: &Group, y: i32) -> i32 {
    if group.producers.is_empty() {
        return y;
    }
    let grid = sketch.grid;
    let part = (Part::Producers(group.stream), group.producers_page);
    let y = pager::draw(canvas, grid, part, "producer", y);
    let columns = if grid.is_wide() && group.producers.len() > 1 {
        2
    } else {
        1
    };
    let slot = (grid.end() - grid.start() + GAP) / columns;
    let count = i32::try_from(group.producers.len()).unwrap_or(1);
    let rows = (count + columns - 1) / columns;
    let bottom = y + rows * (BOX + GAP) - GAP;
    for (i, id) in (0..).zip(&group.producers) {
        let (column, row) = (i % columns, i / columns);
        let place = Area::new(
            grid.start() + column * slot,
            y + row * (BOX + GAP),
            slot - GAP,
            BOX,
        );
        one(
            sketch,
            canvas,
            *id,
            place,
            (bottom, row + 1 < rows, rows > 1),
        );
    }
    bottom + WIRES
}

fn one(
    sketch: &Sketch<'_>,
    canvas: &mut Canvas,
    id: ActorId,
    place: Area,
    (bottom, above_another, beside): (i32, bool, bool),
) {
    let Some(p) = sketch.moment.world.producer(id) else {
        let area = Area {
            w: place.w.min(230),
            ..place
        };
        return program::ghost(sketch, canvas, id, area);
    };
    let area = Area {
        w: place.w.min(if sketch.grid.is_wide() { 230 } else { 184 }),
        ..place
    };
    let state = program::state_class(p.state);
    let active = if sketch.is_active(id) { " active" } else { "" };
    canvas
        .rect(
            Key::actor(id, ""),
            format!("actor producer {state}{active}"),
            area,
            8,
        )
        .about(Target::Actor(id), label(sketch, id, p));
    program::head(sketch, canvas, id, (p.state, Role::Producer), "", area);
    let sent = format!("sent {}", words::number(p.sent));
    let confirmed = format!("confirmed {}", words::number(p.confirmed));
    let mut full = format!("{sent} · {confirmed}");
    if p.deduplicated > 0 {
        full.push_str(&format!(" · {} duplicate", words::number(p.deduplicated)));
    }
    if p.errors > 0 {
        full.push_str(&format!(" · {} refused", words::number(p.errors)));
    }
    let both = format!("{sent} · {confirmed}");
    let sub = text::first_fit(&[&full, &both, &confirmed], Font::Body, area.w - 24);
    let at = (area.x + 12, area.y + 36);
    canvas.text(
        Key::actor(id, "sub"),
        (Font::Body, "muted"),
        at,
        Anchor::Start,
        sub,
    );
    wire(
        sketch,
        canvas,
        (id, p.state),
        place,
        area,
        (bottom, above_another, beside),
    );
    let rest = Area::new(
        area.right() + 14,
        place.y,
        place.right() - area.right() - 14,
        BOX,
    );
    let faults = match above_another {
        true => program::faults(sketch.moment.world.link(id)),
        false => String::new(),
    };
    ids(canvas, id, p, &faults, rest);
}

/// The link to the lane, with its faults and what is on it in words. Under a row of other producers it goes
/// around them.
fn wire(
    sketch: &Sketch<'_>,
    canvas: &mut Canvas,
    (id, state): (ActorId, ActorState),
    place: Area,
    area: Area,
    (bottom, above_another, beside): (i32, bool, bool),
) {
    let end = bottom + WIRES - 6;
    let mut d = Outline::default();
    let x = if above_another {
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
    let actor = sketch.moment.world.link(id);
    let cut = if actor.faults.is_empty() {
        ""
    } else {
        " faulty"
    };
    let moving = if actor.messages_up + actor.messages_down > 0 {
        " moving"
    } else {
        ""
    };
    if matches!(state, ActorState::Running | ActorState::Starting) {
        let class = format!("wire{cut}{moving}");
        canvas.path(Key::actor(id, "wire"), class, d);
    }
    if above_another {
        return;
    }
    // The wires of the rows above come down beside the boxes.
    let mut x = if beside { area.right() + 18 } else { x + 11 };
    let faults = program::faults(actor);
    let faults = text::fit(&faults, Font::Small, place.right() - x);
    let end = x + text::width(&faults, Font::Small);
    let y = bottom + 16;
    let style = (Font::Small, "state");
    let key = |mark| Key::actor(id, mark);
    if !faults.is_empty() {
        canvas.text(key("faults"), style, (x, y), Anchor::Start, faults);
        x = end + 12;
    }
    let words = program::on_the_way(actor);
    let words = text::fit(&words, Font::Small, place.right() - x);
    let style = (Font::Small, "muted");
    canvas.text(key("flight"), style, (x, y), Anchor::Start, words);
}

/// The window of unconfirmed ids, and the faults of the link when they have no place beside it.
fn ids(canvas: &mut Canvas, id: ActorId, p: &Producer, faults: &str, place: Area) {
    let open = p.unconfirmed.len();
    let mut many = match (open, p.sent) {
        (0, 0) => String::new(),
        (0, _) => "nothing unconfirmed".into(),
        _ => format!("{} unconfirmed", words::number(open)),
    };
    let at = (place.x, place.y + 13);
    if !faults.is_empty() {
        let words = text::fit(faults, Font::Small, place.w);
        let key = Key::actor(id, "faults");
        canvas.text(key, (Font::Small, "state"), at, Anchor::Start, words);
        many.clear();
    }
    let caption = text::first_fit(&[&many, ""], Font::Body, place.w);
    let style = (Font::Body, "muted");
    canvas.text(Key::actor(id, "open"), style, at, Anchor::Start, caption);
    let Some(last) = p.unconfirmed.ranges().last().map(|r| r.1) else {
        return;
    };
    let chip = (text::width(&words::number(last), Font::Cell) + 10).max(30);
    let room = usize::try_from((place.w + 4) / (chip + 4))
        .unwrap_or(0)
        .min(16);
    for (x, (number, skipped)) in (0..).zip(sample(p, room)) {
        let area = Area::new(place.x + x * (chip + 4), place.y + 20, chip, 24);
        let class = if skipped {
            "cell unconfirmed cut"
        } else {
            "cell unconfirmed"
        };
        let label = format!("publishing id {}, not confirmed", words::number(number));
        canvas
            .rect(Key::actor(id, "").of(Piece::Id(number)), class, area, 3)
            .about(Target::PublishingId(id, number), label);
        let words = words::number(number);
        let words = if skipped {
            format!("…{words}")
        } else {
            words
        };
        let words = text::fit(&words, Font::Cell, chip - 2);
        let at = (area.x + chip / 2, area.y + 16);
        let key = Key::actor(id, "n").of(Piece::Id(number));
        canvas.text(key, (Font::Cell, ""), at, Anchor::Middle, words);
    }
}

/// The first ids and, when not all fit, the last one behind a gap.
fn sample(p: &Producer, room: usize) -> Vec<(u64, bool)> {
    let all = p.unconfirmed.ranges().iter().flat_map(|&(a, b)| a..=b);
    let mut ids: Vec<(u64, bool)> = all.take(room).map(|id| (id, false)).collect();
    if p.unconfirmed.len() > room as u64
        && let (Some(end), Some(last)) = (ids.last_mut(), p.unconfirmed.ranges().last())
    {
        *end = (last.1, true);
    }
    ids
}

fn label(sketch: &Sketch<'_>, id: ActorId, p: &Producer) -> String {
    let name = sketch.moment.name(id);
    let state = crate::family::rabbitmq::facts::state_word(p.state, Role::Producer);
    format!(
        "producer {name}, {state}: sent {}, confirmed {}, unconfirmed {}",
        words::number(p.sent),
        words::number(p.confirmed),
        words::number(p.unconfirmed.len())
    )
}
