//! What a person can do at a moment: each act is a line of the language with a few blanks, possible or not.
//! Knows the world at the moment; never what an act leads to.

mod here;

use std::rc::Rc;

use offset_lab::ids::ActorId;
use offset_lab::scenario::ast::Role;
use offset_lab::scenario::show;
use offset_lab::world::ActorState;

use super::AppState;
use here::Here;

/// An act.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Act {
    /// Its name on the button.
    pub name: Rc<str>,
    /// The blanks to fill.
    pub fields: Vec<Field>,
    /// The words of its line.
    pub parts: Vec<Part>,
    /// Whether it is possible now, and if not, why.
    pub possible: Result<(), &'static str>,
}

/// A blank.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Field {
    /// One of several.
    Choice {
        /// What it is.
        label: &'static str,
        /// As the language writes them; the first is the default.
        options: Vec<String>,
    },
    /// Anything.
    Words {
        /// What it is.
        label: &'static str,
        /// What stands there first.
        default: &'static str,
    },
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
}

/// Acts under one heading.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Menu {
    /// The heading.
    pub name: &'static str,
    /// The acts.
    pub acts: Vec<Act>,
}

impl Field {
    /// What stands in the blank when this was filled in.
    #[must_use]
    pub fn value(&self, typed: Option<&str>) -> String {
        match (self, typed) {
            (Self::Choice { options, .. }, typed) => {
                let chosen = typed.filter(|typed| options.iter().any(|o| o == typed));
                let first = options.first().map(String::as_str);
                chosen.or(first).unwrap_or_default().to_owned()
            }
            (Self::Words { .. }, Some(typed)) => typed.to_owned(),
            (Self::Words { default, .. }, None) => (*default).to_owned(),
        }
    }
}

impl Act {
    /// The line that it writes.
    #[must_use]
    pub fn line(&self, values: &[String]) -> String {
        let value = |at: &usize| values.get(*at).map_or("", |v| v.trim());
        let word = |part: &Part| match part {
            Part::Words(words) => (*words).to_owned(),
            Part::Name(name) => name.clone(),
            Part::Field(at) => value(at).to_owned(),
            Part::NewName(at) => show::name(value(at)),
            Part::Text(at) => show::quoted(values.get(*at).map_or("", |v| v)),
            Part::Optional(words, at) => match value(at) {
                "" => String::new(),
                filled => [words, " ", filled].concat(),
            },
        };
        let words: Vec<String> = self
            .parts
            .iter()
            .map(word)
            .filter(|w| !w.is_empty())
            .collect();
        words.join(" ").replace(['\n', '\r'], " ")
    }
}

/// All menus.
#[must_use]
pub fn menus(state: &AppState) -> Vec<Menu> {
    let Some(here) = Here::new(state) else {
        return Vec::new();
    };
    let menu = |name, acts| Menu { name, acts };
    vec![
        menu("Publish", vec![here.publish()]),
        menu("New", here.new_things()),
        menu("Program", here.programs(None)),
        menu("Store", here.stores(None)),
        menu("Wait", here.waits()),
        menu("Fault", here.faults(None)),
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
        parts: vec![Part::Words(word), Part::Name(whom.clone())],
        // While the text runs the button stays, and with it the focus.
        possible: here.whole,
    })
}

/// What can be done to a program.
#[must_use]
pub fn of_actor(state: &AppState, actor: ActorId) -> Vec<Act> {
    let Some(here) = Here::new(state) else {
        return Vec::new();
    };
    let mut acts = here.programs(Some(actor));
    acts.extend(here.stores(Some(actor)));
    acts.extend(here.faults(Some(actor)));
    acts.retain(|act| act.possible.is_ok());
    acts
}
