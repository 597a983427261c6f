//! The broker's side of the world: its effects become events and frames, its writers work, its readers read.
//! Decides nothing that the broker decides.

use alloc::sync::Arc;
use alloc::vec::Vec;

use super::queue::{Down, Item};
use super::sim::{Confirm, Sim, Task};
use crate::family::rabbitmq::broker::{Effect, Response, ResponseCode, Token};
use crate::family::rabbitmq::client::Asked;
use crate::family::rabbitmq::log::Chunk;
use crate::ids::{ConnectionId, EventId, Offset, PublishingId, StreamId};
use crate::trace::Frame;
use crate::trace::event::What;

/// The token of what no event led to.
pub(super) const NO_EVENT: Token = Token(u32::MAX);
/// The connection of the script itself.
pub(super) const SCRIPT: ConnectionId = ConnectionId(0);

impl Sim {
    /// The event that a token names.
    fn event_of(token: Token) -> Option<EventId> {
        (token != NO_EVENT).then_some(EventId(token.0))
    }

    pub(super) fn later(&mut self, effects: Vec<Effect>, cause: Option<EventId>) {
        let tasks = effects
            .into_iter()
            .map(|effect| Task::Effect(effect, cause));
        self.tasks.extend(tasks);
    }

    /// The same, before everything that is to be done already.
    fn sooner(&mut self, effects: Vec<Effect>, cause: Option<EventId>) {
        for effect in effects.into_iter().rev() {
            self.tasks.push_front(Task::Effect(effect, cause));
        }
    }

    /// The next writer with a mailbox takes one batch; false when all mailboxes are empty.
    pub(super) fn write(&mut self) -> bool {
        let Some(name) = self.broker.pending().next() else {
            return false;
        };
        let Some(&stream) = self.names.get(&name) else {
            return false;
        };
        let mut effects = Vec::new();
        let cap = self.streams[stream.index()].cap.get();
        let taken = self.broker.writer_batch(self.now, &name, cap, &mut effects);
        self.streams[stream.index()].cap.after(taken);
        let rolled = effects
            .iter()
            .any(|e| matches!(e, Effect::Written { rolled: true, .. }));
        self.later(effects, None);
        if rolled {
            // Readers are as fast as retention, which runs once the whole batch is written.
            self.tasks
                .extend([Task::Flush, Task::Dispatch(stream), Task::Retain(stream)]);
        }
        true
    }

    pub(super) fn flush(&mut self) {
        let confirms = core::mem::take(&mut self.confirms);
        for confirm in confirms.into_iter().rev() {
            self.tasks.push_front(Task::Confirm(confirm));
        }
        let committed = core::mem::take(&mut self.committed);
        for (stream, (chunk, cause)) in committed.into_iter().rev() {
            self.woken.insert(stream);
            self.tasks.push_front(Task::Commit(stream, chunk, cause));
        }
    }

    pub(super) fn dispatch(&mut self, stream: StreamId) {
        self.woken.remove(&stream);
        let mut effects = Vec::new();
        let name = self.stream_name(stream);
        self.broker.dispatch(self.now, &name, &mut effects);
        self.sooner(effects, self.streams[stream.index()].commit);
    }

    pub(super) fn retain(&mut self, stream: StreamId) {
        let mut effects = Vec::new();
        let name = self.stream_name(stream);
        self.broker.retention(self.now, &name, &mut effects);
        self.sooner(effects, self.streams[stream.index()].written);
    }

