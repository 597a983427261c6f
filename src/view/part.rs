//! Parts of the picture in which less is drawn than there is, and boxes around what is drawn.

use crate::ids::LogId;

/// A part of the picture in which less is drawn than there is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum PicturePart {
    /// The streams: a window on them starts at a stream's number.
    Streams,
    /// The producers of a stream: a window on them starts at one's place among them.
    Producers(LogId),
    /// Those who read a stream together with others: a window on them starts at one's place among them.
    Readers(LogId),
    /// The consumers of a stream: a window on them starts at one's place among them.
    Consumers(LogId),
    /// The cells of a stream: a window on them starts at an offset.
    Cells(LogId),
}

/// The box around a form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bounds {
    /// Left.
    pub x: i32,
    /// Top.
    pub y: i32,
    /// Width.
    pub width: i32,
    /// Height.
    pub height: i32,
}
