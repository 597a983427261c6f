//! The broker's side of the world: its effects become events and messages, its writers work, its readers read.
//! Decides nothing that the broker decides.

use alloc::sync::Arc;
use alloc::vec::Vec;

use super::held::Confirm;
use super::{Driver, Own};
use crate::engine::{Host, Letter};
use crate::family::Message;
use crate::family::rabbitmq::broker::{Effect, Response, ResponseCode, Token};
use crate::family::rabbitmq::event::StreamEvent;
use crate::family::rabbitmq::log::Chunk;
use crate::family::rabbitmq::message::{Answer, Question, StreamMessage, ToBroker, ToProgram};
use crate::ids::{ConnectionId, EventId, Offset, PublishingId, StreamId};
use crate::trace::event::What;

/// The token of what no event led to.
pub(super) const NO_EVENT: Token = Token(u32::MAX);

impl Driver {
    /// Effects of the broker come about behind everything that is to be done already.
    pub(super) fn then_effects(
        &mut self,
        host: &mut Host,
        effects: Vec<Effect>,
        cause: Option<EventId>,
    ) {
        for effect in effects {
            host.then(Own::Effect(effect, cause));
        }
    }

    /// Effects of the broker come about before everything that is to be done already.
    fn first_effects(&mut self, host: &mut Host, effects: Vec<Effect>, cause: Option<EventId>) {
        for effect in effects.into_iter().rev() {
            host.first(Own::Effect(effect, cause));
        }
    }

    /// The next writer with a mailbox takes one batch; false when all mailboxes are empty.
    pub(super) fn write(&mut self, host: &mut Host) -> bool {
        let Some(name) = self.broker.pending().next() else {
            return false;
        };
        let Some(stream) = self.streams.id(&name) else {
            return false;
        };
        let mut effects = Vec::new();
        let cap = &mut self.streams.writer(stream).cap;
        let taken = self
            .broker
            .writer_batch(host.now(), &name, cap.get(), &mut effects);
        cap.after(taken);
        let rolled = effects
            .iter()
            .any(|e| matches!(e, Effect::Written { rolled: true, .. }));
        self.then_effects(host, effects, None);
        if rolled {
            // Readers are as fast as retention, which runs once the whole batch is written: what the batch committed is
            // told and read before the segments that it filled may go.
            host.then(Own::Flush);
            host.then(Own::Dispatch(stream));
            host.then(Own::Retain(stream));
        }
        true
    }

    /// Commits are told, and what was held back for them is confirmed, before anything else happens.
    pub(super) fn flush(&mut self, host: &mut Host) {
        for confirm in self.held.take_confirms().into_iter().rev() {
            host.first(Own::Confirm(confirm));
        }
        for (stream, chunk, cause) in self.held.take_commits().into_iter().rev() {
            host.first(Own::Commit(stream, chunk, cause));
        }
    }

    /// The readers of a stream send what is committed.
    pub(super) fn dispatch(&mut self, host: &mut Host, stream: StreamId) {
        self.held.calm(stream);
        let mut effects = Vec::new();
        let name = self.streams.name(stream);
        self.broker.dispatch(host.now(), &name, &mut effects);
        self.first_effects(host, effects, self.streams.commit(stream));
    }

    /// Retention of a stream, if it is due.
    pub(super) fn retain(&mut self, host: &mut Host, stream: StreamId) {
        let mut effects = Vec::new();
        let name = self.streams.name(stream);
        self.broker.retention(host.now(), &name, &mut effects);
        self.first_effects(host, effects, self.streams.written(stream));
    }

    /// One effect of the broker. `cause` is what it was doing when no token says.
    pub(super) fn effect(&mut self, host: &mut Host, effect: Effect, cause: Option<EventId>) {
        match effect {
            Effect::Respond {
                to,
                token,
                response,
            } => self.respond(host, to, token, &response),
            Effect::Confirm {
                to,
                ids,
                duplicates,
                ..
            } => self.hold_confirms(host, to, &ids, duplicates),
            Effect::PublishError {
                to,
                ids,
                code,
                token,
                ..
            } => {
                for (first_id, ids) in ids {
                    let count = self.messages(to, first_id, ids);
                    let message = ToProgram::PublishError {
                        first_id,
                        ids,
                        count,
                        code,
                    };
                    self.send_to_program(host, to, message, event_of(token));
                }
            }
            Effect::Deliver { to, chunk, .. } => self.deliver(host, to, &chunk, cause),
            Effect::MetadataUpdate { to, code, .. } => {
                self.send_to_program(host, to, ToProgram::MetadataUpdate { code }, cause);
            }
            Effect::ConsumerUpdate { to, active, .. } => {
                self.send_to_program(host, to, ToProgram::ConsumerUpdate { active }, cause);
            }
            Effect::CloseConnection { to, token } => {
                self.disconnect(host, to, event_of(token), true);
            }
            Effect::Attached { to, at, .. } => {
                if let Some(consumer) = self.connections.owner(to) {
                    host.emit(cause, StreamEvent::Attached { consumer, at });
                }
            }
            Effect::Waiting { .. } => {}
            Effect::Written { .. }
            | Effect::Stored { .. }
            | Effect::Deduplicated { .. }
            | Effect::Committed { .. }
            | Effect::Truncated { .. }
            | Effect::Forgotten { .. } => self.log_effect(host, effect, cause),
        }
    }

