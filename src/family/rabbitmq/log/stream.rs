//! The log of one stream: segments in order, offsets, rolls, retention, attaching readers.
//! Knows no writer, no replica and no clock: whoever appends says when.
//!
//! From `osiris_log.erl`: `write_chunk`, `max_segment_size_reached`, `init_offset_reader0`,
//! `eval_max_bytes`, `eval_age`, `recover_tracking`, `truncate_to`.

use alloc::sync::Arc;
use alloc::vec::Vec;

use super::chunk::{Chunk, ChunkKind, TrackingEntry};
use super::message::MessageRun;
use super::segment::Segment;
use super::size::{CHUNK_HEADER, ENTRY_HEADER, run_bytes, tracking_bytes};
use super::spec::OffsetSpec;
use super::tracking::Tracking;
use crate::ids::{Epoch, Offset};
use crate::units::{Bytes, SimDuration, SimTime};

/// When a segment counts as full. Checked before a write, so a segment may pass it by one chunk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SegmentLimit {
    /// Bytes of the file (`rabbit.hrl`: 500,000,000 unless the stream says otherwise).
    pub bytes: Bytes,
    /// Chunks in it (osiris `max_segment_size_chunks`).
    pub chunks: u64,
}

impl Default for SegmentLimit {
    fn default() -> Self {
        Self {
            bytes: Bytes(500_000_000),
            chunks: 256_000,
        }
    }
}

/// How much of the past is kept. Whole segments go, never the newest; with neither limit all stays.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Retention {
    /// Sizes of segments, summed from the newest; the first that does not fit goes with all older ones.
    pub max_bytes: Option<Bytes>,
    /// A segment goes when its last chunk is older than this.
    pub max_age: Option<SimDuration>,
}

/// What retention removed.
#[derive(Clone, Debug, Default)]
pub struct Removed {
    /// The segments, oldest first.
    pub segments: Vec<Segment>,
}

/// A log. Copying one costs its segments' pages, not its chunks.
#[derive(Clone, Debug)]
pub struct Log {
    segments: Vec<Segment>,
    next: Offset,
    epoch: Epoch,
    limit: SegmentLimit,
}

impl Log {
    /// An empty log: one empty segment at offset 0.
    #[must_use]
    pub fn new(limit: SegmentLimit) -> Self {
        Self {
            segments: alloc::vec![Segment::new(Offset(0))],
            next: Offset(0),
            epoch: Epoch(1),
            limit,
        }
    }

    /// An empty log that begins at an offset, as a replica's does when retention overtook it.
    #[must_use]
    pub fn starting_at(first: Offset, limit: SegmentLimit) -> Self {
        Self {
            segments: alloc::vec![Segment::new(first)],
            next: first,
            ..Self::new(limit)
        }
    }

    /// When a segment counts as full.
    #[must_use]
    pub const fn limit(&self) -> SegmentLimit {
        self.limit
    }

    /// The offset that the next record gets.
    #[must_use]
    pub const fn next(&self) -> Offset {
        self.next
    }

    /// The epoch in which chunks are written from now on.
    #[must_use]
    pub const fn epoch(&self) -> Epoch {
        self.epoch
    }

    /// Opens a new epoch.
    pub fn set_epoch(&mut self, epoch: Epoch) {
        self.epoch = epoch;
    }

    /// The segments, oldest first; there is always one.
    #[must_use]
    pub fn segments(&self) -> &[Segment] {
        &self.segments
    }

    /// The first chunk of the oldest segment, of whatever kind.
    #[must_use]
    pub fn first_chunk(&self) -> Option<&Arc<Chunk>> {
        self.segments.first().and_then(Segment::head)
    }

    /// The stream's first offset: the id of its first chunk, or where an empty log begins.
    #[must_use]
    pub fn first(&self) -> Offset {
        self.segments.first().map_or(self.next, Segment::first)
    }

    /// The last chunk written.
    #[must_use]
    pub fn last_chunk(&self) -> Option<&Arc<Chunk>> {
        self.segments.iter().rev().find_map(Segment::last)
    }

