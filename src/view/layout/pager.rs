//! A row of small buttons where less is drawn than there is: how many are hidden on either side, and the ways
//! to them. Knows counts and words.

use alloc::format;
use alloc::string::String;

use super::canvas::{About, Area, Canvas};
use super::grid::Grid;
use super::plan::Page;
use super::text::{self, Font};
use crate::explain::english;
use crate::view::key::{Key, KeyPiece};
use crate::view::stage::{Anchor, PicturePart, Target};

/// Height of a row of buttons with the space below it.
const HEIGHT: i32 = 32;
/// Height of a button: enough for a thumb.
const BUTTON: i32 = 24;

/// What the way back to the action is called.
const FOLLOW: &str = "follow the action";

/// The row of buttons of a part of the picture.
pub(crate) struct Pager<'a> {
    pub(crate) part: PicturePart,
    /// What one of those is called that do not all fit.
    pub(crate) thing: &'a str,
    /// Top of the row.
    pub(crate) y: i32,
}

/// A way to another piece of the part.
struct Button<'a> {
    name: &'static str,
    words: &'a str,
    label: String,
    /// Where that piece begins; `None` follows the action.
    to: Option<usize>,
}

impl Pager<'_> {
    /// Draws the row; answers where it ends. Nothing when all is drawn.
    pub(crate) fn draw(&self, canvas: &mut Canvas, grid: Grid, page: Page) -> i32 {
        if !page.is_cut() {
            return self.y;
        }
        let number = |n: usize| english::number(u64::try_from(n).unwrap_or(u64::MAX));
        let (before, behind) = (page.from, page.all - page.to);
        let mut x = grid.start();
        if before > 0 {
            let button = Button {
                name: "before",
                words: &format!("‹ {} before", number(before)),
                label: format!("{} before: draw those", self.count(before)),
                to: Some(page.from.saturating_sub(page.room)),
            };
            x = self.button(canvas, button, x, Anchor::Start) + 10;
        }
        let shown = format!(
            "{}–{} of {}",
            number(page.from + 1),
            number(page.to),
            self.count(page.all)
        );
        let mut right = grid.end();
        if page.turned {
            let words = if grid.is_wide() { FOLLOW } else { "follow" };
            right = self.follow(canvas, words, right) - 10;
        }
        if behind > 0 {
            let button = Button {
                name: "behind",
                words: &format!("{} more ›", number(behind)),
                label: format!("{} behind: draw those", self.count(behind)),
                to: Some(page.to),
            };
            right = self.button(canvas, button, right, Anchor::End) - 10;
        }
        let short = format!("{}–{}", number(page.from + 1), number(page.to));
        let words = text::first_fit(&[&shown, &short, ""], Font::Body, right - x);
        let style = (Font::Body, "muted");
        let key = Key::part(self.part, "words");
        canvas.text(key, style, (x, self.y + 17), Anchor::Start, words);
        self.y + HEIGHT
    }

    /// The way back to the action alone, for a part that was dragged; its right end is at `right`.
    pub(crate) fn draw_follow(&self, canvas: &mut Canvas, right: i32) {
        self.follow(canvas, FOLLOW, right);
    }

    /// The way back to the action; answers where it begins.
    fn follow(&self, canvas: &mut Canvas, words: &str, right: i32) -> i32 {
        let button = Button {
            name: "follow",
            words,
            label: format!("follow the action again: {}s", self.thing),
            to: None,
        };
        self.button(canvas, button, right, Anchor::End)
    }

    fn count(&self, n: usize) -> String {
        english::count(u64::try_from(n).unwrap_or(u64::MAX), self.thing)
    }

    /// A button; answers its far end.
    fn button(&self, canvas: &mut Canvas, button: Button<'_>, x: i32, anchor: Anchor) -> i32 {
        let w = text::width(button.words, Font::Body) + 18;
        let left = match anchor {
            Anchor::Start => x,
            Anchor::Middle => x - w / 2,
            Anchor::End => x - w,
        };
        let area = Area::new(left, self.y, w, BUTTON);
        let to = button.to.map(|to| u64::try_from(to).unwrap_or(u64::MAX));
        let key = |mark| Key::part(self.part, mark).of(KeyPiece::Button(button.name));
        canvas
            .rect(key(""), "turn", area, 6)
            .about(Target::Look(self.part, to), button.label);
        let at = (left + w / 2, self.y + 16);
        let style = (Font::Body, "");
        canvas.text(key("words"), style, at, Anchor::Middle, button.words);
        match anchor {
            Anchor::End => left,
            Anchor::Start | Anchor::Middle => left + w,
        }
    }
}
