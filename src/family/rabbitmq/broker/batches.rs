//! Mailboxes and batches from outside: what waits for a writer, one batch at a time, and the credits
//! by which a connection that outruns its confirms is no longer read.
//!
//! From `rabbit_stream_reader.erl`: `should_unblock`, the `osiris_written` event.

use alloc::sync::Arc;
use alloc::vec::Vec;

use super::effect::{ClientFrame, Effect};
use super::mailbox::{CommandKind, WriterCommand};
use super::server::Broker;
use crate::base::SmallMap;
use crate::ids::ConnectionId;
use crate::units::SimTime;

/// Credits at which a blocked socket is read again (`DEFAULT_CREDITS_REQUIRED_FOR_UNBLOCKING`).
const UNBLOCK_ABOVE: i64 = 12_500;
impl Broker {
    /// Puts a command into the mailbox of a stream's writer, if it has one.
    pub(super) fn tell(&mut self, key: u32, command: WriterCommand) {
        if let Some(stream) = self.streams.get_mut(&key).filter(|s| s.available) {
            stream.mailbox.push(command);
            if stream.mailbox.weight() > 0 {
                self.waiting.insert(key);
            }
        }
    }

    /// Takes credits for a publish frame of so many entries; without any left the socket is no
    /// longer read.
    pub(super) fn take_credits(&mut self, from: ConnectionId, entries: u64) {
        if let Some(connection) = self.connections.get_mut(&from) {
            let entries = i64::try_from(entries).unwrap_or(i64::MAX);
            connection.credits = connection.credits.saturating_sub(entries);
            connection.blocked = connection.credits <= 0;
        }
    }

    /// Confirmed ids give credits back; a socket that is read again brings what waited on it.
    fn return_credits(&mut self, from: ConnectionId, ids: u64, out: &mut Vec<Effect>) {
        let Some(connection) = self.connections.get_mut(&from) else {
            return;
        };
        let ids = i64::try_from(ids).unwrap_or(i64::MAX);
        connection.credits = connection.credits.saturating_add(ids);
        if connection.blocked && connection.credits > UNBLOCK_ABOVE {
            connection.blocked = false;
            while let Some(connection) = self.connections.get_mut(&from)
                && !connection.blocked
                && let Some((token, request)) = connection.unread.pop_front()
            {
                self.handle(from, token, request, out);
            }
        }
    }

    /// Streams whose writer has commands waiting, in the order of their creation.
    pub fn pending(&self) -> impl Iterator<Item = Arc<str>> + '_ {
        self.waiting
            .iter()
            .filter_map(|key| self.streams.get(key))
            .map(|stream| stream.name.clone())
    }

    /// Commands waiting for a stream's writer: each entry of a publish frame is one, as are stores,
    /// queries, waits at the tail and replicas' acknowledgements.
    #[must_use]
    pub fn mailbox_len(&self, stream: &str) -> u64 {
        self.stream(stream).map_or(0, |s| s.mailbox.weight())
    }

    /// What waits for a stream's writer, in order: the kind, and how many commands it counts as.
    pub fn mailbox(&self, stream: &str) -> impl Iterator<Item = (CommandKind, u64)> + '_ {
        self.stream(stream)
            .into_iter()
            .flat_map(|stream| stream.mailbox.kinds())
    }

    /// The writer of a stream takes one batch of at most `max` commands. Returns how many it took.
    pub fn writer_batch(
        &mut self,
        now: SimTime,
        stream: &str,
        max: u64,
        out: &mut Vec<Effect>,
    ) -> u64 {
        let Some(key) = self.key(stream) else {
            return 0;
        };
        let Some(stream) = self.streams.get_mut(&key) else {
            return 0;
        };
        let before = out.len();
        let taken = stream.batch(now, max, out);
        if stream.mailbox.weight() == 0 {
            self.waiting.remove(&key);
        }
        let mut confirmed = SmallMap::<ConnectionId, u64>::new();
        let mut is_for_none = |effect: &mut Effect| {
            let Effect::ToClient { to, frame } = effect else {
                return false;
            };
            if let ClientFrame::Confirm { ids, .. } = frame {
                let count: u64 = ids.iter().map(|run| run.ids).sum();
                *confirmed.get_or_insert(*to, 0) += count;
            }
            // Whoever is gone is told nothing.
            !self.connections.contains_key(to)
        };
        out.extract_if(before.., &mut is_for_none).for_each(drop);
        for (from, ids) in confirmed {
            self.return_credits(from, ids, out);
        }
        taken
    }
}
