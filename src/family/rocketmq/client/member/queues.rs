//! Which queues a member has, and from where it reads each: dividing, asking, corrections and resets.

use alloc::sync::Arc;
use alloc::vec::Vec;

use super::super::allocation::averagely;
use super::super::reading::Reading;
use super::{MemberProgram, Output, Phase, REBALANCE_SOON, SUSPENSION};
use crate::family::rocketmq::event::{PlacedBy, Revoke};
use crate::family::rocketmq::message::{Question, ToBroker};
use crate::family::rocketmq::settings::StartFrom;
use crate::family::rocketmq::statements::Mode;
use crate::ids::{LogId, Offset};
use crate::units::{SimDuration, SimTime};

/// Between finding where a queue is read from and the first pull.
const FIRST_PULL: SimDuration = SimDuration::from_millis(500);

/// What a member learns when it looks around.
#[derive(Clone, Debug)]
pub struct Around {
    /// Its place among the members of the group, in the order of their ids; nothing when it is not among them.
    pub index: Option<u32>,
    /// How many members there are.
    pub members: u32,
    /// The queues of the topic that are read.
    pub queues: Vec<LogId>,
    /// The queue of the group's retries, once there is something in it.
    pub retry: Option<LogId>,
}

/// Whether it let go of a queue that is its own, to take it up again with its next look around.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Missing {
    Nothing,
    /// A run waits for the look around.
    Queue,
    /// It looks around. When that is lost it does so again, and nobody waits for it.
    AskedFor,
}

impl Missing {
    /// The look around is under way.
    pub(super) const fn asked_for(self) -> Self {
        match self {
            Self::Nothing => Self::Nothing,
            Self::Queue | Self::AskedFor => Self::AskedFor,
        }
    }
}

impl MemberProgram {
    /// It learned who is in the group: it takes its share of the queues.
    pub fn looked_around(&mut self, around: Around, now: SimTime) {
        if self.phase != Phase::Running || self.suspended.is_some() {
            return;
        }
        let wanted = self.share(&around);
        self.missing = Missing::Nothing;
        self.readable = around.queues;
        let lost: Vec<LogId> = self.queues().filter(|q| !wanted.contains(q)).collect();
        for queue in lost {
            self.release(queue, Revoke::Rebalance);
        }
        let mut fresh = Vec::new();
        for queue in wanted {
            if !self.readings.contains_key(&queue) {
                self.readings.insert(queue, Reading::default());
                self.outputs.push_back(Output::Assigned(queue));
                fresh.push(queue);
            }
        }
        match self.mode() {
            Mode::Concurrent => fresh.into_iter().for_each(|queue| self.ask(queue)),
            Mode::Orderly => self.lock(fresh),
            Mode::Broadcast => fresh
                .into_iter()
                .for_each(|queue| self.own_start(queue, now)),
            Mode::Pop => {
                for queue in fresh {
                    self.readings
                        .get_or_insert(queue, Reading::default())
                        .pull_at = Some(now);
                }
            }
        }
        self.pump(now);
    }

    /// The queues that are its own: of a broadcasting or popping group all.
    fn share(&self, around: &Around) -> Vec<LogId> {
        let every = || around.queues.iter().copied();
        match self.mode() {
            Mode::Broadcast => every().collect(),
            Mode::Pop => every().chain(around.retry).collect(),
            Mode::Concurrent | Mode::Orderly => {
                let Some(index) = around.index else {
                    return Vec::new();
                };
                let count = around.queues.len() as u32;
                let mine = averagely(count, around.members, index);
                let mine = mine.start as usize..mine.end as usize;
                let retry = around
                    .retry
                    .filter(|_| averagely(1, around.members, index).len() == 1);
                around.queues[mine].iter().copied().chain(retry).collect()
            }
        }
    }

    /// Orderly members read what the broker locked for them only.
    fn lock(&mut self, queues: Vec<LogId>) {
        if !queues.is_empty() {
            let queues = queues.into();
            self.send(ToBroker::Lock { queues });
        }
    }

