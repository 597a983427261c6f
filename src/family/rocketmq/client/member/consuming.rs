//! Pulling, consuming, and what becomes of messages: done, failed, hung, given up.

use alloc::sync::Arc;
use alloc::vec::Vec;

use super::super::Outcome;
use super::{
    CONSUME_TIMEOUT, GIVEN_UP_A_PASS, MemberProgram, ORDERLY_WAIT, OutcomeRun, Output, Phase,
    RETRY_HERE, THREADS,
};
use crate::base::sorted;
use crate::family::rocketmq::message::ToBroker;
use crate::family::rocketmq::statements::Mode;
use crate::family::rocketmq::store::PullStatus;
use crate::ids::{LogId, Offset};
use crate::units::{SimDuration, SimTime};

/// The delay level of a message that was given up.
const LEVEL_OF_GIVEN_UP: u8 = 3;

/// What a pull brought.
#[derive(Clone, Debug)]
pub struct Brought {
    /// The queue.
    pub queue: LogId,
    /// From where it was asked for.
    pub asked: Offset,
    /// What the client makes of it.
    pub status: PullStatus,
    /// Where to go on.
    pub next: Offset,
    /// The queue's maximum.
    pub max: Offset,
    /// The messages, by what will come of them.
    pub pieces: Vec<OutcomeRun>,
}

impl MemberProgram {
    /// Pulls wherever a pull is due and there is room.
    pub(super) fn pump(&mut self, now: SimTime) {
        if self.phase != Phase::Running || self.suspended.is_some() {
            return;
        }
        let (mode, takes) = (self.mode(), self.settings.habits.takes);
        let mut pulls = Vec::new();
        for (queue, reading) in self.readings.iter_mut() {
            let due = reading.pull_at.is_some_and(|at| at <= now);
            let ready = due && reading.asked.is_none() && reading.correction.is_none();
            if !ready || !reading.has_room(mode == Mode::Orderly) {
                // It is pulled again once there is room.
                reading.pull_at = reading.pull_at.filter(|at| *at > now);
                continue;
            }
            let Some(offset) = reading.next.or((mode == Mode::Pop).then_some(Offset(0))) else {
                reading.pull_at = None;
                continue;
            };
            reading.pull_at = None;
            reading.asked = Some(offset);
            if mode == Mode::Pop {
                pulls.push(ToBroker::Pop { queue: *queue });
                continue;
            }
            let commit = reading.riding().filter(|_| mode != Mode::Broadcast);
            if commit.is_some() {
                reading.sent = commit;
            }
            pulls.push(ToBroker::Pull {
                queue: *queue,
                offset,
                commit,
                times: reading.times(takes > SimDuration::ZERO),
            });
        }
        pulls.into_iter().for_each(|pull| self.send(pull));
    }

    /// A pull was answered.
    pub fn pulled(&mut self, brought: Brought, now: SimTime) {
        let Some(reading) = self.readings.get_mut(&brought.queue) else {
            return;
        };
        // What it asked before it let go of the queue and took it up again is for nobody any more.
        if reading.asked != Some(brought.asked) {
            return;
        }
        reading.asked = None;
        let reset = |(_, offsets): &(SimTime, Arc<[(LogId, Offset)]>)| {
            offsets.iter().any(|(queue, _)| *queue == brought.queue)
        };
        if reading.correction.is_some() || self.suspended.as_ref().is_some_and(reset) {
            // It is about to let go of the queue, and hands on nothing more of it.
            for piece in &brought.pieces {
                reading.queue.fetched(piece.first.0, piece.count);
            }
            return;
        }
        reading.max = brought.max;
        match brought.status {
            PullStatus::Found => {
                reading.next = Some(brought.next);
                for piece in &brought.pieces {
                    reading.queue.fetched(piece.first.0, piece.count);
                }
                self.pool.extend(brought.pieces);
            }
            PullStatus::NoNewMsg | PullStatus::NoMatchedMsg => {
                reading.next = Some(brought.next);
                reading.passed(brought.next);
            }
            PullStatus::OffsetIllegal => return self.corrected(brought.queue, brought.next, now),
        }
        reading.pull_at = Some(now);
        self.pump(now);
    }

