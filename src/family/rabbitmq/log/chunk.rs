//! A chunk: the unit of writing, replication, delivery and confirmation. Knows no segment and no stream.

use alloc::sync::Arc;
use alloc::vec::Vec;

use super::message::MessageRun;
use crate::ids::{Epoch, Offset};
use crate::units::SimTime;

/// What a chunk holds (osiris `osiris.hrl`: 0, 1, 2).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChunkKind {
    /// Messages of producers.
    User,
    /// Tracking that had no user chunk to ride in. Takes one offset.
    TrackingDelta,
    /// All tracking, written when a segment rolls. Takes one offset.
    TrackingSnapshot,
}

/// One tracking record, in a user chunk's trailer or in a tracking chunk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TrackingEntry {
    /// The offset stored under a consumer reference.
    Offset {
        /// The consumer reference, at most 255 bytes.
        reference: Arc<str>,
        /// The stored offset: any value, the broker checks none.
        offset: u64,
    },
    /// The highest publishing id of a producer reference.
    Sequence {
        /// The producer reference, at most 255 bytes.
        reference: Arc<str>,
        /// In a snapshot: the chunk id of that producer's last write.
        chunk: Offset,
        /// Its highest publishing id.
        id: u64,
    },
}

/// A chunk as the log keeps it. Immutable once written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chunk {
    /// Offset of the first record: the chunk id.
    pub id: Offset,
    /// What it holds.
    pub kind: ChunkKind,
    /// The leader's epoch when it was written.
    pub epoch: Epoch,
    /// When the batch was written (brokers stamp whole milliseconds).
    pub timestamp: SimTime,
    /// Slots of the data section: 1 per simple entry or sub-entry batch.
    pub entries: u32,
    /// Offsets that it takes: messages of a user chunk, 1 for a tracking chunk.
    pub records: u64,
    /// The messages of a user chunk in order; empty for tracking chunks.
    pub runs: Vec<MessageRun>,
    /// The trailer of a user chunk, or what a tracking chunk holds.
    pub tracking: Vec<TrackingEntry>,
    /// Bloom filter of the distinct filter values; `None` when no entry has one.
    pub filter: Option<Arc<[u8]>>,
    /// Bytes of the data section.
    pub data_bytes: u64,
    /// Bytes of the trailer.
    pub trailer_bytes: u64,
    /// Bytes in the segment file: header, filter, data and trailer.
    pub bytes: u64,
}

impl Chunk {
    /// The offset behind the last record.
    #[must_use]
    pub fn next(&self) -> Offset {
        self.id.plus(self.records)
    }

    /// Whether it has entries of several messages.
    #[must_use]
    pub fn has_sub_batches(&self) -> bool {
        self.runs.iter().any(|run| run.sub_batch > 1)
    }

    /// User messages: the records of a user chunk, none of a tracking chunk.
    #[must_use]
    pub fn messages(&self) -> u64 {
        match self.kind {
            ChunkKind::User => self.records,
            ChunkKind::TrackingDelta | ChunkKind::TrackingSnapshot => 0,
        }
    }
}
