//! What a person can do at a moment: each act is a line of the language with a few blanks, possible or not. A family
//! gives its acts by the world at the moment; what an act leads to is for a run to say.

pub mod blank;
mod line;
mod shared;

use alloc::string::String;
use alloc::sync::Arc;
use alloc::vec::Vec;

pub use blank::BlankField;

use crate::language::Scenario;
use crate::world::World;

/// An act.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Act {
    /// Its name on the button.
    pub name: Arc<str>,
    /// The blanks to fill.
    pub fields: Vec<BlankField>,
    /// How many of them are shown at once; the rest are options for those who look for them.
    pub shown: usize,
    /// The words of its line.
    pub parts: Vec<LinePart>,
    /// Whether it is possible now, and if not, why.
    pub possible: Result<(), &'static str>,
}

/// A part of a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LinePart {
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
    pub(crate) fn showing(self, shown: usize) -> Self {
        Self { shown, ..self }
    }

    /// The same about one of those that it can be about.
    #[must_use]
    pub fn about(&self, whom: &str) -> Option<Self> {
        let (Some(BlankField::Choice { label: "", options }), Ok(())) =
            (self.fields.first(), self.possible)
        else {
            return None;
        };
        let only = options.iter().find(|option| *option == whom)?.clone();
        let mut act = self.clone();
        act.fields[0] = BlankField::Choice {
            label: "",
            options: alloc::vec![only],
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
    pub acts: Vec<Arc<Act>>,
}

/// What acts depend on.
#[derive(Clone, Copy)]
pub struct Here<'a> {
    /// Names.
    pub scenario: &'a Scenario,
    /// What is there.
    pub world: &'a World,
    /// Whether anything can be written at all, and if not, why.
    pub whole: Result<(), &'static str>,
}

impl Menu {
    pub(crate) fn new(name: &'static str, acts: Vec<Act>) -> Self {
        let acts = acts.into_iter().map(Arc::new).collect();
        Self { name, acts }
    }
}

/// Everything that can be done, by heading.
#[must_use]
pub fn menus(here: &Here<'_>) -> Vec<Menu> {
    here.world.family.menus(here)
}

/// The act that a learner most likely wants.
#[must_use]
pub fn quick(here: &Here<'_>) -> Option<Act> {
    here.world.family.quick(here)
}

impl Here<'_> {
    /// An act on one of several: impossible for `why` when there are none.
    pub(crate) fn on(
        &self,
        name: &'static str,
        options: Vec<String>,
        why: &'static str,
        more: Vec<BlankField>,
        parts: Vec<LinePart>,
    ) -> Act {
        let possible = match options.is_empty() {
            true => self.whole.and(Err(why)),
            false => self.whole,
        };
        let mut fields = alloc::vec![BlankField::Choice { label: "", options }];
        fields.extend(more);
        Act {
            name: name.into(),
            shown: fields.len(),
            fields,
            parts,
            possible,
        }
    }

    /// An act on nothing in particular.
    pub(crate) fn free(
        &self,
        name: &'static str,
        fields: Vec<BlankField>,
        parts: Vec<LinePart>,
    ) -> Act {
        Act {
            name: name.into(),
            shown: fields.len(),
            fields,
            parts,
            possible: self.whole,
        }
    }
}
