//! RocketMQ's half of the simulated world: drives the broker and the programs at it. Decides nothing that the broker or a
//! program decides.

mod answers;
mod audit;
mod effects;
mod groups;
mod members;
mod names;
mod nodes;
mod pieces;
mod process;
mod producing;
mod programs;
mod requests;
mod resets;
mod script;
mod work;

use alloc::vec::Vec;

use groups::GroupSetup;
use names::ScenarioNames;
use process::Process;

use super::broker::{Broker, BrokerSettings, Effect, Task};
use super::message::ToProgram;
use super::rules::Rules;
use crate::engine::Host;
use crate::ids::{ActorId, ConnectionId, EventId};
use crate::language::Scenario;
use crate::units::{SimDuration, SimTime};

/// The connection of the script itself, as which the admin tool asks.
const SCRIPT: ConnectionId = ConnectionId(0);

/// The broker and the programs.
#[derive(Clone, Debug)]
pub(crate) struct Driver {
    broker: Broker,
    is_up: bool,
    /// The moment of the latest look at it.
    now: SimTime,
    /// By [`ActorId`].
    processes: Vec<Process>,
    /// By [`ActorId`].
    groups: Vec<Option<GroupSetup>>,
    names: ScenarioNames,
    /// From connection 1 on: whose each is.
    connections: Vec<ActorId>,
    /// Connections before this one ended with the broker.
    first_alive: ConnectionId,
    /// The way to the broker and back.
    round_trip: SimDuration,
    /// The latest event of an append to the commit log.
    appended: Option<EventId>,
    /// The latest event of an offset that was stored.
    stored: Option<EventId>,
}

/// What the driver puts before itself: to be done at once, one event each, or at a moment to come.
#[derive(Clone, Debug)]
pub(crate) enum Own {
    /// At once: an effect of the broker, with what it was doing when no token says.
    Effect(Effect, Option<EventId>),
    /// The broker sees that a connection is gone.
    HungUp(ConnectionId, Option<EventId>),
    /// A program sees that its connection is gone.
    Disconnected(ActorId, ConnectionId, Option<EventId>),
    /// An answer that stands for many is complete.
    Answer(ConnectionId, ToProgram, Option<EventId>),
}

impl Driver {
    pub(crate) fn new(scenario: &Scenario) -> Self {
        let header = &scenario.header;
        let usual = BrokerSettings::default();
        let settings = BrokerSettings {
            commit_log_file: header.log_file.unwrap_or(usual.commit_log_file),
            ..usual
        };
        Self {
            broker: Broker::new(Rules::of(header.version), settings),
            is_up: true,
            now: SimTime::ZERO,
            processes: scenario.actors.iter().map(|_| Process::default()).collect(),
            groups: scenario.actors.iter().map(|_| None).collect(),
            names: ScenarioNames::new(scenario),
            connections: Vec::new(),
            first_alive: ConnectionId(1),
            round_trip: header.latency.times(2),
            appended: None,
            stored: None,
        }
    }

    /// Takes the names of another scenario. Those that were not declared yet have done nothing.
    pub(crate) fn adopt(&mut self, scenario: &Scenario) {
        let programs = scenario.actors.len();
        self.processes.resize_with(programs, Process::default);
        self.groups.resize_with(programs, || None);
        self.names.adopt(scenario);
    }

    /// Does what it had put before itself.
    pub(crate) fn own(&mut self, host: &mut Host, own: Own) {
        self.now = host.now();
        match own {
            Own::Effect(effect, cause) => self.effect(host, effect, cause),
            Own::HungUp(connection, cause) => self.hung_up(host, connection, cause),
            Own::Disconnected(program, connection, cause) => {
                if self.processes[program.index()].connection == Some(connection) {
                    self.lose_connection(host, program, cause);
                }
            }
            Own::Answer(connection, message, cause) => {
                self.send_to_program(host, connection, message, cause);
            }
        }
    }

    /// One small step of its own at this instant; false when there is nothing to do.
    ///
    /// Programs are woken first, for they may still send. The broker's own tasks follow in their order: what is stored
    /// comes before what shows it, housekeeping last.
    pub(crate) fn turn(&mut self, host: &mut Host) -> bool {
        self.now = host.now();
        self.wake(host) || self.broker_task(host)
    }

    /// The first task of the broker whose moment it is; false when there is none.
    fn broker_task(&mut self, host: &mut Host) -> bool {
        let now = host.now();
        let due = |task: &&Task| self.broker.next_of(now, **task).is_some_and(|at| at <= now);
        let Some(task) = Task::ALL.iter().find(due).copied().filter(|_| self.is_up) else {
            return false;
        };
        let mut effects = Vec::new();
        self.broker.work(now, task, &mut effects);
        let effects = self.renew(host, effects);
        let cause = match task {
            Task::Dispatch => self.appended,
            Task::Deliver | Task::Revive | Task::Flush | Task::Look | Task::Clean => None,
        };
        effects::then(host, effects, cause);
        true
    }

    /// When the broker has something to do.
    pub(crate) fn next_moment(&self) -> Option<SimTime> {
        self.broker.next_moment(self.now).filter(|_| self.is_up)
    }

    /// Whether the broker has something to do that somebody is owed.
    pub(crate) fn is_owing(&self) -> bool {
        let owed = |task: &Task| task.is_owed() && self.broker.next_of(self.now, *task).is_some();
        self.is_up && Task::ALL.iter().any(owed)
    }

    /// Whether a run must not end before this program was woken.
    pub(crate) fn owes(&self, program: ActorId) -> bool {
        let process = &self.processes[program.index()];
        process.program.as_ref().is_some_and(|it| it.owes(self.now))
    }

    /// Whether a program has a run.
    pub(crate) fn runs(&self, program: ActorId) -> bool {
        self.processes[program.index()].runs()
    }
}
