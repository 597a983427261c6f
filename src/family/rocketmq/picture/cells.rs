//! What a group makes of the messages in view.

use super::queue_view::QueueView;
use crate::base::IdSet;
use crate::family::rocketmq::explain::resume::{Again, again};
use crate::family::rocketmq::state::{Group, Member};
use crate::family::rocketmq::statements::Mode;
use crate::ids::{ActorId, Offset};
use crate::view::moment::Moment;
use alloc::vec::Vec;

/// What a group makes of an offset.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Made {
    /// It has nothing to do with it.
    Nothing,
    /// It consumed it.
    Done,
    /// It consumed it and would consume it again after a crash.
    Again,
    /// A member has it and has not finished.
    InFlight,
    /// A member hangs at it.
    Hung,
    /// It went past it without consuming it.
    Passed,
}

impl Made {
    pub(super) const fn class(self) -> &'static str {
        match self {
            Self::Nothing => "",
            Self::Done => " done",
            Self::Again => " again",
            Self::InFlight => " waiting",
            Self::Hung => " waiting hung",
            Self::Passed => " passed",
        }
    }

    pub(crate) const fn words(self) -> &'static str {
        match self {
            Self::Nothing => "",
            Self::Done => ", consumed",
            Self::Again => ", consumed, would be consumed again",
            Self::InFlight => ", in flight",
            Self::Hung => ", hangs",
            Self::Passed => ", passed over",
        }
    }
}

/// Who reads a queue: a group with its members, or a member that keeps its own offsets.
pub(crate) struct ReaderOf<'a> {
    queue: QueueView<'a>,
    group: Option<&'a Group>,
    members: Vec<&'a Member>,
    stored: Option<Offset>,
    again: Option<Again>,
}

impl<'a> ReaderOf<'a> {
    pub(crate) fn new(moment: &Moment<'a>, queue: QueueView<'a>, id: ActorId) -> Self {
        let state = moment.rocketmq();
        let own = state.member(id).filter(|member| broadcasts(member));
        let group = state.group(id).filter(|_| own.is_none());
        let members = match own {
            Some(member) => Vec::from([member]),
            None => state.members(id).map(|(_, member)| member).collect(),
        };
        let stored = match own {
            Some(member) => member.own.get(&queue.id).copied(),
            None => group.and_then(|group| group.offsets.get(&queue.id).copied()),
        };
        Self {
            queue,
            group,
            members,
            stored,
            again: again(state, id, queue.id).filter(|_| own.is_none()),
        }
    }

    /// What it makes of an offset.
    pub(crate) fn made(&self, offset: Offset) -> Made {
        let mut readings = self
            .members
            .iter()
            .filter_map(|m| m.queues.get(&self.queue.id));
        let in_hand = |set: &IdSet| set.count_in(offset.0, 1) > 0;
        if readings.clone().any(|reading| in_hand(&reading.hung)) {
            return Made::Hung;
        }
        let popped = self
            .group
            .and_then(|group| group.popped.get(&self.queue.id));
        if readings.any(|reading| in_hand(&reading.unfinished)) || popped.is_some_and(in_hand) {
            return Made::InFlight;
        }
        let is_below = self.stored.is_some_and(|stored| offset < stored);
        let consumed = self.group.map(|group| group.consumed.get(&self.queue.id));
        match consumed {
            Some(consumed) if consumed.is_some_and(in_hand) => match self.again {
                Some(again) if again.from <= offset && offset < again.to => Made::Again,
                Some(_) | None => Made::Done,
            },
            Some(_) if is_below => Made::Passed,
            None if is_below => Made::Done,
            Some(_) | None => Made::Nothing,
        }
    }

    /// Whether it was consumed more than once.
    pub(crate) fn is_repeated(&self, offset: Offset) -> bool {
        let repeated = self
            .group
            .and_then(|group| group.repeated.get(&self.queue.id));
        repeated.is_some_and(|repeated| repeated.count_in(offset.0, 1) > 0)
    }
}

/// Whether a member reads everything and keeps its offsets itself.
pub(crate) fn broadcasts(member: &Member) -> bool {
    member.settings.of_group.mode == Mode::Broadcast
}