    /// One effect of the broker. `cause` is what it was doing when no token says.
    pub(super) fn effect(&mut self, effect: Effect, cause: Option<EventId>) {
        match effect {
            Effect::Respond {
                to,
                token,
                response,
            } => self.respond(to, token, &response),
            Effect::Confirm {
                to,
                ids,
                duplicates,
                ..
            } => self.hold_confirms(to, &ids, duplicates),
            Effect::PublishError {
                to,
                ids,
                code,
                token,
                ..
            } => {
                for (first_id, ids) in ids {
                    let count = self.messages(to, first_id, ids);
                    let frame = Frame::PublishError {
                        first_id,
                        ids,
                        count,
                        code,
                    };
                    self.send_down(to, frame, None, Self::event_of(token));
                }
            }
            Effect::Deliver { to, chunk, .. } => self.deliver(to, &chunk, cause),
            Effect::MetadataUpdate { to, code, .. } => {
                self.send_down(to, Frame::MetadataUpdate { code }, None, cause);
            }
            Effect::ConsumerUpdate { to, active, .. } => {
                self.send_down(to, Frame::ConsumerUpdate { active }, None, cause);
            }
            Effect::CloseConnection { to, token } => {
                self.disconnect(to, Self::event_of(token), true);
            }
            Effect::Attached { to, at, .. } => {
                if let Some(consumer) = self.actor_of(to) {
                    self.emit(cause, What::Attached { consumer, at });
                }
            }
            Effect::Waiting { .. } => {}
            Effect::Written { .. }
            | Effect::Stored { .. }
            | Effect::Deduplicated { .. }
            | Effect::Committed { .. }
            | Effect::Truncated { .. }
            | Effect::Forgotten { .. } => self.log_effect(effect, cause),
        }
    }

