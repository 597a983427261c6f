//! A program as the engine keeps it: the machine, its link, its connection, and what it is busy with.
//! Knows no other program.

use alloc::collections::VecDeque;
use alloc::sync::Arc;

use super::link::Link;
use crate::base::IdSet;
use crate::family::rabbitmq::client::wire::Names;
use crate::family::rabbitmq::client::{ConsumerProgram, Next, ProducerProgram, Train, Work};
use crate::ids::{ConnectionId, EventId, Offset, StreamId};
use crate::units::{SimDuration, SimTime};

/// A program's machine.
#[derive(Clone, Debug)]
pub(super) enum Program {
    Producer(ProducerProgram),
    Consumer(ConsumerProgram),
}

/// A program.
#[derive(Clone, Debug)]
pub(super) struct Actor {
    pub(super) program: Option<Program>,
    /// Runs so far.
    pub(super) run: u32,
    pub(super) stream: StreamId,
    pub(super) names: Names,
    pub(super) connection: Option<ConnectionId>,
    pub(super) link: Link,
    /// The event to which it reacts.
    pub(super) cause: Option<EventId>,
    /// The rest of publish trains whose frames differ in their fate.
    pub(super) backlog: VecDeque<Train>,
    /// Ends of delivered chunks, and the events of their arrival.
    pub(super) chunks: VecDeque<(Offset, EventId)>,
    pub(super) progress: Option<Progress>,
    /// When its program wants to be woken, and what made it want so.
    pub(super) wake: Option<(SimTime, Option<EventId>)>,
    /// What earlier runs and earlier connections processed since the stream was created.
    pub(super) before: IdSet,
    /// What this one processed.
    pub(super) current: IdSet,
    /// The latest duplicates of its messages.
    pub(super) deduplicated: Option<EventId>,
}

/// Messages that are being processed, one after the other.
#[derive(Clone, Copy, Debug)]
pub(super) struct Progress {
    pub(super) work: Work,
    /// When the next one is done.
    pub(super) next: SimTime,
    pub(super) stride: SimDuration,
}

impl Actor {
    pub(super) fn new(link: Link) -> Self {
        Self {
            program: None,
            run: 0,
            stream: StreamId(0),
            names: Names {
                stream: Arc::from(""),
                reference: None,
                group: None,
                filter: None,
                single_active: false,
            },
            connection: None,
            link,
            cause: None,
            backlog: VecDeque::new(),
            chunks: VecDeque::new(),
            progress: None,
            wake: None,
            before: IdSet::new(),
            current: IdSet::new(),
            deduplicated: None,
        }
    }

    /// Whether the program has a run.
    pub(super) fn runs(&self) -> bool {
        match &self.program {
            Some(Program::Producer(p)) => p.runs(),
            Some(Program::Consumer(c)) => c.runs(),
            None => false,
        }
    }

    pub(super) fn is_disconnected(&self) -> bool {
        match &self.program {
            Some(Program::Producer(p)) => p.is_disconnected(),
            Some(Program::Consumer(c)) => c.is_disconnected(),
            None => false,
        }
    }

    /// Whether the next message that it is at work on is done then.
    pub(super) fn is_done_at(&self, at: SimTime) -> bool {
        self.progress.is_some_and(|p| p.next == at)
    }

    /// When its program wants to be woken next.
    fn wakes_at(&self, now: SimTime) -> Option<SimTime> {
        match &self.program {
            Some(Program::Producer(p)) => p.wakes_at(),
            Some(Program::Consumer(c)) => c.wakes_at(now),
            None => None,
        }
    }

    /// Whether a run must not end before its program was woken.
    pub(super) fn owes(&self) -> bool {
        match &self.program {
            Some(Program::Producer(p)) => p.wakes_at().is_some(),
            Some(Program::Consumer(c)) => c.owes(),
            None => false,
        }
    }

    /// Notes when its program wants to be woken.
    pub(super) fn set_alarm(&mut self, now: SimTime) {
        let at = self.wakes_at(now);
        if self.wake.map(|(at, _)| at) != at {
            self.wake = at.map(|at| (at, self.cause));
        }
    }

    pub(super) fn next(&mut self) -> Next {
        match &mut self.program {
            Some(Program::Producer(p)) => p.next_step(),
            Some(Program::Consumer(c)) => c.next_step(),
            None => Next::Nothing,
        }
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

    /// What this run processed now counts as processed before.
    pub(super) fn remember(&mut self) {
        let current = core::mem::take(&mut self.current);
        for (first, last) in current.ranges() {
            self.before.insert(*first, (last - first).saturating_add(1));
        }
    }

    /// The connection is gone, and with it what was under way in the program.
    pub(super) fn unplug(&mut self) -> Option<ConnectionId> {
        self.backlog.clear();
        self.chunks.clear();
        self.progress = None;
        self.wake = None;
        self.remember();
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
