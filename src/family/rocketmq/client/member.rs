//! A member of a group: a client with a push consumer. It divides queues, asks where to start, pulls, consumes, commits.
//! It sees answers only; never the broker's state, never a clock but the moment it is told.

mod committing;
mod consuming;
mod queues;

pub use consuming::Brought;
pub use queues::Around;
use queues::Missing;

use alloc::collections::VecDeque;
use alloc::sync::Arc;
use alloc::vec::Vec;

use super::reading::Reading;
use super::{Next, OutcomeRun, Output};
use crate::base::SmallMap;
use crate::family::rocketmq::event::Revoke;
use crate::family::rocketmq::message::{Question, ToBroker, ToProgram};
use crate::family::rocketmq::rules::Rules;
use crate::family::rocketmq::settings::MemberSettings;
use crate::family::rocketmq::statements::Mode;
use crate::ids::{LogId, Offset};
use crate::units::{SimDuration, SimTime};

/// The time between two looks at who owns what (`rocketmq.client.rebalance.waitInterval`).
const REBALANCE: SimDuration = SimDuration::from_secs(20);
/// The same while something is not as it should be, of clients from 5.2 on (`rebalance.minInterval`).
const REBALANCE_SOON: SimDuration = SimDuration::from_secs(1);
/// How long a member stops when it is told to go on elsewhere (`MQClientInstance.resetOffset`), and how long a queue waits
/// whose offset was wrong, of clients before 5.2.
const SUSPENSION: SimDuration = SimDuration::from_secs(10);
/// A message that hangs for longer is given up, by a pass that comes as often behind the start (`consumeTimeout`,
/// `ConsumeMessageConcurrentlyService.start`).
const CONSUME_TIMEOUT: SimDuration = SimDuration::from_secs(15 * 60);
/// An orderly queue waits so long behind a failure (`suspendCurrentQueueTimeMillis`).
const ORDERLY_WAIT: SimDuration = SimDuration::from_secs(1);
/// A failed message that the broker did not take back is tried again after so long.
const RETRY_HERE: SimDuration = SimDuration::from_secs(5);
/// Messages that are consumed side by side (`consumeThreadMax`): when so many hang, nothing goes on.
const THREADS: usize = 20;
/// Messages of a queue that one pass gives up (`ProcessQueue.cleanExpiredMsg`).
const GIVEN_UP_A_PASS: usize = 16;

/// A member.
#[derive(Clone, Debug)]
pub struct MemberProgram {
    settings: Arc<MemberSettings>,
    rules: Rules,
    phase: Phase,
    paused: bool,
    started_at: SimTime,
    committed_at: Option<SimTime>,
    rebalance_at: SimTime,
    /// The queues of the topic that members read, as it was told last.
    readable: Vec<LogId>,
    readings: SmallMap<LogId, Reading>,
    /// What it was given and has not consumed, in order.
    pool: VecDeque<OutcomeRun>,
    /// Queues that wait behind a failure, and pieces that are tried again then.
    blocked: SmallMap<LogId, SimTime>,
    /// It stops until then, and goes on at these offsets.
    #[allow(clippy::type_complexity, reason = "said in the line above")]
    suspended: Option<(SimTime, Arc<[(LogId, Offset)]>)>,
    missing: Missing,
    /// The offsets that it keeps itself (broadcasting); they outlive its runs.
    own: SmallMap<LogId, Offset>,
    outputs: VecDeque<Output>,
}

/// Where a run stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Phase {
    Ended,
    /// It waits for the answer to its heartbeat.
    Starting,
    Disconnected,
    Running,
}

impl MemberProgram {
    /// A program that was never started.
    #[must_use]
    pub fn new(settings: Arc<MemberSettings>) -> Self {
        Self {
            rules: Rules::of(settings.client),
            settings,
            phase: Phase::Ended,
            paused: false,
            started_at: SimTime::ZERO,
            committed_at: None,
            rebalance_at: SimTime::ZERO,
            readable: Vec::new(),
            readings: SmallMap::new(),
            pool: VecDeque::new(),
            blocked: SmallMap::new(),
            suspended: None,
            missing: Missing::Nothing,
            own: SmallMap::new(),
            outputs: VecDeque::new(),
        }
    }

