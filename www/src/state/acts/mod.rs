//! What a person can do at a moment: each act is a line of the language with a few blanks, possible or not.
//! Knows the world at the moment; never what an act leads to.

pub mod blank;
mod faults;
mod fill;
mod here;
mod make;
mod programs;
#[cfg(test)]
mod tests;

use std::rc::Rc;

use offset_lab::family::rabbitmq::state::ActorState;
use offset_lab::scenario::ast::Role;
use offset_lab::scenario::show;
use offset_lab::view::Target;

use super::AppState;
pub use blank::Field;
pub use fill::Mistake;
use here::Here;

/// An act.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Act {
    /// Its name on the button.
    pub name: Rc<str>,
    /// The blanks to fill.
    pub fields: Vec<Field>,
    /// How many of them are shown at once; the rest are options for those who look for them.
    pub shown: usize,
    /// The words of its line.
    pub parts: Vec<Part>,
    /// Whether it is possible now, and if not, why.
    pub possible: Result<(), &'static str>,
}

/// A part of a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Part {
    /// Words of the language.
    Words(&'static str),
    /// A name of the scenario, as the language writes it.
    Name(String),
    /// A blank as it was filled.
    Field(usize),
    /// A blank that becomes a name.
    NewName(usize),
    /// A blank that becomes a string.
    Text(usize),
    /// Words and a blank, unless the blank is empty.
    Optional(&'static str, usize),
    /// The same with a blank that becomes a name.
    OptionalName(&'static str, usize),
    /// The same with a blank that becomes a string.
    OptionalText(&'static str, usize),
}

impl Act {
    /// Shows so many blanks at once.
    fn showing(self, shown: usize) -> Self {
        Self { shown, ..self }
    }

    /// The same about one of those that it can be about.
    fn about(mut self, whom: &str) -> Option<Self> {
        let Some(Field::Choice { label: "", options }) = self.fields.first_mut() else {
            return None;
        };
        options.retain(|option| option == whom);
        (self.possible.is_ok() && !options.is_empty()).then_some(self)
    }
}

/// Acts under one heading.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Menu {
    /// The heading.
    pub name: &'static str,
    /// The acts.
    pub acts: Vec<Act>,
}

/// All menus.
#[must_use]
pub fn menus(state: &AppState) -> Vec<Menu> {
    let Some(here) = Here::new(state) else {
        return Vec::new();
    };
    let menu = |name, acts| Menu { name, acts };
    vec![
        menu("Publish", here.publish()),
        menu("New", here.new_things()),
        menu("Program", here.programs()),
        menu("Store", here.stores()),
        menu("Wait", here.waits()),
        menu("Fault", here.faults()),
    ]
}

/// The act that a learner most likely wants: to restart what is down, else to crash what runs.
#[must_use]
pub fn quick(state: &AppState) -> Option<Act> {
    let here = Here::new(state)?;
    let down = here.names(Role::Consumer, |s| matches!(s, ActorState::Crashed));
    let running = here.names(Role::Consumer, here::up);
    let (name, word, whom) = match (down.last(), running.last()) {
        (Some(down), _) => ("Restart ", "restart", down),
        (None, Some(running)) => ("Crash ", "crash", running),
        (None, None) => return None,
    };
    Some(Act {
        name: [name, whom].concat().into(),
        fields: Vec::new(),
        shown: 0,
        parts: vec![Part::Words(word), Part::Name(whom.clone())],
        // While the text runs the button stays, and with it the focus.
        possible: here.whole,
    })
}

/// What can be done now with something on the stage: all acts that can be about it, and then are.
#[must_use]
pub fn of_target(state: &AppState, target: Target) -> Vec<Act> {
    let Some(good) = &state.good else {
        return Vec::new();
    };
    let scenario = good.timeline().scenario();
    let whom = match target {
        Target::Actor(actor) | Target::PublishingId(actor, _) => scenario
            .actors
            .get(actor.index())
            .map(|a| show::name(&a.name)),
        Target::Stream(stream) => scenario.streams.get(stream.index()).map(|s| show::name(s)),
        Target::Node(node) => Some(node.0.to_string()),
        Target::Segment(..)
        | Target::Chunk(..)
        | Target::Message(..)
        | Target::Look(..)
        | Target::Window(_) => None,
    };
    let acts = menus(state).into_iter().flat_map(|menu| menu.acts);
    whom.map_or_else(Vec::new, |whom| {
        acts.filter_map(|act| act.about(&whom)).collect()
    })
}
