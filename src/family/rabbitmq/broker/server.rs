//! The broker: connections, streams, and which of them a request is for. Sans-IO: requests in,
//! effects out; the caller carries frames and decides when a writer works.
//!
//! From `rabbit_stream_reader.erl`: `handle_frame_post_auth`,
//! `clean_state_after_stream_deletion_or_failure`, `should_unblock`; `rabbit_stream_manager.erl`;
//! `rabbit_stream_utils.erl`: `enforce_correct_name`.

use alloc::sync::Arc;
use alloc::vec::Vec;

use super::connection::Connection;
use super::effect::{ClientFrame, Effect, Response};
use super::reader::Subscription;
use super::request::{PolicyLimits, Request, ResponseCode, StreamArguments, Token};
use super::writer::{Stream, respond};
use crate::base::{LargeMap, SmallMap, SmallSet};
use crate::family::rabbitmq::rules::Rules;
use crate::ids::{ConnectionId, SubscriptionId};
use crate::units::SimTime;

/// Bytes of the longest stream name whose directory (`__NAME_` and 19 digits) a file system takes;
/// a longer one is created and never gets a leader (recorded on both versions).
const DIRECTORY_NAME_BYTES: usize = 233;

/// A broker of one or more nodes, as its clients see it. Copies are cheap: logs share their chunks.
///
/// Nothing happens by itself; the caller drives it. [`request`](Self::request) takes what arrives, and only queues what is
/// for a writer. While [`pending`](Self::pending) names a stream, [`writer_batch`](Self::writer_batch) lets its writer take a
/// batch, at any size: what it writes may commit and wake readers. Once all that arrived at a moment is written,
/// [`dispatch`](Self::dispatch) lets the woken readers of a stream send, and [`retention`](Self::retention) cuts where a
/// batch rolled a segment or [`housekeeping_due`](Self::housekeeping_due) says so. After a batch that rolled, readers come
/// before retention, so that what it committed is read. Of a cluster, [`replica_fetch`](Self::replica_fetch),
/// [`replica_append`](Self::replica_append) and [`replica_ack`](Self::replica_ack) carry chunks, and
/// [`lose_leader`](Self::lose_leader) comes before [`elect`](Self::elect).
#[derive(Clone, Debug)]
pub struct Broker {
    pub(super) rules: Rules,
    pub(super) nodes: u8,
    pub(super) streams: SmallMap<u32, Stream>,
    /// A tree: programs come and go in any number.
    pub(super) connections: LargeMap<ConnectionId, Connection>,
    /// Streams whose writer has commands waiting.
    pub(super) waiting: SmallSet<u32>,
    /// When the hourly evaluations of streams are due.
    pub(super) evaluations: SmallSet<(SimTime, u32)>,
    names: SmallMap<Arc<str>, u32>,
    /// By the name of a stream, whether there is one or not.
    pub(super) policies: SmallMap<Arc<str>, PolicyLimits>,
    created: u32,
}

impl Broker {
    /// A broker without streams. `nodes` counts from 1.
    #[must_use]
    pub fn new(rules: Rules, nodes: u8) -> Self {
        Self {
            rules,
            nodes: nodes.max(1),
            streams: SmallMap::new(),
            connections: LargeMap::new(),
            waiting: SmallSet::new(),
            evaluations: SmallSet::new(),
            names: SmallMap::new(),
            policies: SmallMap::new(),
            created: 0,
        }
    }

    /// The rules that it follows.
    #[must_use]
    pub const fn rules(&self) -> &Rules {
        &self.rules
    }

    /// A frame arrived. Answers, deliveries and refusals come as effects; what is for a writer only
    /// queues in that stream's mailbox. A connection exists from its first request to its close.
    pub fn request(
        &mut self,
        from: ConnectionId,
        token: Token,
        request: Request,
        out: &mut Vec<Effect>,
    ) {
        if request == Request::Close && !self.connections.contains_key(&from) {
            return;
        }
        match self.connections.get_mut(&from) {
            // The end of a connection, too, is only seen behind what was sent before it.
            Some(connection) if connection.blocked => {
                connection.unread.push_back((token, request));
                return;
            }
            Some(_) => {}
            None => {
                self.connections.insert(from, Connection::default());
            }
        }
        self.handle(from, token, request, out);
    }

    pub(super) fn handle(
        &mut self,
        from: ConnectionId,
        token: Token,
        request: Request,
        out: &mut Vec<Effect>,
    ) {
        let code = match request {
            Request::Create { stream, arguments } => self.create(stream, arguments),
            Request::Delete { stream } => {
                return self.delete(from, token, &stream, out);
            }
            Request::DeclarePublisher {
                publisher,
                reference,
                stream,
            } => self.declare_publisher(from, publisher, &reference, &stream),
            Request::DeletePublisher { publisher } => self.delete_publisher(from, publisher),
            Request::Publish {
                publisher,
                messages,
            } => return self.publish(from, token, publisher, messages, out),
            Request::QueryPublisherSequence { reference, stream } => {
                return self.query_sequence(from, token, reference, &stream, out);
            }
            Request::Subscribe {
                subscription,
                stream,
                spec,
                credit,
                properties,
            } => {
                let asked = (subscription, &*stream, spec, credit, &properties);
                return self.subscribe(from, token, asked, out);
            }
            Request::Credit {
                subscription,
                credit,
            } => return self.credit(from, token, subscription, credit, out),
            Request::Unsubscribe { subscription } => {
                return self.unsubscribe(from, token, subscription, out);
            }
            Request::StoreOffset {
                reference,
                stream,
                offset,
            } => return self.store_offset(from, token, (reference, &stream, offset), out),
            Request::QueryOffset { reference, stream } => {
                return self.query_offset(from, token, reference, &stream, out);
            }
            Request::Metadata { stream } => {
                // A stream whose leader never started is listed all the same.
                let code = match self.presence(&stream) {
                    Err(missing) if self.stream(&stream).is_none_or(|s| s.startable) => missing,
                    Ok(_) | Err(_) => ResponseCode::Ok,
                };
                out.push(respond(from, token, Response::Metadata { code }));
                return;
            }
            Request::StreamStats { stream } => {
                return self.stream_stats(from, token, &stream, out);
            }
            Request::ConsumerUpdateResponse { subscription, spec } => {
                return self.consumer_update_response(from, subscription, spec, out);
            }
            Request::Close => return self.close(from, out),
        };
        out.push(respond(from, token, Response::Code(code)));
    }

