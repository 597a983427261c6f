//! What the broker does in answer to requests and batches. The caller carries frames over links and keeps the trace.

use alloc::sync::Arc;
use alloc::vec::Vec;

use super::request::{ResponseCode, Token};
use crate::family::rabbitmq::log::{Chunk, MessageRun};
use crate::ids::{ConnectionId, Offset, PublisherId, PublishingId, SubscriptionId};

/// Publishing ids that follow each other, and the messages that they carry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct IdRun {
    /// The first id.
    pub first: PublishingId,
    /// How many ids, at least 1.
    pub ids: u64,
    /// How many messages: more than ids where sub-entry batches have one id for all of theirs.
    pub messages: u64,
}

impl IdRun {
    /// The ids of a run of messages.
    #[must_use]
    pub fn of(run: &MessageRun) -> Self {
        Self {
            first: run.first_id,
            ids: run.entries(),
            messages: run.count,
        }
    }

    /// Whether `id` is the one behind its last.
    #[must_use]
    pub fn is_followed_by(&self, id: PublishingId) -> bool {
        self.first.0.checked_add(self.ids) == Some(id.0)
    }
}

/// One effect, in the order in which it happened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Effect {
    /// A frame leaves for a client.
    ToClient {
        /// The connection.
        to: ConnectionId,
        /// The frame.
        frame: ClientFrame,
    },
    /// The broker closes the connection (a request it cannot make sense of).
    CloseConnection {
        /// The connection.
        to: ConnectionId,
        /// The offending request.
        token: Token,
        /// What it says before it closes; `None` when the connection just breaks.
        code: Option<ResponseCode>,
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
    /// Messages were recognised as duplicates and not written.
    Deduplicated {
        /// The connection.
        to: ConnectionId,
        /// The publisher.
        publisher: PublisherId,
        /// Their ids.
        ids: IdRun,
        /// The highest id that the broker holds for the reference.
        highest: PublishingId,
        /// The publish frame.
        token: Token,
    },
    /// A stream's log changed, or what its writer remembers.
    Changed {
        /// The stream.
        stream: Arc<str>,
        /// What changed.
        change: Change,
    },
}

/// A frame to a client.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ClientFrame {
    /// The answer to a request.
    Response {
        /// The request that it answers.
        token: Token,
        /// The answer.
        response: Response,
    },
    /// These ids are confirmed. One frame a publisher and chunk.
    Confirm {
        /// The publisher.
        publisher: PublisherId,
        /// The ids in the order of the frame.
        ids: Vec<IdRun>,
        /// The chunk whose commit released them.
        chunk: Offset,
        /// Whether these were duplicates: confirmed, not stored.
        duplicates: bool,
    },
    /// These ids were refused.
    PublishError {
        /// The publisher named by the frame.
        publisher: PublisherId,
        /// The refused ids.
        ids: Vec<IdRun>,
        /// Why.
        code: ResponseCode,
        /// The publish frame.
        token: Token,
    },
    /// A chunk. Costs one credit.
    Deliver {
        /// The subscription.
        subscription: SubscriptionId,
        /// The chunk.
        chunk: Arc<Chunk>,
        /// The committed chunk id at this moment.
        committed: Option<Offset>,
    },
    /// The stream is gone or has no leader; its publishers and subscriptions were dropped.
    MetadataUpdate {
        /// The stream.
        stream: Arc<str>,
        /// `StreamNotAvailable` (also for a deleted stream, as recorded).
        code: ResponseCode,
    },
    /// A subscription became active or passive.
    ConsumerUpdate {
        /// The subscription.
        subscription: SubscriptionId,
        /// Whether it is to be active.
        active: bool,
    },
}

/// A change of a stream's log or of what its writer remembers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// A chunk was written to the leader's log.
    Written {
        /// The chunk.
        chunk: Arc<Chunk>,
        /// Whether it opened a new segment.
        rolled: bool,
        /// The first command of the batch that put something into it.
        token: Token,
    },
    /// The writer took a stored offset into its memory (queries see it from now on).
    Stored {
        /// The consumer reference.
        reference: Arc<str>,
        /// The offset.
        offset: u64,
        /// The store frame.
        token: Token,
    },
    /// The committed chunk id moved.
    Committed {
        /// The last committed chunk.
        chunk: Offset,
    },
    /// Retention deleted whole segments.
    Truncated {
        /// Segments deleted.
        segments: u32,
        /// Chunks of all kinds in them.
        chunks: u64,
        /// The stream's first offset from now on: the first chunk of the oldest segment.
        first: Offset,
    },
    /// A snapshot dropped tracking: stored offsets below the first, or sequences beyond 255.
    Forgotten {
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
