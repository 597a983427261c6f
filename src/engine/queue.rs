//! What is still to come, by time and then by order of sending. Knows no meaning of what it keeps.

use alloc::collections::BTreeMap;
use alloc::sync::Arc;
use alloc::vec::Vec;

use crate::family::rabbitmq::broker::Request;
use crate::family::rabbitmq::client::Asked;
use crate::family::rabbitmq::log::Chunk;
use crate::ids::{ActorId, ConnectionId, EventId, NodeId, Offset, StreamId};
use crate::trace::Frame;
use crate::units::SimTime;

/// Something that comes at a moment.
#[derive(Clone, Debug)]
pub(super) enum Item {
    /// A frame reaches the broker.
    Up(Up),
    /// A frame reaches a program.
    Down(Down),
    /// The broker sees that a connection is gone.
    Hangup {
        connection: ConnectionId,
        cause: Option<EventId>,
    },
    /// A program sees that its connection is gone.
    Disconnect {
        actor: ActorId,
        connection: ConnectionId,
        cause: Option<EventId>,
        /// Whether the broker ended it because of what it was asked.
        refused: bool,
    },
    /// Chunks reach a replica.
    Chunks(Transfer, Vec<Arc<Chunk>>),
    /// A replica's acknowledgement reaches the leader.
    Ack(Transfer, Offset),
}

/// Something on a link between a stream's leader and a replica.
#[derive(Clone, Copy, Debug)]
pub(super) struct Transfer {
    pub(super) stream: StreamId,
    pub(super) node: NodeId,
    /// Faults and elections end a term; what was under way in it is lost.
    pub(super) term: u32,
    pub(super) cause: Option<EventId>,
}

/// A frame on its way to the broker.
#[derive(Clone, Debug)]
pub(super) struct Up {
    pub(super) actor: ActorId,
    pub(super) connection: ConnectionId,
    pub(super) sent: EventId,
    pub(super) frame: Frame,
    pub(super) request: Request,
    pub(super) asked: Option<Asked>,
}

/// A frame on its way to a program.
#[derive(Clone, Debug)]
pub(super) struct Down {
    pub(super) actor: ActorId,
    pub(super) connection: ConnectionId,
    pub(super) sent: EventId,
    pub(super) frame: Frame,
    pub(super) asked: Option<Asked>,
}

/// The queue.
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
