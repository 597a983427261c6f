//! Consumers below their lane: position flag, stored pin, what would be processed again, what waits.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use super::canvas::{About, Area, Canvas};
use super::pager::Pager;
use super::pins::Zone;
use super::text::{self, Font};
use super::{Scene, Sketch, program};
use crate::explain::english;
use crate::ids::ActorId;
use crate::view::key::Key;
use crate::view::model::{ConsumerModel, LogProgress, Waiting};
use crate::view::stage::{Anchor, PicturePart, Target};

/// Height of the zone of flags, pins and spans above a consumer's box.
pub(super) const ZONE: i32 = 48;
/// Free space below a consumer.
const GAP: i32 = 8;
/// Chips of what waits are as wide as this at least.
const CHIP: i32 = 46;

/// Draws a lane's consumers from `y` on; answers where they end. The stems of the first reach up to `cells_end`.
pub(crate) fn draw(scene: &Scene<'_>, canvas: &mut Canvas, y: i32, cells_end: i32) -> i32 {
    let mut y = y;
    for (i, (id, consumer)) in scene.consumers.iter().enumerate() {
        let stems = if i == 0 { cells_end } else { y + 4 };
        let one = One {
            scene,
            sketch: scene.sketch,
            id: *id,
        };
        y = one.draw(canvas, consumer.as_ref(), y, stems);
    }
    let pager = Pager {
        part: PicturePart::Consumers(scene.lane.id),
        thing: "consumer",
        y,
    };
    pager.draw(canvas, scene.sketch.grid, scene.group.consumers_page)
}

/// What someone processed and what waits, as a line under the cells, when they do not show it themselves.
pub(super) fn progress(
    scene: &Scene<'_>,
    canvas: &mut Canvas,
    key: Key,
    reading: &LogProgress,
    bottom: i32,
) {
    let spans = [
        ("done", "progress", reading.done),
        ("waits", "progress waiting", reading.waits),
    ];
    for (mark, class, records) in spans {
        if let Some((left, right)) = records.and_then(|records| scene.window.of(records)) {
            let area = Area::new(left, bottom - 6, right - left, 4);
            canvas.rect(key.named(mark), class, area, 2);
        }
    }
}

struct One<'a> {
    scene: &'a Scene<'a>,
    sketch: &'a Sketch<'a>,
    id: ActorId,
}

impl One<'_> {
    fn draw(
        &self,
        canvas: &mut Canvas,
        consumer: Option<&ConsumerModel>,
        y: i32,
        stems: i32,
    ) -> i32 {
        let grid = self.sketch.grid;
        let height = if grid.is_wide() { 48 } else { 72 };
        // Who reads several logs has its zone at each of them.
        let zone = match self.scene.group.readers.is_empty() {
            true => ZONE,
            false => GAP,
        };
        let area = Area::new(
            grid.start() - 2,
            y + zone,
            grid.end() - grid.start() + 4,
            height,
        );
        let end = area.y + area.h + GAP;
        let Some(consumer) = consumer else {
            program::ghost(self.sketch, canvas, self.key(""), self.id, area);
            return end;
        };
        self.body(canvas, consumer, area);
        let Some(reading) = &consumer.reading else {
            return end;
        };
        let of = (self.id, self.key(""));
        if self.scene.reader != Some(self.id) {
            progress(self.scene, canvas, of.1, reading, area.y);
        }
        // Offsets of a log that is not there point at nothing.
        if self.scene.lane.is_there {
            Zone::new(self.scene, of, (y, area.y), stems).draw(canvas, reading);
        }
        end
    }

    fn key(&self, mark: &'static str) -> Key {
        Key::actor(self.id, mark)
    }

    fn body(&self, canvas: &mut Canvas, consumer: &ConsumerModel, area: Area) {
        let program = &consumer.program;
        let link = self.sketch.moment.world.link(self.id);
        let state = program::state_class(program.state);
        let active = program::activity(self.sketch, self.id);
        let class = format!("actor consumer {state}{active}");
        canvas
            .rect(self.key(""), class, area, 8)
            .about(Target::Actor(self.id), program.label.clone());
        let faults = program::faults(link);
        let is_wide = self.sketch.grid.is_wide();
        let w = match is_wide && consumer.waiting.count > 0 {
            true => area.w / 2,
            false => area.w,
        };
        let beside = Area { w, ..area };
        let head = program::head(self.sketch, canvas, self.id, program, &faults, beside);
        let chips = self.chips(canvas, &consumer.waiting, area, head);
        let room = if is_wide { chips } else { area.right() } - area.x - 24;
        let flight = program::on_the_way(link);
        let longest = match (program.facts.first(), &*flight) {
            (Some(facts), "") => facts.clone(),
            (Some(facts), flight) => format!("{facts} · {flight}"),
            (None, _) => flight,
        };
        let facts = program.facts.iter().map(|words| &**words);
        let wordings: Vec<&str> = core::iter::once(&*longest).chain(facts).collect();
        let sub = text::first_fit(&wordings, Font::Body, room);
        let at = (area.x + 12, area.y + 38);
        let style = (Font::Body, "muted");
        canvas.text(self.key("sub"), style, at, Anchor::Start, sub);
    }

    /// What it was given and waits, at the right; answers where that begins.
    fn chips(&self, canvas: &mut Canvas, waiting: &Waiting, area: Area, head: i32) -> i32 {
        let wide = self.sketch.grid.is_wide();
        let right = area.right() - 10;
        if waiting.count == 0 {
            return right;
        }
        let most = waiting.oldest.len().min(if wide { 4 } else { 3 });
        let items = &waiting.oldest[..most];
        let widths = items
            .iter()
            .map(|item| text::width(&item.words, Font::Cell));
        let room = if wide { area.w / 2 } else { area.w - 60 };
        let chip = (widths.max().unwrap_or(0) + 10).clamp(CHIP, room);
        let fit = usize::try_from(room / (chip + 5)).unwrap_or(0).max(1);
        let items = &items[..most.min(fit)];
        let shown = items.len();
        let (more, more_width) = match waiting.count - shown {
            0 => (String::new(), 0),
            n => {
                let more = format!("+{}", english::number(n as u64));
                let width = text::width(&more, Font::Small) + 6;
                (more, width)
            }
        };
        let count = i32::try_from(shown).unwrap_or(0);
        let left = right - more_width - count * (chip + 5) + 5;
        let top = area.y + if wide { 20 } else { 44 };
        for (x, item) in (0..).zip(items) {
            let place = Area::new(left + x * (chip + 5), top, chip, 24);
            canvas
                .rect(self.key("").of(item.piece), "cell waiting", place, 3)
                .about(item.target, item.label.clone());
            let at = (place.x + chip / 2, top + 16);
            let words = text::fit(&item.words, Font::Cell, chip - 4);
            let key = self.key("n").of(item.piece);
            canvas.text(key, (Font::Cell, ""), at, Anchor::Middle, words);
        }
        let muted = (Font::Small, "muted");
        canvas.text(
            self.key("more"),
            muted,
            (right, top + 16),
            Anchor::End,
            more,
        );
        let (at, room) = if wide {
            ((right, area.y + 15), right - head - 12)
        } else {
            ((left - 8, top + 16), left - 8 - area.x)
        };
        let caption = text::first_fit(waiting.wordings, Font::Small, room);
        canvas.text(self.key("waiting"), muted, at, Anchor::End, caption);
        left
    }
}
