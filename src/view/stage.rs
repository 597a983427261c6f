//! The picture as marks in abstract units with class names. Yew and the SVG writer translate marks; no one else draws.

use alloc::borrow::Cow;
use alloc::string::String;
use alloc::vec::Vec;

use super::key::Key;
use super::outline::Outline;
pub use super::part::{Bounds, PicturePart};
use crate::ids::{ActorId, LogId, NodeId, Offset, SetId};

/// The picture of one moment. The number of marks does not depend on how long a stream is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Stage {
    /// Width in abstract units.
    pub width: u32,
    /// Height in abstract units.
    pub height: u32,
    /// Back to front.
    pub marks: Vec<Mark>,
    /// The whole picture in words.
    pub description: String,
    /// Where the cells of each drawn stream are, for hosts that let a window be dragged.
    pub lanes: Vec<LaneArea>,
}

/// Where the cells of a drawn lane stand, and which offsets they are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LaneArea {
    /// The stream.
    pub stream: LogId,
    /// Left end of the first cell.
    pub x: i32,
    /// Top of the cells' background.
    pub y: i32,
    /// Width of all cells.
    pub width: u32,
    /// Height of the cells' background.
    pub height: u32,
    /// From a cell's left end to the next one's.
    pub pitch: u32,
    /// The offset of the first cell: what `FrameOptions::windows` sets for `Part::Cells`.
    pub from: Offset,
    /// How many cells there is room for.
    pub cells: u32,
    /// The stream's first offset.
    pub first: Offset,
    /// The offset that its next record will get.
    pub next: Offset,
    /// The strip that shows the whole stream, when it does not fit into its cells.
    pub strip: Option<Strip>,
}

/// The overview of a whole stream: `from` is at its left end, `to` at its right end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Strip {
    /// Left.
    pub x: i32,
    /// Top.
    pub y: i32,
    /// Width.
    pub width: u32,
    /// Height.
    pub height: u32,
    /// The stream's first offset.
    pub from: Offset,
    /// The offset behind its last record.
    pub to: Offset,
}

/// One drawn thing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mark {
    /// Stays the same from frame to frame for the same thing, so that hosts can move it.
    pub key: Key,
    /// Class names, separated by spaces; the styles are in `src/view/stage.css`.
    pub class: Cow<'static, str>,
    /// Its form.
    pub shape: Shape,
    /// What a click or Enter selects; such marks can have the focus.
    pub target: Option<Target>,
    /// Its name for screen readers and tooltips.
    pub label: Option<String>,
}

/// A form, in abstract units.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Shape {
    /// A rectangle.
    Rect {
        /// Left.
        x: i32,
        /// Top.
        y: i32,
        /// Width.
        width: u32,
        /// Height.
        height: u32,
        /// Corner radius.
        radius: u32,
    },
    /// A circle.
    Circle {
        /// Centre.
        x: i32,
        /// Centre.
        y: i32,
        /// Radius.
        radius: u32,
    },
    /// A form of straight lines.
    Path {
        /// The lines.
        d: Outline,
    },
    /// A line of text.
    Text {
        /// Where it is anchored.
        x: i32,
        /// Its base line.
        y: i32,
        /// Which side `x` is.
        anchor: Anchor,
        /// The text.
        text: String,
    },
}

impl Shape {
    /// The box around it; of a text only the point where it is anchored.
    #[must_use]
    pub fn bounds(&self) -> Bounds {
        let size = |n: u32| i32::try_from(n).unwrap_or(i32::MAX);
        match self {
            Self::Rect {
                x,
                y,
                width,
                height,
                ..
            } => Bounds {
                x: *x,
                y: *y,
                width: size(*width),
                height: size(*height),
            },
            Self::Circle { x, y, radius } => Bounds {
                x: x.saturating_sub(size(*radius)),
                y: y.saturating_sub(size(*radius)),
                width: size(radius.saturating_mul(2)),
                height: size(radius.saturating_mul(2)),
            },
            Self::Path { d } => d.bounds(),
            Self::Text { x, y, .. } => Bounds {
                x: *x,
                y: *y,
                width: 0,
                height: 0,
            },
        }
    }
}

/// How a text stands to its `x`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Anchor {
    /// `x` is its left end.
    Start,
    /// `x` is its middle.
    Middle,
    /// `x` is its right end.
    End,
}

/// Something that can be selected.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Target {
    /// A stream.
    Stream(LogId),
    /// Streams that are made together under one name.
    Set(SetId),
    /// A file of blocks, by the row of its first block in the stream's arena.
    Section(LogId, u32),
    /// Records that are kept together, by their row.
    Block(LogId, u32),
    /// A message.
    Message(LogId, Offset),
    /// A program.
    Actor(ActorId),
    /// A node of the cluster.
    Node(NodeId),
    /// A file that all streams share, by its number.
    File(u32),
    /// Something that a producer handed over and that is not confirmed, by its number.
    Pending(ActorId, u64),
    /// Another piece of a part of the picture, from there on: what `FrameOptions::windows` then says. `None`
    /// follows the action again.
    Look(PicturePart, Option<u64>),
    /// The window on a whole stream: a handle that is moved along the stream's strip.
    Window(LogId),
}
