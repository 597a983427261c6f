//! With which settings a group was declared and a member was started. Derived from their statements.

use alloc::sync::Arc;
use alloc::vec::Vec;

use super::statements::{Habits, Mode};
use crate::ids::{ActorId, LogId, SetId};
use crate::language::Version;
use crate::units::{SimDuration, SimTime};

/// Settings of a group.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GroupSettings {
    /// What it reads.
    pub topic: SetId,
    /// The queue of what comes back.
    pub retry: LogId,
    /// The queue of what came back too often.
    pub dead: LogId,
    /// Where it starts on a queue of which it has no offset.
    pub from: StartFrom,
    /// The time between two commits by the clock.
    pub commit: SimDuration,
    /// How its members share messages.
    pub mode: Mode,
    /// Only messages of this tag.
    pub tag: Option<Arc<str>>,
}

/// Where a group starts that has no offset (`ConsumeFromWhere`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StartFrom {
    /// At 0, from where the broker leads to the minimum.
    First,
    /// At the maximum.
    Last,
    /// At the message stored then.
    Timestamp(SimTime),
}

/// Settings of a member's run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MemberSettings {
    /// Its group.
    pub group: ActorId,
    /// The group's settings when it started.
    pub of_group: Arc<GroupSettings>,
    /// How it consumes.
    pub habits: Habits,
    /// The version of its client library.
    pub client: Version,
}

/// Settings of a producer's run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProducerSettings {
    /// Where it publishes.
    pub topic: SetId,
    /// The topic's queues that it writes to.
    pub queues: Vec<LogId>,
}
