//! A producer program: declares, publishes in the pace it was told, keeps what is unconfirmed. It
//! sees answers and confirms only; never the broker's state, never a clock but the moment it is
//! told.

mod numbering;
mod republishing;

use alloc::collections::VecDeque;
use alloc::format;
use alloc::sync::Arc;

use super::outstanding::Outstanding;
use super::profile::{self, FirstId, ProducerOnLoss, Profile};
use super::{Next, Output};
use crate::base::IdSet;
use crate::family::rabbitmq::broker::ResponseCode;
use crate::family::rabbitmq::message::{Answer, PublishFrames, Question, ToBroker, shown};
use crate::family::rabbitmq::settings::ProducerSettings;
use crate::ids::PublishingId;
use crate::trace::event::Disconnection;
use crate::units::{SimDuration, SimTime};
pub use numbering::Handed;

/// A producer. It outlives its runs: ids, counts and what is unconfirmed are its application's.
#[derive(Clone, Debug)]
pub struct ProducerProgram {
    settings: Arc<ProducerSettings>,
    profile: &'static Profile,
    phase: Phase,
    /// Handed over and not sent yet, in order.
    orders: VecDeque<Order>,
    outstanding: Outstanding,
    /// `one by one`: ids of the last frame that are not confirmed.
    awaited: IdSet,
    /// `every`: the next frame leaves then.
    next_frame: SimTime,
    /// The moment for which it asked to be woken.
    armed: Option<SimTime>,
    /// Messages of the wave that it was handed and did not speak of yet.
    wave: u64,
    /// When it speaks of them: once the script is through with handing.
    announces_at: Option<SimTime>,
    /// It spoke of messages that are not all confirmed.
    awaits: bool,
    /// It knows where its ids begin.
    numbered: bool,
    /// It closes once everything handed over is sent.
    closing: bool,
    next_id: u64,
    count: u64,
    /// It lost its connection and has not declared itself again.
    came_back: bool,
    outputs: VecDeque<Output>,
}

/// Where a run stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Phase {
    /// No run.
    Ended,
    /// It waits for the answer to its declare or its query.
    Starting,
    /// It has no connection or no leader.
    Disconnected,
    /// It may publish.
    Open,
    /// Its connection is gone, and it does not come back.
    Stranded,
}

/// Messages to publish.
#[derive(Clone, Debug)]
struct Order {
    frames: PublishFrames,
    pace: Pace,
    /// It leaves together with the one before.
    joins: bool,
    /// Its ids were not said by the script.
    automatic: bool,
}

/// When frames leave.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pace {
    /// All at once.
    AtOnce,
    /// Each when the one before is confirmed.
    OneByOne,
    /// Each this long after the one before.
    Every(SimDuration),
    /// Both: not before the one before is confirmed, and this long after it.
    OneByOneEvery(SimDuration),
}

impl ProducerProgram {
    /// A program that was never started.
    #[must_use]
    pub fn new(settings: Arc<ProducerSettings>) -> Self {
        Self {
            profile: profile::of(settings.client),
            settings,
            phase: Phase::Ended,
            orders: VecDeque::new(),
            outstanding: Outstanding::default(),
            awaited: IdSet::new(),
            next_frame: SimTime::ZERO,
            armed: None,
            wave: 0,
            announces_at: None,
            awaits: false,
            numbered: false,
            closing: false,
            next_id: 0,
            count: 0,
            came_back: false,
            outputs: VecDeque::new(),
        }
    }

