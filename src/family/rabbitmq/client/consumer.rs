//! A consumer program: asks, subscribes, goes through chunks, stores. It sees answers and chunks
//! only; never the broker's state, never a clock but the moment it is told.

mod console;
mod ending;
mod starting;

use alloc::collections::VecDeque;
use alloc::sync::Arc;

use super::current_chunk::CurrentChunk;
use super::profile::{self, CreditBack, Profile, Trim};
use super::tracking::{ClientTracking, Due, TrackingTask};
use super::{Next, Output, Work};
use crate::family::rabbitmq::broker::ResponseCode;
use crate::family::rabbitmq::log::{Chunk, OffsetSpec};
use crate::family::rabbitmq::message::{Answer, Question, ToBroker};
use crate::family::rabbitmq::settings::ConsumerSettings;
use crate::ids::Offset;
use crate::trace::event::{Idle, Skip};
use crate::units::SimTime;

/// A consumer. It outlives its runs only by its own database.
#[derive(Clone, Debug)]
pub struct ConsumerProgram {
    settings: Arc<ConsumerSettings>,
    profile: &'static Profile,
    phase: Phase,
    paused: bool,
    /// Delivered and not begun.
    waiting: VecDeque<Arc<Chunk>>,
    hand: Option<CurrentChunk>,
    /// Delivered chunks for which no credit was given back yet.
    untaken: u16,
    /// Messages below this are dropped.
    below: Option<Offset>,
    /// The spec of the latest subscribe.
    spec: OffsetSpec,
    /// The first message that this run processed.
    first: Option<Offset>,
    tracking: ClientTracking,
    /// Its own database (`external`).
    database: Option<u64>,
    /// What it wrote there with the latest message, until somebody looks.
    kept: Option<u64>,
    /// Of a single-active group: whether it is the active one.
    active: bool,
    /// The stream's name.
    stream: Arc<str>,
    /// It cannot read what it was sent, and nothing behind it.
    deaf: bool,
    /// It said that it started.
    said_started: bool,
    outputs: VecDeque<Output>,
}

/// Where a run stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Phase {
    /// No run.
    Ended,
    /// It asked for its stored offset, or for a subscription.
    Starting,
    /// It has no connection or no leader.
    Disconnected,
    /// It is subscribed.
    Subscribed,
    /// It asked what is stored, and closes behind the answer, or at this moment without one.
    Closing(SimTime),
    /// It unsubscribed at the message that says stop, and looks whether more came meanwhile.
    Leaving,
}

impl ConsumerProgram {
    /// A program that was never started.
    #[must_use]
    pub fn new(settings: Arc<ConsumerSettings>) -> Self {
        let profile = profile::of(settings.client);
        Self {
            profile,
            tracking: ClientTracking::new(settings.policy, profile, SimTime::ZERO),
            spec: settings.spec,
            settings,
            phase: Phase::Ended,
            paused: false,
            waiting: VecDeque::new(),
            hand: None,
            untaken: 0,
            below: None,
            first: None,
            database: None,
            kept: None,
            active: false,
            stream: Arc::from(""),
            deaf: false,
            said_started: false,
            outputs: VecDeque::new(),
        }
    }

    /// The settings of the present or latest run.
    #[must_use]
    pub fn settings(&self) -> &Arc<ConsumerSettings> {
        &self.settings
    }

    /// Whether there is a run.
    #[must_use]
    pub fn runs(&self) -> bool {
        self.phase != Phase::Ended
    }

    /// Whether it waits for a connection or a leader.
    #[must_use]
    pub fn is_disconnected(&self) -> bool {
        self.phase == Phase::Disconnected
    }

    /// Whether it is told not to process.
    #[must_use]
    pub fn is_paused(&self) -> bool {
        self.paused
    }

    /// It stops processing.
    pub fn pause(&mut self) {
        self.paused = true;
    }

    /// It processes again.
    pub fn resume(&mut self) {
        self.paused = false;
    }

    /// The script stores an offset under its name.
    pub fn store(&mut self, offset: u64, now: SimTime) {
        if self.is_named(self.profile.words.nameless_store) {
            let due = self.tracking.request(offset, now);
            self.carry_out(due);
        }
    }

