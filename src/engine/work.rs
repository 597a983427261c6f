//! Messages that take time: a program goes through a range, which is cut where something else happens and where
//! what `run until` waits for comes true. Knows no messages on links.

use super::hit::{self, Sample};
use super::host::Host;
use super::range::{Portion, WorkRange};
use crate::ids::{ActorId, EventId};
use crate::trace::event::What;
use crate::trace::{Event, Work};
use crate::units::{SimDuration, SimTime};

impl Host {
    /// A program begins to work through messages that take time, unless it is at work already.
    pub(crate) fn work(&mut self, program: ActorId, work: Work, stride: SimDuration) {
        let next = self.now.after(stride);
        let seat = &mut self.seats[program.index()];
        if seat.range.is_none() {
            seat.range = Some(WorkRange { work, next, stride });
            self.work.note(next, program);
        }
    }

    /// A program no longer works.
    pub(crate) fn stop_work(&mut self, program: ActorId) {
        self.seats[program.index()].range = None;
    }

    /// What is left of a program's range once `done` messages of it are.
    pub(super) fn work_on(&mut self, program: ActorId, range: WorkRange, done: u64, goes_on: bool) {
        let rest = range.work.rest(done).filter(|_| goes_on);
        let (next, stride) = (range.next.after(range.stride.times(done)), range.stride);
        self.seats[program.index()].range = rest.map(|work| WorkRange { work, next, stride });
        if rest.is_some() {
            self.work.note(next, program);
        }
    }

    /// The range whose next message is done first.
    pub(super) fn first_work(&mut self) -> Option<(ActorId, WorkRange)> {
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
    /// before.
    fn hit(&self, at: SimTime, cause: Option<EventId>, what: What, count: u64) -> u64 {
        let Some(watch) = self.watch.as_deref().filter(|_| count > 1) else {
            return count;
        };
        let event = Event { at, cause, what };
        let arenas = &self.timeline.trace().arenas;
        let look = |k: u64| {
            let mut world = self.timeline.end().clone();
            world.apply_part(&event, arenas, k);
            Sample::of(&self.timeline.facts_of(&world), watch)
        };
        hit::first(count, &look).unwrap_or(count)
    }
}
