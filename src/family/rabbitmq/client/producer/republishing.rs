//! What is published again: everything that was sent and is unconfirmed. Numbers nothing.

use alloc::collections::VecDeque;

use super::{Order, Pace, Phase, ProducerProgram};
use crate::family::rabbitmq::client::Output;
use crate::family::rabbitmq::log::MessageRun;
use crate::family::rabbitmq::message::PublishFrames;
use crate::trace::event::Idle;

impl ProducerProgram {
    /// Publishes again everything that was sent and is unconfirmed, with the same ids.
    pub fn resend(&mut self) {
        if !self.publish_again() {
            self.outputs
                .push_back(Output::Ignore(Idle::NothingUnconfirmed));
        }
    }

    /// Whether there was anything to publish again.
    pub(super) fn publish_again(&mut self) -> bool {
        let mut sent = self.outstanding.clone();
        for order in &self.orders {
            let run = &order.frames.run;
            sent.remove(run.first_id.0, run.entries());
        }
        let runs: VecDeque<MessageRun> = sent.runs().cloned().collect();
        let any = !runs.is_empty();
        if self.phase == Phase::Open {
            for run in runs {
                let frame = run.entries();
                self.publish_frames(PublishFrames {
                    run,
                    entries_per_frame: frame,
                });
            }
        } else {
            for run in runs.into_iter().rev() {
                let frame = run.entries();
                let frames = PublishFrames {
                    run,
                    entries_per_frame: frame,
                };
                self.orders.push_front(Order {
                    frames,
                    pace: Pace::AtOnce,
                    joins: false,
                    automatic: false,
                });
            }
        }
        any
    }
}
