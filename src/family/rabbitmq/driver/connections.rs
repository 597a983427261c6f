//! Connections of programs to the broker: whose each is, what its requests say of the program, and which lead nowhere.

use alloc::vec::Vec;

use crate::family::rabbitmq::client::requests::ProgramNames;
use crate::ids::{ActorId, ConnectionId};

/// The connection of the script itself.
pub(super) const SCRIPT: ConnectionId = ConnectionId(0);

/// All connections that there ever were.
#[derive(Clone, Debug, Default)]
pub(super) struct Connections {
    /// From connection 1 on.
    opened: Vec<Connection>,
    /// Connections before this one ended with the broker.
    first_alive: ConnectionId,
}

#[derive(Clone, Debug)]
struct Connection {
    owner: ActorId,
    names: ProgramNames,
    /// Whether it led to a node that crashed while others went on.
    is_dead: bool,
}

impl Connections {
    /// A program connects.
    pub(super) fn open(&mut self, owner: ActorId, names: ProgramNames) -> ConnectionId {
        self.opened.push(Connection {
            owner,
            names,
            is_dead: false,
        });
        self.next_before()
    }

    /// The latest connection.
    fn next_before(&self) -> ConnectionId {
        ConnectionId(u32::try_from(self.opened.len()).unwrap_or(u32::MAX))
    }

    fn get(&self, id: ConnectionId) -> Option<&Connection> {
        self.opened.get((id.0 as usize).checked_sub(1)?)
    }

    /// Whose connection it is; `None` for the script's own.
    pub(super) fn owner(&self, id: ConnectionId) -> Option<ActorId> {
        self.get(id).map(|connection| connection.owner)
    }

    /// What its requests say of its program.
    pub(super) fn names(&self, id: ConnectionId) -> Option<&ProgramNames> {
        self.get(id).map(|connection| &connection.names)
    }

    /// Every connection so far ends with the broker.
    pub(super) fn end_all(&mut self) {
        self.first_alive = ConnectionId(self.next_before().0.saturating_add(1));
    }

    /// A connection leads to a node that crashed.
    pub(super) fn end(&mut self, id: ConnectionId) {
        let at = (id.0 as usize).checked_sub(1);
        if let Some(connection) = at.and_then(|at| self.opened.get_mut(at)) {
            connection.is_dead = true;
        }
    }

    /// Whether whatever is sent on a connection is lost: it led to a node that crashed.
    pub(super) fn is_dead(&self, id: ConnectionId) -> bool {
        id < self.first_alive || self.get(id).is_some_and(|connection| connection.is_dead)
    }
}