    /// A POP was answered.
    pub fn popped(&mut self, queue: LogId, pieces: Vec<OutcomeRun>, now: SimTime) {
        let Some(reading) = self.readings.get_mut(&queue) else {
            return;
        };
        reading.asked = None;
        for piece in &pieces {
            reading.queue.fetched(piece.first.0, piece.count);
        }
        self.pool.extend(pieces);
        reading.pull_at = Some(now);
        self.pump(now);
    }

    /// Whether an empty answer to the pull that is parked would lead to the same pull, and to nothing else.
    #[must_use]
    pub fn is_settled(&self, queue: LogId, next: Offset) -> bool {
        let reading = self.readings.get(&queue);
        reading.is_some_and(|reading| {
            let nothing_new = !reading.queue.in_flight().is_empty() || reading.local >= Some(next);
            let told = reading.riding().is_none() || !reading.is_dirty();
            reading.next == Some(next) && nothing_new && (told || self.mode() == Mode::Broadcast)
        })
    }

    /// What it consumes next.
    pub(super) fn front(&self) -> Option<OutcomeRun> {
        let hung: usize = self
            .readings
            .values()
            .map(|reading| reading.hung.len())
            .sum();
        if self.paused || self.phase == Phase::Ended || hung >= THREADS {
            return None;
        }
        let piece = self
            .pool
            .iter()
            .find(|piece| !self.blocked.contains_key(&piece.queue))?;
        Some(*piece)
    }

    /// It consumed the first `count` messages of the piece that it is at.
    pub fn done(&mut self, piece: OutcomeRun, count: u64, now: SimTime) {
        let at = self
            .pool
            .iter()
            .position(|it| (it.queue, it.first) == (piece.queue, piece.first));
        let Some(at) = at else { return };
        let (queue, first) = (piece.queue, piece.first);
        let again = piece.outcome == Outcome::Failure && self.mode() == Mode::Orderly;
        if !again {
            let rest = &mut self.pool[at];
            rest.first = rest.first.plus(count);
            rest.count = rest.count.saturating_sub(count);
            if rest.count == 0 {
                self.pool.remove(at);
            }
        }
        match piece.outcome {
            Outcome::Success => self.succeeded(queue, first, count),
            Outcome::Failure => self.failed(queue, first, count, now),
            Outcome::Hang => {
                // The pass in between finds it too young.
                let at = self.pass_behind(now.after(CONSUME_TIMEOUT));
                if let Some(reading) = self.readings.get_mut(&queue) {
                    reading.hung.push((first, at));
                }
            }
        }
        self.make_room(queue, now);
    }

    fn succeeded(&mut self, queue: LogId, first: Offset, count: u64) {
        if let Some(reading) = self.readings.get_mut(&queue) {
            reading.finished(first, count);
        }
        if self.mode() == Mode::Pop {
            self.send(ToBroker::Ack {
                queue,
                first,
                count,
            });
        }
    }

    fn failed(&mut self, queue: LogId, first: Offset, count: u64, now: SimTime) {
        match self.mode() {
            Mode::Concurrent => {
                if let Some(reading) = self.readings.get_mut(&queue) {
                    reading.returning.insert(first.0, count);
                }
                self.send(ToBroker::SendBack {
                    queue,
                    first,
                    count,
                    level: 0,
                });
            }
            Mode::Orderly => {
                self.blocked.insert(queue, now.after(ORDERLY_WAIT));
                self.tried_in_place(queue, first);
            }
            // Nobody takes it back.
            Mode::Broadcast | Mode::Pop => {
                if let Some(reading) = self.readings.get_mut(&queue) {
                    reading.finished(first, count);
                }
            }
        }
    }

