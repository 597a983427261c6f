//! The picture as marks in abstract units with class names. Yew and the SVG writer translate marks; no one else draws.

use alloc::borrow::Cow;
use alloc::string::String;
use alloc::vec::Vec;

use crate::ids::{ActorId, NodeId, Offset, StreamId};

/// The picture of one moment. The number of marks does not depend on how long a stream is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
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
    pub lanes: Vec<Lane>,
}

/// The cells of a drawn stream: which offsets they are and where they stand.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Lane {
    /// The stream.
    pub stream: StreamId,
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
    /// The offset of the first cell: what `FrameOptions::windows` sets.
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
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
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
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Mark {
    /// Stays the same from frame to frame for the same thing, so that hosts can move it.
    pub key: String,
    /// Class names, separated by spaces; the styles are in `www/styles/stage.css`.
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
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize),
    serde(rename_all = "snake_case")
)]
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
    /// An SVG path of absolute commands with whole numbers.
    Path {
        /// Its data.
        d: String,
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

/// How a text stands to its `x`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize),
    serde(rename_all = "snake_case")
)]
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
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize),
    serde(rename_all = "snake_case")
)]
pub enum Target {
    /// A stream.
    Stream(StreamId),
    /// A segment, by the row of its first chunk in the stream's arena.
    Segment(StreamId, u32),
    /// A chunk, by its row.
    Chunk(StreamId, u32),
    /// A message.
    Message(StreamId, Offset),
    /// A program.
    Actor(ActorId),
    /// A node of the cluster.
    Node(NodeId),
}
