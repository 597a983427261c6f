//! How a consumer finds its place: the stored offset, the subscribe, single active takeover.
//! Processes nothing.

use alloc::sync::Arc;

use super::{ConsumerProgram, Phase};
use crate::family::rabbitmq::broker::ResponseCode;
use crate::family::rabbitmq::client::Output;
use crate::family::rabbitmq::client::console_lines::Says;
use crate::family::rabbitmq::client::profile::{OnLoss, Resume, Takeover, UntrackedTakeover};
use crate::family::rabbitmq::client::tracking::Tracking;
use crate::family::rabbitmq::log::OffsetSpec;
use crate::family::rabbitmq::message::{Question, ToBroker};
use crate::family::rabbitmq::settings::ConsumerSettings;
use crate::family::rabbitmq::statements::Policy;
use crate::ids::Offset;
use crate::units::SimTime;

impl ConsumerProgram {
    /// Starts a run on the stream of this name.
    pub fn start(&mut self, settings: Arc<ConsumerSettings>, stream: Arc<str>, now: SimTime) {
        let database = self.database;
        *self = Self::new(settings);
        self.database = database;
        self.stream = stream;
        self.tracking = Tracking::new(self.settings.policy, self.profile, now);
        if self.profile.words.says_started == Says::AtOnce {
            self.say_started();
        }
        self.connect();
    }

    /// Asks where to start, on a new connection.
    pub fn connect(&mut self) {
        self.phase = Phase::Starting;
        let external = matches!(self.settings.policy, Policy::External(_));
        match self.database.filter(|_| external) {
            Some(stored) => self.subscribe(OffsetSpec::Offset(Offset(stored).plus(1))),
            None if self.settings.tracks && !self.settings.single_active => {
                self.send(ToBroker::QueryOffset(Question::Resume));
            }
            None => self.subscribe(self.without_stored()),
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
        let spec = match (self.profile.resume, stored) {
            (_, None) | (Resume::AfterStoredUnlessZero, Some(0)) => self.without_stored(),
            (Resume::AfterStoredZeroAgain, Some(0)) => OffsetSpec::Offset(Offset(0)),
            (_, Some(stored)) => OffsetSpec::Offset(Offset(stored).plus(1)),
        };
        self.subscribe(spec);
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
    pub(super) fn start_failed(&mut self, code: ResponseCode) {
        if self.phase != Phase::Starting {
            return;
        }
        let returns = self.profile.on_loss != OnLoss::Ends;
        if code == ResponseCode::StreamNotAvailable && returns {
            self.phase = Phase::Disconnected;
            self.outputs.push_back(Output::Disconnected);
            return;
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
            UntrackedTakeover::Next if active && !self.settings.tracks => Some(OffsetSpec::Next),
            UntrackedTakeover::Next | UntrackedTakeover::Spec => None,
        };
        self.active = active;
        if !active {
            self.drop_deliveries();
        }
        if active && self.settings.tracks {
            self.send(ToBroker::QueryOffset(Question::Activation));
        } else {
            self.activate(answer);
        }
    }

    /// The stored offset, asked for on becoming active.
    pub(super) fn take_over(&mut self, stored: Option<u64>) {
        let answer = stored.map(|stored| match self.profile.takeover {
            Takeover::AfterStored => OffsetSpec::Offset(Offset(stored).plus(1)),
            Takeover::AtStored => OffsetSpec::Offset(Offset(stored)),
        });
        self.activate(answer);
    }

    fn activate(&mut self, answer: Option<OffsetSpec>) {
        if answer.is_some() {
            self.below = below(answer).filter(|_| self.profile.takeover_trims);
        }
        self.send(ToBroker::Activate { spec: answer });
    }

    /// Where it starts with nothing stored: its spec, or, when it comes back, where its client goes
    /// on.
    fn without_stored(&self) -> OffsetSpec {
        match (self.profile.on_loss, self.tracking.last()) {
            (OnLoss::ResumesAtLast, Some(last)) => OffsetSpec::Offset(Offset(last)),
            _ => self.settings.spec,
        }
    }

    pub(super) fn subscribe(&mut self, spec: OffsetSpec) {
        self.spec = spec;
        self.below = below(Some(spec));
        let credit = self.settings.credit;
        self.send(ToBroker::Subscribe { spec, credit });
    }
}

/// The offset below which a client drops messages.
const fn below(spec: Option<OffsetSpec>) -> Option<Offset> {
    match spec {
        Some(OffsetSpec::Offset(offset)) => Some(offset),
        Some(
            OffsetSpec::First | OffsetSpec::Last | OffsetSpec::Next | OffsetSpec::Timestamp { .. },
        )
        | None => None,
    }
}
