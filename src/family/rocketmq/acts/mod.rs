//! What a person can do with RocketMQ's topics, groups and programs at a moment. Knows what is there, and the language's
//! words.

mod faults;
mod make;
mod offsets;
mod programs;

use alloc::string::String;
use alloc::vec::Vec;

use super::state::{ActorState, Program, State};
use crate::language::show;
use crate::view::acts::{Act, Here, LinePart, Menu};

/// The acts of this family.
struct Rows<'a> {
    here: &'a Here<'a>,
}

/// Everything that can be done, by heading.
pub(crate) fn menus(here: &Here<'_>) -> Vec<Menu> {
    let rows = Rows { here };
    alloc::vec![
        Menu::new("Publish", rows.publish()),
        Menu::new("New", rows.new_things()),
        Menu::new("Program", rows.programs()),
        Menu::new("Reset", rows.resets()),
        Menu::new("Wait", rows.waits()),
        Menu::new("Fault", rows.faults()),
    ]
}

/// The act that a learner most likely wants: to restart what is down, else to crash what runs.
pub(crate) fn quick(here: &Here<'_>) -> Option<Act> {
    let rows = Rows { here };
    let down = rows.members(&|state| matches!(state, ActorState::Crashed));
    let running = rows.members(&up);
    let (name, word, whom) = match (down.last(), running.last()) {
        (Some(down), _) => ("Restart ", "restart", down),
        (None, Some(running)) => ("Crash ", "crash", running),
        (None, None) => return None,
    };
    Some(Act {
        name: [name, whom].concat().into(),
        fields: Vec::new(),
        shown: 0,
        parts: alloc::vec![LinePart::Words(word), LinePart::Name(whom.clone())],
        // While the text runs the button stays, and with it the focus.
        possible: here.whole,
    })
}

const fn up(state: ActorState) -> bool {
    matches!(
        state,
        ActorState::Starting | ActorState::Running | ActorState::Paused
    )
}

const fn down(state: ActorState) -> bool {
    matches!(state, ActorState::Closed | ActorState::Crashed)
}

/// What is there, as the language writes its names.
impl Rows<'_> {
    fn state(&self) -> Option<&State> {
        self.here.world.family.rocketmq()
    }

    /// Names of the producers whose state fits.
    fn producers(&self, fits: &dyn Fn(ActorState) -> bool) -> Vec<String> {
        self.pick(&|program| match program {
            Program::Producer(producer) => fits(producer.state),
            Program::Member(_) => false,
        })
    }

    /// Names of the members whose state fits.
    fn members(&self, fits: &dyn Fn(ActorState) -> bool) -> Vec<String> {
        self.pick(&|program| match program {
            Program::Member(member) => fits(member.state),
            Program::Producer(_) => false,
        })
    }

    /// Names of the programs whose state fits.
    fn all(&self, fits: &dyn Fn(ActorState) -> bool) -> Vec<String> {
        self.pick(&|program| match program {
            Program::Producer(producer) => fits(producer.state),
            Program::Member(member) => fits(member.state),
        })
    }

    fn pick(&self, fits: &dyn Fn(&Program) -> bool) -> Vec<String> {
        let programs = self.state().map_or(&[][..], |state| &state.programs);
        let actors = self.here.scenario.actors.iter().zip(programs);
        let fitting = actors.filter(|(_, program)| program.as_ref().is_some_and(fits));
        fitting.map(|(actor, _)| show::name(&actor.name)).collect()
    }

    /// Names of the groups that were declared.
    fn groups(&self) -> Vec<String> {
        let groups = self.state().map_or(&[][..], |state| &state.groups);
        let actors = self.here.scenario.actors.iter().zip(groups);
        let there = actors.filter(|(_, group)| group.is_some());
        there.map(|(actor, _)| show::name(&actor.name)).collect()
    }

    /// Names of the topics that are there.
    fn topics(&self) -> Vec<String> {
        let topics = self.state().map_or(&[][..], |state| &state.topics);
        let sets = self.here.scenario.sets.iter().zip(topics);
        let there = sets.filter(|(_, topic)| topic.write > 0);
        there.map(|(set, _)| show::name(&set.name)).collect()
    }
}
