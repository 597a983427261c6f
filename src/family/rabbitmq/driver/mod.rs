//! RabbitMQ's half of the simulated world: drives the broker and its nodes and the programs at them.
//! Decides nothing that the broker or a program decides.

mod audit;
mod connections;
mod effects;
mod elections;
mod frames;
mod held;
mod nodes;
mod process;
mod producing;
mod programs;
mod replicas;
mod script;
mod stream_statements;
mod streams;
mod work;
mod writers;

use alloc::sync::Arc;
use alloc::vec::Vec;

use connections::Connections;
use held::{Confirm, Held};
use process::Process;
use replicas::{Replication, Transfer};
use streams::Streams;

use super::broker::{Broker, Effect};
use super::event::StreamEvent;
use super::log::Chunk;
use super::rules::Rules;
use crate::engine::{Done, Host};
use crate::family;
use crate::ids::{ActorId, ConnectionId, EventId, LogId, Offset};
use crate::language::Scenario;
use crate::trace::event::Disconnection;
use crate::units::SimTime;

/// The broker, its nodes, and the programs.
#[derive(Clone, Debug)]
pub(crate) struct Driver {
    broker: Broker,
    /// Whether any node runs.
    is_up: bool,
    /// By [`ActorId`].
    processes: Vec<Process>,
    streams: Streams,
    connections: Connections,
    held: Held,
    replication: Replication,
}

/// What the driver puts before itself: to be done at once, one event each, or at a moment to come.
#[derive(Clone, Debug)]
pub(crate) enum Own {
    /// At once: an effect of the broker, with what it was doing when no token says.
    Effect(Effect, Option<EventId>),
    /// At once: say what was committed and confirm it.
    Flush,
    /// At once: the committed chunk id moved.
    Commit(LogId, Offset, Option<EventId>),
    /// At once: send confirms.
    Confirm(Confirm),
    /// At once: readers of a stream send what was committed.
    Dispatch(LogId),
    /// At once: readers of a stream that never comes to rest wait before they look.
    LookLater(LogId),
    /// At once: retention of a stream, if it is due.
    Retain(LogId),
    /// The broker sees that a connection is gone.
    HungUp(ConnectionId, Option<EventId>),
    /// A program sees that its connection is gone.
    Disconnected {
        /// The program.
        program: ActorId,
        /// The connection.
        connection: ConnectionId,
        /// What ended it.
        cause: Option<EventId>,
        /// Why.
        why: Disconnection,
    },
    /// Chunks reach a replica.
    Chunks(Transfer, Vec<Arc<Chunk>>),
    /// A replica's acknowledgement reaches the leader.
    Ack(Transfer, Offset),
}

impl Driver {
    pub(crate) fn new(scenario: &Scenario) -> Self {
        let header = &scenario.header;
        let rules = Rules::of(header.version);
        Self {
            broker: Broker::new(rules, header.nodes),
            is_up: true,
            processes: scenario.actors.iter().map(|_| Process::default()).collect(),
            streams: Streams::new(scenario),
            connections: Connections::default(),
            held: Held::default(),
            replication: Replication::new(header.latency),
        }
    }

    /// Takes the names of another scenario. Those that were not declared yet have done nothing.
    pub(crate) fn adopt(&mut self, scenario: &Scenario) {
        let programs = scenario.actors.len();
        self.processes.resize_with(programs, Process::default);
        self.streams.adopt(scenario);
    }

    /// Does what it had put before itself.
    pub(crate) fn own(&mut self, host: &mut Host, own: Own) {
        match own {
            Own::Effect(effect, cause) => self.effect(host, effect, cause),
            Own::Flush => self.flush(host),
            Own::Commit(stream, chunk, cause) => {
                let event = host.emit(cause, StreamEvent::Committed { stream, chunk });
                self.streams.writer(stream).commit = Some(event);
            }
            Own::Confirm(confirm) => self.confirm(host, confirm),
            Own::Dispatch(stream) => self.dispatch(host, stream),
            Own::LookLater(stream) => self.look_later(host, stream),
            Own::Retain(stream) => self.retain(host, stream),
            Own::HungUp(connection, cause) => self.hung_up(host, connection, cause),
            Own::Disconnected {
                program,
                connection,
                cause,
                why,
            } => {
                if self.processes[program.index()].connection == Some(connection) {
                    self.lose_connection(host, program, cause, why);
                }
            }
            Own::Chunks(transfer, chunks) => self.chunks_arrived(host, transfer, &chunks),
            Own::Ack(transfer, chunk) => self.ack_arrived(host, &transfer, chunk),
        }
    }

    /// One small step of its own at this instant; false when there is nothing to do.
    ///
    /// Programs are woken first, for they may still send. Then each writer takes a batch of what has arrived, then what
    /// was written leaves for the replicas. Only when no writer has work left are commits told and confirms sent, so
    /// that those of one instant go together; readers look after that. Housekeeping is last: retention sees the log as
    /// the instant leaves it.
    pub(crate) fn turn(&mut self, host: &mut Host) -> bool {
        self.wake(host)
            || self.write(host)
            || self.replicate(host)
            || self.settle(host)
            || self.keep_house(host)
    }

    /// The broker's side is quiet for now: say what was committed, and wake the readers.
    fn settle(&mut self, host: &mut Host) -> bool {
        if !self.held.is_empty() {
            host.then(Own::Flush);
            return true;
        }
        match self.held.take_woken() {
            Some(stream) => {
                host.then(Own::Dispatch(stream));
                true
            }
            None => false,
        }
    }

    /// Retention that is due by the clock; false when none is.
    fn keep_house(&self, host: &mut Host) -> bool {
        if self.next_moment().is_none_or(|at| at > host.now()) {
            return false;
        }
        for name in self.broker.housekeeping_due(host.now()) {
            if let Some(stream) = self.streams.id(&name) {
                host.then(Own::Retain(stream));
            }
        }
        host.has_tasks()
    }

    /// When housekeeping is due.
    pub(crate) fn next_moment(&self) -> Option<SimTime> {
        self.broker.next_housekeeping().filter(|_| self.is_up)
    }

    /// Its own times are housekeeping: nobody is owed it.
    pub(crate) const fn is_owing(&self) -> bool {
        false
    }

    /// Whether a run must not end before this program was woken.
    pub(crate) fn owes(&self, program: ActorId) -> bool {
        let process = &self.processes[program.index()];
        process.program.as_ref().is_some_and(|p| p.owes())
    }

    /// Whether a program has a run.
    pub(crate) fn runs(&self, program: ActorId) -> bool {
        self.processes[program.index()].runs()
    }

    /// Runs all pending effects before a fault is applied, and tells what they commit: a leader that is gone commits
    /// nothing any more.
    fn finish_tasks(&mut self, host: &mut Host) {
        loop {
            self.flush(host);
            while let Some(done) = host.next_task() {
                if let Done::Own(family::Own::RabbitMq(own)) = done {
                    self.own(host, own);
                }
            }
            if self.held.is_empty() {
                return;
            }
        }
    }
}
