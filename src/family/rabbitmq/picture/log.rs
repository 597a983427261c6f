//! A stream's log at a moment, as pictures and inspectors read it.

use alloc::sync::Arc;

use crate::base::bisect;
use crate::family::rabbitmq::arena::{ChunkRow, StreamArena};
use crate::family::rabbitmq::explain::resume;
use crate::family::rabbitmq::log::Chunk;
use crate::family::rabbitmq::state::{Consumer, NodeLog, Stream, StreamState};
use crate::ids::{LogId, Offset};

use crate::view::moment::Moment;

/// A stream's log at a moment.
#[derive(Clone, Copy, Debug)]
pub(crate) struct LogView<'a> {
    pub(crate) id: LogId,
    pub(crate) stream: &'a Stream,
    pub(crate) arena: &'a StreamArena,
    pub(crate) log: &'a NodeLog,
    pub(crate) first: Offset,
    pub(crate) next: Offset,
    /// The offset behind the last committed record.
    pub(crate) committed: Offset,
}

/// What this family's code asks a moment.
impl<'a> Moment<'a> {
    pub(crate) fn log(&self, id: LogId) -> LogView<'a> {
        let stream = self.world.stream(id);
        let arena = self.trace().arenas.stream(id);
        let log = stream.log();
        let committed = stream.committed.and_then(|chunk| {
            let row = log.row_of(arena, chunk)?;
            Some(arena.chunks[row as usize].chunk.next())
        });
        LogView {
            id,
            stream,
            arena,
            log,
            first: log.first(arena),
            next: log.next(arena),
            committed: committed.unwrap_or(Offset(0)),
        }
    }

    /// What would be processed again if its program started again now: first offset and the one behind the last.
    pub(crate) fn again(&self, c: &Consumer) -> Option<(Offset, Offset)> {
        resume::again(&self.facts(), c)
    }
}

impl<'a> LogView<'a> {
    pub(crate) fn row(&self, row: u32) -> &'a ChunkRow {
        &self.arena.chunks[row as usize]
    }

    pub(crate) fn chunk(&self, row: u32) -> &'a Arc<Chunk> {
        &self.row(row).chunk
    }

    pub(crate) fn is_live(&self) -> bool {
        self.stream.state == StreamState::Live
    }

    /// The segment that holds a row: its first row and the row behind its last, as far as they are in the log.
    pub(crate) fn segment(&self, row: u32) -> (u32, u32) {
        let Some(range) = self.log.rows.iter().find(|r| r.contains(&row)) else {
            return (row, row + 1);
        };
        let opened = |at: usize| self.arena.chunks[at].after().segments;
        let number = opened(row as usize);
        let (low, high) = (range.start as usize, range.end as usize);
        let first = bisect(low, high, |at| opened(at) < number);
        let behind = bisect(first, high, |at| opened(at) <= number);
        (first as u32, behind as u32)
    }
}
