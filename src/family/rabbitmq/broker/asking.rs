//! What consumers and tools ask without reading: store an offset, query one, statistics.
//!
//! From `rabbit_stream_reader.erl`: `store_offset` and the `query_offset`, `stream_stats` clauses.

use alloc::sync::Arc;
use alloc::vec::Vec;

use super::effect::{Effect, Response};
use super::mailbox::WriterCommand;
use super::request::{ResponseCode, Token};
use super::server::Broker;
use super::writer::respond;
use crate::ids::ConnectionId;
use crate::limits::NAME_BYTES;

impl Broker {
    pub(super) fn store_offset(
        &mut self,
        from: ConnectionId,
        token: Token,
        (reference, stream, offset): (Arc<str>, &str, u64),
        out: &mut Vec<Effect>,
    ) {
        if reference.len() > NAME_BYTES {
            // `osiris_writer.erl:write_tracking` takes none, and the connection dies of it.
            if !self.rules.long_stores_ignored && self.presence(stream).is_ok() {
                self.refuse_connection(from, token, None, out);
            }
            return;
        }
        // No answer exists: a store to a stream that is not there vanishes.
        if let Ok(key) = self.presence(stream) {
            let command = WriterCommand::Store {
                reference,
                offset,
                token,
            };
            self.tell(key, command);
        }
    }

    pub(super) fn query_offset(
        &mut self,
        from: ConnectionId,
        token: Token,
        reference: Arc<str>,
        stream: &str,
        out: &mut Vec<Effect>,
    ) {
        let long = reference.len() > NAME_BYTES;
        let code = match self.presence(stream) {
            Ok(_) if long => ResponseCode::NoOffset,
            Ok(key) => {
                let command = WriterCommand::QueryOffset {
                    from,
                    reference,
                    token,
                };
                return self.tell(key, command);
            }
            Err(missing) => missing,
        };
        out.push(respond(from, token, Response::Code(code)));
    }

    pub(super) fn stream_stats(
        &mut self,
        from: ConnectionId,
        token: Token,
        name: &str,
        out: &mut Vec<Effect>,
    ) {
        if !self.rules.stream_stats {
            return self.refuse_connection(from, token, Some(ResponseCode::UnknownFrame), out);
        }
        let committed_offset = self.rules.committed_offset;
        let response = match self.presence(name).map(|key| self.streams.get(&key)) {
            Ok(Some(stream)) => Response::Stats {
                first_chunk: stream.log.first_chunk().map(|chunk| chunk.id),
                last_chunk: stream.log.last_chunk().map(|chunk| chunk.id),
                committed_chunk: stream.committed,
                committed_offset: stream.committed_offset().filter(|_| committed_offset),
            },
            Ok(None) => Response::Code(ResponseCode::StreamDoesNotExist),
            Err(missing) => Response::Code(missing),
        };
        out.push(respond(from, token, response));
    }
}
