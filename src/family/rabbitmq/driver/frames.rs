//! What the broker sends to programs: its frames become messages on their links.

use alloc::sync::Arc;

use super::Driver;
use super::effects::event_of;
use super::held::Confirm;
use crate::engine::{Host, Letter};
use crate::family::Message;
use crate::family::rabbitmq::broker::{ClientFrame, IdRun, Response, ResponseCode, Token};
use crate::family::rabbitmq::log::Chunk;
use crate::family::rabbitmq::message::{Answer, Question, StreamMessage, ToProgram};
use crate::ids::{ConnectionId, EventId, LogId};

impl Driver {
    /// A frame leaves for a client. `cause` is what the broker was doing when no token says.
    pub(super) fn frame(
        &mut self,
        host: &mut Host,
        to: ConnectionId,
        frame: ClientFrame,
        cause: Option<EventId>,
    ) {
        match frame {
            ClientFrame::Response { token, response } => self.respond(host, to, token, &response),
            ClientFrame::Confirm {
                ids, duplicates, ..
            } => self.hold_confirms(host, to, &ids, duplicates),
            ClientFrame::PublishError {
                ids, code, token, ..
            } => {
                for run in ids {
                    let message = ToProgram::PublishError {
                        first_id: run.first,
                        ids: run.ids,
                        count: run.messages,
                        code,
                    };
                    self.send_to_program(host, to, message, event_of(token));
                }
            }
            ClientFrame::Deliver { chunk, .. } => self.deliver(host, to, &chunk, cause),
            ClientFrame::MetadataUpdate { code, .. } => {
                self.send_to_program(host, to, ToProgram::MetadataUpdate { code }, cause);
            }
            ClientFrame::ConsumerUpdate { active, .. } => {
                self.send_to_program(host, to, ToProgram::ConsumerUpdate { active }, cause);
            }
        }
    }

    fn respond(&self, host: &mut Host, to: ConnectionId, token: Token, response: &Response) {
        let answer = match response {
            Response::Code(ResponseCode::NoOffset) => Answer::StoredOffset(None),
            Response::Code(code) | Response::Metadata { code } => Answer::Code(*code),
            Response::StoredOffset(offset) => Answer::StoredOffset(Some(*offset)),
            Response::Sequence(id) => Answer::Sequence(*id),
            Response::Stats { .. } => return,
        };
        let to_what = question(host, token).unwrap_or(Question::Credit);
        let message = ToProgram::Answer {
            to: to_what,
            answer,
        };
        self.send_to_program(host, to, message, event_of(token));
    }

    fn hold_confirms(&mut self, host: &Host, to: ConnectionId, ids: &[IdRun], duplicates: bool) {
        let owner = self.connections.owner(to);
        let apart = owner.is_none_or(|program| host.splits_confirms(program));
        for run in ids {
            let confirm = Confirm {
                to,
                run: *run,
                duplicates,
            };
            self.held.confirm(confirm, apart);
        }
    }

    pub(super) fn confirm(&self, host: &mut Host, confirm: Confirm) {
        let Some(program) = self.connections.owner(confirm.to) else {
            return;
        };
        let process = &self.processes[program.index()];
        let cause = if confirm.duplicates {
            process.deduplicated
        } else {
            self.streams.commit(process.stream)
        };
        let message = ToProgram::Confirm {
            first_id: confirm.run.first,
            ids: confirm.run.ids,
            count: confirm.run.messages,
            duplicates: confirm.duplicates,
        };
        self.send_to_program(host, confirm.to, message, cause);
    }

    fn deliver(
        &self,
        host: &mut Host,
        to: ConnectionId,
        chunk: &Arc<Chunk>,
        cause: Option<EventId>,
    ) {
        let Some(program) = self.connections.owner(to) else {
            return;
        };
        let stream = self.processes[program.index()].stream;
        if let Some(row) = self.row_of(host, stream, chunk) {
            self.send_to_program(host, to, ToProgram::Deliver { stream, row }, cause);
        }
    }

    /// The row of a chunk: ids rise in a stream's arena but where a log was cut or created anew.
    fn row_of(&self, host: &Host, stream: LogId, chunk: &Arc<Chunk>) -> Option<u32> {
        let rows = &host.trace().arenas.stream(stream).chunks;
        let live = self.streams.first_row(stream) as usize..rows.len();
        let guess = rows.partition_point(live.clone(), |row| row.chunk.id < chunk.id);
        let is_it = |at: &usize| rows.get(*at).is_some_and(|r| Arc::ptr_eq(&r.chunk, chunk));
        let at = Some(guess)
            .filter(is_it)
            .or_else(|| live.rev().find(is_it))?;
        u32::try_from(at).ok()
    }

    /// A message leaves for a program.
    fn send_to_program(
        &self,
        host: &mut Host,
        to: ConnectionId,
        message: ToProgram,
        cause: Option<EventId>,
    ) {
        let Some(program) = self.connections.owner(to) else {
            return;
        };
        let message: Message = StreamMessage::ToProgram(message).into();
        let fate = host.fate(program, &message);
        let letter = Letter {
            program,
            connection: to,
            message,
        };
        host.send(letter, fate, cause);
    }
}

/// What the request of this token asked.
fn question(host: &Host, token: Token) -> Option<Question> {
    let arrival = host.trace().get(event_of(token)?)?;
    let message = arrival.what.message()?.rabbitmq()?;
    message.to_broker()?.question()
}