    /// The script asks for its stored offset.
    pub fn query(&mut self) {
        if self.is_named(Some(self.profile.words.nameless)) {
            self.send(ToBroker::QueryOffset(Question::Query));
        }
    }

    /// The script gives credit.
    pub fn credit(&mut self, credit: u16) {
        self.send(ToBroker::Credit { credit });
    }

    /// A chunk arrived.
    pub fn delivered(&mut self, chunk: Arc<Chunk>) {
        self.deaf |= !self.profile.reads_sub_batches && chunk.has_sub_batches();
        if self.deaf {
            return;
        }
        match self.phase {
            Phase::Subscribed => {
                self.waiting.push_back(chunk);
                if let CreditBack::WhenTaken { .. } = self.profile.credit_back {
                    self.untaken = self.untaken.saturating_add(1);
                    self.give_credit();
                }
            }
            Phase::Leaving => self.waiting.push_back(chunk),
            Phase::Ended | Phase::Starting | Phase::Disconnected | Phase::Closing(_) => {}
        }
    }

    /// An answer arrived.
    pub fn answered(&mut self, asked: Question, answer: Answer, now: SimTime) {
        if self.deaf {
            return;
        }
        match (asked, answer) {
            (Question::Resume, Answer::StoredOffset(stored)) => self.found_stored(stored),
            (Question::Activation, Answer::StoredOffset(stored)) => self.take_over(stored),
            (Question::Query, Answer::StoredOffset(stored)) => self.say_stored(stored),
            (Question::Check, Answer::StoredOffset(stored)) => {
                if let Some(due) = self.tracking.checked(stored, now) {
                    self.carry_out(due);
                }
            }
            (Question::Closing, Answer::StoredOffset(stored)) => self.close_behind(stored, now),
            (Question::Unsubscribe, Answer::Code(_)) => self.left(),
            (Question::Subscribe, Answer::Code(ResponseCode::Ok)) => self.subscribed(),
            (Question::Resume | Question::Subscribe, Answer::Code(code)) => {
                self.start_failed(asked, code);
            }
            (_, Answer::Code(code)) => self.say_refused(code),
            (_, Answer::StoredOffset(_) | Answer::Sequence(_)) => {}
        }
    }

    /// It went through this many messages of the work it announced.
    pub fn done(&mut self, work: Work, count: u64, now: SimTime) {
        let Some(hand) = self.hand.as_mut() else {
            return;
        };
        hand.advance(work, count);
        let half = hand.takes_half();
        match work.skip {
            None if count > 0 => self.processed(work, count, now),
            Some(Skip::Filtered) => {
                for due in self.tracking.filtered(work.first.0, count, now) {
                    self.carry_out(due);
                }
            }
            Some(Skip::BelowSpec | Skip::Closed) | None => {}
        }
        if half && self.profile.credit_back == CreditBack::AtHalf && self.phase == Phase::Subscribed
        {
            self.send(ToBroker::Credit { credit: 1 });
        }
    }

    fn processed(&mut self, work: Work, count: u64, now: SimTime) {
        let Some(hand) = self.hand.as_ref() else {
            return;
        };
        let stops = hand.stop == Some(Offset(hand.at.0 - 1));
        let last = work.seen.0 + (count - 1);
        if self.first.is_none() {
            self.first = Some(work.seen);
            self.say_first();
        }
        for due in self.tracking.processed(count, last, stops, now) {
            self.carry_out(due);
        }
        if let CreditBack::WhenTaken { .. } = self.profile.credit_back {
            self.give_credit();
        }
        if stops {
            self.stopped();
        }
    }

    /// The offset that it wrote to its own database together with the message that it just
    /// processed.
    pub fn take_kept(&mut self) -> Option<u64> {
        self.kept.take()
    }

    /// A moment that it waited for may have come.
    pub fn wake(&mut self, now: SimTime) {
        match self.phase {
            Phase::Subscribed => match self.tracking.woken(now) {
                TrackingTask::Ask => self.send(ToBroker::QueryOffset(Question::Check)),
                TrackingTask::Store(due) => self.carry_out(due),
                TrackingTask::Nothing => {}
            },
            Phase::Closing(until) if until <= now => self.close(),
            Phase::Closing(_)
            | Phase::Ended
            | Phase::Starting
            | Phase::Disconnected
            | Phase::Leaving => {}
        }
    }

