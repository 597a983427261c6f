//! Where a producer's ids begin, and what it says of the messages it was handed. Sends nothing.

use alloc::vec::Vec;

use super::ProducerProgram;
use crate::family::rabbitmq::client::Output;
use crate::family::rabbitmq::client::console_lines::fill;
use crate::family::rabbitmq::client::profile::FirstId;
use crate::ids::PublishingId;

impl ProducerProgram {
    /// The broker's answer to the query of the sequence: the ids of what was handed over meanwhile
    /// follow.
    pub(super) fn number_from(&mut self, answer: u64) {
        self.numbered = true;
        let mut next = match (self.profile.first_id, answer) {
            (FirstId::OwnCount, _) => return,
            (FirstId::AnswerOrZero, 0) => 0,
            (FirstId::AnswerOrZero | FirstId::BehindAnswer, id) => id.saturating_add(1),
        };
        let mut moves = Vec::new();
        for order in &mut self.orders {
            let run = &mut order.frames.run;
            let ids = run.entries();
            if order.automatic && run.first_id.0 != next {
                self.outstanding.remove(run.first_id.0, ids);
                let (from, to) = (run.first_id, PublishingId(next));
                run.first_id = to;
                moves.push(Output::Numbered { from, to, ids });
            }
            next = next.max(run.first_id.0.saturating_add(ids));
        }
        for order in &self.orders {
            self.outstanding.insert(order.frames.run.clone());
        }
        if next > self.next_id {
            // They move up: the last ones first, so that nobody steps on another's ids.
            moves.reverse();
        }
        self.next_id = next;
        self.outputs.extend(moves);
    }

    /// Speaks of the messages that the script handed over at this moment.
    pub(super) fn announce(&mut self) {
        if self.announces_at.take().is_some() {
            self.awaits = true;
            let wave = core::mem::take(&mut self.wave);
            self.say(self.profile.words.publishing, wave);
        }
    }

    pub(super) fn say(&mut self, line: Option<&'static str>, count: u64) {
        if let Some(line) = line {
            let line = fill(line, &[("{count}", &count)]);
            self.outputs.push_back(Output::Print(line));
        }
    }
}
