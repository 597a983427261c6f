//! The fields of messages, in their fixed order.

use alloc::format;
use alloc::string::String;

use super::{found_text, optional, pairs, refused};
use crate::family::rocketmq::message::{QueueMessage, Sends, Stored, ToBroker, ToProgram};
use crate::family::rocketmq::store::Spread;
use crate::trace::fields::Fields;

impl QueueMessage {
    /// Gives the fields of the message, its word first.
    pub(crate) fn fields(&self, to: &mut dyn Fields) {
        to.word("message", self.word());
        if let Some(queue) = self.queue() {
            to.number("queue", queue.0.into());
        }
        match self {
            Self::ToBroker(message) => to_broker(message, to),
            Self::ToProgram(message) => to_program(message, to),
        }
    }
}

fn to_broker(message: &ToBroker, to: &mut dyn Fields) {
    match message {
        ToBroker::Send(sends) => send(sends, to),
        ToBroker::SearchOffset { at, .. } => to.number("at_us", at.0),
        ToBroker::Pull {
            offset,
            commit,
            times,
            ..
        } => {
            to.number("offset", offset.0);
            optional("commit", *commit, to);
            if *times > 1 {
                to.number("times", *times);
            }
        }
        ToBroker::Commit { offset, .. } => to.number("offset", offset.0),
        ToBroker::SendBack {
            first,
            count,
            level,
            ..
        } => {
            to.range("first", first.0, *count);
            to.number("level", (*level).into());
        }
        ToBroker::Lock { queues } => to.number("queues", queues.len() as u64),
        ToBroker::Ack { first, count, .. } => to.range("first", first.0, *count),
        ToBroker::Heartbeat
        | ToBroker::Unregister
        | ToBroker::ListMembers
        | ToBroker::QueryOffset { .. }
        | ToBroker::MaxOffset { .. }
        | ToBroker::Unlock { .. }
        | ToBroker::Pop { .. } => {}
    }
}

fn to_program(message: &ToProgram, to: &mut dyn Fields) {
    match message {
        ToProgram::SendResult {
            first,
            count,
            stored,
            code,
        } => {
            to.range("first", *first, *count);
            if code.is_some() {
                refused(*code, to);
            }
            to.text("stored", &stored_text(stored));
        }
        ToProgram::Done { to: what, code } => {
            to.word("to", what.word());
            if code.is_some() {
                refused(*code, to);
            }
        }
        ToProgram::SentBack {
            first, count, code, ..
        } => {
            to.range("first", first.0, *count);
            if code.is_some() {
                refused(*code, to);
            }
        }
        ToProgram::Members { members } => to.number("members", members.len() as u64),
        ToProgram::Offset {
            to: what, offset, ..
        } => {
            to.word("to", what.word());
            optional("offset", *offset, to);
        }
        ToProgram::Pulled {
            offset,
            status,
            next,
            found,
            ..
        } => {
            to.number("offset", offset.0);
            to.word("status", status.word());
            to.number("next", next.0);
            if !found.is_empty() {
                to.text("found", &found_text(found));
            }
        }
        ToProgram::PullRefused { code, .. } => refused(Some(*code), to),
        ToProgram::Locked { queues } => to.number("queues", queues.len() as u64),
        ToProgram::Popped { found, .. } => to.text("found", &found_text(found)),
        ToProgram::Reset { offsets } => to.text("offsets", &pairs(offsets)),
        ToProgram::MembersChanged => {}
    }
}

fn send(sends: &Sends, to: &mut dyn Fields) {
    let run = &sends.messages;
    to.range("first", run.first_count, run.count);
    match sends.spread {
        Spread::Queue(queue) => to.number("queue", queue.into()),
        Spread::RoundRobin { first, queues } => {
            to.number("from_queue", first.into());
            to.number("queues", queues.into());
        }
    }
    if sends.level > 0 {
        to.number("level", sends.level.into());
    }
}

fn stored_text(stored: &[Stored]) -> String {
    let mut text = String::new();
    for Stored {
        queue,
        first,
        count,
    } in stored
    {
        if !text.is_empty() {
            text.push(',');
        }
        let last = first.0 + count.saturating_sub(1);
        text.push_str(&format!("{queue}:{first}..{last}"));
    }
    text
}
