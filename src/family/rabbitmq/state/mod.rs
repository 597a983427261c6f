//! RabbitMQ's part of the world at a moment: streams on their nodes, and programs.

mod fold;
mod kept;
mod program;
mod stream;

use alloc::vec::Vec;

pub(crate) use kept::Kept;
pub use program::{ActorState, Consumer, Producer, Program, Subscription};
pub use stream::{NameProgress, NodeLog, Stream, StreamState};

use crate::ids::{ActorId, LogId};
use crate::language::Scenario;
use crate::language::ast::Role;
use crate::world::World;

/// Streams and programs. Cheap to clone: its size follows them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct State {
    /// By [`LogId`].
    pub streams: Vec<Stream>,
    /// By [`ActorId`]; a program is there from its first start on.
    pub programs: Vec<Option<Program>>,
    /// Nodes of the cluster.
    nodes: usize,
}

impl State {
    /// Before anything happened.
    #[must_use]
    pub fn new(scenario: &Scenario) -> Self {
        let mut state = Self {
            streams: Vec::new(),
            programs: Vec::new(),
            nodes: usize::from(scenario.header.nodes.max(1)),
        };
        state.fit(scenario);
        state
    }

    /// Takes the names of another scenario: those that both have are the first of each, and of the others
    /// nothing has happened yet.
    pub fn fit(&mut self, scenario: &Scenario) {
        let fresh = || Stream::new(self.nodes);
        self.streams.resize_with(scenario.streams.len(), fresh);
        self.programs.resize_with(scenario.actors.len(), || None);
    }

    /// What its size follows: streams on their nodes, and programs.
    #[must_use]
    pub fn parts(&self) -> usize {
        self.streams.len() * self.nodes + self.programs.len()
    }

    /// A program that was started.
    #[must_use]
    pub fn program(&self, id: ActorId) -> Option<&Program> {
        self.programs[id.index()].as_ref()
    }

    /// A producer that was started.
    #[must_use]
    pub fn producer(&self, id: ActorId) -> Option<&Producer> {
        match self.program(id)? {
            Program::Producer(producer) => Some(producer),
            Program::Consumer(_) => None,
        }
    }

    /// A consumer that was started.
    #[must_use]
    pub fn consumer(&self, id: ActorId) -> Option<&Consumer> {
        match self.program(id)? {
            Program::Consumer(consumer) => Some(consumer),
            Program::Producer(_) => None,
        }
    }

    /// Forgets whether it stands inside a range or behind the part of one that was cut.
    pub(crate) fn forget_parts(&mut self) {
        for program in &mut self.programs {
            if let Some(Program::Consumer(consumer)) = program {
                consumer.processed_part = None;
            }
        }
    }

    /// Whether it is the same as another but for names of which nothing has happened yet.
    pub(crate) fn is_but_for_names(&self, other: &Self) -> bool {
        let programs = other.programs.len();
        let streams = other.streams.len();
        self.streams.get(..streams) == Some(&other.streams[..])
            && self.programs.get(..programs) == Some(&other.programs[..])
            && self.programs[programs..].iter().all(Option::is_none)
    }
}

/// What this family's code asks a world.
impl World {
    /// Its streams and programs.
    #[must_use]
    pub const fn rabbitmq(&self) -> &State {
        // Two families never meet in a run.
        let own = "this family's code asks worlds of this family";
        self.family.rabbitmq().expect(own)
    }

    /// A stream.
    #[must_use]
    pub fn stream(&self, id: LogId) -> &Stream {
        &self.rabbitmq().streams[id.index()]
    }

    /// All streams, by [`LogId`].
    #[must_use]
    pub fn streams(&self) -> &[Stream] {
        &self.rabbitmq().streams
    }

    /// A program that was started.
    #[must_use]
    pub fn program(&self, id: ActorId) -> Option<&Program> {
        self.rabbitmq().program(id)
    }

    /// A producer that was started.
    #[must_use]
    pub fn producer(&self, id: ActorId) -> Option<&Producer> {
        self.rabbitmq().producer(id)
    }

    /// A consumer that was started.
    #[must_use]
    pub fn consumer(&self, id: ActorId) -> Option<&Consumer> {
        self.rabbitmq().consumer(id)
    }

    /// What a program is, once it was started.
    #[must_use]
    pub fn role(&self, id: ActorId) -> Option<Role> {
        Some(match self.program(id)? {
            Program::Producer(_) => Role::Producer,
            Program::Consumer(_) => Role::Consumer,
        })
    }
}