    /// An effect on a log or on what a writer remembers.
    fn log_effect(&mut self, host: &mut Host, effect: Effect, cause: Option<EventId>) {
        match effect {
            Effect::Written {
                stream,
                chunk,
                rolled,
                token,
            } => self.written(host, &stream, chunk, rolled, token),
            Effect::Stored {
                stream,
                reference,
                offset,
                token,
            } => {
                if let Some(stream) = self.streams.id(&stream) {
                    let what = StreamEvent::Stored {
                        stream,
                        reference,
                        offset,
                    };
                    host.emit(event_of(token), what);
                }
            }
            Effect::Deduplicated {
                to,
                ids,
                highest,
                token,
                ..
            } => self.deduplicated(host, to, &ids, highest, token),
            Effect::Committed { stream, chunk } => {
                if let Some(stream) = self.streams.id(&stream) {
                    let cause = self.streams.written(stream);
                    self.held.commit(stream, chunk, cause);
                }
            }
            Effect::Truncated { stream, first, .. } => {
                if let Some(stream) = self.streams.id(&stream) {
                    self.truncated(host, stream, first, cause);
                }
            }
            Effect::Forgotten {
                stream,
                offsets,
                sequences,
            } => {
                if let Some(stream) = self.streams.id(&stream) {
                    let cause = self.streams.written(stream);
                    for reference in offsets {
                        host.emit(cause, StreamEvent::OffsetForgotten { stream, reference });
                    }
                    for reference in sequences {
                        host.emit(cause, StreamEvent::SequenceForgotten { stream, reference });
                    }
                }
            }
            Effect::Respond { .. }
            | Effect::Confirm { .. }
            | Effect::PublishError { .. }
            | Effect::Deliver { .. }
            | Effect::MetadataUpdate { .. }
            | Effect::ConsumerUpdate { .. }
            | Effect::CloseConnection { .. }
            | Effect::Attached { .. }
            | Effect::Waiting { .. } => {}
        }
    }

    fn written(
        &mut self,
        host: &mut Host,
        name: &Arc<str>,
        chunk: Arc<Chunk>,
        rolled: bool,
        token: Token,
    ) {
        let Some(stream) = self.streams.id(name) else {
            return;
        };
        let row = host.recorder().keep_chunk(stream, chunk, rolled);
        let event = host.emit(event_of(token), StreamEvent::Written { stream, row });
        self.streams.writer(stream).written = Some(event);
        self.replication.grown(stream);
    }

    fn deduplicated(
        &mut self,
        host: &mut Host,
        to: ConnectionId,
        ids: &[(PublishingId, u64)],
        highest: PublishingId,
        token: Token,
    ) {
        let Some(producer) = self.connections.owner(to) else {
            return;
        };
        for (first_id, count) in ids {
            let what = StreamEvent::Deduplicated {
                producer,
                first_id: *first_id,
                count: *count,
                highest,
            };
            let event = host.emit(event_of(token), what);
            self.processes[producer.index()].deduplicated = Some(event);
        }
    }

    fn truncated(
        &mut self,
        host: &mut Host,
        stream: StreamId,
        first: Offset,
        cause: Option<EventId>,
    ) {
        let arena = host.trace().arenas.stream(stream);
        let log = host.world().stream(stream).log();
        if let Some(row) = log.row_at(arena, first) {
            host.emit(cause, StreamEvent::Truncated { stream, row });
        }
    }

    fn respond(&mut self, host: &mut Host, to: ConnectionId, token: Token, response: &Response) {
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

    fn hold_confirms(
        &mut self,
        host: &Host,
        to: ConnectionId,
        ids: &[(PublishingId, u64)],
        duplicates: bool,
    ) {
        let owner = self.connections.owner(to);
        let apart = owner.is_none_or(|program| host.splits_confirms(program));
        for (first, ids) in ids {
            let confirm = Confirm {
                to,
                first: *first,
                ids: *ids,
                duplicates,
            };
            self.held.confirm(confirm, apart);
        }
    }

    pub(super) fn confirm(&mut self, host: &mut Host, confirm: Confirm) {
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
            first_id: confirm.first,
            ids: confirm.ids,
            count: self.messages(confirm.to, confirm.first, confirm.ids),
            duplicates: confirm.duplicates,
        };
        self.send_to_program(host, confirm.to, message, cause);
    }

    fn deliver(
        &mut self,
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
    fn row_of(&self, host: &Host, stream: StreamId, chunk: &Arc<Chunk>) -> Option<u32> {
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
        &mut self,
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

    /// How many messages these ids of a connection's producer carry.
    fn messages(&mut self, to: ConnectionId, first: PublishingId, ids: u64) -> u64 {
        let program = self.connections.owner(to);
        let producer = program.and_then(|id| self.processes[id.index()].producer());
        producer.map_or(ids, |producer| producer.messages(first, ids))
    }
}

/// The event that a token names.
fn event_of(token: Token) -> Option<EventId> {
    (token != NO_EVENT).then_some(EventId(token.0))
}

/// What the request of this token asked.
fn question(host: &Host, token: Token) -> Option<Question> {
    let arrival = host.trace().get(event_of(token)?)?;
    match &arrival.what {
        What::Arrived {
            message: Message::RabbitMq(StreamMessage::ToBroker(message)),
            ..
        } => ToBroker::question(message),
        _ => None,
    }
}
