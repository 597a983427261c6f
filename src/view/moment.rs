//! A timeline at a cursor, with what every part of a frame asks of it. Knows no mark and no sentence.

use alloc::sync::Arc;

use crate::base::bisect;
use crate::explain;
use crate::family::rabbitmq::log::Chunk;
use crate::family::rabbitmq::state::{Consumer, NodeLog};
use crate::family::rabbitmq::state::{Stream, StreamState};
use crate::ids::{ActorId, EventId, Offset, StreamId};
use crate::scenario::Scenario;
use crate::trace::{ChunkRow, Event, StreamArena, Trace};
use crate::world::{Cursor, Facts, Timeline, World};

/// One moment of a timeline.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Moment<'a> {
    /// The timeline.
    pub timeline: &'a Timeline,
    /// Its world at the cursor.
    pub world: &'a World,
    /// The cursor.
    pub cursor: Cursor,
}

/// A stream's log at a moment.
#[derive(Clone, Copy, Debug)]
pub(crate) struct LogView<'a> {
    pub(crate) id: StreamId,
    pub(crate) stream: &'a Stream,
    pub(crate) arena: &'a StreamArena,
    pub(crate) log: &'a NodeLog,
    pub(crate) first: Offset,
    pub(crate) next: Offset,
    /// The offset behind the last committed record.
    pub(crate) committed: Offset,
}

impl<'a> Moment<'a> {
    pub(crate) fn scenario(&self) -> &'a Scenario {
        self.timeline.scenario()
    }

    pub(crate) fn trace(&self) -> &'a Trace {
        self.timeline.trace()
    }

    pub(crate) fn facts(&self) -> Facts<'a> {
        self.timeline.facts_of(self.world)
    }

    pub(crate) fn name(&self, actor: ActorId) -> &'a str {
        &self.scenario().actors[actor.index()].name
    }

    pub(crate) fn stream_name(&self, stream: StreamId) -> &'a str {
        &self.scenario().streams[stream.index()]
    }

    /// What happened last, and how much of it counts when the cursor stands inside it.
    pub(crate) fn happened(&self) -> Option<(EventId, &'a Event, Option<u64>)> {
        let (at, part) = match (self.cursor.event, self.cursor.part) {
            (event, 1..) => (event, Some(self.cursor.part)),
            (event, 0) => (event.checked_sub(1)?, None),
        };
        let event = self.trace().events.get(at as usize)?;
        Some((EventId(at), event, part))
    }

    /// Events from the last one back.
    pub(crate) fn backwards(&self) -> impl Iterator<Item = (&'a Event, Option<u64>)> {
        let events = &self.trace().events;
        let inside = self.happened().filter(|(_, _, part)| part.is_some());
        let before = events.range(0..(self.cursor.event as usize).min(events.len()));
        inside
            .map(|(_, event, part)| (event, part))
            .into_iter()
            .chain(before.rev().map(|event| (event, None)))
    }

    pub(crate) fn log(&self, id: StreamId) -> LogView<'a> {
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
        explain::resume::again(&self.facts(), c)
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
