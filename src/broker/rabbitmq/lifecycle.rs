//! The broker stops and starts: what is in memory is gone, what is in the logs stays.
//!
//! From `osiris_writer.erl:handle_continue`, `osiris_log.erl:recover_tracking`.

use super::broker::Broker;
use crate::ids::Epoch;

impl Broker {
    /// The broker dies or is stopped: connections, mailboxes, unconfirmed writes and whatever
    /// tracking was not yet written are gone.
    pub fn crash(&mut self) {
        self.connections.clear();
        self.waiting.clear();
        for stream in self.streams.values_mut() {
            stream.lose_memory();
        }
    }

    /// The broker starts on its logs, in a new epoch of every stream. Takes no offset.
    pub fn start(&mut self) {
        for stream in self.streams.values_mut() {
            let Epoch(epoch) = stream.log.epoch();
            stream.log.set_epoch(Epoch(epoch + 1));
            stream.recover();
        }
    }
}
