//! Chunks live here once, however often a state refers to them. Append-only.

use alloc::sync::Arc;
use alloc::vec::Vec;
use core::ops::Range;

use super::log::{Chunk, ChunkKind};
use crate::base::{Pages, Piece};
use crate::ids::LogId;
use crate::language::Scenario;
use crate::trace::Arenas;

/// Bytes of a segment file before its first chunk (osiris `osiris_log.erl`: "OSIL" and a version).
pub const SEGMENT_HEADER_BYTES: u64 = 8;

/// Two families never meet in a run.
const OWN: &str = "this family's code asks runs of this family";

/// The chunks of all streams.
#[derive(Clone, Debug, Default)]
pub struct Arena {
    /// By [`LogId`].
    streams: Vec<StreamArena>,
}

/// Every chunk that any leader of a stream ever wrote, in the order of writing.
#[derive(Clone, Debug, Default)]
pub struct StreamArena {
    /// The chunks.
    pub chunks: Pages<ChunkRow>,
}

/// A chunk with sums over all rows before it, so that what a range of rows holds is a subtraction.
#[derive(Clone, Debug)]
pub struct ChunkRow {
    /// The chunk.
    pub chunk: Arc<Chunk>,
    /// Whether it opened a segment; the first chunk of a stream does too.
    pub rolled: bool,
    /// Sums over the rows before this one.
    pub before: Sums,
}

/// What a range of rows holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sums {
    /// User messages.
    pub messages: u64,
    /// User chunks.
    pub chunks: u64,
    /// Tracking deltas and snapshots.
    pub tracking: u64,
    /// Segments opened.
    pub segments: u64,
    /// Bytes, segment headers included.
    pub bytes: u64,
}

impl Arena {
    /// Makes room for the streams of a scenario, and forgets those beyond, which hold nothing.
    pub(crate) fn fit(&mut self, scenario: &Scenario) {
        let streams = scenario.streams.len();
        self.streams.resize_with(streams, StreamArena::default);
    }

    /// What it holds, in pieces.
    pub(crate) fn pieces(self, out: &mut Vec<Piece>) {
        self.streams
            .into_iter()
            .for_each(|stream| stream.chunks.pieces(out));
    }
}

/// What this family's code asks the arenas.
impl Arenas {
    /// The arena of a stream.
    #[must_use]
    pub fn stream(&self, id: LogId) -> &StreamArena {
        let arena = self.family.rabbitmq().expect(OWN);
        &arena.streams[id.index()]
    }

    /// The arena of a stream, to append to.
    pub(crate) fn stream_mut(&mut self, id: LogId) -> &mut StreamArena {
        let arena = self.family.rabbitmq_mut().expect(OWN);
        &mut arena.streams[id.index()]
    }
}

impl StreamArena {
    /// Appends a chunk; answers its row.
    pub fn push(&mut self, chunk: Arc<Chunk>, rolled: bool) -> u32 {
        let row = u32::try_from(self.chunks.len()).expect("events are limited far below 2^32");
        let before = self.end();
        self.chunks.push(ChunkRow {
            chunk,
            rolled,
            before,
        });
        row
    }

    /// Sums over all rows.
    #[must_use]
    pub fn end(&self) -> Sums {
        self.chunks.last().map_or(Sums::default(), ChunkRow::after)
    }

    /// What a range of rows holds.
    #[must_use]
    pub fn sums(&self, rows: Range<u32>) -> Sums {
        if rows.is_empty() {
            return Sums::default();
        }
        let from = self.chunks[rows.start as usize].before;
        self.chunks[rows.end as usize - 1].after().minus(from)
    }
}

impl ChunkRow {
    /// Sums over the rows up to and including this one.
    #[must_use]
    pub fn after(&self) -> Sums {
        let mut sums = self.before;
        match self.chunk.kind {
            ChunkKind::User => sums.chunks += 1,
            ChunkKind::TrackingDelta | ChunkKind::TrackingSnapshot => sums.tracking += 1,
        }
        sums.messages += self.chunk.messages();
        sums.bytes += self.chunk.bytes;
        if self.rolled {
            sums.segments += 1;
            sums.bytes += SEGMENT_HEADER_BYTES;
        }
        sums
    }
}

impl Sums {
    /// The difference to sums that are not greater.
    #[must_use]
    pub const fn minus(self, from: Self) -> Self {
        Self {
            messages: self.messages - from.messages,
            chunks: self.chunks - from.chunks,
            tracking: self.tracking - from.tracking,
            segments: self.segments - from.segments,
            bytes: self.bytes - from.bytes,
        }
    }

    /// The sum.
    #[must_use]
    pub const fn plus(self, other: Self) -> Self {
        Self {
            messages: self.messages + other.messages,
            chunks: self.chunks + other.chunks,
            tracking: self.tracking + other.tracking,
            segments: self.segments + other.segments,
            bytes: self.bytes + other.bytes,
        }
    }
}
