//! A scenario as data: what a text says, with every name resolved. Knows no text layout and runs nothing.

use alloc::string::String;
use alloc::sync::Arc;
use alloc::vec::Vec;

use super::diagnostic::Span;
pub use super::facts::{
    Check, Comparison, Condition, ConsumerFact, FactRef, Op, ProducerFact, StreamFact, Value,
};
pub use super::programs::{
    Client, ConsumerStatement, FilterSpec, Naming, Policy, ProducerStatement, PublishStatement,
    Spec,
};
use crate::ids::{ActorId, NodeId, StreamId};
use crate::units::{Bytes, SimDuration};

/// A scenario: equal texts (but for layout and comments) give equal scenarios.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Scenario {
    /// The statements before the first that does something.
    pub header: Header,
    /// Streams in the order of first mention; [`StreamId`] is the index.
    pub streams: Vec<Arc<str>>,
    /// Producers and consumers in the order of first mention; [`ActorId`] is the index.
    pub actors: Vec<Actor>,
    /// Everything else in the order of the text.
    pub statements: Vec<Statement>,
    /// Narration (`>` lines) behind the last statement: closing words, shown at the end.
    pub closing: Option<Arc<str>>,
}

/// A program named by the scenario.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Actor {
    /// Its name.
    pub name: Arc<str>,
    /// What it is.
    pub role: Role,
}

/// What a program does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize),
    serde(rename_all = "snake_case")
)]
pub enum Role {
    /// It publishes.
    Producer,
    /// It consumes.
    Consumer,
}

/// What holds for the whole scenario.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Header {
    /// `title "…"`
    pub title: Option<String>,
    /// `summary "…"`
    pub summary: Option<String>,
    /// `broker rabbitmq-streams VERSION`: (4, 0) when unset.
    pub version: (u8, u8),
    /// `nodes N`: 1 when unset.
    pub nodes: u8,
    /// `option latency DUR`: one way of a link, 1 ms when unset.
    pub latency: SimDuration,
    /// `seed N`: 0 when unset.
    pub seed: u64,
}

impl Default for Header {
    fn default() -> Self {
        Self {
            title: None,
            summary: None,
            version: (4, 0),
            nodes: 1,
            latency: SimDuration::from_millis(1),
            seed: 0,
        }
    }
}

/// One statement.
#[derive(Clone, Debug)]
pub struct Statement {
    /// Line in the text, from 1.
    pub line: u32,
    /// Where it stands.
    pub span: Span,
    /// The narration (`>` lines) before it, paragraphs separated by an empty line.
    pub narration: Option<Arc<str>>,
    /// What it says.
    pub kind: StatementKind,
}

/// Statements are equal when they say the same, wherever they stand.
impl PartialEq for Statement {
    fn eq(&self, other: &Self) -> bool {
        self.kind == other.kind && self.narration == other.narration
    }
}

impl Eq for Statement {}

/// What a statement says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StatementKind {
    /// `chapter "Title"`
    Chapter(String),
    /// `stream S …`
    Stream(StreamStatement),
    /// `delete S`
    Delete(StreamId),
    /// `producer P on S …`
    Producer(ProducerStatement),
    /// `publish P …`
    Publish(PublishStatement),
    /// `resend P`
    Resend(ActorId),
    /// `close P`
    Close(ActorId),
    /// `consumer C on S …`
    Consumer(ConsumerStatement),
    /// `restart C` (a producer restarts too)
    Restart(ActorId),
    /// `stop C`
    Stop(ActorId),
    /// `crash C`
    Crash(ActorId),
    /// `pause C`
    Pause(ActorId),
    /// `resume C`
    Resume(ActorId),
    /// `store C N`
    Store {
        /// Whose connection and name.
        consumer: ActorId,
        /// Any `u64`.
        offset: u64,
    },
    /// `query C`
    Query(ActorId),
    /// `credit C N`
    Credit {
        /// Whose subscription.
        consumer: ActorId,
        /// Chunks, 0 to 65,535.
        credit: u16,
    },
    /// `crash broker` and its kin
    Node(NodeStatement),
    /// `lose`, `drop`, `delay`, `heal`
    Link(LinkStatement),
    /// `run`
    Run,
    /// `run for D`, `wait D`
    RunFor(SimDuration),
    /// `run until COND`
    RunUntil(Condition),
    /// `step [N]`
    Step(u64),
    /// `await P confirmed`
    Await(ActorId),
    /// `expect …`
    Expect(Check),
    /// `ask "…" FACT`
    Ask {
        /// The question.
        question: String,
        /// What it asks for.
        fact: FactRef,
    },
    /// `goal "…" COND`
    Goal {
        /// In words.
        text: String,
        /// To hold at the end.
        condition: Condition,
    },
}

impl StatementKind {
    /// Whether simulated time may move in it.
    #[must_use]
    pub const fn moves_time(&self) -> bool {
        matches!(
            self,
            Self::Run | Self::RunFor(_) | Self::RunUntil(_) | Self::Step(_) | Self::Await(_)
        )
    }
}

/// `stream S [max-length SIZE] [max-age DUR] [segment SIZE] [filter-size N]`
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StreamStatement {
    /// The stream.
    pub stream: StreamId,
    /// `max-length-bytes`
    pub max_length: Option<Bytes>,
    /// `max-age`
    pub max_age: Option<SimDuration>,
    /// `stream-max-segment-size-bytes`
    pub segment: Option<Bytes>,
    /// `stream-filter-size-bytes`
    pub filter_size: Option<u8>,
}

/// Faults of nodes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NodeStatement {
    /// `crash broker`: every node
    CrashBroker,
    /// `start broker`
    StartBroker,
    /// `crash node K`
    Crash(NodeId),
    /// `start node K`
    Start(NodeId),
    /// `crash leader`
    CrashLeader,
    /// `cut node K`: from the other nodes, not from clients
    Cut(NodeId),
    /// `heal node K`
    Heal(NodeId),
}

/// Faults of a program's link.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LinkStatement {
    /// `lose next confirm to P`
    LoseConfirm(ActorId),
    /// `lose next store from C`
    LoseStore(ActorId),
    /// `lose next publish from P`
    LosePublish(ActorId),
    /// `drop M/N from A`: M of N frames, by the seed
    Drop {
        /// Whose frames.
        actor: ActorId,
        /// M
        numerator: u32,
        /// N, at least M and at least 1.
        denominator: u32,
    },
    /// `delay A DUR`: in addition to the latency
    Delay {
        /// Whose link.
        actor: ActorId,
        /// How much longer, each way.
        by: SimDuration,
    },
    /// `heal A`: neither drops nor delays any more
    Heal(ActorId),
}
