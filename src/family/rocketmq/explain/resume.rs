//! What a group would consume again if its members started anew now. A rule about the state; it runs nothing.

use crate::family::rocketmq::state::{Group, State};
use crate::family::rocketmq::statements::Mode;
use crate::ids::{ActorId, LogId, Offset};

/// Messages that were consumed and would be consumed again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Again {
    /// The first of them.
    pub(crate) from: Offset,
    /// Behind the last of them.
    pub(crate) to: Offset,
    /// How many they are: what is in flight lies between them.
    pub(crate) count: u64,
}

/// What of a queue a group would consume again; `None` also where that depends on what is still to come.
#[must_use]
pub(crate) fn again(state: &State, group: ActorId, queue: LogId) -> Option<Again> {
    let (of, min) = (state.group(group)?, state.queues.get(queue.index())?.min);
    behind(of, queue, min)
}

fn behind(group: &Group, queue: LogId, min: Offset) -> Option<Again> {
    match group.settings.mode {
        Mode::Concurrent | Mode::Orderly => {}
        // Their members keep offsets, or the broker what it handed out.
        Mode::Broadcast | Mode::Pop => return None,
    }
    let stored = (*group.offsets.get(&queue)?).max(min);
    let consumed = group.consumed.get(&queue)?;
    let (_, last) = *consumed.ranges().last()?;
    let to = Offset(last.saturating_add(1));
    if to <= stored {
        return None;
    }
    let behind = consumed
        .ranges()
        .partition_point(|(_, last)| *last < stored.0);
    let (first, _) = *consumed.ranges().get(behind)?;
    Some(Again {
        from: Offset(first).max(stored),
        to,
        count: consumed.count_in(stored.0, to.0 - stored.0),
    })
}

impl Again {
    /// Whether nothing lies between them that was not consumed.
    pub(crate) const fn is_whole(self) -> bool {
        self.count == self.to.0 - self.from.0
    }
}
