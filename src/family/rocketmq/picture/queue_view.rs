//! A queue at a moment, with what it shows of the commit log, and how a group's offset stands to it. Decides nothing.

use crate::family::rocketmq::arena::{Arena, QueueArena};
use crate::family::rocketmq::state::{Queue, State};
use crate::family::rocketmq::store::{Position, QueueRun};
use crate::ids::{LogId, Offset};
use crate::view::moment::Moment;

/// Two families never meet in a run.
const OWN: &str = "this family's code shows runs of this family";

/// A queue at a moment.
#[derive(Clone, Copy, Debug)]
pub(crate) struct QueueView<'a> {
    pub(crate) id: LogId,
    pub(crate) queue: &'a Queue,
    pub(crate) arena: &'a QueueArena,
    /// Where the commit log begins: what lies before is gone.
    pub(crate) log_first: Position,
    pub(crate) min: Offset,
    pub(crate) max: Offset,
}

/// What this family's code asks a moment.
impl<'a> Moment<'a> {
    pub(crate) fn rocketmq(&self) -> &'a State {
        self.world.family.rocketmq().expect(OWN)
    }

    pub(crate) fn rocketmq_arena(&self) -> &'a Arena {
        self.trace().arenas.family.rocketmq().expect(OWN)
    }

    pub(crate) fn queue(&self, id: LogId) -> QueueView<'a> {
        let state = self.rocketmq();
        let (queue, arena) = (state.queue(id), self.rocketmq_arena().queue(id));
        QueueView {
            id,
            queue,
            arena,
            log_first: state.log.first,
            min: queue.min,
            max: queue.max(arena),
        }
    }
}

impl<'a> QueueView<'a> {
    /// The run of an offset that readers see, with the place of its message.
    pub(crate) fn run_of(&self, offset: Offset) -> Option<(&'a QueueRun, u64)> {
        if offset >= self.max {
            return None;
        }
        self.arena.run_of(offset)
    }

    /// Where the message at an offset lies.
    pub(crate) fn position(&self, offset: Offset) -> Option<Position> {
        let (run, place) = self.run_of(offset)?;
        Some(run.extent.position(place))
    }

    /// Whether the bytes of the message at an offset are deleted.
    pub(crate) fn is_gone(&self, offset: Offset) -> bool {
        self.position(offset).is_some_and(|at| at < self.log_first)
    }

    /// The first offset whose message lies at a position or behind it; the maximum when none does.
    pub(crate) fn first_behind(&self, position: Position) -> Offset {
        let (mut low, mut high) = (self.min.0, self.max.0);
        while low < high {
            let middle = low + (high - low) / 2;
            match self.position(Offset(middle)) {
                Some(at) if at < position => low = middle + 1,
                Some(_) | None => high = middle,
            }
        }
        Offset(low)
    }
}
