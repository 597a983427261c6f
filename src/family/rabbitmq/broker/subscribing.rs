//! What consumers ask: subscribe, credit, unsubscribe, answer an update; and who is sent chunks when.
//!
//! From `rabbit_stream_reader.erl`: the `subscribe`, `credit`, `unsubscribe` clauses,
//! `maybe_dispatch_on_subscription`, the `osiris_offset` event; `rabbit_stream_sac_coordinator.erl`.

use alloc::sync::Arc;
use alloc::vec::Vec;

use super::effect::{ClientFrame, Effect, Response};
use super::mailbox::WriterCommand;
use super::reader::{ReaderState, Subscription, Turn};
use super::request::{Properties, ResponseCode, SingleActive, Token};
use super::server::Broker;
use super::writer::respond;
use crate::family::rabbitmq::log::OffsetSpec;
use crate::ids::{ConnectionId, SubscriptionId};
use crate::limits::NAME_BYTES;

/// What a subscribe asks for: id, stream, spec, credit, properties.
pub(super) type Asked<'a> = (SubscriptionId, &'a str, OffsetSpec, u16, &'a Properties);

impl Broker {
    pub(super) fn subscribe(
        &mut self,
        from: ConnectionId,
        token: Token,
        (id, stream, spec, credit, properties): Asked<'_>,
        out: &mut Vec<Effect>,
    ) {
        let answer = |code| respond(from, token, Response::Code(code));
        let checked = self.presence(stream).and_then(|key| {
            if self.subscription(from, id).is_some() {
                return Err(ResponseCode::SubscriptionIdAlreadyExists);
            }
            self.check_properties(properties).map(|()| key)
        });
        let key = match checked {
            Ok(key) => key,
            Err(refused) => return out.push(answer(refused)),
        };
        let mut subscription = Subscription::new(key, spec, credit, properties, &self.rules);
        let Some(stream) = self.streams.get_mut(&key) else {
            return;
        };
        let single = self.rules.single_active && properties.single_active == SingleActive::On;
        if let Some(group) = properties.name.clone().filter(|_| single) {
            let members = stream.groups.get_or_insert(group.clone(), Vec::new());
            members.push((from, id));
            let alone = members.len() == 1;
            subscription.group = Some(group);
            self.insert(from, id, subscription);
            out.push(answer(ResponseCode::Ok));
            if alone {
                self.activate(from, id, out);
            }
            return;
        }
        let at = subscription.attach(&stream.log, spec);
        self.insert(from, id, subscription);
        out.push(answer(ResponseCode::Ok));
        out.push(Effect::Attached {
            to: from,
            subscription: id,
            at,
        });
        self.send_chunks(from, id, out);
    }

    fn check_properties(&self, properties: &Properties) -> Result<(), ResponseCode> {
        let name = properties.name.as_deref().unwrap_or_default();
        let single = self.rules.single_active && properties.single_active == SingleActive::On;
        let long = self.rules.long_names_refused && name.len() > NAME_BYTES;
        // An empty name is a name (recorded).
        if long || single && properties.name.is_none() {
            return Err(ResponseCode::PreconditionFailed);
        }
        Ok(())
    }

    fn insert(&mut self, from: ConnectionId, id: SubscriptionId, subscription: Subscription) {
        if let Some(connection) = self.connections.get_mut(&from) {
            connection.subscriptions.insert(id, subscription);
        }
    }

    fn subscription_mut(
        &mut self,
        from: ConnectionId,
        id: SubscriptionId,
    ) -> Option<&mut Subscription> {
        self.connections.get_mut(&from)?.subscriptions.get_mut(&id)
    }

    /// Tells a member of a group that it is the active one; it answers with where to start.
    fn activate(&mut self, to: ConnectionId, subscription: SubscriptionId, out: &mut Vec<Effect>) {
        if let Some(member) = self.subscription_mut(to, subscription) {
            member.reading = ReaderState::Asked;
            let frame = ClientFrame::ConsumerUpdate {
                subscription,
                active: true,
            };
            out.push(Effect::ToClient { to, frame });
        }
    }

    pub(super) fn consumer_update_response(
        &mut self,
        from: ConnectionId,
        id: SubscriptionId,
        spec: Option<OffsetSpec>,
        out: &mut Vec<Effect>,
    ) {
        let (connections, streams) = (&mut self.connections, &self.streams);
        let asked = connections
            .get_mut(&from)
            .and_then(|connection| connection.subscriptions.get_mut(&id))
            .filter(|subscription| matches!(subscription.reading, ReaderState::Asked));
        let Some(subscription) = asked else {
            return;
        };
        let Some(stream) = streams.get(&subscription.stream) else {
            return;
        };
        let at = subscription.attach(&stream.log, spec.unwrap_or(subscription.spec));
        out.push(Effect::Attached {
            to: from,
            subscription: id,
            at,
        });
        self.send_chunks(from, id, out);
    }

