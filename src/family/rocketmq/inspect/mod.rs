//! All facts of what is selected, and what can be opened from there. Reads a moment.

mod group;
mod log;
mod pending;
mod programs;
mod topic;

use alloc::vec::Vec;

use crate::language::ast::{FactRef, Subject};
use crate::view::frame::Inspector;
use crate::view::inspector::{InspectorRow, fact};
use crate::view::moment::Moment;
use crate::view::stage::Target;
use crate::view::tables::shown;

/// What is known of a target, with the children from `from` on; `None` when it is not there at this moment.
pub(crate) fn inspect(moment: &Moment<'_>, target: Target, from: usize) -> Option<Inspector> {
    match target {
        Target::Actor(id) => programs::inspect(moment, id, from),
        Target::Set(id) => topic::inspect(moment, id, from),
        Target::Stream(id) => log::queue(moment, id, from),
        Target::Message(id, offset) => log::message(moment, id, offset),
        Target::File(number) => log::file(moment, number, from),
        Target::Pending(id, number) => pending::inspect(moment, id, number),
        Target::Node(node) => log::broker(moment, node),
        // This family's blocks are files, which no queue owns.
        Target::Section(..) | Target::Block(..) | Target::Look(..) | Target::Window(_) => None,
    }
}

/// Everything that the language knows of a thing.
fn facts_of(moment: &Moment<'_>, subject: Subject) -> Vec<InspectorRow> {
    let facts = moment.facts();
    let value = |f: FactRef| fact(f.fact.word, shown(&facts.value(f)));
    moment.scenario().facts(subject).map(value).collect()
}