    /// The broker locked queues for it. Those that another member still has are asked for again soon.
    pub(super) fn locked(&mut self, queues: &[LogId], now: SimTime) {
        let mut waits = false;
        let mut fresh = Vec::new();
        for (queue, reading) in self.readings.iter_mut() {
            if queues.contains(queue) && !reading.locked {
                reading.locked = true;
                fresh.push(*queue);
            }
            waits |= !reading.locked;
        }
        if waits {
            let soon = if self.rules.rebalances_soon {
                REBALANCE_SOON
            } else {
                super::REBALANCE
            };
            self.rebalance_at = now.after(soon);
        }
        for queue in fresh {
            self.ask(queue);
        }
    }

    /// Queues that it owns and that are not locked for it.
    #[must_use]
    pub fn unlocked(&self) -> Vec<LogId> {
        let orderly = self.mode() == Mode::Orderly;
        let open = self
            .readings
            .iter()
            .filter(|(_, reading)| orderly && !reading.locked);
        open.map(|(queue, _)| *queue).collect()
    }

    /// Asks again for the locks that it does not have.
    pub fn lock_again(&mut self) {
        let queues = self.unlocked();
        self.lock(queues);
    }

    /// Asks for what it had asked when the connection ended: from where it reads a queue.
    pub(super) fn ask_again(&mut self, now: SimTime) {
        let open = self.readings.iter().filter(|(_, it)| it.next.is_none());
        let open: Vec<LogId> = open.map(|(queue, _)| *queue).collect();
        match self.mode() {
            Mode::Concurrent => open.into_iter().for_each(|queue| self.ask(queue)),
            Mode::Orderly => self.lock(open),
            Mode::Broadcast => open
                .into_iter()
                .for_each(|queue| self.own_start(queue, now)),
            Mode::Pop => {}
        }
    }

    fn ask(&mut self, queue: LogId) {
        self.send(ToBroker::QueryOffset { queue });
    }

    /// A broadcasting member starts where its own file says.
    fn own_start(&mut self, queue: LogId, now: SimTime) {
        match self.own.get(&queue).copied() {
            Some(offset) => {
                if let Some(reading) = self.readings.get_mut(&queue) {
                    reading.local = Some(offset);
                    reading.sent = Some(offset);
                }
                self.place(queue, offset, PlacedBy::OwnFile, now);
            }
            None => self.start_anew(queue, now),
        }
    }

    /// An offset that it asked for.
    pub(super) fn answered(
        &mut self,
        to: Question,
        queue: LogId,
        offset: Option<Offset>,
        now: SimTime,
    ) {
        if self
            .readings
            .get(&queue)
            .is_none_or(|reading| reading.next.is_some())
        {
            return;
        }
        match (to, offset) {
            (Question::Resume, Some(offset)) => {
                if let Some(reading) = self.readings.get_mut(&queue) {
                    reading.local = Some(offset);
                }
                self.place(queue, offset, PlacedBy::Broker, now);
            }
            (Question::Resume, None) => self.start_anew(queue, now),
            (Question::Max, Some(offset)) => {
                let is_retry = queue == self.settings.of_group.retry;
                let by = if is_retry {
                    PlacedBy::Retry
                } else {
                    PlacedBy::Last
                };
                self.place(queue, offset, by, now);
            }
            (Question::Search, Some(offset)) => {
                self.place(queue, offset, PlacedBy::Timestamp, now);
            }
            (
                Question::Max
                | Question::Search
                | Question::Heartbeat
                | Question::Unregister
                | Question::Unlock
                | Question::Ack,
                _,
            ) => {}
        }
    }

