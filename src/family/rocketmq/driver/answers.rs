//! The broker's answers become messages to programs.

use alloc::sync::Arc;
use alloc::vec::Vec;

use super::effects::event_of;
use super::requests::signed;
use super::{Driver, Own, SCRIPT};
use crate::base::sorted;
use crate::engine::{Host, Letter};
use crate::family::Message;
use crate::family::rocketmq::broker::{
    Effect, QueueName, Request, Response, ResponseCode, Sent, Token,
};
use crate::family::rocketmq::message::{
    Question, QueueMessage, Sends, Stored, ToBroker, ToProgram, ranges,
};
use crate::family::rocketmq::store::PullStatus;
use crate::ids::{ActorId, ConnectionId, EventId, LogId, Offset};
use crate::units::SimDuration;

impl Driver {
    /// The broker answers.
    pub(super) fn answer(
        &self,
        host: &mut Host,
        to: ConnectionId,
        token: Token,
        response: &Response,
    ) {
        let Some((program, asked)) = self.asked(host, to, token) else {
            return;
        };
        let cause = event_of(token);
        let times = response
            .parts()
            .pulled
            .map_or(1, |pulled| pulled.found.times);
        let late = self.round_trip.times(times.saturating_sub(1));
        for message in self.messages(host, program, &asked, response) {
            if late > SimDuration::ZERO {
                // It stands for pulls one after the other, each of which takes its way.
                host.at(host.now().after(late), Own::Answer(to, message, cause));
            } else {
                self.send_to_program(host, to, message, cause);
            }
        }
    }

    /// Who asked what.
    fn asked(&self, host: &Host, to: ConnectionId, token: Token) -> Option<(ActorId, ToBroker)> {
        let program = self.owner(to)?;
        let arrival = host.trace().get(event_of(token)?)?;
        let message = arrival.what.message()?.rocketmq()?.to_broker()?;
        Some((program, message.clone()))
    }

    /// The messages that an answer is.
    fn messages(
        &self,
        host: &Host,
        program: ActorId,
        asked: &ToBroker,
        response: &Response,
    ) -> Vec<ToProgram> {
        let parts = response.parts();
        let code = parts.refusal;
        let done = |to| ToProgram::Done { to, code };
        let offset = |to, queue: &LogId| ToProgram::Offset {
            to,
            queue: *queue,
            offset: parts.offset,
        };
        let one = match asked {
            ToBroker::Send(sends) => return self.send_results(host, program, sends, response),
            // Nobody waits for an answer.
            ToBroker::Commit { .. } => return Vec::new(),
            ToBroker::Heartbeat => done(Question::Heartbeat),
            ToBroker::Unregister => done(Question::Unregister),
            ToBroker::Unlock { .. } => done(Question::Unlock),
            ToBroker::Ack { .. } => done(Question::Ack),
            ToBroker::ListMembers => self.members_message(response),
            ToBroker::QueryOffset { queue } => offset(Question::Resume, queue),
            ToBroker::MaxOffset { queue } => offset(Question::Max, queue),
            ToBroker::SearchOffset { queue, .. } => offset(Question::Search, queue),
            ToBroker::Pull { queue, offset, .. } => pull_result(*queue, *offset, response),
            ToBroker::SendBack {
                queue,
                first,
                count,
                ..
            } => ToProgram::SentBack {
                queue: *queue,
                first: *first,
                count: *count,
                code,
            },
            ToBroker::Lock { .. } => self.locked_message(response),
            ToBroker::Pop { queue } => pop_result(*queue, response),
        };
        Vec::from([one])
    }

