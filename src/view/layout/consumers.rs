//! Consumers below their lane: position flag, stored pin, what would be processed again, what waits.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use super::Sketch;
use super::canvas::{About, Area, Canvas};
use super::grid::Window;
use super::plan::Group;
use super::text::{self, Font};
use super::{pager, pins, program};
use crate::explain::words;
use crate::family::rabbitmq::state::Consumer;
use crate::ids::ActorId;
use crate::scenario::ast::Role;
use crate::view::key::{Key, Piece};
use crate::view::moment::LogView;
use crate::view::stage::{Anchor, Part, Target};

/// Height of the zone of flags, pins and spans above a consumer's box.
const ZONE: i32 = 48;
/// Free space below a consumer.
const GAP: i32 = 8;
/// Chips of waiting chunks are as wide as this at least.
const CHIP: i32 = 46;

/// Draws a group's consumers from `y` on; answers where they end. The stems of the first reach up to `cells_end`.
pub(crate) fn draw(
    sketch: &Sketch<'_>,
    canvas: &mut Canvas,
    group: &Group,
    log: &LogView<'_>,
    window: Window,
    (y, cells_end): (i32, i32),
) -> i32 {
    let mut y = y;
    let reader = super::reader(sketch, group);
    for (i, id) in group.consumers.iter().enumerate() {
        let stems = if i == 0 { cells_end } else { y + 4 };
        let one = One {
            sketch,
            id: *id,
            log,
            window,
            colours_cells: reader == Some(*id),
        };
        y = one.draw(canvas, y, stems);
    }
    let part = (Part::Consumers(group.stream), group.consumers_page);
    pager::draw(canvas, sketch.grid, part, "consumer", y)
}

struct One<'a, 'b> {
    sketch: &'b Sketch<'a>,
    id: ActorId,
    log: &'b LogView<'a>,
    window: Window,
    colours_cells: bool,
}

impl One<'_, '_> {
    fn draw(&self, canvas: &mut Canvas, y: i32, stems: i32) -> i32 {
        let grid = self.sketch.grid;
        let height = if grid.is_wide() { 48 } else { 72 };
        let area = Area::new(
            grid.start() - 2,
            y + ZONE,
            grid.end() - grid.start() + 4,
            height,
        );
        let end = area.y + area.h + GAP;
        let Some(c) = self.sketch.moment.world.consumer(self.id) else {
            program::ghost(self.sketch, canvas, self.id, area);
            return end;
        };
        self.body(canvas, c, area);
        if !self.colours_cells {
            self.progress(canvas, c, area.y);
        }
        pins::draw(
            self.sketch,
            canvas,
            (self.id, c),
            self.log,
            self.window,
            (y, area.y, stems),
        );
        end
    }

    /// What it processed and what waits, as a line under the cells, when they do not show it themselves.
    fn progress(&self, canvas: &mut Canvas, c: &Consumer, bottom: i32) {
        let Some(position) = c.position else {
            return;
        };
        let waits = c.waiting.back().map(|row| self.log.chunk(*row).next());
        let spans = [
            ("done", "progress", c.first.unwrap_or(position), position),
            (
                "waits",
                "progress waiting",
                position,
                waits.unwrap_or(position),
            ),
        ];
        for (key, class, from, to) in spans {
            if let Some((left, right)) = self.window.extent(from, to) {
                let area = Area::new(left, bottom - 6, right - left, 4);
                canvas.rect(self.key(key), class, area, 2);
            }
        }
    }

    fn key(&self, mark: &'static str) -> Key {
        Key::actor(self.id, mark)
    }

    fn body(&self, canvas: &mut Canvas, c: &Consumer, area: Area) {
        let state = program::state_class(c.state);
        let active = if self.sketch.is_active(self.id) {
            " active"
        } else {
            ""
        };
        canvas
            .rect(
                self.key(""),
                format!("actor consumer {state}{active}"),
                area,
                8,
            )
            .about(Target::Actor(self.id), self.label(c));
        let faults = program::faults(self.sketch.moment.world.link(self.id));
        let about = (c.state, Role::Consumer);
        let beside = match self.sketch.grid.is_wide() && !c.waiting.is_empty() {
            true => Area {
                w: area.w / 2,
                ..area
            },
            false => area,
        };
        let head = program::head(self.sketch, canvas, self.id, about, &faults, beside);
        let chips = self.chips(canvas, c, area, head);
        let narrow = !self.sketch.grid.is_wide();
        let room = if narrow { area.right() } else { chips } - area.x - 24;
        let lines = self.facts(c);
        let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
        let sub = text::first_fit(&lines, Font::Body, room);
        let at = (area.x + 12, area.y + 38);
        canvas.text(
            self.key("sub"),
            (Font::Body, "muted"),
            at,
            Anchor::Start,
            sub,
        );
    }

