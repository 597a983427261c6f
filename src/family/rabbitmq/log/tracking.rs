//! Tracking: offsets stored under consumer references, publishing ids under producer references.
//! Knows no chunk's place and no network; validates nothing, as osiris does not.
//!
//! From `osiris_tracking.erl`: `add`, `flush`, `snapshot`, `trim_sequences`, `query`.

use alloc::sync::Arc;
use alloc::vec::Vec;

use super::chunk::{Chunk, ChunkKind, TrackingEntry};
use crate::base::{LargeMap, SmallMap, sorted_by_key};
use crate::ids::{Offset, PublishingId};

/// Producer references that survive a snapshot (`osiris_tracking.erl`, `MAX_SEQUENCES`).
pub const MAX_SEQUENCES: usize = 255;

/// What the leader remembers of references, and what it has not yet written to the log.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tracking {
    // A stream may be used under any number of references.
    offsets: LargeMap<Arc<str>, u64>,
    sequences: LargeMap<Arc<str>, (Offset, PublishingId)>,
    /// No more than one batch of commands.
    pending: SmallMap<(RecordKind, Arc<str>), u64>,
}

/// The two types of tracking record; offsets sort first, as recorded trailers show them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum RecordKind {
    Offset,
    Sequence,
}

/// What a snapshot dropped.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Trimmed {
    /// References whose stored offset lay below the first offset.
    pub offsets: Vec<Arc<str>>,
    /// References beyond the 255 that wrote last.
    pub sequences: Vec<Arc<str>>,
}

impl Tracking {
    /// Whether nothing at all is tracked.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.offsets.is_empty() && self.sequences.is_empty()
    }

    /// Whether something is not yet in the log.
    #[must_use]
    pub fn has_pending(&self) -> bool {
        !self.pending.is_empty()
    }

    /// Takes a stored offset: the last one wins, whatever its value.
    pub fn store(&mut self, reference: Arc<str>, offset: u64) {
        self.offsets.insert(reference.clone(), offset);
        self.pending.insert((RecordKind::Offset, reference), offset);
    }

    /// Takes the highest publishing id of a producer reference, written to the chunk `chunk`.
    pub fn sequence(&mut self, reference: Arc<str>, chunk: Offset, id: PublishingId) {
        self.sequences.insert(reference.clone(), (chunk, id));
        self.pending.insert((RecordKind::Sequence, reference), id.0);
    }

    /// The offset stored under a reference.
    #[must_use]
    pub fn stored(&self, reference: &str) -> Option<u64> {
        self.offsets.get(reference).copied()
    }

    /// The highest publishing id of a producer reference, with the chunk that it was written to.
    #[must_use]
    pub fn highest(&self, reference: &str) -> Option<(Offset, PublishingId)> {
        self.sequences.get(reference).copied()
    }

    /// All stored offsets, by reference.
    pub fn offsets(&self) -> impl Iterator<Item = (&Arc<str>, u64)> {
        self.offsets.iter().map(|(r, o)| (r, *o))
    }

    /// All producer references with chunk and highest publishing id.
    pub fn sequences(&self) -> impl Iterator<Item = (&Arc<str>, Offset, PublishingId)> {
        self.sequences.iter().map(|(r, (c, id))| (r, *c, *id))
    }

    /// What is not yet in the log, as the trailer or delta of the next chunk, written at `chunk`.
    pub fn flush(&mut self, chunk: Offset) -> Vec<TrackingEntry> {
        let pending = self.pending.iter();
        let entry = |(reference, value): (&(RecordKind, Arc<str>), &u64)| match reference {
            (RecordKind::Offset, reference) => TrackingEntry::Offset {
                reference: reference.clone(),
                offset: *value,
            },
            (RecordKind::Sequence, reference) => TrackingEntry::Sequence {
                reference: reference.clone(),
                chunk,
                id: *value,
            },
        };
        let entries = pending.map(entry).collect();
        self.pending.clear();
        entries
    }

    /// Everything, as a snapshot holds it: offsets below `first` are dropped for good, and of the
    /// sequences those beyond 255 that were written longest ago. Nothing is left to flush.
    pub fn snapshot(&mut self, first: Offset) -> (Vec<TrackingEntry>, Trimmed) {
        let mut trimmed = Trimmed::default();
        self.pending.clear();
        self.offsets.retain(|reference, offset| {
            let keep = *offset >= first.0;
            if !keep {
                trimmed.offsets.push(reference.clone());
            }
            keep
        });
        self.trim_sequences(&mut trimmed);
        let offsets = self
            .offsets()
            .map(|(reference, offset)| TrackingEntry::Offset {
                reference: reference.clone(),
                offset,
            });
        let sequences = self
            .sequences()
            .map(|(reference, chunk, id)| TrackingEntry::Sequence {
                reference: reference.clone(),
                chunk,
                id: id.0,
            });
        (offsets.chain(sequences).collect(), trimmed)
    }

    fn trim_sequences(&mut self, trimmed: &mut Trimmed) {
        let beyond = self.sequences.len().saturating_sub(MAX_SEQUENCES);
        if beyond == 0 {
            return;
        }
        let sequences = self.sequences.iter();
        let oldest = sequences.map(|(reference, (chunk, _))| (*chunk, reference.clone()));
        // Those of one chunk stay in the order of their names.
        let oldest = sorted_by_key(oldest.collect(), |(chunk, _)| (chunk.0.cast_signed(), 0));
        for (_, reference) in oldest.into_iter().take(beyond) {
            self.sequences.remove(&reference);
            trimmed.sequences.push(reference);
        }
    }

    /// Reads a chunk on recovery: a snapshot replaces everything, deltas and trailers add to it.
    pub fn recover(&mut self, chunk: &Chunk) {
        if chunk.kind == ChunkKind::TrackingSnapshot {
            *self = Self::default();
        }
        for entry in &chunk.tracking {
            match entry {
                TrackingEntry::Offset { reference, offset } => {
                    self.offsets.insert(reference.clone(), *offset);
                }
                TrackingEntry::Sequence {
                    reference,
                    chunk,
                    id,
                } => {
                    self.sequences
                        .insert(reference.clone(), (*chunk, PublishingId(*id)));
                }
            }
        }
    }
}