    /// Nobody has an offset: where to start is for the settings to say.
    fn start_anew(&mut self, queue: LogId, now: SimTime) {
        let is_retry = queue == self.settings.of_group.retry;
        match self.settings.of_group.from {
            StartFrom::First | StartFrom::Last if is_retry => {
                self.place(queue, Offset(0), PlacedBy::Retry, now);
            }
            StartFrom::Timestamp(_) if is_retry => self.send(ToBroker::MaxOffset { queue }),
            StartFrom::First => self.place(queue, Offset(0), PlacedBy::First, now),
            StartFrom::Last => self.send(ToBroker::MaxOffset { queue }),
            StartFrom::Timestamp(at) => self.send(ToBroker::SearchOffset { queue, at }),
        }
    }

    fn place(&mut self, queue: LogId, at: Offset, by: PlacedBy, now: SimTime) {
        if let Some(reading) = self.readings.get_mut(&queue) {
            reading.next = Some(at);
            reading.pull_at = Some(now.after(FIRST_PULL));
            self.outputs.push_back(Output::Placed(queue, at, by));
        }
    }

    /// Lets go of a queue: commits, and forgets what it had of it in flight.
    pub(super) fn release(&mut self, queue: LogId, why: Revoke) {
        self.commit(queue);
        if self.mode() == Mode::Orderly && self.phase == Phase::Running {
            self.send(ToBroker::Unlock { queue });
        }
        let Some(reading) = self.readings.remove(&queue) else {
            return;
        };
        self.pool.retain(|piece| piece.queue != queue);
        self.blocked.remove(&queue);
        let unfinished = reading.queue.in_flight().len();
        self.outputs
            .push_back(Output::Revoked(queue, why, unfinished));
    }

    /// The broker says that there is nothing at the offset, or that a reset waits: it goes on at `next`.
    pub(super) fn corrected(&mut self, queue: LogId, next: Offset, now: SimTime) {
        let at_once = self.rules.corrects_at_once;
        let Some(reading) = self.readings.get_mut(&queue) else {
            return;
        };
        if !at_once {
            reading.correction = Some((next, now.after(SUSPENSION)));
            self.pool.retain(|piece| piece.queue != queue);
            self.outputs.push_back(Output::Dropped(queue));
            return;
        }
        reading.local = Some(next);
        reading.sent = None;
        self.release(queue, Revoke::Illegal);
        self.missing = Missing::Queue;
        self.look_around(now);
    }

    /// Clients before 5.2 go on after 10 s, and take the queue up at the next look around.
    pub(super) fn end_corrections(&mut self, now: SimTime) {
        let due = self.readings.iter().filter_map(|(queue, reading)| {
            let (next, at) = reading.correction?;
            (at <= now).then_some((*queue, next))
        });
        for (queue, next) in due.collect::<Vec<_>>() {
            if let Some(reading) = self.readings.get_mut(&queue) {
                reading.correction = None;
                reading.local = Some(next);
                reading.sent = None;
            }
            self.release(queue, Revoke::Illegal);
            self.missing = Missing::Queue;
        }
    }

    /// The broker tells members that run to go on elsewhere (before 5.2): they stop for 10 s first.
    pub(super) fn told_to_reset(&mut self, offsets: &Arc<[(LogId, Offset)]>, now: SimTime) {
        if self.phase != Phase::Running {
            return;
        }
        self.outputs.push_back(Output::Suspended);
        self.suspended = Some((now.after(SUSPENSION), offsets.clone()));
        let reset = |queue: LogId| offsets.iter().any(|(of, _)| *of == queue);
        self.pool.retain(|piece| !reset(piece.queue));
    }

    pub(super) fn end_suspension(&mut self, now: SimTime) {
        let Some((_, offsets)) = self.suspended.take_if(|(at, _)| *at <= now) else {
            return;
        };
        for (queue, offset) in offsets.iter() {
            if let Some(reading) = self.readings.get_mut(queue) {
                reading.local = Some(*offset);
                reading.sent = None;
                self.release(*queue, Revoke::Reset);
                self.missing = Missing::Queue;
            }
        }
        for reading in self.readings.values_mut() {
            reading.pull_at = Some(now);
        }
        // `DefaultMQPushConsumerImpl.resume` rebalances.
        self.look_around(now);
    }
}
