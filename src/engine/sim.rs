//! The simulated world: what happens at one instant, in which order, and when the next one is. Knows no script.

use alloc::collections::{BTreeMap, BTreeSet, VecDeque};
use alloc::sync::Arc;
use alloc::vec::Vec;

use super::actor::Actor;
use super::agenda::Agenda;
use super::link::Link;
use super::queue::Queue;
use crate::base::Prng;
use crate::family::rabbitmq::broker::{BatchCap, Broker, Effect};
use crate::family::rabbitmq::client::Asked;
use crate::family::rabbitmq::rules::Rules;
use crate::ids::{ActorId, ConnectionId, EventId, NodeId, Offset, PublishingId, StreamId};
use crate::scenario::Scenario;
use crate::scenario::ast::Condition;
use crate::trace::Frame;
use crate::trace::event::What;
use crate::trace::frame::Loss;
use crate::units::{SimDuration, SimTime};
use crate::world::timeline::Timeline;

/// The world while it runs.
#[derive(Clone, Debug)]
pub(super) struct Sim {
    pub(super) timeline: Timeline,
    pub(super) now: SimTime,
    pub(super) broker: Broker,
    pub(super) broker_up: bool,
    pub(super) queue: Queue,
    /// What is left to be done before anything else happens.
    pub(super) tasks: VecDeque<Task>,
    /// Programs that may have something to do.
    pub(super) active: VecDeque<ActorId>,
    /// By [`ActorId`].
    pub(super) actors: Vec<Actor>,
    /// When the next message of those at work is done.
    pub(super) progress: Agenda,
    /// When programs want to be woken.
    pub(super) wakes: Agenda,
    /// By [`StreamId`].
    pub(super) streams: Vec<Writer>,
    pub(super) names: BTreeMap<Arc<str>, StreamId>,
    /// Whose connection it is, by [`ConnectionId`].
    pub(super) connections: Vec<ActorId>,
    /// Connections before this one ended with the broker.
    pub(super) first_connection: ConnectionId,
    /// Connections to nodes that crashed while others went on.
    pub(super) dead: BTreeSet<ConnectionId>,
    /// What requests on the way through the broker were for, by token.
    pub(super) asked: BTreeMap<u32, Asked>,
    /// Confirms of this instant that are not sent yet.
    pub(super) confirms: Vec<Confirm>,
    /// Streams with commits of this instant that readers have not seen yet.
    pub(super) committed: BTreeMap<StreamId, (Offset, Option<EventId>)>,
    pub(super) woken: BTreeSet<StreamId>,
    /// Streams with chunks that replicas may lack.
    pub(super) grown: BTreeSet<StreamId>,
    /// The offset behind the last chunk that left for a replica.
    pub(super) transfers: BTreeMap<(StreamId, NodeId), Offset>,
    /// One way between two nodes.
    pub(super) latency: SimDuration,
    /// What `run until` waits for.
    pub(super) watch: Option<Arc<Condition>>,
}

/// A stream's writer as the engine drives it.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Writer {
    pub(super) cap: BatchCap,
    /// The latest event of a commit.
    pub(super) commit: Option<EventId>,
    /// The latest event of a written chunk.
    pub(super) written: Option<EventId>,
    /// Rows before this one are of the stream that was deleted.
    pub(super) first_row: u32,
    /// Ends with every fault between its nodes and every election.
    pub(super) term: u32,
}

/// Something to be done at once, one event each.
#[derive(Clone, Debug)]
pub(super) enum Task {
    /// An effect of the broker.
    Effect(Effect, Option<EventId>),
    /// Say what was committed and confirm it.
    Flush,
    /// The committed chunk id moved.
    Commit(StreamId, Offset, Option<EventId>),
    /// Send confirms.
    Confirm(Confirm),
    /// Readers of a stream send what was committed.
    Dispatch(StreamId),
    /// Retention of a stream, if it is due.
    Retain(StreamId),
    /// A frame is lost.
    Lose(ActorId, Frame, Loss, EventId),
}

/// Ids to confirm to a producer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Confirm {
    pub(super) to: ConnectionId,
    pub(super) first: PublishingId,
    pub(super) ids: u64,
    pub(super) duplicates: bool,
}