    /// The settings of the present or latest run.
    #[must_use]
    pub const fn settings(&self) -> &Arc<MemberSettings> {
        &self.settings
    }

    /// Whether there is a run.
    #[must_use]
    pub fn runs(&self) -> bool {
        self.phase != Phase::Ended
    }

    /// Whether it waits for a connection.
    #[must_use]
    pub fn is_disconnected(&self) -> bool {
        self.phase == Phase::Disconnected
    }

    /// Whether it does not consume.
    #[must_use]
    pub const fn is_paused(&self) -> bool {
        self.paused
    }

    /// The queues that it owns.
    pub fn queues(&self) -> impl Iterator<Item = LogId> {
        self.readings.keys().copied()
    }

    /// Starts a run.
    pub fn start(&mut self, settings: Arc<MemberSettings>, now: SimTime) {
        self.rules = Rules::of(settings.client);
        self.settings = settings;
        self.paused = false;
        self.started_at = now;
        self.committed_at = None;
        self.forget();
        self.outputs.clear();
        self.connect(now);
    }

    /// It has a connection: it says that it is there.
    pub fn connect(&mut self, now: SimTime) {
        self.phase = Phase::Starting;
        self.take_back(now);
        self.rebalance_at = now.after(REBALANCE);
        self.send(ToBroker::Heartbeat);
    }

    /// It has no connection any more. What it has it keeps, and goes on consuming.
    pub fn disconnected(&mut self) {
        if self.phase == Phase::Ended {
            return;
        }
        self.phase = Phase::Disconnected;
        self.outputs.clear();
        for reading in self.readings.values_mut() {
            reading.asked = None;
            reading.sent = None;
            reading.locked = false;
        }
        self.outputs.push_back(Output::Disconnected);
    }

    /// The process died.
    pub fn crash(&mut self) {
        self.phase = Phase::Ended;
        self.forget();
        self.outputs.clear();
    }

    /// It ends in order: it commits, says goodbye and is gone. What it had in flight comes again.
    pub fn stop(&mut self) {
        let queues: Vec<LogId> = self.queues().collect();
        for queue in queues {
            self.release(queue, Revoke::Stop);
        }
        if self.phase == Phase::Running && self.mode() != Mode::Broadcast {
            self.send(ToBroker::Unregister);
        }
        self.phase = Phase::Ended;
        self.forget();
        self.outputs.push_back(Output::Closed);
    }

    /// It stops consuming.
    pub const fn pause(&mut self) {
        self.paused = true;
    }

    /// It consumes again.
    pub const fn resume(&mut self) {
        self.paused = false;
    }

    /// A message arrived, other than one that brings messages.
    pub fn receive(&mut self, message: &ToProgram, now: SimTime) {
        match message {
            ToProgram::Done {
                to: Question::Heartbeat,
                ..
            } => self.registered(now),
            ToProgram::Offset { to, queue, offset } => self.answered(*to, *queue, *offset, now),
            ToProgram::Locked { queues } => self.locked(queues, now),
            ToProgram::SentBack {
                queue,
                first,
                count,
                code,
            } => self.sent_back(*queue, (*first, *count), code.is_none(), now),
            ToProgram::MembersChanged => self.look_around(now),
            ToProgram::Reset { offsets } => self.told_to_reset(offsets, now),
            ToProgram::PullRefused { queue, .. } => {
                // A broker that refuses one POP does not know any.
                let again = (self.mode() != Mode::Pop).then_some(now.after(REBALANCE));
                if let Some(reading) = self.readings.get_mut(queue) {
                    reading.asked = None;
                    reading.pull_at = again;
                }
            }
            ToProgram::Done { .. }
            | ToProgram::SendResult { .. }
            | ToProgram::Members { .. }
            | ToProgram::Pulled { .. }
            | ToProgram::Popped { .. } => {}
        }
    }

    fn registered(&mut self, now: SimTime) {
        if self.phase != Phase::Starting {
            return;
        }
        self.phase = Phase::Running;
        self.outputs.push_back(Output::Ready);
        for reading in self.readings.values_mut() {
            reading.pull_at = Some(now);
        }
        self.ask_again(now);
        self.look_around(now);
        self.pump(now);
    }

