//! What is there at a moment: which streams live, which programs are up. Knows no line of the language.

use offset_lab::family::rabbitmq::state::{ActorState, Program, StreamState};
use offset_lab::language::ast::{Role, Scenario};
use offset_lab::language::show;
use offset_lab::world::World;

use super::{Act, Field, Part};
use crate::state::moment::Moment;

/// The programs at a moment, by what can be done to them.
pub(super) struct Here<'a> {
    scenario: &'a Scenario,
    pub(super) world: &'a World,
    /// Whether anything can be written at all.
    pub(super) whole: Result<(), &'static str>,
}

pub(super) const fn up(state: ActorState) -> bool {
    matches!(
        state,
        ActorState::Starting | ActorState::Running | ActorState::Paused
    )
}

pub(super) const fn down(state: ActorState) -> bool {
    matches!(
        state,
        ActorState::Closed | ActorState::Crashed | ActorState::Refused
    )
}

pub(super) fn fixed(label: &'static str, options: &[&str]) -> Field {
    Field::Choice {
        label,
        options: options.iter().map(|o| (*o).to_owned()).collect(),
    }
}

impl<'a> Here<'a> {
    pub(super) fn new(moment: &'a Moment, whole: Result<(), &'static str>) -> Self {
        Self {
            scenario: moment.timeline().scenario(),
            world: moment.world(),
            whole,
        }
    }

    /// Names of the programs of a role whose state fits, as the language writes them.
    pub(super) fn names(&self, role: Role, fits: impl Fn(ActorState) -> bool) -> Vec<String> {
        self.pick(|r, s| r == role && fits(s))
    }

    pub(super) fn pick(&self, fits: impl Fn(Role, ActorState) -> bool) -> Vec<String> {
        let actors = self
            .scenario
            .actors
            .iter()
            .zip(&self.world.rabbitmq().programs);
        let fitting = actors.filter(|(_, program)| match program {
            Some(Program::Producer(p)) => fits(Role::Producer, p.state),
            Some(Program::Consumer(c)) => fits(Role::Consumer, c.state),
            None => false,
        });
        fitting.map(|(named, _)| show::name(&named.name)).collect()
    }

    pub(super) fn streams(&self) -> Vec<String> {
        let streams = self.scenario.streams.iter().zip(self.world.streams());
        let live = streams.filter(|(_, s)| s.state == StreamState::Live);
        live.map(|(name, _)| show::name(name)).collect()
    }

    /// An act on one of several: impossible for `why` when there are none.
    pub(super) fn on(
        &self,
        name: &'static str,
        options: Vec<String>,
        why: &'static str,
        more: Vec<Field>,
        parts: Vec<Part>,
    ) -> Act {
        let possible = match options.is_empty() {
            true => self.whole.and(Err(why)),
            false => self.whole,
        };
        let mut fields = vec![Field::Choice { label: "", options }];
        fields.extend(more);
        Act {
            name: name.into(),
            shown: fields.len(),
            fields,
            parts,
            possible,
        }
    }

    pub(super) fn free(&self, name: &'static str, fields: Vec<Field>, parts: Vec<Part>) -> Act {
        Act {
            name: name.into(),
            shown: fields.len(),
            fields,
            parts,
            possible: self.whole,
        }
    }
}
