//! A stream at a moment: which chunks each node has, what is committed, what is stored. Chunks stay in the arena.

use alloc::sync::Arc;
use alloc::vec::Vec;
use core::ops::Range;

use crate::base::{IdSet, LargeMap, gallop};
use crate::family::rabbitmq::arena::{ChunkRow, SEGMENT_HEADER_BYTES, StreamArena, Sums};
use crate::family::rabbitmq::broker::PolicyLimits;
use crate::ids::{Epoch, NodeId, Offset};

/// A stream.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stream {
    /// Whether it is there.
    pub state: StreamState,
    /// Who leads it; `None` while there is no leader.
    pub leader: Option<NodeId>,
    /// Who leads, or led last.
    pub led_by: NodeId,
    /// The leader's epoch.
    pub epoch: Epoch,
    /// What each node has; node 1 is the first.
    pub logs: Vec<NodeLog>,
    /// The last committed chunk id.
    pub committed: Option<Offset>,
    /// Stored offsets by consumer reference, as the leader has them in memory.
    pub offsets: Arc<LargeMap<Arc<str>, u64>>,
    /// Highest publishing ids by producer reference.
    pub sequences: Arc<LargeMap<Arc<str>, u64>>,
    /// What the consumers of each name have processed since it was created.
    pub groups: Arc<LargeMap<Arc<str>, Arc<NameProgress>>>,
    /// The policy for its name, whether it is there or not.
    pub policy: Option<PolicyLimits>,
    /// Offsets that the latest retention removed: from, to (exclusive).
    pub expired: Option<(Offset, Offset)>,
}

/// What the consumers of a name have processed of a stream.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NameProgress {
    /// The offsets.
    pub offsets: IdSet,
    /// Messages that had been processed before, each time.
    pub again: u64,
}

impl NameProgress {
    fn processed(&mut self, first: Offset, count: u64) {
        self.again += self.offsets.count_in(first.0, count);
        self.offsets.insert(first.0, count);
    }
}

/// Whether a stream is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StreamState {
    /// Not created yet.
    Missing,
    /// It is there.
    Live,
    /// It was deleted.
    Deleted,
}

/// What a node has of a stream: ranges of rows of the stream's arena, oldest first.
/// One range as long as no leader's chunks were thrown away.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NodeLog {
    /// Rows.
    pub rows: Vec<Range<u32>>,
}

impl Stream {
    pub(in crate::family::rabbitmq) fn new(nodes: usize) -> Self {
        Self {
            state: StreamState::Missing,
            leader: None,
            led_by: NodeId(1),
            epoch: Epoch(0),
            logs: alloc::vec![NodeLog::default(); nodes],
            committed: None,
            offsets: Arc::default(),
            sequences: Arc::default(),
            groups: Arc::default(),
            policy: None,
            expired: None,
        }
    }

    /// A consumer of this name processed messages.
    pub(in crate::family::rabbitmq) fn processed_under(
        &mut self,
        name: &Arc<str>,
        first: Offset,
        count: u64,
    ) {
        let groups = Arc::make_mut(&mut self.groups);
        match groups.get_mut(name) {
            Some(progress) => Arc::make_mut(progress).processed(first, count),
            None => {
                let mut progress = NameProgress::default();
                progress.processed(first, count);
                groups.insert(name.clone(), Arc::new(progress));
            }
        }
    }

    /// A node leads it from now on; nothing is committed until a quorum has answered.
    pub(in crate::family::rabbitmq) fn led(
        &mut self,
        node: NodeId,
        epoch: Epoch,
        offsets: Arc<LargeMap<Arc<str>, u64>>,
        sequences: Arc<LargeMap<Arc<str>, u64>>,
    ) {
        self.leader = Some(node);
        self.led_by = node;
        self.epoch = epoch;
        self.committed = None;
        self.offsets = offsets;
        self.sequences = sequences;
    }

    /// The leader's log. Without a leader: the log of the node that led last.
    #[must_use]
    pub fn log(&self) -> &NodeLog {
        &self.logs[usize::from(self.led_by.0) - 1]
    }
}

impl NodeLog {
    /// The last row.
    #[must_use]
    pub fn last_row(&self) -> Option<u32> {
        self.rows.last().map(|r| r.end - 1)
    }

    /// The first row.
    #[must_use]
    pub fn first_row(&self) -> Option<u32> {
        self.rows.first().map(|r| r.start)
    }

    /// The offset of the first chunk; 0 in an empty log.
    #[must_use]
    pub fn first(&self, arena: &StreamArena) -> Offset {
        let row = self.first_row().map(|r| &arena.chunks[r as usize]);
        row.map_or(Offset(0), |row| row.chunk.id)
    }

