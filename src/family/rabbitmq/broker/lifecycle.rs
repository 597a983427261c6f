//! The broker stops and starts: what is in memory is gone, what is in the logs stays.
//!
//! From `osiris_writer.erl:handle_continue`, `osiris_log.erl:recover_tracking`.

use alloc::vec::Vec;

use super::server::Broker;
use crate::ids::NodeId;

impl Broker {
    /// The broker dies or is stopped, with all its nodes: connections, mailboxes, unconfirmed
    /// writes and whatever tracking was not yet written are gone.
    pub fn crash(&mut self) {
        self.connections.clear();
        self.waiting.clear();
        for stream in self.streams.values_mut() {
            stream.lose_memory();
            stream.available = false;
        }
    }

    /// The broker starts on its logs with all its nodes: every stream elects a leader in a new
    /// epoch. Takes no offset.
    pub fn start(&mut self) {
        let nodes: Vec<NodeId> = (1..=self.nodes).map(NodeId).collect();
        let names: Vec<_> = self.streams.values().map(|s| s.name.clone()).collect();
        for name in names {
            // Nobody is connected, so nobody is told.
            self.elect(&name, &nodes, &mut Vec::new());
        }
    }
}
