//! What producers ask: declare, publish, ask for a sequence. Confirms come from the writer.
//!
//! From `rabbit_stream_reader.erl`: the `declare_publisher`, `publish`, `delete_publisher` and
//! `query_publisher_sequence` clauses.

use alloc::sync::Arc;
use alloc::vec::Vec;

use super::connection::Publisher;
use super::effect::{ClientFrame, Effect, IdRun, Response};
use super::mailbox::WriterCommand;
use super::request::{ResponseCode, Token};
use super::server::Broker;
use super::writer::respond;
use crate::family::rabbitmq::log::MessageRun;
use crate::ids::{ConnectionId, PublisherId};
use crate::limits::NAME_BYTES;

impl Broker {
    pub(super) fn declare_publisher(
        &mut self,
        from: ConnectionId,
        id: PublisherId,
        reference: &Arc<str>,
        stream: &str,
    ) -> ResponseCode {
        if reference.len() > NAME_BYTES && self.rules.long_names_refused {
            return ResponseCode::PreconditionFailed;
        }
        let key = self.key(stream);
        let led = key
            .and_then(|key| self.streams.get(&key))
            .map(|s| (s.available, s.startable));
        let reference = Some(reference.clone()).filter(|reference| !reference.is_empty());
        let Some(connection) = self.connections.get_mut(&from) else {
            return ResponseCode::StreamNotAvailable;
        };
        let same_name = |other: &Publisher| {
            reference.is_some() && other.reference == reference && Some(other.stream) == key
        };
        if connection.publishers.contains_key(&id) || connection.publishers.values().any(same_name)
        {
            return ResponseCode::PreconditionFailed;
        }
        let (Some(stream), Some(led)) = (key, led) else {
            return ResponseCode::StreamDoesNotExist;
        };
        match led {
            (true, _) => {
                connection
                    .publishers
                    .insert(id, Publisher { stream, reference });
                ResponseCode::Ok
            }
            (false, true) => ResponseCode::StreamNotAvailable,
            // A name that is too long for a directory is declared for, although nobody leads it.
            (false, false) => ResponseCode::Ok,
        }
    }

    pub(super) fn delete_publisher(
        &mut self,
        from: ConnectionId,
        publisher: PublisherId,
    ) -> ResponseCode {
        let removed = self
            .connections
            .get_mut(&from)
            .and_then(|connection| connection.publishers.remove(&publisher));
        match removed {
            Some(_) => ResponseCode::Ok,
            None => ResponseCode::PublisherDoesNotExist,
        }
    }

    pub(super) fn publish(
        &mut self,
        from: ConnectionId,
        token: Token,
        publisher: PublisherId,
        messages: Vec<MessageRun>,
        out: &mut Vec<Effect>,
    ) {
        if !self.rules.filtering && messages.iter().any(|run| run.filter.is_some()) {
            return self.refuse_connection(from, token, Some(ResponseCode::UnknownFrame), out);
        }
        let declared = self
            .connections
            .get(&from)
            .and_then(|connection| connection.publishers.get(&publisher))
            .cloned();
        let Some(declared) = declared else {
            let frame = ClientFrame::PublishError {
                publisher,
                ids: messages.iter().map(IdRun::of).collect(),
                code: ResponseCode::PublisherDoesNotExist,
                token,
            };
            out.push(Effect::ToClient { to: from, frame });
            return;
        };
        self.take_credits(from, messages.iter().map(MessageRun::entries).sum());
        for run in messages {
            let command = WriterCommand::Publish {
                from,
                publisher,
                reference: declared.reference.clone(),
                run,
                token,
            };
            self.tell(declared.stream, command);
        }
    }

    pub(super) fn query_sequence(
        &mut self,
        from: ConnectionId,
        token: Token,
        reference: Arc<str>,
        stream: &str,
        out: &mut Vec<Effect>,
    ) {
        match self.presence(stream) {
            Ok(key) => {
                let command = WriterCommand::QuerySequence {
                    from,
                    reference,
                    token,
                };
                self.tell(key, command);
            }
            Err(missing) => out.push(respond(from, token, Response::Code(missing))),
        }
    }
}
