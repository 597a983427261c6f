//! RocketMQ's part of a world that is kept: shared as far as it has not changed.

use alloc::vec::Vec;

use super::{CommitLog, Group, Program, Queue, State, Topic};
use crate::base::Shared;

/// Topics, queues, groups and programs.
#[derive(Clone, Debug)]
pub(crate) struct Kept {
    topics: Vec<Topic>,
    queues: Shared<Queue>,
    log: CommitLog,
    groups: Shared<Option<Group>>,
    programs: Shared<Option<Program>>,
}

impl State {
    /// A copy to keep; `before` is the one that was kept last.
    pub(crate) fn kept(&self, before: Option<&Kept>) -> Kept {
        Kept {
            topics: self.topics.clone(),
            queues: Shared::new(&self.queues, before.map(|kept| &kept.queues)),
            log: self.log,
            groups: Shared::new(&self.groups, before.map(|kept| &kept.groups)),
            programs: Shared::new(&self.programs, before.map(|kept| &kept.programs)),
        }
    }
}

impl Kept {
    /// What was kept.
    pub(crate) fn state(&self) -> State {
        State {
            topics: self.topics.clone(),
            queues: self.queues.items(),
            log: self.log,
            groups: self.groups.items(),
            programs: self.programs.items(),
        }
    }
}
