//! All facts of what is selected, and what can be opened from there: what the inspectors of every family are made of.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use super::frame::{CHILDREN, Inspector};
use super::moment::Moment;
use super::stage::Target;
use crate::explain::english::number;
use crate::trace::{Fault, MessageKind};
use crate::world::LinkState;

/// A name and a value.
pub(crate) type InspectorRow = (String, String);

/// Something that can be opened, and its name.
pub(crate) type InspectorLink = (Target, String);

/// What can be opened.
#[derive(Debug, Default)]
pub(crate) struct Children {
    /// A page of it.
    pub(crate) shown: Vec<InspectorLink>,
    /// Where that begins.
    pub(crate) from: usize,
    /// How much there is in all.
    pub(crate) all: usize,
}

impl Children {
    /// The page of `all` things that begins at `from`, or the last one.
    pub(crate) fn page(
        all: usize,
        from: usize,
        link: impl Fn(usize) -> Option<InspectorLink>,
    ) -> Self {
        let from = Self::start(all, from);
        let shown = (from..all).take(CHILDREN).filter_map(link).collect();
        Self { shown, from, all }
    }

    /// Where the page begins that is shown when it was to begin at `from`.
    pub(crate) fn start(all: usize, from: usize) -> usize {
        from.min(all.saturating_sub(1) / CHILDREN * CHILDREN)
    }
}

/// What is known of a thing, but for what it is a part of.
pub(crate) struct Inspected {
    /// Its heading.
    pub(crate) title: String,
    /// Names and values.
    pub(crate) facts: Vec<InspectorRow>,
    /// What can be opened from here.
    pub(crate) children: Children,
}

impl Inspected {
    /// The inspector of a target that is a part of these, the widest first.
    pub(crate) fn inspector(self, target: Target, parents: Vec<InspectorLink>) -> Inspector {
        let Children { shown, from, all } = self.children;
        Inspector {
            target,
            title: self.title,
            facts: self.facts,
            parents,
            children: shown,
            from,
            all,
        }
    }
}

/// What is known of a target, with the children from `from` on; `None` when it is not there at this moment.
pub(super) fn inspect(moment: &Moment<'_>, target: Target, from: usize) -> Option<Inspector> {
    match target {
        // These lead somewhere; there is nothing to know about them.
        Target::Look(..) | Target::Window(_) => None,
        Target::Actor(_)
        | Target::Node(_)
        | Target::File(_)
        | Target::Stream(_)
        | Target::Set(_)
        | Target::Section(..)
        | Target::Block(..)
        | Target::Message(..)
        | Target::Pending(..) => moment.world.family.inspect(moment, target, from),
    }
}

pub(crate) fn fact(name: &str, value: impl Into<String>) -> InspectorRow {
    (name.into(), value.into())
}

/// What is on a program's link, and what is wrong with it.
pub(crate) fn of_link(link: &LinkState) -> Vec<InspectorRow> {
    let mut facts = alloc::vec![
        fact(
            "frames on the way to the broker",
            number(link.messages_up.into()),
        ),
        fact("frames on the way back", number(link.messages_down.into())),
    ];
    let faults: Vec<String> = link.faults.iter().map(fault).collect();
    if !faults.is_empty() {
        facts.push(fact("faults of its link", faults.join(", ")));
    }
    facts
}

fn fault(fault: &Fault) -> String {
    match fault {
        Fault::LoseNext(MessageKind::Confirm) => "loses the next confirm".into(),
        Fault::LoseNext(MessageKind::Store) => "loses the next store".into(),
        Fault::LoseNext(MessageKind::Publish) => "loses the next publish".into(),
        Fault::Drop {
            numerator,
            denominator,
        } => format!("drops {numerator} of {denominator} frames"),
        Fault::Delay { by } => format!("{by} slower each way"),
    }
}
