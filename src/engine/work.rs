//! Messages that take time: a consumer goes through a range, which is cut where something else happens and where
//! what `run until` waits for comes true. Knows no frames.

use alloc::collections::BTreeSet;

use super::actor::Progress;
use super::sim::Sim;
use crate::family::rabbitmq::client::{Next, Work};
use crate::ids::{ActorId, EventId};
use crate::scenario::ast::{Condition, FactRef, Value};
use crate::trace::Event;
use crate::trace::event::What;
use crate::units::{SimDuration, SimTime};
use crate::world::World;

impl Sim {
    /// Lets the programs that have something to do do one thing; false when none has.
    pub(super) fn poll(&mut self) -> bool {
        while let Some(&id) = self.active.front() {
            if self.send_backlog(id) {
                return true;
            }
            match self.actors[id.index()].next() {
                Next::Output(output) => {
                    self.output(id, output);
                    return true;
                }
                Next::Work(work) => {
                    if self.take_up(id, work) {
                        return true;
                    }
                    self.set_alarm(id);
                    self.active.pop_front();
                }
                Next::Nothing => {
                    self.set_alarm(id);
                    self.active.pop_front();
                }
            }
        }
        false
    }

    /// Lets a program say at once what the script made it say; work and the rest of publish trains wait
    /// for their turn.
    pub(super) fn say(&mut self, id: ActorId) {
        self.activate(id);
        while self.actors[id.index()].backlog.is_empty() {
            match self.actors[id.index()].next() {
                Next::Output(output) => self.output(id, output),
                Next::Work(_) | Next::Nothing => return,
            }
        }
    }

    /// Begins a piece of work; true if it took no time and something of it is done.
    fn take_up(&mut self, id: ActorId, work: Work) -> bool {
        let now = self.now;
        if let Some(why) = work.skip {
            let cause = self.actors[id.index()].arrival_of(work.first);
            let what = What::Skipped {
                consumer: id,
                first: work.first,
                count: work.count,
                why,
            };
            self.emit(cause, what);
            if let Some(consumer) = self.actors[id.index()].consumer() {
                consumer.done(work, work.count, now);
            }
            return true;
        }
        let actor = &mut self.actors[id.index()];
        let stride = actor
            .consumer()
            .map_or(SimDuration::ZERO, |c| c.settings().takes);
        if stride == SimDuration::ZERO {
            self.process(id, work, now, stride, work.count);
            return true;
        }
        if actor.progress.is_none() {
            let next = now.after(stride);
            actor.progress = Some(Progress { work, next, stride });
            self.progress.note(next, id);
        }
        false
    }

    /// Messages that are done at this very moment; false when there are none.
    pub(super) fn progress_due(&mut self) -> bool {
        match self.first_progress() {
            Some((id, p)) if p.next <= self.now => {
                self.advance_progress(id, p, self.now);
                true
            }
            Some(_) | None => false,
        }
    }

    /// Moves time to the next moment, at most to `until`; false when there is none.
    pub(super) fn move_time(&mut self, until: Option<SimTime>) -> bool {
        let Some(next) = self.next_moment() else {
            return false;
        };
        if until.is_some_and(|until| next > until) {
            return false;
        }
        match self.first_progress() {
            Some((id, p)) if p.next == next => {
                let actors = &self.actors;
                let others = self.progress.notes().filter(|(_, other)| *other != id);
                let other = others
                    .filter(|(at, other)| actors[other.index()].is_done_at(*at))
                    .map(|(at, _)| at)
                    .next();
                let wake = self.first_wake().map(|(at, _)| at);
                let limit = other
                    .into_iter()
                    .chain(self.queue.next_time())
                    .chain(wake)
                    .chain(self.housekeeping())
                    .chain(until)
                    .min()
                    .unwrap_or(SimTime(u64::MAX));
                self.advance_progress(id, p, limit);
            }
            Some(_) | None => self.now = next,
        }
        true
    }

    pub(super) fn first_progress(&mut self) -> Option<(ActorId, Progress)> {
        let actors = &self.actors;
        let (_, id) = self
            .progress
            .first(|at, id| actors[id.index()].is_done_at(at))?;
        Some((id, actors[id.index()].progress?))
    }

    /// The next program that wants to be woken.
    pub(super) fn first_wake(&mut self) -> Option<(SimTime, ActorId)> {
        let actors = &self.actors;
        let holds = |at, id: ActorId| actors[id.index()].wake.is_some_and(|(when, _)| when == at);
        self.wakes.first(holds)
    }

    fn set_alarm(&mut self, id: ActorId) {
        let actor = &mut self.actors[id.index()];
        actor.set_alarm(self.now);
        if let Some((at, _)) = actor.wake {
            self.wakes.note(at, id);
        }
    }

    /// Messages that are done up to and including `limit`.
    fn advance_progress(&mut self, id: ActorId, p: Progress, limit: SimTime) {
        let more = limit.since(p.next).0 / p.stride.0.max(1);
        let count = p.work.count.min(more.saturating_add(1));
        let done = self.process(id, p.work, p.next, p.stride, count);
        let actor = &mut self.actors[id.index()];
        let rest = p.work.rest(done).filter(|_| actor.runs());
        let (next, stride) = (p.next.after(p.stride.times(done)), p.stride);
        actor.progress = rest.map(|work| Progress { work, next, stride });
        if actor.progress.is_some() {
            self.progress.note(next, id);
        }
        self.activate(id);
    }

    /// Processes at most `most` messages, the first of which is done at `at`; answers how many it were.
    fn process(
        &mut self,
        id: ActorId,
        work: Work,
        at: SimTime,
        stride: SimDuration,
        most: u64,
    ) -> u64 {
        let actor = &mut self.actors[id.index()];
        let (again, alike) = actor.before.run_at(work.seen.0);
        let cause = actor.arrival_of(work.first);
        let range = |count| What::Processed {
            consumer: id,
            first: work.seen,
            count,
            stride,
            again,
        };
        let most = most.min(alike).max(1);
        let count = self.hit(at, cause, range(most), most);
        let event = self.timeline.recorder().emit(at, cause, range(count));
        self.now = self.now.max(at.after(stride.times(count - 1)));
        let now = self.now;
        let actor = &mut self.actors[id.index()];
        actor.current.insert(work.seen.0, count);
        actor.cause = Some(event);
        if let Some(consumer) = actor.consumer() {
            consumer.done(work, count, now);
            // One transaction with the message: nothing comes between the two.
            if let Some(offset) = consumer.take_kept() {
                let what = What::StoredExternally {
                    consumer: id,
                    offset,
                };
                self.emit(Some(event), what);
            }
        }
        count
    }

    /// After how many of the `count` messages of a range what `run until` waits for holds; `count` if
    /// it does not before. Facts are constant or linear in the range, so that the first hit lies next
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
