//! What the broker does in answer to requests and batches. The caller carries frames over links and keeps the trace.

use alloc::sync::Arc;
use alloc::vec::Vec;

use super::request::{ResponseCode, Token};
use crate::family::rabbitmq::log::Chunk;
use crate::ids::{ConnectionId, Offset, PublisherId, PublishingId, SubscriptionId};

/// A run of publishing ids: the first and how many follow each other.
pub type IdRun = (PublishingId, u64);

/// One effect, in the order in which it happened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Effect {
    /// Frame to a client: the answer to a request.
    Respond {
        /// The connection.
        to: ConnectionId,
        /// The request that it answers.
        token: Token,
        /// The answer.
        response: Response,
    },
    /// Frame to a client: these ids are confirmed. One frame a publisher and chunk.
    Confirm {
        /// The connection.
        to: ConnectionId,
        /// The publisher.
        publisher: PublisherId,
        /// The ids in the order of the frame.
        ids: Vec<IdRun>,
        /// The chunk whose commit released them.
        chunk: Offset,
        /// Whether these were duplicates: confirmed, not stored.
        duplicates: bool,
    },
    /// Frame to a client: these ids were refused.
    PublishError {
        /// The connection.
        to: ConnectionId,
        /// The publisher named by the frame.
        publisher: PublisherId,
        /// The refused ids.
        ids: Vec<IdRun>,
        /// Why.
        code: ResponseCode,
        /// The publish frame.
        token: Token,
    },
    /// Frame to a client: a chunk. Costs one credit.
    Deliver {
        /// The connection.
        to: ConnectionId,
        /// The subscription.
        subscription: SubscriptionId,
        /// The chunk.
        chunk: Arc<Chunk>,
        /// The committed chunk id at this moment.
        committed: Option<Offset>,
    },
    /// Frame to a client: the stream is gone or has no leader; its publishers and subscriptions were dropped.
    MetadataUpdate {
        /// The connection.
        to: ConnectionId,
        /// The stream.
        stream: Arc<str>,
        /// `StreamNotAvailable` (also for a deleted stream, as recorded).
        code: ResponseCode,
    },
    /// Frame to a client: its subscription became active or passive.
    ConsumerUpdate {
        /// The connection.
        to: ConnectionId,
        /// The subscription.
        subscription: SubscriptionId,
        /// Whether it is to be active.
        active: bool,
    },
    /// The broker closes the connection (a request it cannot make sense of).
    CloseConnection {
        /// The connection.
        to: ConnectionId,
        /// The offending request.
        token: Token,
    },
    /// A subscription was attached: its spec resolved to this offset in the log.
    Attached {
        /// The connection.
        to: ConnectionId,
        /// The subscription.
        subscription: SubscriptionId,
        /// The next offset that its reader will look at.
        at: Offset,
    },
    /// A reader waits at the tail: it registered with the writer, which cost the writer a command.
    Waiting {
        /// The connection.
        to: ConnectionId,
        /// The subscription.
        subscription: SubscriptionId,
    },
    /// A chunk was written to the leader's log.
    Written {
        /// The stream.
        stream: Arc<str>,
        /// The chunk.
        chunk: Arc<Chunk>,
        /// Whether it opened a new segment.
        rolled: bool,
        /// The first command of the batch that put something into it.
        token: Token,
    },
    /// The writer took a stored offset into its memory (queries see it from now on).
    Stored {
        /// The stream.
        stream: Arc<str>,
        /// The consumer reference.
        reference: Arc<str>,
        /// The offset.
        offset: u64,
        /// The store frame.
        token: Token,
    },
    /// Messages were recognised as duplicates and not written.
    Deduplicated {
        /// The connection.
        to: ConnectionId,
        /// The publisher.
        publisher: PublisherId,
        /// Their ids.
        ids: Vec<IdRun>,
        /// The highest id that the broker holds for the reference.
        highest: PublishingId,
        /// The publish frame.
        token: Token,
    },
    /// The committed chunk id moved.
    Committed {
        /// The stream.
        stream: Arc<str>,
        /// The last committed chunk.
        chunk: Offset,
    },
    /// Retention deleted whole segments.
    Truncated {
        /// The stream.
        stream: Arc<str>,
        /// Segments deleted.
        segments: u32,
        /// Chunks of all kinds in them.
        chunks: u64,
        /// The stream's first offset from now on: the first chunk of the oldest segment.
        first: Offset,
    },
    /// A snapshot dropped tracking: stored offsets below the first, or sequences beyond 255.
    Forgotten {
        /// The stream.
        stream: Arc<str>,
        /// Consumer references whose stored offset is gone.
        offsets: Vec<Arc<str>>,
        /// Producer references whose sequence is gone.
        sequences: Vec<Arc<str>>,
    },
}

/// An answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Response {
    /// Only a code.
    Code(ResponseCode),
    /// To a query for a stored offset that exists.
    StoredOffset(u64),
    /// To a query for a publisher's sequence; 0 also when the reference is unknown.
    Sequence(u64),
    /// To a metadata request: the stream's leader is there.
    Metadata {
        /// `Ok`, `StreamDoesNotExist` or `StreamNotAvailable`.
        code: ResponseCode,
    },
    /// To a stream-stats request.
    Stats {
        /// First chunk id, `None` when there is none (-1 on the wire).
        first_chunk: Option<Offset>,
        /// Last chunk id written.
        last_chunk: Option<Offset>,
        /// Last chunk id committed.
        committed_chunk: Option<Offset>,
        /// Last committed offset; only brokers from 4.3 give it.
        committed_offset: Option<Offset>,
    },
}
