//! Collects marks. Knows no scenario: only areas, texts and keys.

use alloc::borrow::Cow;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use super::text::{self, Font};
use crate::view::key::Key;
use crate::view::outline::Outline;
use crate::view::outline::PathCommand::{LineTo, MoveTo};
use crate::view::stage::{Anchor, Mark, Shape, Target};

/// A rectangle of the picture.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Area {
    /// Left.
    pub(crate) x: i32,
    /// Top.
    pub(crate) y: i32,
    /// Width.
    pub(crate) w: i32,
    /// Height.
    pub(crate) h: i32,
}

impl Area {
    pub(crate) const fn new(x: i32, y: i32, w: i32, h: i32) -> Self {
        Self { x, y, w, h }
    }

    /// Behind its right end.
    pub(crate) const fn right(self) -> i32 {
        self.x + self.w
    }

    /// Whether two areas share a point.
    pub(crate) const fn meets(self, other: Self) -> bool {
        self.x < other.right()
            && other.x < self.right()
            && self.y < other.y + other.h
            && other.y < self.y + self.h
    }
}

/// The marks drawn so far, back to front.
#[derive(Debug, Default)]
pub(crate) struct Canvas {
    pub(crate) marks: Vec<Mark>,
}

impl Canvas {
    fn push(&mut self, key: Key, class: Cow<'static, str>, shape: Shape) -> &mut Mark {
        self.marks.push(Mark {
            key,
            class,
            shape,
            target: None,
            label: None,
        });
        self.marks.last_mut().expect("one was just pushed")
    }

    pub(crate) fn rect(
        &mut self,
        key: Key,
        class: impl Into<Cow<'static, str>>,
        area: Area,
        radius: u32,
    ) -> &mut Mark {
        let shape = Shape::Rect {
            x: area.x,
            y: area.y,
            width: area.w.max(0).unsigned_abs(),
            height: area.h.max(0).unsigned_abs(),
            radius,
        };
        self.push(key, class.into(), shape)
    }

    pub(crate) fn circle(
        &mut self,
        key: Key,
        class: impl Into<Cow<'static, str>>,
        (x, y): (i32, i32),
        radius: u32,
    ) -> &mut Mark {
        self.push(key, class.into(), Shape::Circle { x, y, radius })
    }

    pub(crate) fn path(
        &mut self,
        key: Key,
        class: impl Into<Cow<'static, str>>,
        d: Outline,
    ) -> &mut Mark {
        self.push(key, class.into(), Shape::Path { d })
    }

    /// A text in a font, with a further class. An empty one is not drawn.
    pub(crate) fn text(
        &mut self,
        key: Key,
        font: (Font, &str),
        at: (i32, i32),
        anchor: Anchor,
        text: impl Into<String>,
    ) {
        self.write(key, font, at, anchor, text.into());
    }

    fn write(
        &mut self,
        key: Key,
        (font, class): (Font, &str),
        (x, y): (i32, i32),
        anchor: Anchor,
        text: String,
    ) {
        if text.is_empty() {
            return;
        }
        let class = match class {
            "" => Cow::Borrowed(font.class()),
            _ => Cow::Owned(format!("{} {class}", font.class())),
        };
        self.push(key, class, Shape::Text { x, y, anchor, text });
    }

    /// Diagonal strokes over an area, as one path: hatching without pattern ids, so that several pictures
    /// can live on one page under any policy.
    pub(crate) fn hatch(&mut self, key: Key, class: &'static str, area: Area) {
        const STEP: i32 = 7;
        let mut d = Outline::default();
        let mut at = area.x - area.h + STEP;
        while at < area.right() {
            let (from, to) = (at.max(area.x), (at + area.h).min(area.right()));
            let (top, bottom) = (area.y + area.h - (to - at), area.y + area.h - (from - at));
            d.draw(&[MoveTo(from, bottom), LineTo(to, top)]);
            at += STEP;
        }
        self.path(key, class, d);
    }
}

/// What a mark stands for, so that it can be selected and named.
pub(crate) trait About {
    fn about(&mut self, target: Target, label: impl Into<String>);
}

impl About for Mark {
    // A function of its own: many places of the download say what a mark is.
    #[inline(never)]
    fn about(&mut self, target: Target, label: impl Into<String>) {
        self.target = Some(target);
        self.label = Some(label.into());
    }
}

/// Puts texts where nothing is yet: each tries its places in order and is left out when none is free.
#[derive(Debug)]
pub(crate) struct Placer {
    left: i32,
    right: i32,
    taken: Vec<Area>,
}

/// A place for a text: its anchor point, and how it stands to it.
pub(crate) type Place = (i32, i32, Anchor);

impl Placer {
    pub(crate) const fn new(left: i32, right: i32) -> Self {
        Self {
            left,
            right,
            taken: Vec::new(),
        }
    }

    pub(crate) fn take(&mut self, area: Area) {
        self.taken.push(area);
    }

    /// The first place at which the text is inside and meets nothing.
    pub(crate) fn place(&mut self, text: &str, font: Font, places: &[Place]) -> Option<Place> {
        let w = text::width(text, font);
        for &(x, y, anchor) in places {
            let left = match anchor {
                Anchor::Start => x,
                Anchor::Middle => x - w / 2,
                Anchor::End => x - w,
            };
            let area = Area::new(left - 2, y - 10, w + 4, 13);
            let inside = left >= self.left && left + w <= self.right;
            if inside && !self.taken.iter().any(|t| t.meets(area)) {
                self.taken.push(area);
                return Some((x, y, anchor));
            }
        }
        None
    }
}
