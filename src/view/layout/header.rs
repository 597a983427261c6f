//! Above a lane: what it is, its name and its facts.

use alloc::format;
use alloc::vec::Vec;

use super::Scene;
use super::canvas::{About, Area, Canvas};
use super::text::{self, Font};
use crate::view::key::Key;
use crate::view::stage::{Anchor, Target};

/// Draws the header from `y` on; answers where it ends.
pub(crate) fn draw(scene: &Scene<'_>, canvas: &mut Canvas, y: i32) -> i32 {
    let (grid, lane) = (scene.sketch.grid, &scene.lane);
    let base = y + 12;
    let width = grid.end() - grid.start();
    let kind_width = text::width(&format!("{} ", lane.kind), Font::Body);
    // Whoever is told from others by the end of a long name is worth more than all but the shortest facts.
    let shortest = lane
        .facts
        .last()
        .map_or(0, |words| text::width(words, Font::Body) + 16);
    let room = (width / 2).max(width - shortest) - kind_width;
    let name = text::fit(&lane.name, Font::Name, room);
    let at = (grid.start() + kind_width + 2, base);
    let name_end = at.0 + text::width(&name, Font::Name);
    let area = Area::new(grid.start() - 5, y - 6, name_end - grid.start() + 10, 24);
    let key = |mark| Key::stream(lane.id, mark);
    canvas
        .rect(key(""), "hit", area, 5)
        .about(Target::Stream(lane.id), lane.sentence.clone());
    let muted = (Font::Body, "muted");
    let start = (grid.start(), base);
    canvas.text(key("kind"), muted, start, Anchor::Start, lane.kind);
    canvas.text(key("name"), (Font::Name, ""), at, Anchor::Start, name);
    let wordings: Vec<&str> = lane.facts.iter().map(|words| &**words).collect();
    let facts = text::first_fit(&wordings, Font::Body, grid.end() - name_end - 16);
    let end = (grid.end(), base);
    canvas.text(key("facts"), muted, end, Anchor::End, facts);
    y + 24
}
