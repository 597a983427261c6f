//! How a consumer's run ends or is interrupted: stop, crash, a message that says stop, a lost
//! connection or stream. Processes nothing.

use super::{ConsumerProgram, Phase};
use crate::family::rabbitmq::client::Output;
use crate::family::rabbitmq::client::profile::{AtStop, OnClose, OnLoss};
use crate::family::rabbitmq::client::tracking::PATIENCE;
use crate::family::rabbitmq::message::{Question, ToBroker};
use crate::family::rabbitmq::statements::Policy;
use crate::trace::event::Disconnection;
use crate::units::SimTime;

impl ConsumerProgram {
    /// The program ends in order.
    pub fn stop(&mut self, now: SimTime) {
        if self.deaf {
            // The answer to its unsubscribe will not be read either.
            self.phase = Phase::Leaving;
            return self.send(ToBroker::Unsubscribe);
        }
        let auto = matches!(self.settings.policy, Policy::Auto { .. });
        let passive = self.settings.single_active && !self.active;
        let open = self.phase == Phase::Subscribed && auto && !passive;
        match self.profile.on_close {
            OnClose::AskThenLastProcessed if open && self.tracking.reached().is_some() => {
                self.phase = Phase::Closing(now.after(PATIENCE));
                self.send(ToBroker::QueryOffset(Question::Closing));
            }
            OnClose::LastProcessed if open => {
                if let Some(due) = self.tracking.closes(now) {
                    self.carry_out(due);
                }
                self.close();
            }
            OnClose::Nothing | OnClose::AskThenLastProcessed | OnClose::LastProcessed => {
                self.close();
            }
        }
    }

    /// The answer before closing: the last processed offset is stored if it is greater.
    pub(super) fn close_behind(&mut self, stored: Option<u64>, now: SimTime) {
        if let Phase::Closing(_) = self.phase {
            if let Some(due) = self.tracking.checked(stored, now) {
                self.carry_out(due);
            }
            self.close();
        }
    }

    /// The message that says stop was processed.
    pub(super) fn stopped(&mut self) {
        if self.profile.at_stop == AtStop::StartsOverIfMoreCame && self.settings.tracks {
            self.phase = Phase::Leaving;
            self.send(ToBroker::Unsubscribe);
        } else {
            self.say_done();
            self.close();
        }
    }

    /// It has unsubscribed at the message that says stop.
    pub(super) fn left(&mut self) {
        if self.phase != Phase::Leaving {
            return;
        }
        let begun = self.hand.as_ref().is_some_and(|hand| !hand.is_done());
        if begun || !self.waiting.is_empty() {
            self.drop_deliveries();
            self.tracking.count_anew();
            self.phase = Phase::Starting;
            self.subscribe(self.spec);
        } else {
            self.say_done();
            self.close();
        }
    }

    /// The process died: nothing that it had in mind happens any more.
    pub fn crash(&mut self) {
        self.phase = Phase::Ended;
        self.drop_deliveries();
        self.outputs.clear();
    }

    /// It is cut off from its stream; what was delivered is thrown away.
    pub fn interrupted(&mut self, why: Disconnection) {
        let (line, connected) = match why {
            Disconnection::NodeDown | Disconnection::HungUp { .. } => {
                (self.profile.words.connection_lost, false)
            }
            Disconnection::Unavailable { .. } => (self.profile.words.stream_lost, true),
        };
        if self.phase == Phase::Ended || connected && !self.profile.hears_metadata {
            return;
        }
        self.drop_deliveries();
        self.outputs.clear();
        self.say_lost(line);
        let leaving = matches!(self.phase, Phase::Closing(_) | Phase::Leaving);
        let ends = leaving || self.gives_up(why) || self.profile.on_loss == OnLoss::Ends;
        let retries = !ends;
        self.outputs
            .push_back(Output::Disconnected { why, retries });
        if retries || !connected {
            self.phase = Phase::Disconnected;
        }
        if ends {
            self.close();
        }
    }

    /// Who was still starting when the broker hung up gives up, as the constructors of the clients throw then: it
    /// would ask the same again, and again in vain.
    fn gives_up(&self, why: Disconnection) -> bool {
        match why {
            Disconnection::HungUp { .. } => self.phase == Phase::Starting,
            Disconnection::NodeDown | Disconnection::Unavailable { .. } => false,
        }
    }

    pub(super) fn close(&mut self) {
        if self.phase != Phase::Disconnected {
            self.send(ToBroker::Close);
        }
        self.phase = Phase::Ended;
        self.drop_deliveries();
        self.outputs.push_back(Output::Closed);
    }

    pub(super) fn drop_deliveries(&mut self) {
        self.waiting.clear();
        self.hand = None;
        self.untaken = 0;
    }
}
