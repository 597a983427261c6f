//! A group at a moment: what the broker keeps of it, and what its members received.

use alloc::sync::Arc;

use crate::base::{IdSet, SmallMap};
use crate::family::rocketmq::settings::GroupSettings;
use crate::ids::{LogId, Offset};

/// A group.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    /// Its settings.
    pub settings: Arc<GroupSettings>,
    /// Its offsets as the broker has them in memory.
    pub offsets: SmallMap<LogId, Offset>,
    /// Its offsets as the broker's file has them.
    pub flushed: SmallMap<LogId, Offset>,
    /// Resets that wait for the reader.
    pub pending: SmallMap<LogId, Offset>,
    /// Messages that its members received, over all their runs.
    pub received: u64,
    /// Those of them that one had received before.
    pub redelivered: u64,
    /// Messages whose consumption failed, each time.
    pub failed: u64,
    /// Offsets that its members consumed.
    pub consumed: SmallMap<LogId, IdSet>,
    /// Those of them that they consumed more than once.
    pub repeated: SmallMap<LogId, IdSet>,
    /// Messages that a POP gave and that are not acknowledged: where they were popped from.
    pub popped: SmallMap<LogId, IdSet>,
}

impl Group {
    pub(super) fn new(settings: Arc<GroupSettings>) -> Self {
        Self {
            settings,
            offsets: SmallMap::new(),
            flushed: SmallMap::new(),
            pending: SmallMap::new(),
            received: 0,
            redelivered: 0,
            failed: 0,
            consumed: SmallMap::new(),
            repeated: SmallMap::new(),
            popped: SmallMap::new(),
        }
    }
}
