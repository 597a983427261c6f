//! Where a producer's ids begin, and what it says of the messages it was handed. Sends nothing.

use alloc::vec::Vec;

use super::ProducerProgram;
use crate::family::rabbitmq::client::Output;
use crate::family::rabbitmq::client::console_lines::fill;
use crate::family::rabbitmq::client::profile::{FirstId, SubBatchId};
use crate::family::rabbitmq::message::PublishFrames;
use crate::ids::PublishingId;

/// Messages as a producer takes them over.
#[derive(Clone, Debug)]
pub struct Handed {
    /// The frames.
    pub frames: PublishFrames,
    /// The script did not say the ids.
    pub automatic: bool,
    /// They leave together with those before.
    pub joins: bool,
}

impl ProducerProgram {
    /// Divides what the script hands over by what the client knows: where a sub-entry batch takes an id for each of its
    /// messages, each batch stands alone. `said`: the first id, if the script says it.
    #[must_use]
    pub fn divide(&self, mut frames: PublishFrames, said: Option<PublishingId>) -> Vec<Handed> {
        let run = &mut frames.run;
        let kind = self.profile.sub_batch_id;
        let whole = run.sub_batch <= 1 || kind == SubBatchId::Own;
        let said = said.filter(|_| whole || self.profile.sub_batch_takes_said_id);
        let automatic = said.is_none();
        run.first_id = said.unwrap_or(PublishingId(self.next_id));
        if whole {
            let joins = false;
            return alloc::vec![Handed {
                frames,
                automatic,
                joins,
            }];
        }
        let mut next = run.first_id.0;
        let mut handed = Vec::new();
        while frames.run.count > 0 {
            let joins = !(handed.len() as u64).is_multiple_of(frames.entries_per_frame.max(1));
            let mut run = frames.run.take_front(1);
            run.first_id = self.entry_id(next, run.count);
            next = next.saturating_add(run.count);
            let frames = PublishFrames {
                run,
                entries_per_frame: 1,
            };
            handed.push(Handed {
                frames,
                automatic,
                joins,
            });
        }
        handed
    }

    /// The id of an entry whose messages take ids from `next` on.
    fn entry_id(&self, next: u64, messages: u64) -> PublishingId {
        PublishingId(match self.profile.sub_batch_id {
            SubBatchId::Own | SubBatchId::FirstMessage => next,
            SubBatchId::LastMessage => next.saturating_add(messages.saturating_sub(1)),
        })
    }

    /// The id behind those that frames take.
    pub(super) fn ids_taken(&self, frames: &PublishFrames) -> u64 {
        let run = &frames.run;
        let first = run.first_id.0;
        match self.profile.sub_batch_id {
            SubBatchId::FirstMessage if run.sub_batch > 1 => first.saturating_add(run.count),
            SubBatchId::Own | SubBatchId::FirstMessage | SubBatchId::LastMessage => {
                first.saturating_add(frames.ids())
            }
        }
    }

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
        let mut orders = core::mem::take(&mut self.orders);
        for order in &mut orders {
            let run = &mut order.frames.run;
            let ids = run.entries();
            let to = match run.sub_batch {
                0 | 1 => PublishingId(next),
                _ => self.entry_id(next, run.count),
            };
            if order.automatic && run.first_id != to {
                let from = run.first_id;
                self.outstanding.remove(from.0, ids);
                run.first_id = to;
                moves.push(Output::Numbered { from, to, ids });
            }
            if order.automatic || self.profile.counts_said_ids {
                next = next.max(self.ids_taken(&order.frames));
            }
        }
        self.orders = orders;
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
