//! What a person can do at a moment, and with what is selected. Knows the world at the moment; never what an act
//! leads to.

mod fill;
#[cfg(test)]
mod tests;

use std::sync::Arc;

use offset_lab::language::ast::Scenario;
use offset_lab::language::show;
use offset_lab::view::Target;
use offset_lab::view::acts::{self, Here, Menu};
pub use offset_lab::view::acts::{Act, BlankField};

use super::moment::RunMoment;
pub use fill::Mistake;

/// What can be done at a moment.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Acts {
    /// All of it, by heading.
    pub menus: Vec<Menu>,
    /// What a learner most likely wants.
    pub quick: Option<Arc<Act>>,
    /// What can be done with what is selected.
    pub about: Vec<Arc<Act>>,
}

impl Acts {
    /// What can be done at a moment, if `whole` says that anything can, and what of it with something on the stage.
    #[must_use]
    pub fn at(
        moment: &RunMoment,
        whole: Result<(), &'static str>,
        selected: Option<Target>,
    ) -> Self {
        let here = Here {
            scenario: moment.timeline().scenario(),
            world: moment.world(),
            whole,
        };
        let menus = acts::menus(&here);
        let whom = selected.and_then(|target| name_of(moment.timeline().scenario(), target));
        let about = whom.map_or_else(Vec::new, |whom| about(&menus, &whom));
        Self {
            quick: acts::quick(&here).map(Arc::new),
            about,
            menus,
        }
    }
}

/// The name, as the language writes it, by which acts can be about something on the stage.
fn name_of(scenario: &Scenario, target: Target) -> Option<String> {
    match target {
        Target::Actor(actor) | Target::Pending(actor, _) => {
            let named = scenario.actors.get(actor.index())?;
            Some(show::name(&named.name))
        }
        Target::Stream(stream) => scenario.streams.get(stream.index()).map(|s| show::name(s)),
        Target::Set(set) => scenario.sets.get(set.index()).map(|s| show::name(&s.name)),
        Target::Node(node) => Some(node.0.to_string()),
        Target::Section(..)
        | Target::Block(..)
        | Target::Message(..)
        | Target::File(_)
        | Target::Look(..)
        | Target::Window(_) => None,
    }
}

/// All acts that can be about something, and then are.
fn about(menus: &[Menu], whom: &str) -> Vec<Arc<Act>> {
    let acts = menus.iter().flat_map(|menu| &menu.acts);
    acts.filter_map(|act| act.about(whom).map(Arc::new))
        .collect()
}
