//! Which mark is which, so that hosts can follow it from frame to frame.

use core::fmt;

use super::part::PicturePart;
use crate::ids::{ActorId, LogId, NodeId, Offset};

/// Names a mark: the same thing has the same key in every frame, and no two marks of a frame have one key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Key {
    whole: Whole,
    piece: KeyPiece,
    mark: &'static str,
}

/// What a mark belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Whole {
    Stream(LogId),
    Actor(ActorId),
    /// Who reads several streams, at one of them.
    Reader(LogId, ActorId),
    /// Files that all streams share.
    Files,
    Part(PicturePart),
}

/// A piece of that: one of many that look alike.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum KeyPiece {
    /// No piece, but the whole.
    All,
    /// The cell of a record.
    Cell(Offset),
    /// Records that are kept together, by their first offset.
    Block(Offset),
    /// A file of blocks, by its first offset.
    Section(Offset),
    /// A block that waits at a consumer, by its row.
    Waiting(u32),
    /// What a producer handed over, by its number.
    Id(u64),
    /// A node's log.
    Node(NodeId),
    /// A file that all streams share, by its number.
    File(u32),
    /// A button, by its name.
    Button(&'static str),
}

// Each is a function of its own: a download has hundreds of places that name a mark.
impl Key {
    /// A mark of a stream, by its name.
    #[must_use]
    #[inline(never)]
    pub const fn stream(stream: LogId, mark: &'static str) -> Self {
        Self::new(Whole::Stream(stream), mark)
    }

    /// A mark of a program, by its name.
    #[must_use]
    #[inline(never)]
    pub const fn actor(actor: ActorId, mark: &'static str) -> Self {
        Self::new(Whole::Actor(actor), mark)
    }

    /// A mark of who reads several streams, at one of them.
    #[must_use]
    #[inline(never)]
    pub const fn reader(stream: LogId, reader: ActorId, mark: &'static str) -> Self {
        Self::new(Whole::Reader(stream, reader), mark)
    }

    /// A mark of the files that all streams share.
    #[must_use]
    pub const fn files(mark: &'static str) -> Self {
        Self::new(Whole::Files, mark)
    }

    /// A mark of what turns a part of the picture to another piece.
    #[must_use]
    pub(crate) const fn part(part: PicturePart, mark: &'static str) -> Self {
        Self::new(Whole::Part(part), mark)
    }

    /// Whether both name marks that look alike: the same, or the same of two pieces of one kind.
    #[must_use]
    pub fn is_like(self, other: Self) -> bool {
        let pieces = match (self.piece, other.piece) {
            (KeyPiece::Cell(_), KeyPiece::Cell(_))
            | (KeyPiece::Block(_), KeyPiece::Block(_))
            | (KeyPiece::Section(_), KeyPiece::Section(_))
            | (KeyPiece::Waiting(_), KeyPiece::Waiting(_))
            | (KeyPiece::Id(_), KeyPiece::Id(_))
            | (KeyPiece::File(_), KeyPiece::File(_)) => true,
            (piece, other) => piece == other,
        };
        pieces && self.whole == other.whole && self.mark == other.mark
    }

    const fn new(whole: Whole, mark: &'static str) -> Self {
        Self {
            whole,
            piece: KeyPiece::All,
            mark,
        }
    }

    /// The mark of another name of the same.
    #[must_use]
    #[inline(never)]
    pub(crate) const fn named(&self, mark: &'static str) -> Self {
        Self { mark, ..*self }
    }

    /// The mark of this name of a piece.
    #[must_use]
    #[inline(never)]
    pub(crate) const fn of(&self, piece: KeyPiece) -> Self {
        Self { piece, ..*self }
    }
}

/// As a path from the whole to the mark.
impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.whole {
            Whole::Stream(stream) => write!(f, "s{stream}")?,
            Whole::Actor(actor) => write!(f, "a{actor}")?,
            Whole::Reader(stream, reader) => write!(f, "s{stream}/a{reader}")?,
            Whole::Files => f.write_str("files")?,
            Whole::Part(PicturePart::Streams) => f.write_str("streams")?,
            Whole::Part(PicturePart::Producers(stream)) => write!(f, "s{stream}/producers")?,
            Whole::Part(PicturePart::Readers(stream)) => write!(f, "s{stream}/readers")?,
            Whole::Part(PicturePart::Consumers(stream)) => write!(f, "s{stream}/consumers")?,
            Whole::Part(PicturePart::Cells(stream)) => write!(f, "s{stream}/cells")?,
        }
        match self.piece {
            KeyPiece::All => {}
            KeyPiece::Cell(offset) => write!(f, "/c{offset}")?,
            KeyPiece::Block(id) => write!(f, "/k{id}")?,
            KeyPiece::Section(id) => write!(f, "/g{id}")?,
            KeyPiece::Waiting(row) => write!(f, "/w{row}")?,
            KeyPiece::Id(id) => write!(f, "/i{id}")?,
            KeyPiece::Node(node) => write!(f, "/n{node}")?,
            KeyPiece::File(number) => write!(f, "/f{number}")?,
            KeyPiece::Button(name) => write!(f, "/{name}")?,
        }
        match self.mark {
            "" => Ok(()),
            mark => write!(f, "/{mark}"),
        }
    }
}
