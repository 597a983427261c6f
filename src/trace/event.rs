//! The event vocabulary: what happens in every family, and a place for what one family adds. Events carry facts;
//! sentences about them are made elsewhere.

use alloc::sync::Arc;

use super::link::{Fault, Loss};
use crate::family::{FamilyEvent, Message};
use crate::ids::{ActorId, EventId, LogId, NodeId, Offset};
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
    /// What only the family of this run knows.
    Family(FamilyEvent),
    /// A message left its sender.
    Sent {
        /// Whose link.
        actor: ActorId,
        /// The message.
        message: Message,
    },
    /// A message arrived; the cause is its sending.
    Arrived {
        /// Whose link.
        actor: ActorId,
        /// The message.
        message: Message,
    },
    /// A message will never arrive; the cause is its sending.
    Lost {
        /// Whose link.
        actor: ActorId,
        /// The message.
        message: Message,
        /// Why.
        why: Loss,
    },
    /// A program is up: the producer is declared, the consumer subscribed.
    Ready {
        /// The program.
        actor: ActorId,
    },
    /// A consumer processed messages, one after the other: at `at`, `at + stride`, … each is done.
    Processed {
        /// The consumer.
        consumer: ActorId,
        /// What it read them from.
        log: LogId,
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
        /// What it read them from.
        log: LogId,
        /// The first offset.
        first: Offset,
        /// How many follow each other.
        count: u64,
        /// Why.
        why: Skip,
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
    /// A program lost its connection, or what it reads or writes.
    Disconnected {
        /// The program.
        actor: ActorId,
        /// Why.
        why: Disconnection,
        /// Whether it waits to try again; else it ends, or waits in vain.
        retries: bool,
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
    /// Time passed and nothing happened in it.
    Waited,
}

/// Why a program lost its connection, or what it reads or writes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Disconnection {
    /// The node to which it was connected does not run.
    NodeDown,
    /// The broker ended the connection over a request that it did not take.
    HungUp {
        /// The request, as the trace names it.
        request: &'static str,
        /// The protocol's code; `None` when the connection just broke.
        code: Option<Code>,
    },
    /// An answer or a notice of the broker says that there is nothing to read or write.
    Unavailable {
        /// The request that was answered, or the notice, as the trace names it.
        message: &'static str,
        /// The protocol's code.
        code: Code,
    },
}

/// A code of a broker's protocol.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Code {
    /// Its number on the wire.
    pub number: u16,
    /// Its name.
    pub name: &'static str,
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
    /// The client library leaves a store that is negative there.
    Negative,
    /// The node was down already, or up already.
    NodeAlreadySo,
    /// A node was to be cut off from others, and there is no other.
    OnlyNode,
    /// There is no leader.
    NoLeader,
    /// The consumer was paused already.
    AlreadyPaused,
    /// The program is ending already, to be started again.
    AlreadyRestarting,
    /// The program has no connection at present, so that nothing can be sent.
    NoConnection,
    /// The link had no fault.
    LinkWhole,
    /// No node is up.
    BrokerDown,
    /// There is no stream of this name at present.
    NoStream,
    /// There is no policy to take back.
    NoPolicy,
    /// The policy says this already.
    SamePolicy,
}
