//! What a clause about an event needs besides the event: the names of the scenario, and what the trace keeps.

use alloc::format;
use alloc::string::String;

use super::english;
use crate::ids::{ActorId, LogId};
use crate::language::Scenario;
use crate::trace::Trace;
use crate::units::SimTime;

/// Names, and what events refer to.
#[derive(Clone, Copy, Debug)]
pub struct EventNames<'a> {
    /// Names.
    pub scenario: &'a Scenario,
    /// Events and what they refer to.
    pub trace: &'a Trace,
}

impl<'a> EventNames<'a> {
    /// The name of a program.
    #[must_use]
    pub fn program(&self, program: ActorId) -> &'a str {
        &self.scenario.actors[program.index()].name
    }

    /// The name of a stream.
    #[must_use]
    pub fn stream(&self, stream: LogId) -> &'a str {
        &self.scenario.streams[stream.index()]
    }

    /// Whether the scenario has more than one node.
    #[must_use]
    pub fn has_cluster(&self) -> bool {
        self.scenario.header.nodes > 1
    }

    /// What had crashed last at a moment: one node of several, or the broker with all that it has.
    #[must_use]
    pub fn crashed(&self, at: SimTime) -> String {
        let (crashes, events) = (&self.trace.crashes, &self.trace.events);
        let event = |number: &u32| events.get(*number as usize);
        let behind = crashes.partition_point(0..crashes.len(), |number| {
            event(number).is_some_and(|event| event.at <= at)
        });
        let last = behind.checked_sub(1).and_then(|at| event(crashes.get(at)?));
        let Some(last) = last.filter(|_| self.has_cluster()) else {
            return "the broker".into();
        };
        let from = behind.saturating_sub(usize::from(self.scenario.header.nodes));
        let together = crashes
            .range(from..behind)
            .filter(|number| event(number).is_some_and(|event| event.at == last.at))
            .count();
        match last.what.crashed_node() {
            Some(node) if together < usize::from(self.scenario.header.nodes) => {
                format!("node {node}")
            }
            Some(_) | None => "the broker".into(),
        }
    }

    /// A clause as a sentence: with a capital letter, unless it begins with a program's name, and a full stop.
    #[must_use]
    pub fn finish(&self, clause: &str) -> String {
        let programs = self.scenario.actors.iter().take(1_000);
        let starts = |name: &str| {
            clause
                .strip_prefix(name)
                .is_some_and(|rest| rest.starts_with([' ', ',', '\'', ':']))
        };
        let is_name = programs.map(|program| &*program.name).any(starts);
        let text = if is_name {
            clause.into()
        } else {
            english::capital(clause)
        };
        text + "."
    }
}
