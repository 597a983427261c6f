//! What a clause about an event needs besides the event: the names of the scenario, and what the trace keeps.

use crate::ids::{ActorId, StreamId};
use crate::scenario::Scenario;
use crate::trace::Trace;

/// Names, and what events refer to.
#[derive(Clone, Copy, Debug)]
pub struct Names<'a> {
    /// Names.
    pub scenario: &'a Scenario,
    /// Events and what they refer to.
    pub trace: &'a Trace,
}

impl<'a> Names<'a> {
    /// The name of a program.
    #[must_use]
    pub fn program(&self, program: ActorId) -> &'a str {
        &self.scenario.actors[program.index()].name
    }

    /// The name of a stream.
    #[must_use]
    pub fn stream(&self, stream: StreamId) -> &'a str {
        &self.scenario.streams[stream.index()]
    }

    /// Whether the scenario has more than one node.
    #[must_use]
    pub fn has_cluster(&self) -> bool {
        self.scenario.header.nodes > 1
    }
}
