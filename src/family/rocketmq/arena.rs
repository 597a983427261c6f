//! What was appended to the commit log and what each queue shows of it live here once, however often a state refers to
//! them. Append-only.

use alloc::sync::Arc;
use alloc::vec::Vec;

use super::store::{Extent, Position, QueueRun, RenderedMessage};
use crate::base::{Pages, Piece};
use crate::ids::{LogId, Offset};
use crate::language::Scenario;
use crate::units::SimTime;

/// The commit log, and all queues.
#[derive(Clone, Debug, Default)]
pub struct Arena {
    /// What was appended to the commit log, in order.
    pub appended: Pages<Arc<Extent>>,
    /// By [`LogId`].
    queues: Vec<QueueArena>,
}

/// What a queue ever showed, in the order of its offsets.
#[derive(Clone, Debug, Default)]
pub struct QueueArena {
    /// Runs of messages; they follow each other without a gap.
    pub runs: Pages<QueueRun>,
}

impl Arena {
    /// Makes room for the queues of a scenario, and forgets those beyond, which hold nothing.
    pub(crate) fn fit(&mut self, scenario: &Scenario) {
        let queues = scenario.streams.len();
        self.queues.resize_with(queues, QueueArena::default);
    }

    /// What it holds, in pieces.
    pub(crate) fn pieces(self, out: &mut Vec<Piece>) {
        self.queues
            .into_iter()
            .for_each(|queue| queue.runs.pieces(out));
        self.appended.pieces(out);
    }

    /// The arena of a queue.
    #[must_use]
    pub fn queue(&self, id: LogId) -> &QueueArena {
        &self.queues[id.index()]
    }

    /// Keeps what was appended to the commit log; answers its row.
    pub(crate) fn append(&mut self, extent: Arc<Extent>) -> u32 {
        let row = u32::try_from(self.appended.len()).expect("events are limited far below 2^32");
        self.appended.push(extent);
        row
    }

    /// Keeps what a queue shows; answers its row.
    pub(crate) fn show(&mut self, id: LogId, run: QueueRun) -> u32 {
        let runs = &mut self.queues[id.index()].runs;
        let row = u32::try_from(runs.len()).expect("events are limited far below 2^32");
        runs.push(run);
        row
    }

    /// Where the commit log ends behind its first `rows` appends.
    #[must_use]
    pub fn end(&self, rows: u32) -> Position {
        let last = rows
            .checked_sub(1)
            .and_then(|row| self.appended.get(row as usize));
        last.map_or(Position(0), |extent| extent.end())
    }
}

impl QueueArena {
    /// The maximum behind the first `rows` runs.
    #[must_use]
    pub fn max(&self, rows: u32) -> Offset {
        let last = rows
            .checked_sub(1)
            .and_then(|row| self.runs.get(row as usize));
        last.map_or(Offset(0), |run| Offset(run.end()))
    }

    /// The row of the run that holds an offset; the number of all when none does.
    #[must_use]
    pub fn row_of(&self, offset: Offset) -> u32 {
        let at = self
            .runs
            .partition_point(0..self.runs.len(), |run| run.end() <= offset.0);
        at as u32
    }

    /// The run that holds an offset, and the place of its message there.
    #[must_use]
    pub fn run_of(&self, offset: Offset) -> Option<(&QueueRun, u64)> {
        let run = self.runs.get(self.row_of(offset) as usize)?;
        (run.first <= offset).then(|| (run, run.place_of(offset.0)))
    }

    /// The message at an offset, whether its bytes are still there or not.
    #[must_use]
    pub fn message(&self, offset: Offset) -> Option<RenderedMessage> {
        let (run, place) = self.run_of(offset)?;
        Some(run.extent.run.message(place))
    }

    /// When the message at an offset was stored.
    #[must_use]
    pub fn stored_at(&self, offset: Offset) -> Option<SimTime> {
        let (run, _) = self.run_of(offset)?;
        Some(run.extent.stored_at)
    }
}
