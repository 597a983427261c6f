//! The world at a moment: folded from events, and the only thing that facts, checks and pictures read.
//! Knows no engine, no future, no pixel.

pub mod asked;
mod checkpoint;
pub mod facts;
mod fold;
mod jumped;
pub mod recorder;
pub(crate) mod since;
pub mod timeline;

use alloc::vec::Vec;

pub use asked::Asked;
pub use facts::Facts;
pub use recorder::Recorder;
pub use timeline::{CheckResult, Cursor, Timeline};

use crate::family::State;
use crate::ids::ActorId;
use crate::language::Scenario;
use crate::trace::Fault;
use crate::units::SimTime;

/// Everything that is known at a moment. Cheap to clone: its size follows streams and programs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct World {
    /// The moment.
    pub now: SimTime,
    /// The programs' links, by [`ActorId`].
    pub links: Vec<LinkState>,
    /// The cluster's nodes; node 1 is the first.
    pub nodes: Vec<Node>,
    /// What the family knows.
    pub family: State,
}

/// A program's link, and what it printed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LinkState {
    /// Messages on the way to the broker.
    pub messages_up: u32,
    /// Messages on the way to the program.
    pub messages_down: u32,
    /// Faults in force.
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
        Self {
            now: SimTime::ZERO,
            links: scenario
                .actors
                .iter()
                .map(|_| LinkState::default())
                .collect(),
            nodes: alloc::vec![node; usize::from(scenario.header.nodes.max(1))],
            family: State::new(scenario),
        }
    }

    /// Takes the names of another scenario: those that both have are the first of each, and of the others
    /// nothing has happened yet.
    pub fn fit(&mut self, scenario: &Scenario) {
        self.links
            .resize_with(scenario.actors.len(), LinkState::default);
        self.family.fit(scenario);
    }

    /// What its size follows.
    #[must_use]
    pub fn parts(&self) -> usize {
        self.family.parts()
    }

    /// A program's link.
    #[must_use]
    pub fn link(&self, id: ActorId) -> &LinkState {
        &self.links[id.index()]
    }

    /// Forgets whether it stands inside a range or behind the part of one that was cut.
    pub(crate) fn forget_parts(&mut self) {
        self.family.forget_parts();
    }

    /// Whether it is the same as another but for names of which nothing has happened yet.
    pub(crate) fn is_but_for_names(&self, other: &Self) -> bool {
        let links = other.links.len();
        (self.now, &self.nodes) == (other.now, &other.nodes)
            && self.links.get(..links) == Some(&other.links[..])
            && self.family.is_but_for_names(&other.family)
    }
}
