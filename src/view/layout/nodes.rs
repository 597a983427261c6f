//! The nodes of a cluster below a lane: what each has of the log, and what is committed.

use alloc::format;

use super::Scene;
use super::canvas::{About, Area, Canvas};
use super::grid::OffsetPosition;
use super::text::{self, Font};
use crate::view::key::{Key, KeyPiece};
use crate::view::model::NodeRow;
use crate::view::outline::Outline;
use crate::view::outline::PathCommand::{MoveTo, VerticalTo};
use crate::view::stage::{Anchor, Target};

/// Height of a node's row.
const ROW: i32 = 28;

/// Draws the nodes from `y` on, when there are several; answers where they end.
pub(crate) fn draw(scene: &Scene<'_>, canvas: &mut Canvas, y: i32) -> i32 {
    let nodes = &scene.lane.nodes;
    if nodes.is_empty() {
        return y;
    }
    let top = y + 6;
    let mut y = top;
    for node in nodes {
        row(scene, canvas, node, y);
        y += ROW;
    }
    committed(scene, canvas, top, y);
    y + 18
}

fn row(scene: &Scene<'_>, canvas: &mut Canvas, node: &NodeRow, y: i32) {
    let (grid, class) = (scene.window.grid, node.class);
    let track = Area::new(grid.start() - 2, y + 15, grid.end() - grid.start() + 4, 9);
    let key = |mark| Key::stream(scene.lane.id, mark).of(KeyPiece::Node(node.node));
    canvas.rect(key("track"), format!("{class} track"), track, 4);
    if let Some((left, right)) = scene.window.of(node.has) {
        let area = Area {
            x: left,
            w: right - left,
            ..track
        };
        canvas.rect(key("has"), format!("{class} has"), area, 4);
    }
    let hit = Area::new(track.x, y, track.w, ROW - 2);
    canvas
        .rect(key(""), "hit", hit, 4)
        .about(Target::Node(node.node), node.words.clone());
    let words = text::fit(&node.words, Font::Small, grid.end() - grid.start());
    let style = (Font::Small, if node.is_up { "" } else { "state" });
    let at = (grid.start(), y + 11);
    canvas.text(key("words"), style, at, Anchor::Start, words);
}

/// The line up to which the cluster has committed.
fn committed(scene: &Scene<'_>, canvas: &mut Canvas, top: i32, bottom: i32) {
    let grid = scene.window.grid;
    let x = match scene.window.place(scene.lane.committed) {
        OffsetPosition::At(x) => x - 2,
        OffsetPosition::Before => grid.start() - 4,
        OffsetPosition::Behind => grid.end() + 3,
    };
    let key = |mark| Key::stream(scene.lane.id, mark);
    // Across the tracks only: the words between them stay whole.
    let mut d = Outline::default();
    for y in (top..bottom).step_by(ROW as usize) {
        d.draw(&[MoveTo(x, y + 13), VerticalTo(y + 26)]);
    }
    canvas.path(key("committed"), "committed", d);
    let words = &scene.lane.committed_words;
    let w = text::width(words, Font::Strong);
    let at = ((x - w / 2).clamp(grid.start(), grid.end() - w), bottom + 13);
    let style = (Font::Strong, "end");
    canvas.text(key("committed/words"), style, at, Anchor::Start, &**words);
}
