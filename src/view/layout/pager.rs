//! A row of small buttons where less is drawn than there is: how many are hidden on either side, and the ways
//! to them. Knows counts and words, no stream and no program.

use alloc::format;
use alloc::string::String;

use super::canvas::{About, Area, Canvas};
use super::grid::Grid;
use super::plan::Page;
use super::text::{self, Font};
use crate::explain::words;
use crate::view::key::{Key, Piece};
use crate::view::stage::{Anchor, Part, Target};

/// Height of a row of buttons with the space below it.
pub(crate) const HEIGHT: i32 = 32;
/// Height of a button: enough for a thumb.
const BUTTON: i32 = 24;

/// Draws the row of a part from `y` on; answers where it ends. Nothing when all is drawn.
pub(crate) fn draw(
    canvas: &mut Canvas,
    grid: Grid,
    (part, page): (Part, Page),
    thing: &str,
    y: i32,
) -> i32 {
    if !page.is_cut() {
        return y;
    }
    let row = Row { part, thing, y };
    let number = |n: usize| words::number(u64::try_from(n).unwrap_or(u64::MAX));
    let (before, behind) = (page.from, page.all - page.to);
    let mut x = grid.start();
    if before > 0 {
        let to = page.from.saturating_sub(page.room);
        let words = format!("‹ {} before", number(before));
        let label = format!("{} before: draw those", row.count(before));
        x = row.button(
            canvas,
            "before",
            (x, Anchor::Start),
            &words,
            label,
            Some(to),
        ) + 10;
    }
    let shown = format!(
        "{}–{} of {}",
        number(page.from + 1),
        number(page.to),
        row.count(page.all)
    );
    let mut right = grid.end();
    if page.turned {
        let label = format!("follow the action again: {thing}s");
        let words = if grid.is_wide() { FOLLOW } else { "follow" };
        right = row.button(canvas, "follow", (right, Anchor::End), words, label, None) - 10;
    }
    if behind > 0 {
        let words = format!("{} more ›", number(behind));
        let label = format!("{} behind: draw those", row.count(behind));
        let at = (right, Anchor::End);
        right = row.button(canvas, "behind", at, &words, label, Some(page.to)) - 10;
    }
    let short = format!("{}–{}", number(page.from + 1), number(page.to));
    let words = text::first_fit(&[&shown, &short, ""], Font::Body, right - x);
    let style = (Font::Body, "muted");
    canvas.text(row.key("words"), style, (x, y + 17), Anchor::Start, words);
    y + HEIGHT
}

/// What the way back to the action is called.
const FOLLOW: &str = "follow the action";

/// The way back to the action of cells that were dragged, right-aligned at `right`.
pub(crate) fn follow(canvas: &mut Canvas, stream: crate::ids::StreamId, right: i32, y: i32) {
    let part = Part::Cells(stream);
    let row = Row {
        part,
        thing: "cell",
        y,
    };
    let label = String::from("follow the action again: cells");
    row.button(canvas, "follow", (right, Anchor::End), FOLLOW, label, None);
}

struct Row<'a> {
    part: Part,
    thing: &'a str,
    y: i32,
}

impl Row<'_> {
    fn key(&self, mark: &'static str) -> Key {
        Key::part(self.part, mark)
    }

    fn count(&self, n: usize) -> String {
        words::count(u64::try_from(n).unwrap_or(u64::MAX), self.thing)
    }

    /// A button; answers its far end.
    fn button(
        &self,
        canvas: &mut Canvas,
        name: &'static str,
        (x, anchor): (i32, Anchor),
        words: &str,
        label: String,
        to: Option<usize>,
    ) -> i32 {
        let w = text::width(words, Font::Body) + 18;
        let left = match anchor {
            Anchor::Start => x,
            Anchor::Middle => x - w / 2,
            Anchor::End => x - w,
        };
        let area = Area::new(left, self.y, w, BUTTON);
        let to = to.map(|to| u64::try_from(to).unwrap_or(u64::MAX));
        canvas
            .rect(self.key("").of(Piece::Button(name)), "turn", area, 6)
            .about(Target::Look(self.part, to), label);
        let at = (left + w / 2, self.y + 16);
        let key = self.key("words").of(Piece::Button(name));
        canvas.text(key, (Font::Body, ""), at, Anchor::Middle, words);
        match anchor {
            Anchor::End => left,
            Anchor::Start | Anchor::Middle => left + w,
        }
    }
}
