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
use offset_lab::language::ast::{Role, Scenario};
use offset_lab::language::show;
use offset_lab::view::Target;

use super::moment::Moment;
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
    fn about(&self, whom: &str) -> Option<Self> {
        let (Some(Field::Choice { label: "", options }), Ok(())) =
            (self.fields.first(), self.possible)
        else {
            return None;
        };
        let only = options.iter().find(|option| *option == whom)?.clone();
        let mut act = self.clone();
        act.fields[0] = Field::Choice {
            label: "",
            options: vec![only],
        };
        Some(act)
    }
}

/// Acts under one heading.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Menu {
    /// The heading.
    pub name: &'static str,
    /// The acts.
    pub acts: Vec<Rc<Act>>,
}

/// What can be done at a moment.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Acts {
    /// All of it, by heading.
    pub menus: Vec<Menu>,
    /// What a learner most likely wants.
    pub quick: Option<Rc<Act>>,
    /// What can be done with what is selected.
    pub about: Vec<Rc<Act>>,
}

impl Acts {
    /// What can be done at a moment, if `whole` says that anything can, and what of it with something on the stage.
    #[must_use]
    pub fn at(moment: &Moment, whole: Result<(), &'static str>, selected: Option<Target>) -> Self {
        let here = Here::new(moment, whole);
        let menus = menus(&here);
        let whom = selected.and_then(|target| name_of(moment.timeline().scenario(), target));
        let about = whom.map_or_else(Vec::new, |whom| about(&menus, &whom));
        Self {
            quick: quick(&here).map(Rc::new),
            about,
            menus,
        }
    }
}

fn menus(here: &Here<'_>) -> Vec<Menu> {
    let menu = |name, acts: Vec<Act>| Menu {
        name,
        acts: acts.into_iter().map(Rc::new).collect(),
    };
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
fn quick(here: &Here<'_>) -> Option<Act> {
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

/// The name, as the language writes it, by which acts can be about something on the stage.
fn name_of(scenario: &Scenario, target: Target) -> Option<String> {
    match target {
        Target::Actor(actor) | Target::Pending(actor, _) => {
            let named = scenario.actors.get(actor.index())?;
            Some(show::name(&named.name))
        }
        Target::Stream(stream) => scenario.streams.get(stream.index()).map(|s| show::name(s)),
        Target::Node(node) => Some(node.0.to_string()),
        Target::Section(..)
        | Target::Block(..)
        | Target::Message(..)
        | Target::Look(..)
        | Target::Window(_) => None,
    }
}

/// All acts that can be about something, and then are.
fn about(menus: &[Menu], whom: &str) -> Vec<Rc<Act>> {
    let acts = menus.iter().flat_map(|menu| &menu.acts);
    acts.filter_map(|act| act.about(whom).map(Rc::new))
        .collect()
}
