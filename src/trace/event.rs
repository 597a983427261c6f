//! The event vocabulary: one closed enum. Events carry facts; sentences about them are made elsewhere.

use alloc::collections::BTreeMap;
use alloc::sync::Arc;

use super::frame::{Fault, Frame, Loss};
use crate::family::rabbitmq::broker::ResponseCode;
use crate::family::rabbitmq::settings::{ConsumerSettings, ProducerSettings};
use crate::ids::{ActorId, Epoch, EventId, NodeId, Offset, PublishingId, StreamId};
use crate::units::{SimDuration, SimTime};

/// Something that happened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    /// When; of a range: when its first message was.
    pub at: SimTime,
    /// What led to it; `None` is the script itself.
    pub cause: Option<EventId>,
    /// What it was.
    pub what: What,
}

/// What happened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum What {
    // Streams, decided by the broker.
    /// A stream was created, empty, led by node 1.
    StreamCreated {
        /// The stream.
        stream: StreamId,
    },
    /// Creating or deleting a stream was refused (also `stream_already_exists`, which the script takes as fine).
    StreamRefused {
        /// The stream.
        stream: StreamId,
        /// Why.
        code: ResponseCode,
    },
    /// A stream was deleted with its tracking.
    StreamDeleted {
        /// The stream.
        stream: StreamId,
    },
    /// The leader wrote a chunk.
    Written {
        /// The stream.
        stream: StreamId,
        /// Its row in the stream's arena.
        row: u32,
    },
    /// The committed chunk id moved. Not emitted by a leader that has no quorum.
    Committed {
        /// The stream.
        stream: StreamId,
        /// The last committed chunk.
        chunk: Offset,
    },
    /// Retention deleted whole segments, on every node.
    Truncated {
        /// The stream.
        stream: StreamId,
        /// The first row that is left; every row before it is gone.
        row: u32,
    },
    /// The writer took a stored offset into memory.
    Stored {
        /// The stream.
        stream: StreamId,
        /// The consumer reference.
        reference: Arc<str>,
        /// The offset.
        offset: u64,
    },
    /// A stored offset below the first one was dropped at a snapshot.
    OffsetForgotten {
        /// The stream.
        stream: StreamId,
        /// The consumer reference.
        reference: Arc<str>,
    },
    /// A sequence beyond the 255 youngest was dropped at a snapshot.
    SequenceForgotten {
        /// The stream.
        stream: StreamId,
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

    // Frames on a program's link.
    /// A frame left its sender.
    Sent {
        /// Whose link.
        actor: ActorId,
        /// The frame.
        frame: Frame,
    },
    /// A frame arrived; the cause is its sending.
    Arrived {
        /// Whose link.
        actor: ActorId,
        /// The frame.
        frame: Frame,
    },
    /// A frame will never arrive; the cause is its sending.
    Lost {
        /// Whose link.
        actor: ActorId,
        /// The frame.
        frame: Frame,
        /// Why.
        why: Loss,
    },

    // Programs.
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
    /// A program is up: the producer is declared, the consumer subscribed.
    Ready {
        /// The program.
        actor: ActorId,
    },
    /// A program was refused, by the broker or by its own client library, and ended.
    Refused {
        /// The program.
        actor: ActorId,
        /// The protocol's code.
        code: ResponseCode,
    },
    /// A consumer processed messages, one after the other: at `at`, `at + stride`, … each is done.
    Processed {
        /// The consumer.
        consumer: ActorId,
        /// The first offset.
        first: Offset,
        /// How many follow each other.
        count: u64,
        /// Time between two messages.
        stride: SimDuration,
        /// Whether an earlier run of the same actor had processed all of them; if not, none of them.
        again: bool,
    },
    /// A consumer's client dropped messages of a chunk without processing them.
    Skipped {
        /// The consumer.
        consumer: ActorId,
        /// The first offset.
        first: Offset,
        /// How many follow each other.
        count: u64,
        /// Why.
        why: Skip,
    },
    /// A consumer's program kept its offset in its own database.
    StoredExternally {
        /// The consumer.
        consumer: ActorId,
        /// The offset.
        offset: u64,
    },
    /// A consumer stopped processing; deliveries pile up within its credits.
    Paused {
        /// The consumer.
        consumer: ActorId,
    },
    /// A consumer processes again.
    Resumed {
        /// The consumer.
        consumer: ActorId,
    },
    /// A program ended in order.
    Closed {
        /// The program.
        actor: ActorId,
    },
    /// A program's process died.
    Crashed {
        /// The program.
        actor: ActorId,
    },
    /// A program lost its connection or its stream and waits to try again.
    Disconnected {
        /// The program.
        actor: ActorId,
    },
    /// A program printed a line.
    Printed {
        /// The program.
        actor: ActorId,
        /// The line.
        line: Arc<str>,
    },
    /// A statement had no effect.
    Ignored {
        /// Whom it was about, if it was about a program.
        actor: Option<ActorId>,
        /// Why it had none.
        why: Idle,
    },

    // Links and nodes.
    /// A fault of a program's link begins.
    Fault {
        /// Whose link.
        actor: ActorId,
        /// The fault.
        fault: Fault,
    },
    /// All faults of a program's link end.
    Healed {
        /// Whose link.
        actor: ActorId,
    },
    /// A node died.
    NodeCrashed {
        /// The node.
        node: NodeId,
    },
    /// A node is back.
    NodeStarted {
        /// The node.
        node: NodeId,
    },
    /// A node no longer reaches the others.
    NodeCut {
        /// The node.
        node: NodeId,
    },
    /// A node reaches the others again.
    NodeHealed {
        /// The node.
        node: NodeId,
    },
    /// A replica appended the leader's chunks up to and including a row.
    Replicated {
        /// The stream.
        stream: StreamId,
        /// The replica.
        node: NodeId,
        /// The last row it has now.
        row: u32,
    },
    /// A node threw away chunks that the new leader does not have.
    Diverged {
        /// The stream.
        stream: StreamId,
        /// The node.
        node: NodeId,
        /// Rows of the arena that it no longer has: from this one on.
        row: u32,
    },
    /// A stream has no leader until the next election.
    LeaderLost {
        /// The stream.
        stream: StreamId,
    },
    /// A stream has a leader: after an election or a restart. Nothing is committed until a quorum answers.
    LeaderElected {
        /// The stream.
        stream: StreamId,
        /// The leader.
        node: NodeId,
        /// Its epoch.
        epoch: Epoch,
        /// Stored offsets, rebuilt from its last segment.
        offsets: Arc<BTreeMap<Arc<str>, u64>>,
        /// Producer sequences, rebuilt from its last segment.
        sequences: Arc<BTreeMap<Arc<str>, u64>>,
    },

    /// Time passed and nothing happened in it.
    Waited,
}

/// Why a client dropped messages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Skip {
    /// They are below the offset that was asked for.
    BelowSpec,
    /// They do not carry the filter value.
    Filtered,
    /// The consumer closed before it came to them.
    Closed,
}

/// Why a statement had no effect.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Idle {
    /// The program was not running.
    NotRunning,
    /// The program was running already.
    AlreadyRunning,
    /// The program was not paused.
    NotPaused,
    /// There was nothing unconfirmed to send again.
    NothingUnconfirmed,
    /// The client library refuses: the consumer has no name.
    Unnamed,
    /// The client library leaves a store that does not rise.
    NotRising,
    /// The node was down already, or up already.
    NodeAlreadySo,
    /// There is no leader.
    NoLeader,
}
