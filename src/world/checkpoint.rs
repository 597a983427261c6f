//! A world that is kept so that moments behind it are found without folding everything before it. It shares with the
//! one kept before it what has not changed in between: of 100,000 programs, few do.

use alloc::vec::Vec;

use super::{LinkState, Node, World};
use crate::base::Shared;
use crate::family;
use crate::units::SimTime;

/// A world behind some number of events.
#[derive(Clone, Debug)]
pub(super) struct Checkpoint {
    /// How many.
    pub(super) event: u32,
    now: SimTime,
    links: Shared<LinkState>,
    nodes: Vec<Node>,
    family: family::Kept,
}

impl Checkpoint {
    /// Keeps `world`; `before` is what was kept last.
    pub(super) fn new(event: u32, world: &World, before: Option<&Self>) -> Self {
        Self {
            event,
            now: world.now,
            links: Shared::new(&world.links, before.map(|kept| &kept.links)),
            nodes: world.nodes.clone(),
            family: world.family.kept(before.map(|kept| &kept.family)),
        }
    }

    /// The world.
    pub(super) fn world(&self) -> World {
        World {
            now: self.now,
            links: self.links.items(),
            nodes: self.nodes.clone(),
            family: self.family.state(),
        }
    }
}