    /// The send results of messages that were sent together: one message, unless the next one is to be lost.
    fn send_results(
        &self,
        host: &Host,
        program: ActorId,
        sends: &Sends,
        response: &Response,
    ) -> Vec<ToProgram> {
        let (first, count) = (sends.messages.first_count, sends.messages.count);
        let settings = self.producer_settings(program);
        let parts = response.parts();
        let stored = settings.map_or_else(Arc::default, |settings| {
            self.stored(&self.names.topic(settings.topic), parts.sent)
        });
        let code = parts.refusal;
        let result = |first, count, stored| ToProgram::SendResult {
            first,
            count,
            stored,
            code,
        };
        if count > 1 && host.splits_confirms(program) {
            let rest = result(first.saturating_add(1), count - 1, stored);
            return Vec::from([result(first, 1, Arc::default()), rest]);
        }
        Vec::from([result(first, count, stored)])
    }

    /// What each queue of a topic got.
    fn stored(&self, topic: &Arc<str>, sent: &[Sent]) -> Arc<[Stored]> {
        let stored = sent.iter().filter_map(|sent| {
            let of = QueueName {
                topic: topic.clone(),
                queue: sent.queue,
            };
            Some(Stored {
                queue: self.names.id(&of)?,
                first: sent.first,
                count: sent.count,
            })
        });
        stored.collect::<Vec<_>>().into()
    }

    fn members_message(&self, response: &Response) -> ToProgram {
        let names = sorted(response.parts().members.iter().collect::<Vec<_>>());
        let members = names.iter().filter_map(|name| self.names.program(name));
        ToProgram::Members {
            members: members.collect::<Vec<_>>().into(),
        }
    }

    fn locked_message(&self, response: &Response) -> ToProgram {
        let names = response.parts().locked.iter();
        let queues = names.filter_map(|name| self.names.id(name));
        ToProgram::Locked {
            queues: queues.collect::<Vec<_>>().into(),
        }
    }

    /// The request of a parked pull, when its answer says nothing new and its member would only ask the same again.
    pub(super) fn same_again(
        &self,
        host: &Host,
        effect: &Effect,
    ) -> Option<(ConnectionId, Token, Request)> {
        let (to, token, response) = effect.response()?;
        let pulled = response.parts().pulled?;
        let (program, asked) = self.asked(host, to, token)?;
        let (queue, offset) = asked.pulls()?;
        let nothing_new = pulled.status.to_client(signed(offset)) == PullStatus::NoNewMsg;
        let same = self.processes[program.index()].connection == Some(to)
            && self.member(program)?.is_settled(queue, pulled.next);
        if !nothing_new || !same {
            return None;
        }
        let settings = self.member_settings(program)?;
        let again = self.pull(&settings, (queue, pulled.next), None, 1);
        Some((to, token, Request::Pull(again)))
    }

    /// A message leaves for a program.
    pub(super) fn send_to_program(
        &self,
        host: &mut Host,
        to: ConnectionId,
        message: ToProgram,
        cause: Option<EventId>,
    ) {
        let Some(program) = self.owner(to).filter(|_| to != SCRIPT) else {
            return;
        };
        let message: Message = QueueMessage::ToProgram(message).into();
        let fate = host.fate(program, &message);
        let letter = Letter {
            program,
            connection: to,
            message,
        };
        host.send(letter, fate, cause);
    }
}

fn pull_result(queue: LogId, offset: Offset, response: &Response) -> ToProgram {
    let parts = response.parts();
    match parts.pulled {
        Some(pulled) => ToProgram::Pulled {
            queue,
            offset,
            status: pulled.status.to_client(signed(offset)),
            next: pulled.next,
            max: pulled.max,
            found: ranges(&pulled.found.ranges),
        },
        None => ToProgram::PullRefused {
            queue,
            code: parts.refusal.unwrap_or(ResponseCode::SystemError),
        },
    }
}

/// That there is nothing to pop is no refusal: the member asks again.
fn pop_result(queue: LogId, response: &Response) -> ToProgram {
    let parts = response.parts();
    match parts.refusal {
        Some(code) if code != ResponseCode::PollingTimeout => {
            ToProgram::PullRefused { queue, code }
        }
        Some(_) | None => ToProgram::Popped {
            queue,
            found: (parts.popped).map_or_else(Arc::default, |found| ranges(&found.ranges)),
        },
    }
}
