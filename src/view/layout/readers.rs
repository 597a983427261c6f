//! Those who read a log together with others, below each lane: flag, pin and spans as of a consumer, and a slim box
//! with name and numbers. The programs that read for them are drawn as consumers.

use alloc::vec::Vec;

use super::Scene;
use super::canvas::{About, Area, Canvas};
use super::consumers::{ZONE, progress};
use super::pager::Pager;
use super::pins::Zone;
use super::text::{self, Font};
use crate::ids::ActorId;
use crate::view::key::Key;
use crate::view::model::SharedReader;
use crate::view::stage::{Anchor, PicturePart, Target};

/// Height of a box.
const BOX: i32 = 26;
/// Free space below a box.
const GAP: i32 = 8;

/// Draws a lane's readers from `y` on; answers where they end. The stems of the first reach up to `cells_end`.
pub(crate) fn draw(scene: &Scene<'_>, canvas: &mut Canvas, y: i32, cells_end: i32) -> i32 {
    let grid = scene.sketch.grid;
    let mut y = y;
    for (i, (id, reader)) in scene.readers.iter().enumerate() {
        let stems = if i == 0 { cells_end } else { y + 4 };
        let (x, w) = (grid.start() - 2, grid.end() - grid.start() + 4);
        let area = Area::new(x, y + ZONE, w, BOX);
        match reader {
            Some(reader) => draw_one(scene, canvas, reader, area),
            None => super::program::ghost(scene.sketch, canvas, key(scene, *id), *id, area),
        }
        if let Some(reader) = reader.as_ref().filter(|_| scene.lane.is_there) {
            let key = key(scene, *id);
            if scene.reader != Some(*id) {
                progress(scene, canvas, key, &reader.reading, area.y);
            }
            Zone::new(scene, (*id, key), (y, area.y), stems).draw(canvas, &reader.reading);
        }
        y = area.y + area.h + GAP;
    }
    let pager = Pager {
        part: PicturePart::Readers(scene.lane.id),
        thing: "reader",
        y,
    };
    pager.draw(canvas, grid, scene.group.readers_page)
}

const fn key(scene: &Scene<'_>, id: ActorId) -> Key {
    Key::reader(scene.lane.id, id, "")
}

fn draw_one(scene: &Scene<'_>, canvas: &mut Canvas, reader: &SharedReader, area: Area) {
    let key = key(scene, reader.of);
    let class = match scene.sketch.is_active(reader.of) {
        true => "actor reader active",
        false => "actor reader",
    };
    canvas
        .rect(key, class, area, 6)
        .about(Target::Actor(reader.of), reader.sentence.clone());
    let y = area.y + 18;
    let kind_at = (area.x + 12, y);
    let style = (Font::Body, "muted");
    canvas.text(
        key.named("kind"),
        style,
        kind_at,
        Anchor::Start,
        reader.kind,
    );
    let x = kind_at.0 + text::width(reader.kind, Font::Body) + 6;
    let name = text::fit(&reader.name, Font::Name, area.w / 2);
    let end = x + text::width(&name, Font::Name) + 12;
    let style = (Font::Name, "");
    canvas.text(key.named("name"), style, (x, y), Anchor::Start, name);
    let wordings: Vec<&str> = reader.facts.iter().map(|words| &**words).collect();
    let facts = text::first_fit(&wordings, Font::Body, area.right() - 10 - end);
    let style = (Font::Body, "muted");
    canvas.text(key.named("facts"), style, (end, y), Anchor::Start, facts);
}
