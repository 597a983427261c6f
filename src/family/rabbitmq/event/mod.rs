//! What happens at RabbitMQ streams and in their programs, beyond what happens in every family.

mod cases;

use alloc::sync::Arc;

use crate::base::LargeMap;
use crate::family::rabbitmq::broker::{PolicyLimits, ResponseCode};
use crate::family::rabbitmq::settings::{ConsumerSettings, ProducerSettings};
use crate::ids::{ActorId, Epoch, LogId, NodeId, Offset, PublishingId};
use crate::units::SimDuration;

/// What happened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StreamEvent {
    /// A stream was created, empty, led by node 1.
    StreamCreated {
        /// The stream.
        stream: LogId,
    },
    /// Creating or deleting a stream was refused (also `stream_already_exists`, which the script takes as fine).
    StreamRefused {
        /// The stream.
        stream: LogId,
        /// Why.
        code: ResponseCode,
    },
    /// A stream was deleted with its tracking.
    StreamDeleted {
        /// The stream.
        stream: LogId,
    },
    /// A policy for a stream's name was set, or taken back.
    PolicySet {
        /// The stream.
        stream: LogId,
        /// What it says; `None`: there is none any more.
        limits: Option<PolicyLimits>,
    },
    /// The leader wrote a chunk.
    Written {
        /// The stream.
        stream: LogId,
        /// Its row in the stream's arena.
        row: u32,
    },
    /// The committed chunk id moved. Not emitted by a leader that has no quorum.
    Committed {
        /// The stream.
        stream: LogId,
        /// The last committed chunk.
        chunk: Offset,
    },
    /// Retention deleted whole segments, on every node.
    Truncated {
        /// The stream.
        stream: LogId,
        /// The first row that is left; every row before it is gone.
        row: u32,
    },
    /// The writer took a stored offset into memory.
    Stored {
        /// The stream.
        stream: LogId,
        /// The consumer reference.
        reference: Arc<str>,
        /// The offset.
        offset: u64,
    },
    /// A stored offset below the first one was dropped at a snapshot.
    OffsetForgotten {
        /// The stream.
        stream: LogId,
        /// The consumer reference.
        reference: Arc<str>,
    },
    /// A sequence beyond the 255 youngest was dropped at a snapshot.
    SequenceForgotten {
        /// The stream.
        stream: LogId,
        /// The producer reference.
        reference: Arc<str>,
    },
    /// The writer recognised duplicates: they will be confirmed and are not stored.
    Deduplicated {
        /// The producer.
        producer: ActorId,
        /// The first id.
        first_id: PublishingId,
        /// How many follow each other.
        count: u64,
        /// The highest id that the broker holds for the reference.
        highest: PublishingId,
    },
    /// A subscription was attached: its spec resolved to this place in the log.
    Attached {
        /// The consumer.
        consumer: ActorId,
        /// The next offset that the reader looks at.
        at: Offset,
    },
    /// A producer started a run.
    ProducerStarted {
        /// The producer.
        producer: ActorId,
        /// With these settings.
        settings: Arc<ProducerSettings>,
    },
    /// A producer was handed messages by `publish` or `resend`.
    Handed {
        /// The producer.
        producer: ActorId,
        /// The first publishing id.
        first_id: PublishingId,
        /// Publishing ids (of messages, or of sub-entry batches).
        ids: u64,
        /// Messages.
        count: u64,
        /// Time between two messages (`every`), 0 when all are handed over at once.
        stride: SimDuration,
    },
    /// A producer learned where its ids begin: messages that it had been handed before get others.
    Numbered {
        /// The producer.
        producer: ActorId,
        /// The first id that they had.
        from: PublishingId,
        /// The first id that they have now.
        to: PublishingId,
        /// Publishing ids.
        ids: u64,
    },
    /// A consumer started a run.
    ConsumerStarted {
        /// The consumer.
        consumer: ActorId,
        /// With these settings.
        settings: Arc<ConsumerSettings>,
    },
    /// A program was refused, by the broker or by its own client library, and ended.
    Refused {
        /// The program.
        actor: ActorId,
        /// The protocol's code.
        code: ResponseCode,
    },
    /// A consumer's program kept its offset in its own database.
    StoredExternally {
        /// The consumer.
        consumer: ActorId,
        /// The offset.
        offset: u64,
    },
    /// A replica appended the leader's chunks up to and including a row.
    Replicated {
        /// The stream.
        stream: LogId,
        /// The replica.
        node: NodeId,
        /// The last row it has now.
        row: u32,
    },
    /// A node threw away chunks that the new leader does not have.
    Diverged {
        /// The stream.
        stream: LogId,
        /// The node.
        node: NodeId,
        /// Rows of the arena that it no longer has: from this one on.
        row: u32,
    },
    /// A stream has no leader until the next election.
    LeaderLost {
        /// The stream.
        stream: LogId,
    },
    /// A stream has a leader: after an election or a restart. Nothing is committed until a quorum answers.
    LeaderElected {
        /// The stream.
        stream: LogId,
        /// The leader.
        node: NodeId,
        /// Its epoch.
        epoch: Epoch,
        /// Stored offsets, rebuilt from its last segment.
        offsets: Arc<LargeMap<Arc<str>, u64>>,
        /// Producer sequences, rebuilt from its last segment.
        sequences: Arc<LargeMap<Arc<str>, u64>>,
    },
}

