//! How a consumer's run ends or is interrupted: stop, crash, a message that says stop, a lost
//! connection or stream. Processes nothing.

use super::{ConsumerProgram, Phase};
use crate::family::rabbitmq::client::Output;
use crate::family::rabbitmq::client::profile::{AtStop, OnClose, OnLoss};
use crate::family::rabbitmq::client::tracking::PATIENCE;
use crate::family::rabbitmq::message::{Question, ToBroker};
use crate::family::rabbitmq::statements::Policy;
use crate::units::SimTime;

impl ConsumerProgram {
    /// The program ends in order.
    pub fn stop(&mut self, now: SimTime) {
        let auto = matches!(self.settings.policy, Policy::Auto { .. });
        let passive = self.settings.single_active && !self.active;
        let open = self.phase == Phase::Subscribed && auto && !passive;
        match (self.profile.on_close, self.tracking.last()) {
            (OnClose::AskThenLastProcessed, Some(_)) if open => {
                self.phase = Phase::Closing(now.after(PATIENCE));
                self.send(ToBroker::QueryOffset(Question::Closing));
            }
            (OnClose::LastProcessed, Some(last)) if open && self.tracking.owes() => {
                let due = self.tracking.request(last, now);
                self.carry_out(due);
                self.close();
            }
            _ => self.close(),
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

    /// The connection is gone; what was delivered is thrown away.
    pub fn lost_connection(&mut self) {
        if self.phase != Phase::Ended {
            self.interrupted(self.profile.words.connection_lost, false);
        }
    }

    /// The broker ended the connection because of what it was asked. Who was still starting gives up, as
    /// the constructors of the clients throw then: it would ask the same again, and again in vain.
    pub fn hung_up_on(&mut self) {
        if self.phase != Phase::Starting {
            return self.lost_connection();
        }
        self.drop_deliveries();
        self.outputs.clear();
        self.say_lost(self.profile.words.connection_lost);
        self.phase = Phase::Ended;
        self.outputs.push_back(Output::Closed);
    }

    /// The broker said that the stream is gone or has no leader.
    pub fn lost_stream(&mut self) {
        if self.phase != Phase::Ended && self.profile.hears_metadata {
            self.interrupted(self.profile.words.stream_lost, true);
        }
    }

    fn interrupted(&mut self, line: Option<&'static str>, connected: bool) {
        self.drop_deliveries();
        self.outputs.clear();
        self.say_lost(line);
        let leaving = matches!(self.phase, Phase::Closing(_) | Phase::Leaving);
        if leaving || self.profile.on_loss == OnLoss::Ends {
            if !connected {
                self.phase = Phase::Disconnected;
            }
            self.close();
        } else {
            self.phase = Phase::Disconnected;
            self.outputs.push_back(Output::Disconnected);
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
