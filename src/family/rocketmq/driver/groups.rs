//! What the driver keeps of groups: their settings, what their members received, changes of their membership.

use alloc::sync::Arc;

use crate::base::{IdSet, SmallMap};
use crate::family::rocketmq::settings::GroupSettings;
use crate::family::rocketmq::statements::Habits;
use crate::ids::LogId;

/// A group.
#[derive(Clone, Debug)]
pub(super) struct GroupSetup {
    /// Its settings.
    pub(super) settings: Arc<GroupSettings>,
    /// How the member named as the group consumes.
    pub(super) habits: Habits,
    /// Whether it starts the member named as it as soon as time passes, unless another joins before.
    pub(super) starts_own: bool,
    /// What its members received, by queue.
    pub(super) seen: SmallMap<LogId, IdSet>,
    /// Changes of its members so far.
    pub(super) changes: u64,
    /// Whether there was ever something in its retry queue.
    pub(super) has_retries: bool,
}

impl GroupSetup {
    pub(super) fn new(settings: Arc<GroupSettings>, habits: Habits) -> Self {
        Self {
            settings,
            habits,
            starts_own: true,
            seen: SmallMap::new(),
            changes: 0,
            has_retries: false,
        }
    }

    /// Whether a message was received before, and for how many from there on that stays so.
    pub(super) fn received_before(&self, queue: LogId, offset: u64) -> (bool, u64) {
        let seen = self.seen.get(&queue);
        seen.map_or((false, u64::MAX), |seen| seen.run_at(offset))
    }

    /// Messages were received.
    pub(super) fn receive(&mut self, queue: LogId, first: u64, count: u64) {
        self.seen
            .get_or_insert(queue, IdSet::new())
            .insert(first, count);
    }
}