    /// An effect on a log or on what a writer remembers.
    fn log_effect(&mut self, effect: Effect, cause: Option<EventId>) {
        match effect {
            Effect::Written {
                stream,
                chunk,
                rolled,
                token,
            } => self.written(&stream, chunk, rolled, token),
            Effect::Stored {
                stream,
                reference,
                offset,
                token,
            } => {
                if let Some(&stream) = self.names.get(&stream) {
                    let what = What::Stored {
                        stream,
                        reference,
                        offset,
                    };
                    self.emit(Self::event_of(token), what);
                }
            }
            Effect::Deduplicated {
                to,
                ids,
                highest,
                token,
                ..
            } => self.deduplicated(to, &ids, highest, token),
            Effect::Committed { stream, chunk } => {
                if let Some(&stream) = self.names.get(&stream) {
                    let cause = self.streams[stream.index()].written;
                    self.committed.insert(stream, (chunk, cause));
                }
            }
            Effect::Truncated { stream, first, .. } => {
                if let Some(&stream) = self.names.get(&stream) {
                    self.truncated(stream, first, cause);
                }
            }
            Effect::Forgotten {
                stream,
                offsets,
                sequences,
            } => {
                if let Some(&stream) = self.names.get(&stream) {
                    let cause = self.streams[stream.index()].written;
                    for reference in offsets {
                        self.emit(cause, What::OffsetForgotten { stream, reference });
                    }
                    for reference in sequences {
                        self.emit(cause, What::SequenceForgotten { stream, reference });
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

    fn written(&mut self, name: &Arc<str>, chunk: Arc<Chunk>, rolled: bool, token: Token) {
        let Some(&stream) = self.names.get(name) else {
            return;
        };
        let row = self.timeline.recorder().keep_chunk(stream, chunk, rolled);
        let event = self.emit(Self::event_of(token), What::Written { stream, row });
        self.streams[stream.index()].written = Some(event);
        self.grown.insert(stream);
    }

    fn deduplicated(
        &mut self,
        to: ConnectionId,
        ids: &[(PublishingId, u64)],
        highest: PublishingId,
        token: Token,
    ) {
        let Some(producer) = self.actor_of(to) else {
            return;
        };
        for (first_id, count) in ids {
            let what = What::Deduplicated {
                producer,
                first_id: *first_id,
                count: *count,
                highest,
            };
            let event = self.emit(Self::event_of(token), what);
            self.actors[producer.index()].deduplicated = Some(event);
        }
    }

    fn truncated(&mut self, stream: StreamId, first: Offset, cause: Option<EventId>) {
        let arena = self.timeline.trace().arenas.stream(stream);
        let log = self.timeline.end().stream(stream).log();
        if let Some(row) = log.row_at(arena, first) {
            self.emit(cause, What::Truncated { stream, row });
        }
    }

    fn respond(&mut self, to: ConnectionId, token: Token, response: &Response) {
        let asked = self.asked.remove(&token.0).unwrap_or(Asked::Credit);
        let frame = match response {
            Response::Code(ResponseCode::NoOffset) => Frame::StoredOffset { offset: None },
            Response::Code(code) | Response::Metadata { code } => Frame::Code(*code),
            Response::StoredOffset(offset) => Frame::StoredOffset {
                offset: Some(*offset),
            },
            Response::Sequence(id) => Frame::Sequence { id: *id },
            Response::Stats { .. } => return,
        };
        self.send_down(to, frame, Some(asked), Self::event_of(token));
    }

    /// Confirms of one instant leave together: one frame where ids follow each other.
    fn hold_confirms(&mut self, to: ConnectionId, ids: &[(PublishingId, u64)], duplicates: bool) {
        let apart = self
            .actor_of(to)
            .is_none_or(|a| self.actors[a.index()].link.splits_confirms());
        for (first, ids) in ids {
            let last = self.confirms.iter_mut().rev().find(|c| c.to == to);
            match last {
                Some(last)
                    if !apart
                        && last.duplicates == duplicates
                        && last.first.0.checked_add(last.ids) == Some(first.0) =>
                {
                    last.ids += ids;
                }
                Some(_) | None => self.confirms.push(Confirm {
                    to,
                    first: *first,
                    ids: *ids,
                    duplicates,
                }),
            }
        }
    }

    pub(super) fn confirm(&mut self, confirm: Confirm) {
        let Some(actor) = self.actor_of(confirm.to) else {
            return;
        };
        let actor = &self.actors[actor.index()];
        let cause = if confirm.duplicates {
            actor.deduplicated
        } else {
            self.streams[actor.stream.index()].commit
        };
        let frame = Frame::Confirm {
            first_id: confirm.first,
            ids: confirm.ids,
            count: self.messages(confirm.to, confirm.first, confirm.ids),
            duplicates: confirm.duplicates,
        };
        self.send_down(confirm.to, frame, None, cause);
    }

    fn deliver(&mut self, to: ConnectionId, chunk: &Arc<Chunk>, cause: Option<EventId>) {
        let Some(actor) = self.actor_of(to) else {
            return;
        };
        let stream = self.actors[actor.index()].stream;
        if let Some(row) = self.row_of(stream, chunk) {
            self.send_down(to, Frame::Deliver { stream, row }, None, cause);
        }
    }

    /// The row of a chunk: ids rise in a stream's arena but where a log was cut or created anew.
    fn row_of(&self, stream: StreamId, chunk: &Arc<Chunk>) -> Option<u32> {
        let rows = &self.timeline.trace().arenas.stream(stream).chunks;
        let live = self.streams[stream.index()].first_row as usize..rows.len();
        let guess = rows.partition_point(live.clone(), |row| row.chunk.id < chunk.id);
        let is_it = |at: &usize| rows.get(*at).is_some_and(|r| Arc::ptr_eq(&r.chunk, chunk));
        let at = Some(guess)
            .filter(is_it)
            .or_else(|| live.rev().find(is_it))?;
        u32::try_from(at).ok()
    }

    /// A frame leaves for a program.
    fn send_down(
        &mut self,
        to: ConnectionId,
        frame: Frame,
        asked: Option<Asked>,
        cause: Option<EventId>,
    ) {
        let Some(actor) = self.actor_of(to) else {
            return;
        };
        let what = What::Sent {
            actor,
            frame: frame.clone(),
        };
        let sent = self.emit(cause, what);
        let link = &mut self.actors[actor.index()].link;
        if let Some(why) = link.fate(&frame) {
            self.tasks.push_front(Task::Lose(actor, frame, why, sent));
            return;
        }
        let at = link.down_at(self.now);
        let down = Down {
            actor,
            connection: to,
            sent,
            frame,
            asked,
        };
        self.queue.push(at, Item::Down(down));
    }

    /// How many messages these ids of a connection's producer carry.
    fn messages(&mut self, to: ConnectionId, first: PublishingId, ids: u64) -> u64 {
        let actor = self.actor_of(to);
        let producer = actor.and_then(|actor| self.actors[actor.index()].producer());
        producer.map_or(ids, |producer| producer.messages(first, ids))
    }
}
