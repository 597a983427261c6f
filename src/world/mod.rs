//! The world at a moment: folded from events, and the only thing that facts, checks and pictures read.
//! Knows no engine, no future, no pixel.

pub mod actor;
pub mod facts;
mod faults;
pub mod fold;
pub mod recorder;
pub mod stream;
pub mod timeline;

use alloc::vec::Vec;

pub use actor::{ActorState, Consumer, Producer, Program};
pub use facts::Facts;
pub use recorder::Recorder;
pub use stream::{NodeLog, Stream, StreamState};
pub use timeline::{CheckResult, Cursor, Timeline};

use crate::ids::{ActorId, StreamId};
use crate::scenario::Scenario;
use crate::scenario::ast::Role;
use crate::trace::Fault;
use crate::units::SimTime;

/// Everything that is known at a moment. Cheap to clone: its size follows streams and programs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct World {
    /// The moment.
    pub now: SimTime,
    /// By [`StreamId`].
    pub streams: Vec<Stream>,
    /// By [`ActorId`].
    pub actors: Vec<Actor>,
    /// The cluster's nodes; node 1 is the first.
    pub nodes: Vec<Node>,
}

/// A program and its link.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Actor {
    /// The program, from its first start on.
    pub program: Option<Program>,
    /// Frames on the way to the broker.
    pub frames_up: u32,
    /// Frames on the way to the program.
    pub frames_down: u32,
    /// Faults of its link in force.
    pub faults: Vec<Fault>,
    /// Lines printed so far, over all runs: the length of its console in the arena.
    pub console: u32,
}

/// A node of the cluster.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Node {
    /// Whether it runs.
    pub up: bool,
    /// Whether it is cut from the other nodes.
    pub cut: bool,
}

impl World {
    /// The world before anything happened.
    #[must_use]
    pub fn new(scenario: &Scenario) -> Self {
        let node = Node {
            up: true,
            cut: false,
        };
        let nodes = usize::from(scenario.header.nodes.max(1));
        Self {
            now: SimTime::ZERO,
            streams: scenario
                .streams
                .iter()
                .map(|_| Stream::new(nodes))
                .collect(),
            actors: scenario.actors.iter().map(|_| Actor::new()).collect(),
            nodes: alloc::vec![node; nodes],
        }
    }

    /// Takes the names of another scenario: those that both have are the first of each, and of the others
    /// nothing has happened yet.
    pub fn fit(&mut self, scenario: &Scenario) {
        let nodes = self.nodes.len();
        let fresh = || Stream::new(nodes);
        self.streams.resize_with(scenario.streams.len(), fresh);
        self.actors.resize_with(scenario.actors.len(), Actor::new);
    }

    /// What its size follows: streams on their nodes, and programs.
    #[must_use]
    pub fn parts(&self) -> usize {
        self.streams.len() * self.nodes.len() + self.actors.len()
    }

    /// A stream.
    #[must_use]
    pub fn stream(&self, id: StreamId) -> &Stream {
        &self.streams[id.index()]
    }

    /// A program with its link.
    #[must_use]
    pub fn actor(&self, id: ActorId) -> &Actor {
        &self.actors[id.index()]
    }

    /// A producer that was started.
    #[must_use]
    pub fn producer(&self, id: ActorId) -> Option<&Producer> {
        match self.actor(id).program.as_ref()? {
            Program::Producer(producer) => Some(producer),
            Program::Consumer(_) => None,
        }
    }

    /// A consumer that was started.
    #[must_use]
    pub fn consumer(&self, id: ActorId) -> Option<&Consumer> {
        match self.actor(id).program.as_ref()? {
            Program::Consumer(consumer) => Some(consumer),
            Program::Producer(_) => None,
        }
    }
}

impl Actor {
    fn new() -> Self {
        Self {
            program: None,
            frames_up: 0,
            frames_down: 0,
            faults: Vec::new(),
            console: 0,
        }
    }

    /// What it is, once it was started.
    #[must_use]
    pub fn role(&self) -> Option<Role> {
        Some(match self.program.as_ref()? {
            Program::Producer(_) => Role::Producer,
            Program::Consumer(_) => Role::Consumer,
        })
    }
}
