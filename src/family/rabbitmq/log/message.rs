//! Messages, kept as runs: what is equal but for its numbers is stored once. Knows no chunk and no broker.

use alloc::string::String;
use alloc::sync::Arc;

use crate::ids::{ActorId, PublishingId};
use crate::message::Body;
use crate::message::search::Numbers;

/// How a body becomes the bytes of a message on the wire.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoding {
    /// An AMQP 1.0 data section around the body: 5 bytes more, 8 above 255 bytes of body.
    Amqp,
    /// The body alone (the recorded transcripts publish so).
    Raw,
    /// Padded with zeros or dots to exactly this many bytes; the body is at most as long.
    Padded(u32),
}

/// A run of messages of one producer, contiguous in index, running count and publishing id.
///
/// The k-th message has index `first_index + k`, running count `first_count + k` and, for simple
/// entries, publishing id `first_id + k`. With `sub_batch` = N > 1 the run consists of sub-entries
/// of N messages (the last may be shorter): entry e has publishing id `first_id + e`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MessageRun {
    /// Who published.
    pub producer: ActorId,
    /// The template all messages of the run share.
    pub body: Arc<Body>,
    /// How the body is encoded.
    pub encoding: Encoding,
    /// `{i}` of the first message.
    pub first_index: u64,
    /// `{n}` of the first message.
    pub first_count: u64,
    /// Publishing id of the first entry.
    pub first_id: PublishingId,
    /// Messages in the run, at least 1.
    pub count: u64,
    /// Messages in one entry: 1 for simple entries, up to 65,535 for sub-entry batches.
    pub sub_batch: u32,
    /// The filter value of each message (`PROTOCOL.adoc`, Publish version 2).
    pub filter: Option<Arc<str>>,
}

impl MessageRun {
    /// Slots in a chunk's data section, and commands to a writer: messages, or sub-entry batches.
    #[must_use]
    pub fn entries(&self) -> u64 {
        self.count.div_ceil(u64::from(self.sub_batch.max(1)))
    }

    /// The publishing id of the `entry`-th entry; saturates.
    #[must_use]
    pub fn entry_id(&self, entry: u64) -> PublishingId {
        PublishingId(self.first_id.0.saturating_add(entry))
    }

    /// Takes the first `entries` entries off this run; what is left starts behind them. Takes the
    /// whole run, leaving an empty one, when it has no more than that.
    pub fn take_front(&mut self, entries: u64) -> Self {
        let messages = entries
            .saturating_mul(u64::from(self.sub_batch.max(1)))
            .min(self.count);
        let mut front = self.clone();
        front.count = messages;
        self.first_id = self.entry_id(entries);
        self.first_index = self.first_index.saturating_add(messages);
        self.first_count = self.first_count.saturating_add(messages);
        self.count -= messages;
        front
    }

    /// Whether `next` goes on in every number where this run ends, so that both are one run.
    #[must_use]
    pub fn is_continued_by(&self, next: &Self) -> bool {
        self.producer == next.producer
            && Arc::ptr_eq(&self.body, &next.body)
            && self.encoding == next.encoding
            && self.filter == next.filter
            && self.sub_batch <= 1
            && next.sub_batch <= 1
            && self.first_index.checked_add(self.count) == Some(next.first_index)
            && self.first_count.checked_add(self.count) == Some(next.first_count)
            && self.first_id.0.checked_add(self.count) == Some(next.first_id.0)
    }

    /// The numbers of its messages.
    #[must_use]
    pub fn numbers(&self) -> Numbers {
        Numbers {
            index: self.first_index,
            count: self.first_count,
            step: 1,
            id: self.first_id.0,
            per_id: u64::from(self.sub_batch.max(1)),
        }
    }

    /// The `k`-th message, rendered. Meaningful for `k` below `count`.
    #[must_use]
    pub fn message(&self, k: u64) -> RenderedMessage {
        let id = self.entry_id(k / u64::from(self.sub_batch.max(1)));
        let body = self.body.render(
            self.first_index.saturating_add(k),
            self.first_count.saturating_add(k),
            id,
        );
        RenderedMessage {
            producer: self.producer,
            id,
            body,
            filter: self.filter.clone(),
        }
    }
}

/// One message, rendered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RenderedMessage {
    /// Who published it.
    pub producer: ActorId,
    /// Its publishing id (of its entry).
    pub id: PublishingId,
    /// Its body as text.
    pub body: String,
    /// Its filter value.
    pub filter: Option<Arc<str>>,
}