    /// When it wants to be woken next.
    #[must_use]
    pub fn wakes_at(&self, now: SimTime) -> Option<SimTime> {
        match self.phase {
            Phase::Subscribed => self.tracking.check_at(now),
            Phase::Closing(until) => Some(until),
            Phase::Ended | Phase::Starting | Phase::Disconnected | Phase::Leaving => None,
        }
    }

    /// Whether a run must not end before it was woken: it has something to store.
    #[must_use]
    pub fn owes(&self) -> bool {
        match self.phase {
            Phase::Subscribed => self.tracking.owes(),
            Phase::Closing(_) => true,
            Phase::Ended | Phase::Starting | Phase::Disconnected | Phase::Leaving => false,
        }
    }

    /// What it does next.
    pub fn next_step(&mut self) -> Next {
        loop {
            if let Some(output) = self.outputs.pop_front() {
                return Next::Output(output);
            }
            if self.paused || self.phase != Phase::Subscribed {
                return Next::Nothing;
            }
            let limit = self.tracking.at_most().min(self.until_credit());
            let filter = self.settings.filter.as_ref();
            if let Some(hand) = self.hand.as_ref().filter(|hand| !hand.is_done()) {
                return Next::Work(hand.next(self.below, filter, limit));
            }
            if self.hand.take().is_some() && self.profile.trim == Trim::FirstChunk {
                self.below = None;
            }
            let Some(chunk) = self.waiting.pop_front() else {
                return Next::Nothing;
            };
            let stop_at = self.settings.stop_at.as_deref();
            let numbering = self.profile.numbering;
            self.hand = Some(CurrentChunk::new(
                chunk, self.below, filter, stop_at, numbering,
            ));
            if self.profile.credit_back == CreditBack::AtStart {
                self.send(ToBroker::Credit { credit: 1 });
            }
        }
    }

    fn carry_out(&mut self, due: Due) {
        match due {
            Due::Send(offset) => self.send(ToBroker::Store { offset }),
            Due::Keep(offset) => {
                self.database = Some(offset);
                self.kept = Some(offset);
            }
            Due::Leave(why) => self.outputs.push_back(Output::Ignore(why)),
        }
    }

    /// Gives back the credit of the chunks that count as taken: all but one that does not fit.
    fn give_credit(&mut self) {
        let keep = u16::from(self.until_credit() < u64::MAX);
        while self.untaken > keep {
            self.untaken -= 1;
            self.send(ToBroker::Credit { credit: 1 });
        }
    }

    /// How many messages until the next credit goes back.
    fn until_credit(&self) -> u64 {
        let channel = match self.profile.credit_back {
            CreditBack::AtStart => return u64::MAX,
            CreditBack::AtHalf => {
                let half = self.hand.as_ref().and_then(CurrentChunk::until_half);
                return half.unwrap_or(u64::MAX);
            }
            CreditBack::WhenTaken { channel } => channel,
        };
        // The message that is being processed has left the channel.
        let begun = self.hand.as_ref().map_or(0, CurrentChunk::left);
        let begun = begun.saturating_sub(1);
        let waiting = self.waiting.iter().map(|chunk| chunk.records);
        let buffered = waiting.fold(begun, u64::saturating_add);
        match buffered.saturating_sub(channel) {
            more if more > 0 && self.untaken > 0 => more,
            _ => u64::MAX,
        }
    }

    /// Whether it has a name to store and query under; says what its library says if not.
    fn is_named(&mut self, if_not: Option<&'static str>) -> bool {
        let named = self.settings.reference.is_some();
        if !named {
            if let Some(line) = if_not {
                self.say(line, &[]);
            }
            self.outputs.push_back(Output::Ignore(Idle::Unnamed));
        }
        named
    }

    fn send(&mut self, message: ToBroker) {
        self.outputs.push_back(Output::Send(message));
    }
}