impl Sim {
    pub(super) fn new(scenario: &Arc<Scenario>) -> Self {
        let header = &scenario.header;
        let (major, minor) = header.version;
        let rules = Rules::of(major.into(), minor.into(), 0);
        let streams = scenario.streams.iter().zip(0..);
        Self {
            timeline: Timeline::new(scenario.clone()),
            now: SimTime::ZERO,
            broker: Broker::new(rules, header.nodes),
            broker_up: true,
            queue: Queue::default(),
            tasks: VecDeque::new(),
            active: VecDeque::new(),
            actors: (0..scenario.actors.len() as u64)
                .map(|label| Actor::new(Self::link(scenario, label)))
                .collect(),
            progress: Agenda::default(),
            wakes: Agenda::default(),
            streams: scenario.streams.iter().map(|_| Writer::default()).collect(),
            names: streams
                .map(|(name, id)| (name.clone(), StreamId(id)))
                .collect(),
            // Connection 0 is the script's own.
            connections: alloc::vec![ActorId(u32::MAX)],
            first_connection: ConnectionId(0),
            dead: BTreeSet::new(),
            asked: BTreeMap::new(),
            confirms: Vec::new(),
            committed: BTreeMap::new(),
            woken: BTreeSet::new(),
            grown: BTreeSet::new(),
            transfers: BTreeMap::new(),
            latency: header.latency,
            watch: None,
        }
    }

    /// The link of the program with this number.
    pub(super) fn link(scenario: &Scenario, label: u64) -> Link {
        let header = &scenario.header;
        Link::new(header.latency, Prng::new(header.seed, label))
    }

    pub(super) fn emit(&mut self, cause: Option<EventId>, what: What) -> EventId {
        let now = self.now;
        self.timeline.recorder().emit(now, cause, what)
    }

    pub(super) fn stream_name(&self, stream: StreamId) -> Arc<str> {
        self.timeline.scenario().streams[stream.index()].clone()
    }

    /// Lets a program say what it does next.
    pub(super) fn activate(&mut self, actor: ActorId) {
        if !self.active.contains(&actor) {
            self.active.push_back(actor);
        }
    }

    /// One small step of what happens at this instant; false when it is quiet.
    pub(super) fn step(&mut self) -> bool {
        if let Some(task) = self.tasks.pop_front() {
            self.task(task);
            return true;
        }
        if self.poll() || self.progress_due() {
            return true;
        }
        if let Some(item) = self.queue.pop_due(self.now) {
            self.arrive(item);
            return true;
        }
        self.wake() || self.write() || self.replicate() || self.settle() || self.keep_house()
    }

    pub(super) fn task(&mut self, task: Task) {
        match task {
            Task::Effect(effect, cause) => self.effect(effect, cause),
            Task::Flush => self.flush(),
            Task::Commit(stream, chunk, cause) => {
                let event = self.emit(cause, What::Committed { stream, chunk });
                self.streams[stream.index()].commit = Some(event);
            }
            Task::Confirm(confirm) => self.confirm(confirm),
            Task::Dispatch(stream) => self.dispatch(stream),
            Task::Retain(stream) => self.retain(stream),
            Task::Lose(actor, frame, why, sent) => {
                self.emit(Some(sent), What::Lost { actor, frame, why });
            }
        }
    }

    /// The broker's side is quiet for now: say what was committed, and wake the readers.
    fn settle(&mut self) -> bool {
        if !self.confirms.is_empty() || !self.committed.is_empty() {
            self.tasks.push_back(Task::Flush);
            return true;
        }
        match self.woken.pop_first() {
            Some(stream) => {
                self.tasks.push_back(Task::Dispatch(stream));
                true
            }
            None => false,
        }
    }

    fn keep_house(&mut self) -> bool {
        if self
            .broker
            .next_housekeeping()
            .is_none_or(|at| at > self.now)
            || !self.broker_up
        {
            return false;
        }
        for name in self.broker.housekeeping_due(self.now) {
            if let Some(stream) = self.names.get(&name) {
                self.tasks.push_back(Task::Retain(*stream));
            }
        }
        !self.tasks.is_empty()
    }

    /// Whether nothing is left that a program is owed, once this instant is quiet.
    pub(super) fn is_idle(&mut self) -> bool {
        if self.queue.next_time().is_some() || self.first_progress().is_some() {
            return false;
        }
        let actors = &self.actors;
        let owes = |(_, id): (SimTime, ActorId)| {
            let actor = &actors[id.index()];
            actor.wake.is_some() && actor.owes()
        };
        !self.wakes.notes().any(owes)
    }

    /// The next moment at which something comes; housekeeping counts.
    pub(super) fn next_moment(&mut self) -> Option<SimTime> {
        let progress = self.first_progress().map(|(_, p)| p.next);
        let wake = self.first_wake().map(|(at, _)| at);
        progress
            .into_iter()
            .chain(self.queue.next_time())
            .chain(wake)
            .chain(self.housekeeping())
            .min()
    }

    pub(super) fn housekeeping(&self) -> Option<SimTime> {
        self.broker.next_housekeeping().filter(|_| self.broker_up)
    }
}