    /// The last chunk that holds messages.
    #[must_use]
    pub fn last_user_chunk(&self) -> Option<&Arc<Chunk>> {
        self.segments.iter().rev().find_map(Segment::last_user)
    }

    /// Whether the next write opens a new segment.
    #[must_use]
    pub fn segment_full(&self) -> bool {
        self.segments.last().is_some_and(|segment| {
            !segment.is_empty()
                && (segment.bytes() >= self.limit.bytes.0 || segment.len() >= self.limit.chunks)
        })
    }

    /// Appends messages with a trailer as a user chunk. Returns the chunk, and whether it rolled.
    pub fn append_user(
        &mut self,
        timestamp: SimTime,
        runs: Vec<MessageRun>,
        trailer: Vec<TrackingEntry>,
        filter: Option<Arc<[u8]>>,
    ) -> (Arc<Chunk>, bool) {
        let entries: u64 = runs.iter().map(MessageRun::entries).sum();
        let data_bytes = runs.iter().map(run_bytes).fold(0, u64::saturating_add);
        let trailer_bytes = trailer.iter().map(|e| tracking_bytes(e, false)).sum();
        self.append(Chunk {
            id: self.next,
            kind: ChunkKind::User,
            epoch: self.epoch,
            timestamp,
            entries: u32::try_from(entries).unwrap_or(u32::MAX),
            records: runs.iter().map(|run| run.count).sum(),
            runs,
            tracking: trailer,
            data_bytes,
            trailer_bytes,
            bytes: filter.as_ref().map_or(0, |f| f.len() as u64),
            filter,
        })
    }

    /// Appends tracking as a chunk of its own: one entry, one offset, however much it holds.
    pub fn append_tracking(
        &mut self,
        timestamp: SimTime,
        kind: ChunkKind,
        tracking: Vec<TrackingEntry>,
    ) -> (Arc<Chunk>, bool) {
        let snapshot = kind == ChunkKind::TrackingSnapshot;
        let held: u64 = tracking.iter().map(|e| tracking_bytes(e, snapshot)).sum();
        self.append(Chunk {
            id: self.next,
            kind,
            epoch: self.epoch,
            timestamp,
            entries: 1,
            records: 1,
            runs: Vec::new(),
            tracking,
            filter: None,
            data_bytes: ENTRY_HEADER + held,
            trailer_bytes: 0,
            bytes: 0,
        })
    }

    fn append(&mut self, mut chunk: Chunk) -> (Arc<Chunk>, bool) {
        chunk.bytes = chunk
            .bytes
            .saturating_add(CHUNK_HEADER + chunk.trailer_bytes)
            .saturating_add(chunk.data_bytes);
        let chunk = Arc::new(chunk);
        let rolled = self.push(chunk.clone());
        (chunk, rolled)
    }

    /// Appends a chunk that was written elsewhere, as a replica does. Returns whether it rolled.
    pub fn push(&mut self, chunk: Arc<Chunk>) -> bool {
        let rolled = self.segment_full();
        if rolled {
            self.segments.push(Segment::new(chunk.id));
        }
        self.next = chunk.next();
        self.segments
            .last_mut()
            .expect("a log always has a segment: retention keeps the newest")
            .push(chunk);
        rolled
    }

    /// The segment that holds `offset`, if it is one of this log's.
    #[must_use]
    pub fn segment_of(&self, offset: Offset) -> Option<&Segment> {
        let at = self.segments.partition_point(|s| s.first() <= offset);
        self.segments.get(at.checked_sub(1)?)
    }

    /// The chunk with the greatest id at or below `offset`, of any kind.
    #[must_use]
    pub fn floor(&self, offset: Offset) -> Option<&Arc<Chunk>> {
        self.segment_of(offset)?.floor(offset)
    }

    /// The chunk that starts at or holds `offset`; none behind the end.
    #[must_use]
    pub fn chunk_at(&self, offset: Offset) -> Option<&Arc<Chunk>> {
        self.floor(offset).filter(|chunk| offset < chunk.next())
    }

