//! A read that waits for a message.

use alloc::sync::Arc;

use super::request::{Pop, Pull, QueueName, Tags, Token};
use crate::ids::ConnectionId;
use crate::units::SimTime;

/// A read that waits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parked {
    /// Whose it is.
    pub from: ConnectionId,
    /// The request.
    pub token: Token,
    /// What was asked.
    pub read: ParkedRead,
    /// Until when it waits at most; the broker notices at its next look.
    pub until: SimTime,
}

/// A read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ParkedRead {
    /// A pull.
    Pull(Pull),
    /// A POP.
    Pop(Pop),
}

impl ParkedRead {
    /// The queue that is read.
    #[must_use]
    pub const fn of(&self) -> &QueueName {
        match self {
            Self::Pull(pull) => &pull.of,
            Self::Pop(pop) => &pop.of,
        }
    }

    /// Whether a message with this tag wakes it.
    pub(super) fn wants(&self, tag: Option<&Arc<str>>) -> bool {
        let (Self::Pull(Pull { tags, .. }) | Self::Pop(Pop { tags, .. })) = self;
        match tags {
            Tags::All => true,
            Tags::Any(tags) => tag.is_some_and(|tag| tags.contains(tag)),
        }
    }
}
