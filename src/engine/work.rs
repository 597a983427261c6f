//! Messages that take time: a program goes through a range, which is cut where something else happens and where
//! what `run until` waits for comes true. Knows no messages on links.

use alloc::collections::BTreeSet;

use super::host::Host;
use super::range::{Portion, Range};
use crate::ids::{ActorId, EventId};
use crate::language::ast::{Condition, FactRef, Value};
use crate::trace::event::What;
use crate::trace::{Event, Work};
use crate::units::{SimDuration, SimTime};
use crate::world::World;

impl Host {
    /// A program begins to work through messages that take time, unless it is at work already.
    pub(crate) fn work(&mut self, program: ActorId, work: Work, stride: SimDuration) {
        let next = self.now.after(stride);
        let seat = &mut self.seats[program.index()];
        if seat.range.is_none() {
            seat.range = Some(Range { work, next, stride });
            self.work.note(next, program);
        }
    }

    /// A program no longer works.
    pub(crate) fn stop_work(&mut self, program: ActorId) {
        self.seats[program.index()].range = None;
    }

    /// What is left of a program's range once `done` messages of it are.
    pub(super) fn work_on(&mut self, program: ActorId, range: Range, done: u64, goes_on: bool) {
        let rest = range.work.rest(done).filter(|_| goes_on);
        let (next, stride) = (range.next.after(range.stride.times(done)), range.stride);
        self.seats[program.index()].range = rest.map(|work| Range { work, next, stride });
        if rest.is_some() {
            self.work.note(next, program);
        }
    }

    /// The range whose next message is done first.
    pub(super) fn first_work(&mut self) -> Option<(ActorId, Range)> {
        let seats = &self.seats;
        let (_, id) = self
            .work
            .first(|at, id| seats[id.index()].range.is_some_and(|r| r.next == at))?;
        Some((id, seats[id.index()].range?))
    }

    /// When a message of another program than this one is done first.
    pub(super) fn other_work(&self, program: ActorId) -> Option<SimTime> {
        let seats = &self.seats;
        let others = self.work.notes().filter(|(_, other)| *other != program);
        others
            .filter(|(at, other)| seats[other.index()].range.is_some_and(|r| r.next == *at))
            .map(|(at, _)| at)
            .next()
    }

    /// Messages of a range are done from `at` on: as many of the first `most` as go by before what `run until` waits
    /// for comes true. Answers how many these are, and the event.
    pub(crate) fn process(
        &mut self,
        portion: &Portion,
        cause: Option<EventId>,
        range: impl Fn(u64) -> What,
    ) -> (u64, EventId) {
        let Portion {
            at, stride, most, ..
        } = *portion;
        let count = self.hit(at, cause, range(most), most);
        let event = self.timeline.recorder().emit(at, cause, range(count));
        self.now = self.now.max(at.after(stride.times(count - 1)));
        (count, event)
    }

    /// The first k ≤ `count` messages of a range after which what `run until` waits for holds; `count` if it does not
    /// before. Facts are constant or linear in the range, so that the first hit lies next
    /// to where one of them crosses its value.
    fn hit(&self, at: SimTime, cause: Option<EventId>, what: What, count: u64) -> u64 {
        let Some(watch) = self.watch.as_deref().filter(|_| count > 1) else {
            return count;
        };
        let event = Event { at, cause, what };
        let arenas = &self.timeline.trace().arenas;
        let world_at = |k: u64| -> World {
            let mut world = self.timeline.end().clone();
            world.apply_part(&event, arenas, k);
            world
        };
        let mut candidates = BTreeSet::from([1]);
        for (fact, target) in targets(watch) {
            let value = |k| self.timeline.facts_of(&world_at(k)).value(fact);
            let (Value::Number(first), Value::Number(last)) = (value(1), value(count)) else {
                continue;
            };
            let reached = |k: u64| match value(k) {
                Value::Number(v) if first < last => v >= target,
                Value::Number(v) => v <= target,
                Value::None | Value::Text(_) => false,
            };
            if first == last || !reached(count) {
                continue;
            }
            let (mut below, mut above) = (0, count);
            while above - below > 1 {
                let middle = below + (above - below) / 2;
                if reached(middle) {
                    above = middle;
                } else {
                    below = middle;
                }
            }
            candidates.extend([
                above.saturating_sub(1).max(1),
                above,
                (above + 1).min(count),
            ]);
        }
        let holds = |k: &u64| self.timeline.facts_of(&world_at(*k)).all_hold(watch);
        candidates.into_iter().find(holds).unwrap_or(count)
    }
}

/// The facts that a condition compares with numbers.
fn targets(condition: &Condition) -> impl Iterator<Item = (FactRef, u64)> {
    condition.all.iter().filter_map(|c| match c.value {
        Value::Number(target) => Some((c.fact, target)),
        Value::None | Value::Text(_) => None,
    })
}