    /// The offset that the next record will get; 0 in an empty log.
    #[must_use]
    pub fn next(&self, arena: &StreamArena) -> Offset {
        let row = self.last_row().map(|r| &arena.chunks[r as usize]);
        row.map_or(Offset(0), |row| row.chunk.next())
    }

    /// What it holds. An empty log still is one segment file with its header.
    #[must_use]
    pub fn sums(&self, arena: &StreamArena) -> Sums {
        if self.rows.is_empty() {
            return Sums {
                segments: 1,
                bytes: SEGMENT_HEADER_BYTES,
                ..Sums::default()
            };
        }
        let sums = |r: &Range<u32>| arena.sums(r.clone());
        self.rows.iter().map(sums).fold(Sums::default(), Sums::plus)
    }

    /// The row whose chunk holds `offset`, or else the first row behind it.
    #[must_use]
    pub fn row_at(&self, arena: &StreamArena, offset: Offset) -> Option<u32> {
        self.rows.iter().find_map(|range| {
            let rows = range.start as usize..range.end as usize;
            let is_before = |row: &ChunkRow| row.chunk.next() <= offset;
            let at = arena.chunks.partition_point(rows, is_before) as u32;
            (at < range.end).then_some(at)
        })
    }

    /// The same for an offset that lies behind the first of row `from`, most likely not far.
    #[must_use]
    pub fn row_from(&self, arena: &StreamArena, from: u32, offset: Offset) -> Option<u32> {
        let behind = self.rows.iter().filter(|range| from < range.end);
        let mut each = behind.map(|range| range.start.max(from)..range.end);
        each.find_map(|rows| {
            let is_before = |row: usize| arena.chunks[row].chunk.next() <= offset;
            let at = gallop(rows.start as usize, rows.end as usize, is_before) as u32;
            (at < rows.end).then_some(at)
        })
    }

    /// The row of this chunk id.
    #[must_use]
    pub fn row_of(&self, arena: &StreamArena, chunk: Offset) -> Option<u32> {
        let row = self.row_at(arena, chunk)?;
        (arena.chunks[row as usize].chunk.id == chunk).then_some(row)
    }

    /// The offset of the first user message at `offset` or behind it: what is stored takes offsets of its own.
    #[must_use]
    pub fn first_message_from(&self, arena: &StreamArena, offset: Offset) -> Option<Offset> {
        let at = self.row_at(arena, offset)?;
        let rest = self.rows.iter().map(|r| r.start.max(at)..r.end);
        rest.filter(|r| !r.is_empty()).find_map(|r| {
            let (start, end) = (r.start as usize, r.end as usize);
            let before = arena.chunks[start].before.messages;
            let is_empty = |row: &ChunkRow| row.after().messages == before;
            let row = arena.chunks.partition_point(start..end, is_empty);
            (row < end).then(|| arena.chunks[row].chunk.id.max(offset))
        })
    }

    /// User messages with an offset of at least `offset`.
    #[must_use]
    pub fn messages_from(&self, arena: &StreamArena, offset: Offset) -> u64 {
        let Some(at) = self.row_at(arena, offset) else {
            return 0;
        };
        let rest = self.rows.iter().map(|r| r.start.max(at)..r.end);
        let all = rest
            .filter(|r| !r.is_empty())
            .map(|r| arena.sums(r).messages)
            .sum::<u64>();
        let chunk = &arena.chunks[at as usize].chunk;
        all - offset.0.saturating_sub(chunk.id.0).min(chunk.messages())
    }

    /// Rows from the oldest to the youngest.
    pub fn iter<'a>(&'a self, arena: &'a StreamArena) -> impl Iterator<Item = (u32, &'a ChunkRow)> {
        self.rows
            .iter()
            .flat_map(Clone::clone)
            .map(|row| (row, &arena.chunks[row as usize]))
    }

    /// Appends a row.
    pub(in crate::family::rabbitmq) fn push(&mut self, row: u32) {
        match self.rows.last_mut() {
            Some(range) if range.end == row => range.end += 1,
            _ => self.rows.push(row..row + 1),
        }
    }

    /// Forgets every row before `row`.
    pub(in crate::family::rabbitmq) fn cut_head(&mut self, row: u32) {
        self.rows.retain(|r| r.end > row);
        if let Some(range) = self.rows.first_mut() {
            range.start = range.start.max(row);
        }
    }

    /// Forgets `row` and every row after it.
    pub(in crate::family::rabbitmq) fn cut_tail(&mut self, row: u32) {
        self.rows.retain(|r| r.start < row);
        if let Some(range) = self.rows.last_mut() {
            range.end = range.end.min(row);
        }
    }
}
