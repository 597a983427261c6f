//! The writer's mailbox: commands in order of arrival, and how many of them one batch takes.
//! Knows no log. A run of messages is one item that counts as many commands as it has entries.
//!
//! From `gen_batch_server.erl`: `loop_batched`, `complete_batch`.

use alloc::collections::VecDeque;
use alloc::sync::Arc;

use super::request::Token;
use crate::family::rabbitmq::log::MessageRun;
use crate::ids::{ConnectionId, NodeId, Offset, PublisherId};

/// A command to the writer. All kinds count towards a batch.
#[derive(Clone, Debug)]
pub(super) enum WriterCommand {
    /// Messages of one publisher; each entry is a command.
    Publish {
        from: ConnectionId,
        publisher: PublisherId,
        /// The producer reference; `None` turns deduplication off.
        reference: Option<Arc<str>>,
        run: MessageRun,
        token: Token,
    },
    /// Store an offset.
    Store {
        reference: Arc<str>,
        offset: u64,
        token: Token,
    },
    /// Read a stored offset.
    QueryOffset {
        from: ConnectionId,
        reference: Arc<str>,
        token: Token,
    },
    /// Read a producer's sequence.
    QuerySequence {
        from: ConnectionId,
        reference: Arc<str>,
        token: Token,
    },
    /// A reader at the tail wants to be told when this offset is committed.
    Wait { from: ConnectionId, offset: Offset },
    /// A replica has the log up to this chunk.
    ReplicaAck { node: NodeId, chunk: Offset },
}

/// What a waiting command is, seen from outside.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CommandKind {
    /// A run of messages.
    Publish,
    /// A store of an offset.
    Store,
    /// A query for a stored offset or a sequence.
    Query,
    /// A reader's wait at the tail.
    Wait,
    /// A replica's acknowledgement.
    ReplicaAck,
}

impl WriterCommand {
    pub(super) const fn kind(&self) -> CommandKind {
        match self {
            Self::Publish { .. } => CommandKind::Publish,
            Self::Store { .. } => CommandKind::Store,
            Self::QueryOffset { .. } | Self::QuerySequence { .. } => CommandKind::Query,
            Self::Wait { .. } => CommandKind::Wait,
            Self::ReplicaAck { .. } => CommandKind::ReplicaAck,
        }
    }

    fn weight(&self) -> u64 {
        match self {
            Self::Publish { run, .. } => run.entries(),
            Self::Store { .. }
            | Self::QueryOffset { .. }
            | Self::QuerySequence { .. }
            | Self::Wait { .. }
            | Self::ReplicaAck { .. } => 1,
        }
    }
}

/// Commands that wait for a stream's writer.
#[derive(Clone, Debug, Default)]
pub(super) struct Mailbox {
    queue: VecDeque<WriterCommand>,
    weight: u64,
}

impl Mailbox {
    pub(super) fn push(&mut self, command: WriterCommand) {
        let weight = command.weight();
        if weight > 0 {
            self.weight = self.weight.saturating_add(weight);
            self.queue.push_back(command);
        }
    }

    /// Commands waiting, each entry of a publish counted.
    pub(super) const fn weight(&self) -> u64 {
        self.weight
    }

    /// The waiting commands in order, each with how many it counts as.
    pub(super) fn kinds(&self) -> impl Iterator<Item = (CommandKind, u64)> + '_ {
        self.queue
            .iter()
            .map(|command| (command.kind(), command.weight()))
    }

    /// Takes the next command, or as much of a run as there is room for; none when there is no room left.
    pub(super) fn next(&mut self, room: &mut u64) -> Option<WriterCommand> {
        if *room == 0 {
            return None;
        }
        let mut front = self.queue.pop_front()?;
        let weight = front.weight();
        let taken = weight.min(*room);
        *room -= taken;
        self.weight -= taken;
        if taken == weight {
            return Some(front);
        }
        let mut part = front.clone();
        if let (
            WriterCommand::Publish { run: part, .. },
            WriterCommand::Publish { run: rest, .. },
        ) = (&mut part, &mut front)
        {
            *part = rest.take_front(taken);
        }
        self.queue.push_front(front);
        Some(part)
    }

    pub(super) fn clear(&mut self) {
        *self = Self::default();
    }
}

/// How many commands the real writer takes at most in its next batch: 32 at first, doubled after a
/// full batch up to 8,192, halved after one that was not, never below 32; kept between bursts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BatchCap(u64);

impl BatchCap {
    const MIN: u64 = 32;
    const MAX: u64 = 8_192;

    /// A fresh writer's.
    #[must_use]
    pub const fn new() -> Self {
        Self(Self::MIN)
    }

    /// The limit of the next batch.
    #[must_use]
    pub const fn get(self) -> u64 {
        self.0
    }

    /// Adapts after a batch of `taken` commands.
    pub fn after(&mut self, taken: u64) {
        self.0 = if taken >= self.0 {
            (self.0 * 2).min(Self::MAX)
        } else {
            (self.0 / 2).max(Self::MIN)
        };
    }
}

impl Default for BatchCap {
    fn default() -> Self {
        Self::new()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::vec::Vec;

    #[test]
    fn a_burst_of_a_thousand_is_cut_as_the_real_writer_cuts_it() {
        let (mut cap, mut left, mut cuts) = (BatchCap::new(), 1_000, Vec::new());
        while left > 0 {
            let taken = cap.get().min(left);
            cuts.push(taken);
            cap.after(taken);
            left -= taken;
        }
        assert_eq!(cuts, [32, 64, 128, 256, 512, 8]);
        assert_eq!(cap.get(), 512);
    }
}
