//! What comes back to the clients of a replay, and what they send by themselves: credits, answers to
//! updates.

use std::sync::Arc;

use serde_json::json;

use crate::rabbitmq::observe;
use crate::rabbitmq::prelude::{Chunk, ClientFrame, ConnectionId, Effect, Request, SubscriptionId};
use crate::rabbitmq::replay::{Runner, TranscriptClient};

impl Runner<'_> {
    /// Hands effects to the clients; what they send by themselves (credits, answers to updates)
    /// follows.
    pub(crate) fn route(&mut self, effects: Vec<Effect>) {
        // The next reply is the last of the list: what it leads to comes before what else is due.
        let mut due = self.replies(effects);
        while let Some((from, request)) = due.pop() {
            let token = self.token();
            let effects = self.effects_of(from, token, request);
            due.extend(self.replies(effects));
        }
    }

    /// What the clients answer to effects, the first at the end.
    fn replies(&mut self, effects: Vec<Effect>) -> Vec<(ConnectionId, Request)> {
        let mut replies = Vec::new();
        for effect in effects {
            self.deliver(effect, &mut replies);
        }
        replies.reverse();
        replies
    }

    fn client_of(&mut self, id: ConnectionId) -> Option<&mut TranscriptClient> {
        self.clients
            .get_mut(self.names.get(&id)?)
            .filter(|client| client.id == id)
    }

    fn deliver(&mut self, effect: Effect, replies: &mut Vec<(ConnectionId, Request)>) {
        let unshown = self.unshown_deletion;
        let (to, frame) = match effect {
            Effect::ToClient { to, frame } => (to, frame),
            Effect::CloseConnection { to, .. } => {
                if let Some(client) = self.client_of(to) {
                    client.closed = true;
                }
                return;
            }
            Effect::Attached { .. } | Effect::Deduplicated { .. } | Effect::Changed { .. } => {
                return;
            }
        };
        match frame {
            ClientFrame::Response { token, response } => {
                if let Some(client) = self.client_of(to) {
                    client.answers.insert(token, response);
                }
            }
            ClientFrame::Confirm { publisher, ids, .. } => {
                if let Some(client) = self.client_of(to) {
                    client.confirms.push((publisher.0, observe::ids(&ids)));
                }
            }
            ClientFrame::PublishError {
                publisher,
                ids,
                code,
                ..
            } => {
                if let Some(client) = self.client_of(to) {
                    client.errors.push((publisher.0, observe::ids(&ids), code));
                }
            }
            ClientFrame::Deliver {
                subscription,
                chunk,
                ..
            } => replies.extend(self.take(to, subscription, chunk)),
            ClientFrame::MetadataUpdate { stream, code } => {
                let mut event =
                    json!({"ev": "metadata_update", "code": code.name(), "stream": &*stream});
                if unshown {
                    event["unshown"] = json!(true);
                }
                if let Some(client) = self.client_of(to) {
                    client.events.push(event);
                }
            }
            ClientFrame::ConsumerUpdate {
                subscription,
                active,
            } => replies.extend(self.update(to, subscription, active)),
        }
    }

    /// A chunk is kept for the next read; some subscriptions return its credit at once.
    fn take(
        &mut self,
        to: ConnectionId,
        subscription: SubscriptionId,
        chunk: Arc<Chunk>,
    ) -> Option<(ConnectionId, Request)> {
        let client = self.client_of(to)?;
        let subscribed = client.subscriptions.get_mut(&subscription)?;
        subscribed.delivered.push(chunk);
        let credit = Request::Credit {
            subscription,
            credit: 1,
        };
        subscribed.auto_credit.then_some((to, credit))
    }

    /// A consumer update is an event, and is answered as the subscription says.
    fn update(
        &mut self,
        to: ConnectionId,
        subscription: SubscriptionId,
        active: bool,
    ) -> Option<(ConnectionId, Request)> {
        let client = self.client_of(to)?;
        let event = json!({"ev": "consumer_update", "sub": subscription.0, "active": active});
        client.events.push(event);
        let subscribed = client.subscriptions.get(&subscription)?;
        let (answer, stream) = (subscribed.answer.clone()?, subscribed.stream.clone());
        let spec = answer.and_then(|spec| self.resolve(&stream, &spec));
        Some((to, Request::ConsumerUpdateResponse { subscription, spec }))
    }
}