impl StreamEvent {
    /// The lab's own word for the event: fixed, since goldens and digests are made of it.
    #[must_use]
    pub const fn word(&self) -> &'static str {
        match self {
            Self::StreamCreated { .. } => "stream_created",
            Self::StreamRefused { .. } => "stream_refused",
            Self::StreamDeleted { .. } => "stream_deleted",
            Self::PolicySet { .. } => "policy_set",
            Self::Written { .. } => "written",
            Self::Committed { .. } => "committed",
            Self::Truncated { .. } => "truncated",
            Self::Stored { .. } => "stored",
            Self::OffsetForgotten { .. } => "offset_forgotten",
            Self::SequenceForgotten { .. } => "sequence_forgotten",
            Self::Deduplicated { .. } => "deduplicated",
            Self::Attached { .. } => "attached",
            Self::ProducerStarted { .. } => "producer_started",
            Self::Handed { .. } => "handed",
            Self::Numbered { .. } => "numbered",
            Self::ConsumerStarted { .. } => "consumer_started",
            Self::Refused { .. } => "refused",
            Self::StoredExternally { .. } => "stored_externally",
            Self::Replicated { .. } => "replicated",
            Self::Diverged { .. } => "diverged",
            Self::LeaderLost { .. } => "leader_lost",
            Self::LeaderElected { .. } => "leader_elected",
        }
    }

    /// The program that it is about.
    #[must_use]
    pub const fn actor(&self) -> Option<ActorId> {
        match self {
            Self::Deduplicated { producer, .. }
            | Self::ProducerStarted { producer, .. }
            | Self::Handed { producer, .. }
            | Self::Numbered { producer, .. } => Some(*producer),
            Self::Attached { consumer, .. }
            | Self::ConsumerStarted { consumer, .. }
            | Self::StoredExternally { consumer, .. } => Some(*consumer),
            Self::Refused { actor, .. } => Some(*actor),
            Self::StreamCreated { .. }
            | Self::StreamRefused { .. }
            | Self::StreamDeleted { .. }
            | Self::PolicySet { .. }
            | Self::Written { .. }
            | Self::Committed { .. }
            | Self::Truncated { .. }
            | Self::Stored { .. }
            | Self::OffsetForgotten { .. }
            | Self::SequenceForgotten { .. }
            | Self::Replicated { .. }
            | Self::Diverged { .. }
            | Self::LeaderLost { .. }
            | Self::LeaderElected { .. } => None,
        }
    }

    /// The stream that it is about, where the event names one itself.
    #[must_use]
    pub fn stream(&self) -> Option<LogId> {
        match self {
            Self::StreamCreated { stream }
            | Self::StreamRefused { stream, .. }
            | Self::StreamDeleted { stream }
            | Self::PolicySet { stream, .. }
            | Self::Written { stream, .. }
            | Self::Committed { stream, .. }
            | Self::Truncated { stream, .. }
            | Self::Stored { stream, .. }
            | Self::OffsetForgotten { stream, .. }
            | Self::SequenceForgotten { stream, .. }
            | Self::Replicated { stream, .. }
            | Self::Diverged { stream, .. }
            | Self::LeaderLost { stream }
            | Self::LeaderElected { stream, .. } => Some(*stream),
            Self::ProducerStarted { settings, .. } => Some(settings.stream),
            Self::ConsumerStarted { settings, .. } => Some(settings.stream),
            Self::Deduplicated { .. }
            | Self::Attached { .. }
            | Self::Handed { .. }
            | Self::Numbered { .. }
            | Self::Refused { .. }
            | Self::StoredExternally { .. } => None,
        }
    }
}
