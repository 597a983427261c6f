//! A consumer program: asks, subscribes, goes through chunks, stores. It sees answers and chunks only; never the
//! broker's state, never a clock but the moment it is told.

use alloc::collections::VecDeque;
use alloc::format;
use alloc::sync::Arc;

use super::hand::InHand;
use super::profile::{self, CreditBack, OnClose, Profile, Resume, Stores, Trim};
use super::wire::{Answer, Asked, Send};
use super::{Next, Output, Work};
use crate::broker::rabbitmq::ResponseCode;
use crate::ids::Offset;
use crate::log::{Chunk, OffsetSpec};
use crate::scenario::ast::Policy;
use crate::trace::ConsumerSettings;
use crate::trace::event::Idle;
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
    hand: Option<InHand>,
    /// Messages below this are dropped.
    below: Option<Offset>,
    /// Messages processed in this run.
    counted: u64,
    /// The first one.
    first: Option<Offset>,
    /// The last one.
    last: Option<Offset>,
    /// The last offset that this run stored.
    stored: Option<u64>,
    /// `auto`: processed and not stored, to be flushed at this moment.
    flush_at: Option<SimTime>,
    /// Its own database (`external`).
    database: Option<u64>,
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
}

impl ConsumerProgram {
    /// A program that was never started.
    #[must_use]
    pub fn new(settings: Arc<ConsumerSettings>) -> Self {
        Self {
            profile: profile::of(settings.client),
            settings,
            phase: Phase::Ended,
            paused: false,
            waiting: VecDeque::new(),
            hand: None,
            below: None,
            counted: 0,
            first: None,
            last: None,
            stored: None,
            flush_at: None,
            database: None,
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

    /// Starts a run.
    pub fn start(&mut self, settings: Arc<ConsumerSettings>) {
        let database = self.database;
        *self = Self::new(settings);
        self.database = database;
        self.connect();
    }

    /// Asks where to start, on a new connection.
    pub fn connect(&mut self) {
        self.phase = Phase::Starting;
        let external = matches!(self.settings.policy, Policy::External(_));
        if self.settings.tracks && !self.settings.single_active {
            self.send(Send::QueryOffset(Asked::Resume));
        } else if let (true, Some(stored)) = (external, self.database) {
            self.subscribe(OffsetSpec::Offset(Offset(stored).plus(1)));
        } else {
            self.subscribe(self.settings.spec);
        }
    }

    /// The connection or the leader is gone; what was delivered is thrown away.
    pub fn disconnected(&mut self) {
        if self.phase != Phase::Ended {
            self.phase = Phase::Disconnected;
            self.drop_deliveries();
            self.outputs.clear();
            self.outputs.push_back(Output::Disconnected);
        }
    }

    /// The process died: nothing that it had in mind happens any more.
    pub fn crash(&mut self) {
        self.phase = Phase::Ended;
        self.drop_deliveries();
        self.outputs.clear();
    }

    /// The program ends in order.
    pub fn stop(&mut self) {
        let auto = matches!(self.settings.policy, Policy::Auto { .. });
        if auto && self.profile.on_close == OnClose::LastProcessed && self.unstored() {
            self.store_last();
        }
        self.close();
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
    pub fn store(&mut self, offset: u64) {
        self.named(Send::Store(offset));
    }

    /// The script asks for its stored offset.
    pub fn query(&mut self) {
        self.named(Send::QueryOffset(Asked::Query));
    }

    /// The script gives credit.
    pub fn credit(&mut self, credit: u16) {
        self.send(Send::Credit(credit));
    }

    /// A chunk arrived.
    pub fn delivered(&mut self, chunk: Arc<Chunk>) {
        if self.phase != Phase::Subscribed {
            return;
        }
        self.waiting.push_back(chunk);
        if self.profile.credit_back == CreditBack::OnArrival {
            self.send(Send::Credit(1));
        }
    }

    /// Its subscription became active or passive.
    pub fn updated(&mut self, active: bool) {
        if !active {
            self.drop_deliveries();
            self.send(Send::Activate(None));
        } else if self.settings.tracks {
            self.send(Send::QueryOffset(Asked::Activation));
        } else {
            self.send(Send::Activate(None));
        }
    }

    /// An answer arrived.
    pub fn answered(&mut self, asked: Asked, answer: Answer) {
        match (asked, answer) {
            (Asked::Resume, Answer::StoredOffset(stored)) if self.phase == Phase::Starting => {
                let spec = self.resume_at(stored);
                self.subscribe(spec);
            }
            (Asked::Activation, Answer::StoredOffset(stored)) => {
                let spec = stored.map(|_| self.resume_at(stored));
                if let Some(OffsetSpec::Offset(offset)) = spec {
                    self.below = Some(offset);
                }
                self.send(Send::Activate(spec));
            }
            (Asked::Query, Answer::StoredOffset(stored)) => {
                let line = match stored {
                    Some(offset) => format!("stored offset: {offset}"),
                    None => "no offset is stored".into(),
                };
                self.outputs.push_back(Output::Print(line));
            }
            (Asked::Subscribe, Answer::Code(ResponseCode::Ok)) => {
                if self.phase == Phase::Starting {
                    self.phase = Phase::Subscribed;
                    self.outputs.push_back(Output::Ready);
                }
            }
            (Asked::Resume | Asked::Subscribe, Answer::Code(code)) => self.start_failed(code),
            (_, Answer::Code(code)) => self.print_refusal(code),
            (_, Answer::StoredOffset(_) | Answer::Sequence(_)) => {}
        }
    }

    /// It went through this many messages of the work it announced.
    pub fn done(&mut self, work: Work, count: u64, now: SimTime) {
        let Some(hand) = self.hand.as_mut() else {
            return;
        };
        hand.at = work.first.plus(count);
        if work.skip.is_some() || count == 0 {
            return;
        }
        let last = Offset(hand.at.0 - 1);
        let stops = hand.stop == Some(last);
        if self.first.is_none() {
            self.first = Some(work.first);
            let line = format!("first message: offset {}", work.first);
            self.outputs.push_back(Output::Print(line));
        }
        self.last = Some(last);
        self.counted = self.counted.saturating_add(count);
        if self.until_store() == Some(self.store_period()) || stops {
            self.store_last();
        } else if let Policy::Auto { flush, .. } = self.settings.policy
            && self.flush_at.is_none()
        {
            let at = now.after(flush);
            self.flush_at = Some(at);
            self.outputs.push_back(Output::Wake(at));
        }
        if stops {
            let first = self.first.unwrap_or(last);
            let line = format!("done: first offset {first}, last offset {last}");
            self.outputs.push_back(Output::Print(line));
            self.close();
        }
    }

    /// The moment that it asked for has come.
    pub fn wake(&mut self, now: SimTime) {
        if self.flush_at.is_some_and(|at| at <= now) {
            self.flush_at = None;
            if self.phase == Phase::Subscribed && self.unstored() {
                self.store_last();
            }
        }
    }

    /// What it does next.
    pub fn next(&mut self) -> Next {
        loop {
            if let Some(output) = self.outputs.pop_front() {
                return Next::Output(output);
            }
            if self.paused || self.phase != Phase::Subscribed {
                return Next::Nothing;
            }
            if let Some(hand) = &self.hand
                && !hand.is_done()
            {
                let limit = self.until_store().unwrap_or(u64::MAX);
                let filter = self.settings.filter.as_ref();
                return Next::Work(hand.next(self.below, filter, limit));
            }
            if self.hand.take().is_some() && self.profile.trim == Trim::FirstChunk {
                self.below = None;
            }
            let Some(chunk) = self.waiting.pop_front() else {
                return Next::Nothing;
            };
            let stop_at = self.settings.stop_at.as_deref();
            let filter = self.settings.filter.as_ref();
            self.hand = Some(InHand::new(chunk, self.below, filter, stop_at));
            if self.profile.credit_back == CreditBack::AtStart {
                self.send(Send::Credit(1));
            }
        }
    }

    fn resume_at(&self, stored: Option<u64>) -> OffsetSpec {
        match (self.profile.resume, stored) {
            (_, None) | (Resume::AfterStoredUnlessZero, Some(0)) => self.settings.spec,
            (Resume::AfterStoredZeroAgain, Some(0)) => OffsetSpec::Offset(Offset(0)),
            (_, Some(stored)) => OffsetSpec::Offset(Offset(stored).plus(1)),
        }
    }

    fn subscribe(&mut self, spec: OffsetSpec) {
        self.below = match spec {
            OffsetSpec::Offset(offset) => Some(offset),
            OffsetSpec::First
            | OffsetSpec::Last
            | OffsetSpec::Next
            | OffsetSpec::Timestamp { .. } => None,
        };
        let credit = self.settings.credit;
        self.send(Send::Subscribe { spec, credit });
    }

    fn start_failed(&mut self, code: ResponseCode) {
        if self.phase != Phase::Starting {
            return;
        }
        if code == ResponseCode::StreamNotAvailable {
            self.disconnected();
            return;
        }
        self.print_refusal(code);
        self.outputs.push_back(Output::Refused(code));
        self.phase = Phase::Ended;
    }

    fn print_refusal(&mut self, code: ResponseCode) {
        let line = format!("refused: {} ({})", code.name(), code.number());
        self.outputs.push_back(Output::Print(line));
    }

    /// Messages to process until the next store by count.
    fn until_store(&self) -> Option<u64> {
        let period = match self.settings.policy {
            Policy::Never => return None,
            Policy::Every(_) | Policy::External(_) | Policy::Auto { .. } => self.store_period(),
        };
        let shift = match (self.profile.stores, self.settings.policy) {
            (Stores::FirstAndEveryNth, Policy::Every(_) | Policy::External(_)) => period - 1,
            _ => 0,
        };
        Some(period - (self.counted % period + shift) % period)
    }

    fn store_period(&self) -> u64 {
        match self.settings.policy {
            Policy::Never => 1,
            Policy::Every(n) | Policy::External(n) | Policy::Auto { every: n, .. } => n.max(1),
        }
    }

    fn unstored(&self) -> bool {
        let last = self.last.map(|offset| offset.0);
        last.is_some() && last != self.stored
    }

    fn store_last(&mut self) {
        let Some(last) = self.last else {
            return;
        };
        match self.settings.policy {
            Policy::Never => return,
            Policy::External(_) => {
                self.database = Some(last.0);
                self.outputs.push_back(Output::StoreExternally(last.0));
            }
            Policy::Every(_) | Policy::Auto { .. } => self.send(Send::Store(last.0)),
        }
        self.stored = Some(last.0);
        self.flush_at = None;
    }

    fn close(&mut self) {
        if self.phase != Phase::Disconnected {
            self.send(Send::Close);
        }
        self.phase = Phase::Ended;
        self.drop_deliveries();
        self.outputs.push_back(Output::Closed);
    }

    fn drop_deliveries(&mut self) {
        self.waiting.clear();
        self.hand = None;
        self.flush_at = None;
    }

    fn named(&mut self, send: Send) {
        if self.settings.reference.is_some() {
            self.send(send);
        } else {
            self.outputs.push_back(Output::Ignore(Idle::Unnamed));
        }
    }

    fn send(&mut self, send: Send) {
        self.outputs.push_back(Output::Send(send));
    }
}
