//! What the broker does becomes events, and things to be done.
//! Decides nothing that the broker decides.

use alloc::vec::Vec;

use super::{Driver, Own};
use crate::engine::Host;
use crate::family::Message;
use crate::family::rabbitmq::broker::{Change, Effect, Token};
use crate::family::rabbitmq::event::StreamEvent;
use crate::family::rabbitmq::message::shown;
use crate::ids::{EventId, LogId};
use crate::trace::event::Disconnection;

/// The token of what no event led to.
pub(super) const NO_EVENT: Token = Token(u32::MAX);

impl Driver {
    /// One effect of the broker. `cause` is what it was doing when no token says.
    pub(super) fn effect(&mut self, host: &mut Host, effect: Effect, cause: Option<EventId>) {
        match effect {
            Effect::ToClient { to, frame } => self.frame(host, to, frame, cause),
            Effect::CloseConnection { to, token, code } => {
                let cause = event_of(token);
                let event = cause.and_then(|event| host.trace().get(event));
                let why = Disconnection::HungUp {
                    request: event
                        .and_then(|event| event.what.message())
                        .map_or("request", Message::word),
                    code: code.map(shown),
                };
                self.disconnect(host, to, cause, why);
            }
            Effect::Attached { to, at, .. } => {
                if let Some(consumer) = self.connections.owner(to) {
                    host.emit(cause, StreamEvent::Attached { consumer, at });
                }
            }
            Effect::Deduplicated {
                to,
                ids,
                highest,
                token,
                ..
            } => {
                let Some(producer) = self.connections.owner(to) else {
                    return;
                };
                let what = StreamEvent::Deduplicated {
                    producer,
                    first_id: ids.first,
                    count: ids.ids,
                    highest,
                };
                let event = host.emit(event_of(token), what);
                self.processes[producer.index()].deduplicated = Some(event);
            }
            Effect::Changed { stream, change } => {
                if let Some(stream) = self.streams.id(&stream) {
                    self.changed(host, stream, change, cause);
                }
            }
        }
    }

    /// A stream's log changed, or what its writer remembers.
    fn changed(&mut self, host: &mut Host, stream: LogId, change: Change, cause: Option<EventId>) {
        match change {
            Change::Written {
                chunk,
                rolled,
                token,
            } => {
                // The first chunk of a stream opens a segment without being told.
                let opens = rolled || host.world().stream(stream).log().rows.is_empty();
                let arena = host.recorder().arenas().stream_mut(stream);
                let row = arena.push(chunk, opens);
                let event = host.emit(event_of(token), StreamEvent::Written { stream, row });
                self.streams.writer(stream).written = Some(event);
                self.replication.grown(stream);
            }
            Change::Stored {
                reference,
                offset,
                token,
            } => {
                let what = StreamEvent::Stored {
                    stream,
                    reference,
                    offset,
                };
                host.emit(event_of(token), what);
            }
            Change::Committed { chunk } => {
                let cause = self.streams.written(stream);
                self.held.commit(stream, chunk, cause);
            }
            Change::Truncated { first, .. } => {
                let arena = host.trace().arenas.stream(stream);
                let log = host.world().stream(stream).log();
                if let Some(row) = log.row_at(arena, first) {
                    host.emit(cause, StreamEvent::Truncated { stream, row });
                }
            }
            Change::Forgotten { offsets, sequences } => {
                let cause = self.streams.written(stream);
                for reference in offsets {
                    host.emit(cause, StreamEvent::OffsetForgotten { stream, reference });
                }
                for reference in sequences {
                    host.emit(cause, StreamEvent::SequenceForgotten { stream, reference });
                }
            }
        }
    }
}

/// The event that a token names.
pub(super) fn event_of(token: Token) -> Option<EventId> {
    (token != NO_EVENT).then_some(EventId(token.0))
}

/// Effects of the broker come about behind everything that is to be done already.
pub(super) fn then_effects(host: &mut Host, effects: Vec<Effect>, cause: Option<EventId>) {
    for effect in effects {
        host.then(Own::Effect(effect, cause));
    }
}

/// Effects of the broker come about before everything that is to be done already.
pub(super) fn first_effects(host: &mut Host, effects: Vec<Effect>, cause: Option<EventId>) {
    for effect in effects.into_iter().rev() {
        host.first(Own::Effect(effect, cause));
    }
}
