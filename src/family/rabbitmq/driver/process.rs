//! A program's process as the driver keeps it: the machine, its connection, and what it is busy with.
//! Knows no other program.

use alloc::collections::VecDeque;
use alloc::sync::Arc;

use crate::base::IdSet;
use crate::family::rabbitmq::client::{ConsumerProgram, ProducerProgram, Program};
use crate::family::rabbitmq::message::PublishFrames;
use crate::ids::{ConnectionId, EventId, LogId, Offset};

/// A process.
#[derive(Clone, Debug, Default)]
pub(super) struct Process {
    pub(super) program: Option<Program>,
    pub(super) stream: LogId,
    pub(super) connection: Option<ConnectionId>,
    /// The connection that it has, or had last.
    pub(super) latest: Option<ConnectionId>,
    /// The event to which it reacts.
    pub(super) cause: Option<EventId>,
    /// The rest of publish frames that differ in their fate.
    pub(super) backlog: VecDeque<Arc<PublishFrames>>,
    /// Ends of delivered chunks, and the events of their arrival.
    pub(super) chunks: VecDeque<(Offset, EventId)>,
    /// What earlier runs and earlier connections processed since the stream was created.
    pub(super) before: IdSet,
    /// What this one processed.
    pub(super) current: IdSet,
    /// It ends in order to be started again.
    pub(super) restarts: bool,
    /// The latest duplicates of its messages.
    pub(super) deduplicated: Option<EventId>,
}

impl Process {
    /// Whether the program has a run.
    pub(super) fn runs(&self) -> bool {
        self.program.as_ref().is_some_and(Program::runs)
    }

    pub(super) fn is_disconnected(&self) -> bool {
        self.program.as_ref().is_some_and(Program::is_disconnected)
    }

    pub(super) fn producer(&mut self) -> Option<&mut ProducerProgram> {
        match &mut self.program {
            Some(Program::Producer(p)) => Some(p),
            Some(Program::Consumer(_)) | None => None,
        }
    }

    pub(super) fn consumer(&mut self) -> Option<&mut ConsumerProgram> {
        match &mut self.program {
            Some(Program::Consumer(c)) => Some(c),
            Some(Program::Producer(_)) | None => None,
        }
    }

    /// The stream is created anew: nothing of it was processed yet.
    pub(super) fn forget_processed(&mut self) {
        self.before = IdSet::new();
        self.current = IdSet::new();
    }

    /// The connection is gone, and with it what was under way. What was processed over it now counts as processed
    /// before.
    pub(super) fn unplug(&mut self) -> Option<ConnectionId> {
        self.backlog.clear();
        self.chunks.clear();
        let current = core::mem::take(&mut self.current);
        for (first, last) in current.ranges() {
            self.before.insert(*first, (last - first).saturating_add(1));
        }
        self.connection.take()
    }

    /// The arrival of the chunk that holds `offset`.
    pub(super) fn arrival_of(&mut self, offset: Offset) -> Option<EventId> {
        while self.chunks.front().is_some_and(|(end, _)| *end <= offset) {
            self.chunks.pop_front();
        }
        self.chunks.front().map(|(_, event)| *event)
    }
}
