//! The nodes of a cluster below a lane: what each has of the stream, who leads, what is committed.

use alloc::format;
use alloc::string::String;

use super::Sketch;
use super::canvas::{About, Area, Canvas};
use super::grid::{Place, Window};
use super::text::{self, Font};
use crate::explain::words;
use crate::family::rabbitmq::state::NodeLog;
use crate::ids::NodeId;
use crate::view::key::{Key, Piece};
use crate::view::moment::LogView;
use crate::view::outline::Command::{MoveTo, VerticalTo};
use crate::view::outline::Outline;
use crate::view::stage::{Anchor, Target};

/// Height of a node's row.
const ROW: i32 = 28;

/// Draws the nodes from `y` on, when there are several; answers where they end.
pub(crate) fn draw(
    sketch: &Sketch<'_>,
    canvas: &mut Canvas,
    log: &LogView<'_>,
    window: Window,
    y: i32,
) -> i32 {
    if log.stream.logs.len() < 2 {
        return y;
    }
    let top = y + 6;
    let mut y = top;
    for (number, node_log) in (1..).zip(&log.stream.logs) {
        row(sketch, canvas, log, window, (NodeId(number), node_log), y);
        y += ROW;
    }
    committed(canvas, log, window, (top, y));
    y + 18
}

fn row(
    sketch: &Sketch<'_>,
    canvas: &mut Canvas,
    log: &LogView<'_>,
    window: Window,
    (node, node_log): (NodeId, &NodeLog),
    y: i32,
) {
    let grid = window.grid;
    let state = sketch.moment.world.nodes[usize::from(node.0) - 1];
    let leads = log.stream.leader == Some(node);
    let (first, next) = (node_log.first(log.arena), node_log.next(log.arena));
    let has = match next.0.saturating_sub(first.0) {
        0 => String::from("has nothing"),
        n => format!("has {}", words::short_span(first.0, n)),
    };
    let role = match (state.up, leads) {
        (false, _) => "down",
        (true, true) => "leader",
        (true, false) => "replica",
    };
    let cut = if state.cut {
        ", cut off from the others"
    } else {
        ""
    };
    let epoch = if leads {
        format!(", epoch {}", log.stream.epoch)
    } else {
        String::new()
    };
    let words = format!("node {node} · {role}{epoch}{cut} · {has}");
    let class = match (state.up, state.cut, leads) {
        (false, ..) => "node down",
        (true, true, _) => "node cut",
        (true, false, true) => "node leader",
        (true, false, false) => "node",
    };
    let track = Area::new(grid.start() - 2, y + 15, grid.end() - grid.start() + 4, 9);
    let key = |mark| Key::stream(log.id, mark).of(Piece::Node(node));
    canvas.rect(key("track"), format!("{class} track"), track, 4);
    if let Some((left, right)) = window.extent(first, next) {
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
        .about(Target::Node(node), words.clone());
    let words = text::fit(&words, Font::Small, grid.end() - grid.start());
    let style = (Font::Small, if state.up { "" } else { "state" });
    canvas.text(
        key("words"),
        style,
        (grid.start(), y + 11),
        Anchor::Start,
        words,
    );
}

/// The line up to which the cluster has committed.
fn committed(canvas: &mut Canvas, log: &LogView<'_>, window: Window, (top, bottom): (i32, i32)) {
    let grid = window.grid;
    let x = match window.place(log.committed) {
        Place::At(x) => x - 2,
        Place::Before => grid.start() - 4,
        Place::Behind => grid.end() + 3,
    };
    // Across the tracks only: the words between them stay whole.
    let mut d = Outline::default();
    for y in (top..bottom).step_by(ROW as usize) {
        d.draw(&[MoveTo(x, y + 13), VerticalTo(y + 26)]);
    }
    canvas.path(Key::stream(log.id, "committed"), "committed", d);
    let words = match log.stream.committed {
        None => String::from("nothing committed"),
        Some(_) => format!("committed below {}", words::number(log.committed.0)),
    };
    let w = text::width(&words, Font::Strong);
    let x = (x - w / 2).clamp(grid.start(), grid.end() - w);
    canvas.text(
        Key::stream(log.id, "committed/words"),
        (Font::Strong, "end"),
        (x, bottom + 13),
        Anchor::Start,
        words,
    );
}
