//! The files that all logs share, below the lanes: the youngest of them, oldest first, each with its end.

use alloc::format;
use alloc::vec::Vec;

use super::canvas::{About, Area, Canvas};
use super::grid::Grid;
use super::text::{self, Font};
use crate::explain::english;
use crate::view::key::{Key, KeyPiece};
use crate::view::model::{SharedFile, SharedFiles};
use crate::view::stage::{Anchor, Target};

/// Height of the line above the files.
const HEAD: i32 = 22;
/// Height of a file.
const FILE: i32 = 44;
/// Free space between two files.
const GAP: i32 = 6;
/// Width of the narrowest file.
const NARROW: i32 = 100;

/// Draws the files from `y` on; answers where they end.
pub(crate) fn draw(canvas: &mut Canvas, grid: Grid, files: &SharedFiles, y: i32) -> i32 {
    let width = grid.end() - grid.start();
    let base = y + 12;
    let (start, end) = (grid.start(), grid.end());
    let style = (Font::Name, "");
    canvas.text(
        Key::files("name"),
        style,
        (start, base),
        Anchor::Start,
        files.name,
    );
    let name_end = start + text::width(files.name, Font::Name) + 16;
    let room = width / NARROW;
    let fit = usize::try_from(room)
        .unwrap_or(1)
        .clamp(1, files.youngest.len().max(1));
    let shown = &files.youngest[files.youngest.len().saturating_sub(fit)..];
    let older = files.older + (files.youngest.len() - shown.len()) as u64;
    let words: Vec<alloc::string::String> = match older {
        0 => files.facts.clone(),
        n => {
            let more = format!("‹ {} older", english::number(n));
            let with = files.facts.iter().map(|words| format!("{more} · {words}"));
            with.chain(core::iter::once(more.clone())).collect()
        }
    };
    let wordings: Vec<&str> = words.iter().map(|words| &**words).collect();
    let facts = text::first_fit(&wordings, Font::Body, end - name_end);
    let muted = (Font::Body, "muted");
    canvas.text(Key::files("facts"), muted, (end, base), Anchor::End, facts);
    let count = i32::try_from(shown.len()).unwrap_or(1).max(1);
    let w = ((width + GAP) / count - GAP).min(260);
    for (i, file) in (0..).zip(shown) {
        let area = Area::new(start + i * (w + GAP), y + HEAD, w, FILE);
        draw_one(canvas, file, area);
    }
    y + HEAD + FILE
}

fn draw_one(canvas: &mut Canvas, file: &SharedFile, area: Area) {
    let key = |mark| Key::files(mark).of(KeyPiece::File(file.number));
    canvas
        .rect(key(""), format!("file {}", file.class), area, 4)
        .about(Target::File(file.number), file.label.clone());
    let written = Area {
        w: (area.w - 4) * i32::from(file.filled.min(1_000)) / 1_000,
        h: 5,
        x: area.x + 2,
        y: area.y + FILE - 7,
    };
    canvas.rect(key("written"), "file-written", written, 2);
    let lines = [
        ("name", Font::Strong, "", &file.names, area.y + 15),
        ("end", Font::Small, "muted", &file.ends, area.y + 31),
    ];
    for (mark, font, class, wordings, y) in lines {
        let wordings: Vec<&str> = wordings.iter().map(|words| &**words).collect();
        let words = text::first_fit(&wordings, font, area.w - 14);
        canvas.text(
            key(mark),
            (font, class),
            (area.x + 7, y),
            Anchor::Start,
            words,
        );
    }
}
