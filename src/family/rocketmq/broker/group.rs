//! A consumer group as the broker keeps it: its offsets and what its file of them says, its members, locks, POPs.
//!
//! From `ConsumerOffsetManager.java`, `ConsumerGroupInfo.java`, `RebalanceLockManager.java`.

use alloc::sync::Arc;
use alloc::vec::Vec;

use super::checkpoint::Checkpoint;
use super::request::{QueueName, SharingMode};
use crate::base::SmallMap;
use crate::ids::{ConnectionId, Offset};
use crate::units::SimTime;

/// Offsets by queue. `None` is what a commit below 0 leaves: an entry, but no offset.
pub type Offsets = SmallMap<QueueName, Option<Offset>>;

/// A member that the broker knows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member {
    /// Its connection.
    pub connection: ConnectionId,
    /// Its id.
    pub client: Arc<str>,
    /// The topics that it reads.
    pub topics: Vec<Arc<str>>,
}

/// Who may consume a queue, of an orderly group.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Lock {
    pub(super) owner: ConnectionId,
    pub(super) since: SimTime,
}

/// A group.
#[derive(Clone, Debug, Default)]
pub struct Group {
    /// Whether the broker has its settings: it was created, or a member or a reader came.
    pub(super) known: bool,
    pub(super) offsets: Offsets,
    pub(super) flushed: Offsets,
    /// Behind the last message that was handed out.
    pub(super) pulled: SmallMap<QueueName, Offset>,
    /// Resets that wait for the next pull.
    pub(super) pending: SmallMap<QueueName, Offset>,
    pub(super) mode: SharingMode,
    pub(super) members: Vec<Member>,
    pub(super) locks: SmallMap<QueueName, Lock>,
    pub(super) popped: Vec<Checkpoint>,
}

impl Group {
    /// Whether it was created, or a member or a reader came.
    #[must_use]
    pub const fn is_known(&self) -> bool {
        self.known
    }

    /// Its offsets.
    pub fn offsets(&self) -> impl Iterator<Item = (&QueueName, Offset)> {
        let entries = self.offsets.iter();
        entries.filter_map(|(of, offset)| Some((of, (*offset)?)))
    }

    /// Its offset on a queue.
    #[must_use]
    pub fn offset(&self, of: &QueueName) -> Option<Offset> {
        *self.offsets.get(of)?
    }

    /// What the broker's file says of that.
    #[must_use]
    pub fn flushed(&self, of: &QueueName) -> Option<Offset> {
        *self.flushed.get(of)?
    }

    /// A reset that waits for the next pull of a queue.
    #[must_use]
    pub fn pending(&self, of: &QueueName) -> Option<Offset> {
        self.pending.get(of).copied()
    }

    /// Its members.
    #[must_use]
    pub fn members(&self) -> &[Member] {
        &self.members
    }

    /// Messages that POPs gave and nobody acknowledged so far.
    #[must_use]
    pub fn popped(&self) -> &[Checkpoint] {
        &self.popped
    }

    /// The topics on which it has an entry, in order.
    pub(super) fn topics(&self) -> Vec<Arc<str>> {
        let mut topics: Vec<Arc<str>> = self.offsets.keys().map(|of| of.topic.clone()).collect();
        topics.dedup();
        topics
    }
}