    /// The settings of the present or latest run.
    #[must_use]
    pub fn settings(&self) -> &Arc<ProducerSettings> {
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

    /// Publishing id that the next message would get.
    #[must_use]
    pub fn next_id(&self) -> u64 {
        self.next_id
    }

    /// `{n}` that the next message would get.
    #[must_use]
    pub fn next_count(&self) -> u64 {
        self.count
    }

    /// Ids that were handed over and are not confirmed.
    #[must_use]
    pub fn unconfirmed(&self) -> IdSet {
        self.outstanding.ids()
    }

    /// How many messages these ids carry.
    #[must_use]
    pub fn messages(&self, first: PublishingId, ids: u64) -> u64 {
        self.outstanding.messages(first.0, ids)
    }

    /// Starts a run.
    pub fn start(&mut self, settings: Arc<ProducerSettings>) {
        self.profile = profile::of(settings.client);
        self.settings = settings;
        self.orders.clear();
        self.awaited = IdSet::new();
        self.armed = None;
        self.closing = false;
        self.numbered = self.settings.reference.is_none();
        self.next_id = self.next_id.max(self.profile.first_id.unasked());
        self.came_back = false;
        self.outputs.clear();
        self.connect();
    }

    /// Declares, on a new connection.
    pub fn connect(&mut self) {
        self.phase = Phase::Starting;
        let asks = !self.numbered && self.profile.first_id != FirstId::OwnCount;
        self.send(if asks {
            ToBroker::QuerySequence
        } else {
            ToBroker::Declare
        });
    }

    /// The connection or the leader is gone.
    pub fn interrupted(&mut self, why: Disconnection) {
        let hears = match why {
            Disconnection::NodeDown | Disconnection::HungUp { .. } => true,
            Disconnection::Unavailable { .. } => self.profile.hears_metadata,
        };
        if self.phase == Phase::Ended || self.phase == Phase::Stranded || !hears {
            return;
        }
        let on_loss = self.profile.producer_on_loss;
        let retries = on_loss == ProducerOnLoss::Returns;
        self.outputs.clear();
        self.outputs
            .push_back(Output::Disconnected { why, retries });
        match on_loss {
            ProducerOnLoss::Returns => {
                self.came_back = true;
                self.phase = Phase::Disconnected;
            }
            ProducerOnLoss::Ends => self.end(),
            ProducerOnLoss::Waits => self.phase = Phase::Stranded,
        }
    }

    /// The process died: nothing that it had in mind happens any more.
    pub fn crash(&mut self) {
        self.phase = Phase::Ended;
        self.orders.clear();
        self.outputs.clear();
    }

    /// The program ends once everything handed over is sent.
    pub fn close(&mut self, now: SimTime) {
        self.closing = true;
        match self.phase {
            Phase::Disconnected | Phase::Stranded => self.end(),
            Phase::Ended | Phase::Starting | Phase::Open => self.pump(now),
        }
    }

    /// Takes over messages; their ids and counts are already in the run. `automatic`: the script
    /// did not say the ids.
    pub fn publish(&mut self, handed: Handed, pace: Pace, now: SimTime) {
        let Handed {
            frames,
            automatic,
            joins,
        } = handed;
        let ids = self.ids_taken(&frames);
        let run = &frames.run;
        self.count = self.count.saturating_add(run.count);
        self.wave = self.wave.saturating_add(run.count);
        if self.profile.words.publishing.is_some() {
            self.announces_at = Some(now);
        }
        if automatic || self.profile.counts_said_ids {
            self.next_id = self.next_id.max(ids);
        }
        if run.count > 0 {
            self.outstanding.insert(run.clone());
            self.orders.push_back(Order {
                frames,
                pace,
                joins,
                automatic,
            });
        }
        self.pump(now);
    }

    /// An answer arrived.
    pub fn answered(&mut self, asked: Question, answer: Answer, now: SimTime) {
        if self.phase != Phase::Starting {
            return;
        }
        match (asked, answer) {
            (Question::Sequence, Answer::Sequence(id)) => {
                self.number_from(id);
                self.send(ToBroker::Declare);
            }
            (_, Answer::Code(ResponseCode::Ok)) => {
                self.phase = Phase::Open;
                self.outputs.push_back(Output::Ready);
                if core::mem::take(&mut self.came_back) && self.profile.republishes {
                    self.publish_again();
                }
                self.pump(now);
            }
            (_, Answer::Code(code @ ResponseCode::StreamNotAvailable)) => {
                self.interrupted(Disconnection::Unavailable {
                    message: "declare_publisher",
                    code: shown(code),
                });
            }
            (_, Answer::Code(code)) => {
                let line = format!("refused: {} ({})", code.name(), code.number());
                self.outputs.push_back(Output::Print(line));
                self.outputs.push_back(Output::Refused(code));
                self.phase = Phase::Ended;
            }
            (_, Answer::StoredOffset(_) | Answer::Sequence(_)) => {}
        }
    }

    /// A confirm or a publish error arrived for these ids.
    pub fn settled(&mut self, first: PublishingId, ids: u64, now: SimTime) {
        self.outstanding.remove(first.0, ids);
        self.awaited.remove(first.0, ids);
        if self.awaits && self.outstanding.runs().next().is_none() {
            self.awaits = false;
            self.say(self.profile.words.confirmed, 0);
        }
        self.pump(now);
    }

    /// Messages were refused.
    pub fn refused(&mut self, first: PublishingId, ids: u64, code: ResponseCode, now: SimTime) {
        let line = format!("publish error: {} ({})", code.name(), code.number());
        self.outputs.push_back(Output::Print(line));
        self.settled(first, ids, now);
    }

    /// The moment that it asked for has come.
    pub fn wake(&mut self, now: SimTime) {
        self.armed = self.armed.filter(|at| *at > now);
        self.announce();
        self.pump(now);
    }

    /// When it wants to be woken next.
    #[must_use]
    pub fn wakes_at(&self) -> Option<SimTime> {
        match self.phase {
            Phase::Open => self.announces_at.or(self.armed),
            Phase::Starting | Phase::Disconnected | Phase::Stranded => self.announces_at,
            Phase::Ended => None,
        }
    }

    /// What it does next.
    pub fn next_step(&mut self) -> Next {
        self.outputs.pop_front().map_or(Next::Nothing, Next::Output)
    }

    fn pump(&mut self, now: SimTime) {
        if self.phase != Phase::Open {
            return;
        }
        while let Some(order) = self.orders.front_mut() {
            let joins = order.joins;
            let (confirmed, gap) = match order.pace {
                Pace::AtOnce => {
                    let frames = self.orders.pop_front().expect("just seen").frames;
                    self.publish_frames(frames);
                    continue;
                }
                Pace::OneByOne => (true, SimDuration::ZERO),
                Pace::Every(gap) => (false, gap),
                Pace::OneByOneEvery(gap) => (true, gap),
            };
            if confirmed && !self.awaited.is_empty() && !joins {
                return;
            }
            if now < self.next_frame && !joins {
                self.armed = Some(self.next_frame);
                return;
            }
            let frame = order.frames.take_front(1);
            if order.frames.run.count == 0 {
                self.orders.pop_front();
            }
            self.next_frame = now.after(gap);
            if confirmed {
                self.awaited.insert(frame.run.first_id.0, frame.ids());
            }
            self.publish_frames(frame);
        }
        if self.closing {
            self.send(ToBroker::Close);
            self.end();
        }
    }

    fn end(&mut self) {
        self.phase = Phase::Ended;
        self.outputs.push_back(Output::Closed);
    }

    fn publish_frames(&mut self, frames: PublishFrames) {
        self.send(ToBroker::Publish(Arc::new(frames)));
    }

    fn send(&mut self, message: ToBroker) {
        self.outputs.push_back(Output::Send(message));
    }
}
