//! What a person can do with RabbitMQ streams and programs at a moment. Knows what is there, and the language's words.

mod faults;
mod make;
mod programs;

use alloc::string::String;
use alloc::vec::Vec;

use super::state::{ActorState, Program, StreamState};
use crate::language::ast::Role;
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
        Menu::new("Store", rows.stores()),
        Menu::new("Wait", rows.waits()),
        Menu::new("Fault", rows.faults()),
    ]
}

/// The act that a learner most likely wants: to restart what is down, else to crash what runs.
pub(crate) fn quick(here: &Here<'_>) -> Option<Act> {
    let rows = Rows { here };
    let down = rows.names(Role::Consumer, &|s| matches!(s, ActorState::Crashed));
    let running = rows.names(Role::Consumer, &up);
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
    matches!(
        state,
        ActorState::Closed | ActorState::Crashed | ActorState::Refused
    )
}

/// What is there, as the language writes its names.
impl Rows<'_> {
    /// Names of the programs of a role whose state fits, as the language writes them.
    fn names(&self, role: Role, fits: &dyn Fn(ActorState) -> bool) -> Vec<String> {
        self.pick(&|r, s| r == role && fits(s))
    }

    fn pick(&self, fits: &dyn Fn(Role, ActorState) -> bool) -> Vec<String> {
        let programs = &self.here.world.rabbitmq().programs;
        let actors = self.here.scenario.actors.iter().zip(programs);
        let fitting = actors.filter(|(_, program)| match program {
            Some(Program::Producer(p)) => fits(Role::Producer, p.state),
            Some(Program::Consumer(c)) => fits(Role::Consumer, c.state),
            None => false,
        });
        fitting.map(|(named, _)| show::name(&named.name)).collect()
    }

    fn streams(&self) -> Vec<String> {
        let streams = self
            .here
            .scenario
            .streams
            .iter()
            .zip(self.here.world.streams());
        let live = streams.filter(|(_, s)| s.state == StreamState::Live);
        live.map(|(name, _)| show::name(name)).collect()
    }
}