    /// The next offset of a reader that attaches by `spec`: the id of a chunk, or the end.
    #[must_use]
    pub fn resolve(&self, spec: OffsetSpec) -> Offset {
        match spec {
            OffsetSpec::First => self.first(),
            OffsetSpec::Last => self.last_user_chunk().map_or(self.next, |chunk| chunk.id),
            OffsetSpec::Next => self.next,
            OffsetSpec::Offset(offset) if offset < self.first() => self.first(),
            OffsetSpec::Offset(offset) if offset >= self.next => self.next,
            OffsetSpec::Offset(offset) => self.floor(offset).map_or(self.next, |chunk| chunk.id),
            OffsetSpec::Timestamp { ms } => {
                let earlier = |segment: &Segment| {
                    segment
                        .last_timestamp()
                        .is_none_or(|last| last.as_millis() < ms)
                };
                self.segments
                    .get(self.segments.partition_point(earlier))
                    .and_then(|segment| segment.at_or_after(ms))
                    .map_or(self.next, |chunk| chunk.id)
            }
        }
    }

    /// Deletes what `retention` no longer wants: bytes first, then age; the newest segment stays.
    pub fn retain(&mut self, retention: Retention, now: SimTime) -> Removed {
        let by_bytes = retention.max_bytes.map_or(0, |max| self.beyond_bytes(max));
        let by_age = retention.max_age.map_or(0, |max| self.beyond_age(max, now));
        let gone = by_bytes.max(by_age).min(self.segments.len() - 1);
        Removed {
            segments: self.segments.drain(..gone).collect(),
        }
    }

    /// Deletes the segments that begin below `first`; the newest stays.
    pub fn drop_below(&mut self, first: Offset) {
        let below = self.segments.partition_point(|s| s.first() < first);
        self.segments.drain(..below.min(self.segments.len() - 1));
    }

    fn beyond_bytes(&self, max: Bytes) -> usize {
        let mut left = max.0;
        for (at, segment) in self.segments.iter().enumerate().rev() {
            match left.checked_sub(segment.bytes()) {
                Some(rest) => left = rest,
                None if at + 1 == self.segments.len() => left = 0,
                None => return at + 1,
            }
        }
        0
    }

    fn beyond_age(&self, max: SimDuration, now: SimTime) -> usize {
        self.segments.partition_point(|segment| {
            segment
                .last_timestamp()
                .is_some_and(|last| now.since(last) > max)
        })
    }

    /// Rebuilds tracking from the last segment alone, as a starting writer does: what is stored only
    /// in older segments is forgotten unless a snapshot carried it over.
    #[must_use]
    pub fn recover_tracking(&self) -> Tracking {
        let mut tracking = Tracking::default();
        if let Some(segment) = self.segments.iter().rev().find(|s| !s.is_empty()) {
            for chunk in segment.chunks() {
                tracking.recover(chunk);
            }
        }
        tracking
    }

    /// Drops every chunk from `from` on, as a replica does whose log the new leader lacks.
    pub fn truncate(&mut self, from: Offset) {
        while self.segments.len() > 1 && self.segments.last().is_some_and(|s| s.first() >= from) {
            self.segments.pop();
        }
        if let Some(last) = self.segments.last_mut() {
            last.truncate(from);
        }
        self.next = self
            .last_chunk()
            .map_or_else(|| self.first(), |chunk| chunk.next());
    }

    /// The chunks from the one that starts at `from` on.
    pub fn chunks_from(&self, from: Offset) -> impl Iterator<Item = &Arc<Chunk>> {
        let mut next = from;
        core::iter::from_fn(move || {
            let chunk = self.chunk_at(next)?;
            next = chunk.next();
            Some(chunk)
        })
    }

    /// Bytes of all segment files, headers included.
    #[must_use]
    pub fn bytes(&self) -> u64 {
        self.segments
            .iter()
            .map(Segment::bytes)
            .fold(0, u64::saturating_add)
    }

    /// The chunks, oldest first.
    pub fn chunks(&self) -> impl DoubleEndedIterator<Item = &Arc<Chunk>> {
        self.segments.iter().flat_map(Segment::chunks)
    }
}