    /// Facts in several wordings, the longest first.
    fn facts(&self, c: &Consumer) -> [String; 4] {
        let facts = self.sketch.moment.facts();
        let received = format!("{} received", words::number(c.received));
        let again = match c.redelivered {
            0 => String::new(),
            n => format!(" · {} of them again", words::number(n)),
        };
        let credits = words::count(c.credits, "credit");
        let lag = facts.lag(c).map_or_else(String::new, |lag| {
            format!(" · offset lag {}", words::number(lag))
        });
        let flight = program::on_the_way(self.sketch.moment.world.link(self.id));
        let flight = if flight.is_empty() {
            flight
        } else {
            format!(" · {flight}")
        };
        [
            format!("{received}{again} · {credits}{lag}{flight}"),
            format!("{received}{again} · {credits}{lag}"),
            format!("{received}{again} · {credits}"),
            format!("{received}{again}"),
        ]
    }

    /// Chunks that were delivered and wait, at the right; answers where they begin.
    fn chips(&self, canvas: &mut Canvas, c: &Consumer, area: Area, head: i32) -> i32 {
        let wide = self.sketch.grid.is_wide();
        let right = area.right() - 10;
        if c.waiting.is_empty() {
            return right;
        }
        let most = if wide { 4 } else { 3 };
        let mut texts: Vec<(u32, String)> = c
            .waiting
            .iter()
            .take(most)
            .map(|row| (*row, self.rest_of(c, *row)))
            .collect();
        let widest = texts.iter().map(|(_, t)| text::width(t, Font::Cell)).max();
        let room = if wide { area.w / 2 } else { area.w - 60 };
        let chip = (widest.unwrap_or(0) + 10).clamp(CHIP, room);
        texts.truncate(usize::try_from(room / (chip + 5)).unwrap_or(0).max(1));
        let shown = texts.len();
        let hidden = c.waiting.len() - shown;
        let more = match hidden {
            0 => String::new(),
            n => format!("+{}", words::number(n as u64)),
        };
        let more_width = match hidden {
            0 => 0,
            _ => text::width(&more, Font::Small) + 6,
        };
        let count = i32::try_from(shown).unwrap_or(0);
        let left = right - more_width - count * (chip + 5) + 5;
        let top = area.y + if wide { 20 } else { 44 };
        for (x, (row, words)) in (0..).zip(&texts) {
            let place = Area::new(left + x * (chip + 5), top, chip, 24);
            let key = self.key("").of(Piece::Waiting(*row));
            canvas.rect(key, "cell waiting", place, 3).about(
                Target::Chunk(self.log.id, *row),
                format!("waiting: {words}"),
            );
            let at = (place.x + chip / 2, top + 16);
            let words = text::fit(words, Font::Cell, chip - 4);
            let key = self.key("n").of(Piece::Waiting(*row));
            canvas.text(key, (Font::Cell, ""), at, Anchor::Middle, words);
        }
        let at = (right, top + 16);
        canvas.text(
            self.key("more"),
            (Font::Small, "muted"),
            at,
            Anchor::End,
            more,
        );
        let (at, room) = if wide {
            ((right, area.y + 15), right - head - 12)
        } else {
            ((left - 8, top + 16), left - 8 - area.x)
        };
        let caption = text::first_fit(&["delivered, waiting", "waiting", ""], Font::Small, room);
        let style = (Font::Small, "muted");
        canvas.text(self.key("waiting"), style, at, Anchor::End, caption);
        left
    }

    /// What is left of a delivered chunk.
    fn rest_of(&self, c: &Consumer, row: u32) -> String {
        let chunk = self.log.chunk(row);
        let from = c.position.map_or(chunk.id, |p| p.max(chunk.id));
        words::short_span(from.0, chunk.next().0.saturating_sub(from.0))
    }

    fn label(&self, c: &Consumer) -> String {
        let name = self.sketch.moment.name(self.id);
        let state = crate::family::rabbitmq::facts::state_word(c.state, Role::Consumer);
        let none = || String::from("none");
        let position = c.position.map_or_else(none, |p| words::number(p.0));
        let stored = self.sketch.moment.facts().stored(c);
        let stored = stored.map_or_else(none, words::number);
        format!(
            "consumer {name}, {state}: position {position}, stored {stored}, received {}",
            words::number(c.received)
        )
    }
}
