//! What is still to come, by time and then by order of sending.

use alloc::vec::Vec;

use crate::base::LargeMap;
use crate::family::{Message, Own};
use crate::ids::{ActorId, ConnectionId, EventId};
use crate::units::SimTime;

/// Something that comes at a moment.
#[derive(Clone, Debug)]
pub(super) enum Scheduled {
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

/// The queue.
#[derive(Clone, Debug, Default)]
pub(super) struct Schedule {
    items: LargeMap<(SimTime, u64), Scheduled>,
    sequence: u64,
}

impl Schedule {
    pub(super) fn push(&mut self, at: SimTime, item: Scheduled) {
        self.items.insert((at, self.sequence), item);
        self.sequence += 1;
    }

    pub(super) fn next_time(&self) -> Option<SimTime> {
        self.items.first().map(|((at, _), _)| *at)
    }

    /// Takes out what would reach the broker over a connection by then, in its order.
    pub(super) fn take_sent(&mut self, connection: ConnectionId, until: SimTime) -> Vec<Delivery> {
        let mut taken = Vec::new();
        self.items.retain(|(at, _), item| match item {
            Scheduled::Message(delivery)
                if *at <= until
                    && delivery.connection == connection
                    && delivery.message.is_to_broker() =>
            {
                taken.push(delivery.clone());
                false
            }
            Scheduled::Message(_) | Scheduled::Own(_) => true,
        });
        taken
    }

    /// The next item, if its moment has come.
    pub(super) fn pop_due(&mut self, now: SimTime) -> Option<Scheduled> {
        self.next_time().filter(|at| *at <= now)?;
        self.items.pop_first().map(|(_, item)| item)
    }
}
