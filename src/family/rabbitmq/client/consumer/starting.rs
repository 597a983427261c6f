//! How a consumer finds its place: the stored offset, the subscribe, single active takeover.
//! Processes nothing.

use alloc::sync::Arc;

use super::{ConsumerProgram, Phase};
use crate::family::rabbitmq::broker::ResponseCode;
use crate::family::rabbitmq::client::Output;
use crate::family::rabbitmq::client::console_lines::Says;
use crate::family::rabbitmq::client::profile::{Asks, OnLoss, Takeover, UntrackedTakeover};
use crate::family::rabbitmq::client::stored_offset::{self, Resumption, below};
use crate::family::rabbitmq::client::tracking::ClientTracking;
use crate::family::rabbitmq::log::OffsetSpec;
use crate::family::rabbitmq::message::{Question, ToBroker, shown};
use crate::family::rabbitmq::settings::ConsumerSettings;
use crate::family::rabbitmq::statements::Policy;
use crate::ids::Offset;
use crate::trace::event::Disconnection;
use crate::units::SimTime;

impl ConsumerProgram {
    /// Starts a run on the stream of this name.
    pub fn start(&mut self, settings: Arc<ConsumerSettings>, stream: Arc<str>, now: SimTime) {
        let database = self.database;
        *self = Self::new(settings);
        self.database = database;
        self.stream = stream;
        self.tracking = ClientTracking::new(self.settings.policy, self.profile, now);
        if self.profile.words.says_started == Says::AtOnce {
            self.say_started();
        }
        self.connect();
    }

    /// Asks where to start, on a new connection.
    pub fn connect(&mut self) {
        self.phase = Phase::Starting;
        self.deaf = false;
        let external = matches!(self.settings.policy, Policy::External(_));
        match self.database.filter(|_| external) {
            Some(stored) => self.subscribe(OffsetSpec::Offset(Offset(stored).plus(1))),
            None if self.asks() => {
                self.send(ToBroker::QueryOffset(Question::Resume));
            }
            None => self.subscribe(self.without_stored()),
        }
    }

    /// Whether it asks for its stored offset before it subscribes. Of a group a member asks when it becomes active.
    fn asks(&self) -> bool {
        let settings = &self.settings;
        match self.profile.asks {
            Asks::IfNamed if settings.named && settings.reference.is_some() => true,
            Asks::IfNamed | Asks::IfItTracks => {
                (settings.tracks || settings.at_stored) && !settings.single_active
            }
        }
    }

    /// The stored offset, asked for at the start.
    pub(super) fn found_stored(&mut self, stored: Option<u64>) {
        if self.phase != Phase::Starting {
            return;
        }
        if self.profile.words.says_started == Says::WhenBuilt {
            self.say_started();
        }
        if let (None, Some(line)) = (stored, self.profile.words.nothing_stored) {
            self.say(line, &[]);
        }
        let resumption = match stored {
            None => Resumption::Spec,
            Some(stored) if self.settings.at_stored => Resumption::At(Offset(stored)),
            Some(stored) => stored_offset::resumption(self.profile, stored),
        };
        match resumption {
            Resumption::At(offset) => self.subscribe(OffsetSpec::Offset(offset)),
            Resumption::Spec => self.subscribe(self.without_stored()),
            Resumption::Fails => {
                self.say_lost(self.profile.words.no_such_offset);
                self.close();
            }
        }
    }

    /// The broker took the subscription.
    pub(super) fn subscribed(&mut self) {
        if self.phase == Phase::Starting {
            self.phase = Phase::Subscribed;
            self.say_started();
            self.outputs.push_back(Output::Ready);
        }
    }

    /// The broker refused the query or the subscription.
    pub(super) fn start_failed(&mut self, asked: Question, code: ResponseCode) {
        if self.phase != Phase::Starting {
            return;
        }
        let returns = self.profile.on_loss != OnLoss::Ends;
        if code == ResponseCode::StreamNotAvailable && returns {
            self.phase = Phase::Disconnected;
            let why = Disconnection::Unavailable {
                message: if asked == Question::Subscribe {
                    "subscribe"
                } else {
                    "query_offset"
                },
                code: shown(code),
            };
            let retries = true;
            return self
                .outputs
                .push_back(Output::Disconnected { why, retries });
        }
        let gone = code == ResponseCode::StreamDoesNotExist && self.said_started;
        if gone && self.profile.on_loss == OnLoss::ResumesAtLast {
            // `closeAfterStreamDeletion`
            return self.close();
        }
        self.say_refused(code);
        self.outputs.push_back(Output::Refused(code));
        self.phase = Phase::Ended;
    }

    /// Its subscription became active or passive.
    pub fn updated(&mut self, active: bool) {
        let answer = match self.profile.untracked_takeover {
            UntrackedTakeover::Next if active && !self.resumes() => Some(OffsetSpec::Next),
            UntrackedTakeover::SaysSpec if active && !self.resumes() => Some(self.settings.spec),
            UntrackedTakeover::Next | UntrackedTakeover::SaysSpec | UntrackedTakeover::Spec => None,
        };
        self.active = active;
        if !active {
            self.drop_deliveries();
        }
        if active && self.resumes() {
            self.send(ToBroker::QueryOffset(Question::Activation));
        } else {
            self.activate(answer);
        }
    }

    /// The stored offset, asked for on becoming active.
    pub(super) fn take_over(&mut self, stored: Option<u64>) {
        let at_stored = self.settings.at_stored;
        let resumption = match (stored, self.profile.takeover) {
            (None, _) => Resumption::Spec,
            (Some(stored), Takeover::AfterStored) if !at_stored => {
                stored_offset::behind(self.profile, stored)
            }
            (Some(stored), Takeover::AfterStored | Takeover::AtStored) => {
                Resumption::At(Offset(stored))
            }
        };
        self.activate(match resumption {
            Resumption::At(offset) => Some(OffsetSpec::Offset(offset)),
            Resumption::Spec | Resumption::Fails => Some(self.settings.spec),
        });
    }

    /// Whether what is stored says where it goes on.
    fn resumes(&self) -> bool {
        self.settings.tracks || self.settings.at_stored
    }

    fn activate(&mut self, answer: Option<OffsetSpec>) {
        if answer.is_some() && self.profile.takeover_trims {
            self.below = below(self.profile, answer);
        }
        if let Some(OffsetSpec::Offset(offset)) = answer {
            self.tracking.begins_at(offset.0);
        }
        self.send(ToBroker::Activate { spec: answer });
    }

    /// Where it starts with nothing stored: its spec, or, when it comes back, where its client goes
    /// on.
    fn without_stored(&self) -> OffsetSpec {
        match (self.profile.on_loss, self.tracking.reached()) {
            (OnLoss::ResumesAtLast, Some(last)) => OffsetSpec::Offset(Offset(last)),
            _ => self.settings.spec,
        }
    }

    pub(super) fn subscribe(&mut self, spec: OffsetSpec) {
        self.spec = spec;
        self.below = below(self.profile, Some(spec));
        if let (OffsetSpec::Offset(offset), false) = (spec, self.settings.single_active) {
            self.tracking.begins_at(offset.0);
        }
        let credit = self.settings.credit;
        self.send(ToBroker::Subscribe { spec, credit });
    }
}