    /// The message at the head of an orderly queue failed once more; behind the last failure it will succeed. The count
    /// is the client's own (`ConsumeMessageOrderlyService.checkReconsumeTimes`): who reads the queue anew counts anew.
    fn tried_in_place(&mut self, queue: LogId, offset: Offset) {
        let Some(reading) = self.readings.get_mut(&queue) else {
            return;
        };
        let before = reading.tries.filter(|(of, _)| *of == offset);
        let tries = before.map_or(0, |(_, tries)| tries).saturating_add(1);
        reading.tries = Some((offset, tries));
        let failure = self.settings.habits.fails_at.as_ref();
        let last = failure.and_then(|failure| failure.times);
        if last.is_none_or(|last| tries < last) {
            return;
        }
        for piece in &mut self.pool {
            if (piece.queue, piece.first) == (queue, offset) {
                piece.outcome = Outcome::Success;
            }
        }
    }

    /// The broker has failed messages back, or did not take them.
    pub(super) fn sent_back(
        &mut self,
        queue: LogId,
        (first, count): (Offset, u64),
        taken: bool,
        now: SimTime,
    ) {
        let Some(reading) = self.readings.get_mut(&queue) else {
            return;
        };
        reading.returning.remove(first.0, count);
        if taken {
            reading.finished(first, count);
            return self.make_room(queue, now);
        }
        self.try_here(queue, (first, count), now);
    }

    /// Failed messages that the broker does not have back are tried again, a while later.
    fn try_here(&mut self, queue: LogId, (first, count): (Offset, u64), now: SimTime) {
        self.blocked.insert(queue, now.after(RETRY_HERE));
        self.pool.push_back(OutcomeRun {
            queue,
            first,
            count,
            outcome: Outcome::Failure,
        });
    }

    /// What was on its way back to the broker when the connection ended did not come there, as far as it knows.
    pub(super) fn take_back(&mut self, now: SimTime) {
        let mut lost = Vec::new();
        for (queue, reading) in self.readings.iter_mut() {
            let ranges = core::mem::take(&mut reading.returning);
            let ranges = ranges.ranges().iter();
            lost.extend(ranges.map(|(first, last)| (*queue, Offset(*first), last - first + 1)));
        }
        for (queue, first, count) in lost {
            self.try_here(queue, (first, count), now);
        }
    }

    /// The first pass over hung messages that comes behind a moment.
    fn pass_behind(&self, at: SimTime) -> SimTime {
        let passed = at.since(self.started_at).0 / CONSUME_TIMEOUT.0;
        self.started_at.after(CONSUME_TIMEOUT.times(passed + 1))
    }

    /// Messages that hang for too long go back to the broker, the lowest of each queue first. A pass that does not reach the
    /// broker leaves them to the next one.
    pub(super) fn give_up(&mut self, now: SimTime) {
        if self.mode() != Mode::Concurrent {
            return;
        }
        let online = self.phase == Phase::Running;
        let next = self.pass_behind(now);
        let mut given_up = Vec::new();
        for (queue, reading) in self.readings.iter_mut() {
            reading.hung = sorted(core::mem::take(&mut reading.hung));
            let mut taken = 0;
            reading.hung.retain_mut(|(offset, at)| {
                let goes = online && *at == now && taken < GIVEN_UP_A_PASS;
                if goes {
                    taken += 1;
                    reading.returning.insert(offset.0, 1);
                    given_up.push((*queue, *offset));
                } else if *at <= now {
                    *at = next;
                }
                !goes
            });
        }
        for (queue, offset) in given_up {
            self.outputs.push_back(Output::GivenUp(queue, offset));
            self.send(ToBroker::SendBack {
                queue,
                first: offset,
                count: 1,
                level: LEVEL_OF_GIVEN_UP,
            });
        }
    }

    /// A queue that waits for room is pulled again.
    fn make_room(&mut self, queue: LogId, now: SimTime) {
        if let Some(reading) = self.readings.get_mut(&queue) {
            let waits = reading.asked.is_none() && reading.pull_at.is_none();
            if waits && (reading.next.is_some() || reading.correction.is_some()) {
                reading.pull_at = Some(now);
            }
        }
        self.pump(now);
    }
}