    /// Line breaks are dropped from the name before anything is looked at, here only: who asks for the
    /// name as it was written asks for another stream (`rabbit_stream_utils.erl:enforce_correct_name`).
    fn create(&mut self, name: Arc<str>, arguments: StreamArguments) -> ResponseCode {
        let name = without_line_breaks(name);
        let reserved = name.is_empty() || name.starts_with("amq.");
        let filter_fits = arguments.filter_size.is_none_or(|bytes| bytes >= 16);
        if reserved || !filter_fits {
            return ResponseCode::PreconditionFailed;
        }
        if let Some(stream) = self.stream(&name) {
            return if stream.arguments == arguments {
                ResponseCode::StreamAlreadyExists
            } else {
                ResponseCode::PreconditionFailed
            };
        }
        let startable = name.len() <= DIRECTORY_NAME_BYTES;
        let key = self.created;
        self.created += 1;
        self.names.insert(name.clone(), key);
        let policy = self.policies.get(&name).copied();
        let mut stream = Stream::new(name, arguments, startable, self.nodes);
        stream.keep_to(policy);
        self.streams.insert(key, stream);
        ResponseCode::Ok
    }

    fn delete(&mut self, from: ConnectionId, token: Token, name: &str, out: &mut Vec<Effect>) {
        let Some(key) = self.names.remove(name) else {
            let code = Response::Code(ResponseCode::StreamDoesNotExist);
            out.push(respond(from, token, code));
            return;
        };
        out.push(respond(from, token, Response::Code(ResponseCode::Ok)));
        self.waiting.remove(&key);
        if let Some(stream) = self.streams.remove(&key) {
            let due = stream.next_evaluation;
            due.map(|at| self.evaluations.remove(&(at, key)));
            self.drop_users_of(key, &stream.name, out);
        }
    }

    /// The stream is gone or has no leader: whoever uses it is told once, and its publishers and
    /// subscriptions are no longer.
    pub(super) fn drop_users_of(&mut self, key: u32, name: &Arc<str>, out: &mut Vec<Effect>) {
        for (to, connection) in self.connections.iter_mut() {
            let before = connection.publishers.len() + connection.subscriptions.len();
            connection.publishers.retain(|_, p| p.stream != key);
            connection.subscriptions.retain(|_, s| s.stream != key);
            if connection.publishers.len() + connection.subscriptions.len() < before {
                let frame = ClientFrame::MetadataUpdate {
                    stream: name.clone(),
                    code: ResponseCode::StreamNotAvailable,
                };
                out.push(Effect::ToClient { to: *to, frame });
            }
        }
    }

    /// What is still on a socket that is not read is lost with it; what a writer has stays with it.
    fn close(&mut self, from: ConnectionId, out: &mut Vec<Effect>) {
        if let Some(connection) = self.connections.remove(&from) {
            for (id, subscription) in connection.subscriptions {
                self.leave_group(from, id, &subscription, out);
            }
        }
    }

    /// The broker cannot make sense of a frame and closes the connection; with a code it says so before.
    pub(super) fn refuse_connection(
        &mut self,
        to: ConnectionId,
        token: Token,
        code: Option<ResponseCode>,
        out: &mut Vec<Effect>,
    ) {
        out.push(Effect::CloseConnection { to, token, code });
        self.close(to, out);
    }

    /// A stream's key, if it is there and has a leader; else the code that says what is missing.
    pub(super) fn presence(&self, name: &str) -> Result<u32, ResponseCode> {
        let key = self.key(name).ok_or(ResponseCode::StreamDoesNotExist)?;
        match self.streams.get(&key) {
            Some(stream) if stream.available => Ok(key),
            Some(_) | None => Err(ResponseCode::StreamNotAvailable),
        }
    }

    pub(super) fn key(&self, name: &str) -> Option<u32> {
        self.names.get(name).copied()
    }

    /// A stream's state.
    #[must_use]
    pub fn stream(&self, name: &str) -> Option<&Stream> {
        self.streams.get(self.names.get(name)?)
    }

    /// All streams, in the order of their creation.
    pub fn streams(&self) -> impl Iterator<Item = &Stream> {
        self.streams.values()
    }

    /// A subscription of a connection.
    #[must_use]
    pub fn subscription(
        &self,
        connection: ConnectionId,
        subscription: SubscriptionId,
    ) -> Option<&Subscription> {
        self.connections
            .get(&connection)?
            .subscriptions
            .get(&subscription)
    }

    /// Whether a connection's socket is not read at present, for too much of its is unconfirmed.
    #[must_use]
    pub fn is_blocked(&self, connection: ConnectionId) -> bool {
        self.connections
            .get(&connection)
            .is_some_and(|connection| connection.blocked)
    }
}

fn without_line_breaks(name: Arc<str>) -> Arc<str> {
    if name.contains(['\n', '\r']) {
        name.replace(['\n', '\r'], "").into()
    } else {
        name
    }
}