    /// It looks who is in the group, to divide the queues.
    pub fn look_around(&mut self, now: SimTime) {
        if self.phase != Phase::Running || self.suspended.is_some() {
            return;
        }
        self.rebalance_at = now.after(REBALANCE);
        self.missing = self.missing.asked_for();
        self.send(ToBroker::ListMembers);
    }

    /// Whether it looks around for a queue that it let go of, although nothing around it changed.
    #[must_use]
    pub const fn misses_a_queue(&self) -> bool {
        match self.missing {
            Missing::Nothing => false,
            Missing::Queue | Missing::AskedFor => true,
        }
    }

    /// Nothing changed since it looked around last: its next look is due after the usual time.
    pub fn needs_no_look(&mut self, now: SimTime) {
        self.rebalance_at = now.after(REBALANCE);
    }

    /// Whether its look around is due.
    #[must_use]
    pub fn is_look_due(&self, now: SimTime) -> bool {
        self.phase == Phase::Running && self.suspended.is_none() && self.rebalance_at <= now
    }

    /// A moment that it waited for may have come.
    pub fn wake(&mut self, now: SimTime) {
        self.end_suspension(now);
        self.end_corrections(now);
        self.give_up(now);
        self.blocked.retain(|_, until| *until > now);
        if self.next_commit(now).is_some_and(|at| at <= now) {
            self.committed_at = Some(now);
            self.commit_all();
        }
        if self.is_look_due(now) {
            self.look_around(now);
        }
        self.pump(now);
    }

    /// When it wants to be woken next.
    #[must_use]
    pub fn wakes_at(&self, now: SimTime) -> Option<SimTime> {
        if self.phase == Phase::Ended {
            return None;
        }
        // Orderly members wait for one that hangs for ever, and without the broker nobody takes one back.
        let gives_up = self.phase == Phase::Running && self.mode() == Mode::Concurrent;
        let hung = self.readings.values().flat_map(|r| r.hung.iter());
        let hung = hung.filter(|_| gives_up);
        let looks = self.phase == Phase::Running && self.suspended.is_none();
        self.owed_at(now)
            .into_iter()
            .chain(hung.map(|(_, at)| *at))
            .chain(self.blocked.values().copied())
            .chain(looks.then_some(self.rebalance_at))
            .min()
    }

    /// When something comes that a run waits for.
    fn owed_at(&self, now: SimTime) -> Option<SimTime> {
        let online = self.phase == Phase::Running;
        let pulls = self.readings.values().filter_map(|r| r.pull_at);
        let corrections = self.readings.values().filter_map(|r| r.correction);
        let suspension = self.suspended.as_ref().map(|(at, _)| *at);
        let looks = online && self.suspended.is_none();
        let pulls = pulls.filter(|_| looks);
        let look = (looks && self.missing == Missing::Queue).then_some(self.rebalance_at);
        // An orderly queue that fails for ever is tried again for ever: nobody waits for it.
        let failure = self.settings.habits.fails_at.as_ref();
        let ends = self.mode() == Mode::Orderly && failure.is_some_and(|it| it.times.is_some());
        let again = self.blocked.values().copied().filter(|_| ends);
        pulls
            .chain(look)
            .chain(again)
            .chain(corrections.map(|(_, at)| at))
            .chain(suspension)
            .chain(self.next_commit(now))
            .min()
    }

    /// Whether a run must not end before it was woken.
    #[must_use]
    pub fn owes(&self, now: SimTime) -> bool {
        self.phase != Phase::Ended && self.owed_at(now).is_some()
    }

    /// What it does next.
    pub fn next_step(&mut self) -> Next {
        if let Some(output) = self.outputs.pop_front() {
            return Next::Output(output);
        }
        match self.front() {
            Some(piece) => Next::Work(piece),
            None => Next::Nothing,
        }
    }

    fn mode(&self) -> Mode {
        self.settings.of_group.mode
    }

    fn send(&mut self, message: ToBroker) {
        self.outputs.push_back(Output::Send(message));
    }

    /// Whatever a run had in memory is gone.
    fn forget(&mut self) {
        self.readings.clear();
        self.readable.clear();
        self.pool.clear();
        self.blocked.clear();
        self.suspended = None;
        self.missing = Missing::Nothing;
    }
}
