//! What is still to come, by time and then by order of sending.

use alloc::collections::BTreeMap;

use crate::family::{Message, Own};
use crate::ids::{ActorId, ConnectionId, EventId};
use crate::units::SimTime;

/// Something that comes at a moment.
#[derive(Clone, Debug)]
pub(super) enum Item {
    /// A message reaches its receiver.
    Message(Delivery),
    /// The family's own.
    Own(Own),
}

/// A message on its way.
#[derive(Clone, Debug)]
pub(crate) struct Delivery {
    /// Whose link.
    pub(crate) program: ActorId,
    /// Over which connection it was sent.
    pub(crate) connection: ConnectionId,
    /// Its sending.
    pub(crate) sent: EventId,
    /// The message.
    pub(crate) message: Message,
}

/// The queue. It grows without bound, so that it is a tree and no sorted list.
#[derive(Clone, Debug, Default)]
pub(super) struct Queue {
    items: BTreeMap<(SimTime, u64), Item>,
    sequence: u64,
}

impl Queue {
    pub(super) fn push(&mut self, at: SimTime, item: Item) {
        self.items.insert((at, self.sequence), item);
        self.sequence += 1;
    }

    pub(super) fn next_time(&self) -> Option<SimTime> {
        self.items.keys().next().map(|(at, _)| *at)
    }

    /// The next item, if its moment has come.
    pub(super) fn pop_due(&mut self, now: SimTime) -> Option<Item> {
        let first = self.items.first_entry()?;
        (first.key().0 <= now).then(|| first.remove())
    }
}
