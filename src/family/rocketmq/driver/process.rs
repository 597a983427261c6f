//! A program as the driver has it: its machine, its connection, and what led to what it does. Decides nothing.

use alloc::collections::VecDeque;
use alloc::sync::Arc;

use crate::base::SmallMap;
use crate::family::rocketmq::client::{MemberProgram, OutcomeRun, ProducerProgram, Program};
use crate::family::rocketmq::message::Sends;
use crate::ids::{ConnectionId, EventId, LogId, Offset};

/// A program.
#[derive(Clone, Debug, Default)]
pub(super) struct Process {
    /// Its machine, once it was started.
    pub(super) program: Option<Program>,
    /// The connection of its present run.
    pub(super) connection: Option<ConnectionId>,
    /// The connection of its latest run, once that is over.
    pub(super) left: Option<ConnectionId>,
    /// The event to which it reacts.
    pub(super) cause: Option<EventId>,
    /// The rest of sends that differ in their fate.
    pub(super) backlog: VecDeque<Arc<Sends>>,
    /// By queue: ends of what arrived, and the events of the arrival.
    pub(super) arrivals: SmallMap<LogId, VecDeque<(Offset, EventId)>>,
    /// The piece that it is at, while that takes time.
    pub(super) at: Option<OutcomeRun>,
    /// What of its group and topic it saw when it looked around last.
    pub(super) view: Option<AllocationView>,
}

/// What a member divides queues by: as long as it is the same, so is what comes of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct AllocationView {
    /// Changes of the group's members so far.
    pub(super) members: u64,
    /// Queues that are read.
    pub(super) queues: u32,
    /// Whether there is something in the group's retry queue.
    pub(super) retry: bool,
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
            Some(Program::Producer(producer)) => Some(producer),
            Some(Program::Member(_)) | None => None,
        }
    }

    pub(super) fn member(&mut self) -> Option<&mut MemberProgram> {
        match &mut self.program {
            Some(Program::Member(member)) => Some(member),
            Some(Program::Producer(_)) | None => None,
        }
    }

    /// Messages up to `end` of a queue arrived.
    pub(super) fn arrived(&mut self, queue: LogId, end: Offset, event: EventId) {
        let arrivals = self.arrivals.get_or_insert(queue, VecDeque::new());
        arrivals.push_back((end, event));
    }

    /// The arrival of the message at `offset`.
    pub(super) fn arrival_of(&mut self, queue: LogId, offset: Offset) -> Option<EventId> {
        let arrivals = self.arrivals.get_mut(&queue)?;
        while arrivals.len() > 1 && arrivals.front().is_some_and(|(end, _)| *end <= offset) {
            arrivals.pop_front();
        }
        arrivals.front().map(|(_, event)| *event)
    }

    /// The connection is gone, and with it what was under way.
    pub(super) fn unplug(&mut self) -> Option<ConnectionId> {
        self.backlog.clear();
        self.view = None;
        self.left = self.connection;
        self.connection.take()
    }
}
