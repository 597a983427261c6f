//! What events name by index and what programs did lives here once, however often a world refers to it. Append-only.

use alloc::sync::Arc;
use alloc::vec::Vec;

use crate::base::Pages;
use crate::family;
use crate::ids::{ActorId, LogId, Offset};
use crate::language::Scenario;

/// What events name by index.
#[derive(Clone, Debug)]
pub struct Arenas {
    /// What the family keeps.
    pub family: family::Arena,
    /// By [`ActorId`]; producers have an empty one.
    pub actors: Vec<ActorArena>,
}

/// What a program processed and printed, over all its runs.
#[derive(Clone, Debug, Default)]
pub struct ActorArena {
    /// Processed ranges (log, first offset, count), one an event.
    pub processed: Pages<(LogId, Offset, u64)>,
    /// Of each processed range: whether an earlier run had processed it.
    pub again: Pages<bool>,
    /// Printed lines.
    pub console: Pages<Arc<str>>,
}

impl Arenas {
    /// Arenas for the names of a scenario.
    #[must_use]
    pub fn new(scenario: &Scenario) -> Self {
        let mut arenas = Self {
            family: family::Arena::new(scenario),
            actors: Vec::new(),
        };
        arenas.fit(scenario);
        arenas
    }

    /// Makes room for the names of a scenario, and forgets those beyond, which hold nothing.
    pub fn fit(&mut self, scenario: &Scenario) {
        self.family.fit(scenario);
        let programs = scenario.actors.len();
        self.actors.resize_with(programs, ActorArena::default);
    }

    /// The arena of a program.
    #[must_use]
    pub fn actor(&self, id: ActorId) -> &ActorArena {
        &self.actors[id.index()]
    }
}