    pub(super) fn credit(
        &mut self,
        from: ConnectionId,
        token: Token,
        id: SubscriptionId,
        credit: u16,
        out: &mut Vec<Effect>,
    ) {
        let Some(subscription) = self.subscription_mut(from, id) else {
            let code = ResponseCode::SubscriptionIdDoesNotExist;
            return out.push(respond(from, token, Response::Code(code)));
        };
        // The frame's 16 bits are read as a signed number (recorded: 65,535 takes one away).
        let granted = i64::from(credit.cast_signed());
        subscription.credit = subscription.credit.saturating_add(granted);
        match subscription.reading {
            ReaderState::Attached(_) => self.send_chunks(from, id, out),
            ReaderState::Standby | ReaderState::Asked => {
                let code = ResponseCode::PreconditionFailed;
                out.push(respond(from, token, Response::Code(code)));
            }
        }
    }

    pub(super) fn unsubscribe(
        &mut self,
        from: ConnectionId,
        token: Token,
        id: SubscriptionId,
        out: &mut Vec<Effect>,
    ) {
        let removed = self
            .connections
            .get_mut(&from)
            .and_then(|connection| connection.subscriptions.remove(&id));
        let code = match &removed {
            Some(_) => ResponseCode::Ok,
            None => ResponseCode::SubscriptionIdDoesNotExist,
        };
        out.push(respond(from, token, Response::Code(code)));
        if let Some(subscription) = removed {
            self.leave_group(from, id, &subscription, out);
        }
    }

    /// A member of a single-active group is gone; if it was the active one, the next takes over.
    pub(super) fn leave_group(
        &mut self,
        from: ConnectionId,
        id: SubscriptionId,
        subscription: &Subscription,
        out: &mut Vec<Effect>,
    ) {
        let Some(group) = &subscription.group else {
            return;
        };
        let Some(stream) = self.streams.get_mut(&subscription.stream) else {
            return;
        };
        let Some(members) = stream.groups.get_mut(group) else {
            return;
        };
        let was_active = members.first() == Some(&(from, id));
        members.retain(|member| *member != (from, id));
        match members.first().copied() {
            Some((next, id)) if was_active => self.activate(next, id, out),
            Some(_) => {}
            None => {
                stream.groups.remove(group);
            }
        }
    }

    /// Readers woken by a commit send what they may. At the end of what is committed they wait
    /// again, which is a command in the mailbox.
    pub fn dispatch(&mut self, stream: &str, out: &mut Vec<Effect>) {
        let Some(key) = self.key(stream) else {
            return;
        };
        let Some(stream) = self.streams.get_mut(&key) else {
            return;
        };
        // The wake-up goes to a connection: all its subscriptions to the stream take a turn.
        for from in core::mem::take(&mut stream.awake) {
            let Some(connection) = self.connections.get(&from) else {
                continue;
            };
            let subscriptions: Vec<SubscriptionId> = connection
                .subscriptions
                .iter()
                .filter(|(_, subscription)| subscription.stream == key)
                .map(|(id, _)| *id)
                .collect();
            for id in subscriptions {
                self.send_chunks(from, id, out);
            }
        }
    }

    /// One turn of a subscription: begun only above half of its window, it sends until its credit
    /// or the committed chunks run out.
    fn send_chunks(&mut self, to: ConnectionId, id: SubscriptionId, out: &mut Vec<Effect>) {
        let subscription = self
            .connections
            .get_mut(&to)
            .and_then(|connection| connection.subscriptions.get_mut(&id))
            .filter(|subscription| subscription.may_begin());
        let Some(subscription) = subscription else {
            return;
        };
        let key = subscription.stream;
        let Some(stream) = self.streams.get(&key) else {
            return;
        };
        loop {
            match subscription.step(&stream.log, stream.committed) {
                Turn::Deliver(chunk) => {
                    let frame = ClientFrame::Deliver {
                        subscription: id,
                        chunk: Arc::clone(&chunk),
                        committed: stream.committed,
                    };
                    out.push(Effect::ToClient { to, frame });
                }
                Turn::Wait(offset) => {
                    return self.tell(key, WriterCommand::Wait { from: to, offset });
                }
                Turn::Rest => return,
            }
        }
    }
}
