//! What scripts about streams say, as data. Knows no text layout and runs nothing.

use alloc::sync::Arc;

use crate::family;
use crate::ids::{ActorId, LogId, PublishingId};
use crate::language::ast::{StatementKind, Subject};
use crate::units::{Bytes, SimDuration};

/// What a statement says that only scripts about streams have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Statement {
    /// `stream S …`
    Stream(StreamStatement),
    /// `delete S`
    Delete(LogId),
    /// `policy S …`
    Policy(PolicyStatement),
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
}

/// A statement of one of the kinds that are looked for alone.
#[derive(Clone, Copy, Debug)]
enum Sought<'a> {
    Stream(&'a StreamStatement),
    Producer(&'a ProducerStatement),
    Consumer(&'a ConsumerStatement),
    Other,
}

impl Statement {
    const fn sought(&self) -> Sought<'_> {
        match self {
            Self::Stream(said) => Sought::Stream(said),
            Self::Producer(said) => Sought::Producer(said),
            Self::Consumer(said) => Sought::Consumer(said),
            Self::Delete(_)
            | Self::Policy(_)
            | Self::Publish(_)
            | Self::Resend(_)
            | Self::Close(_)
            | Self::Store { .. }
            | Self::Query(_)
            | Self::Credit { .. } => Sought::Other,
        }
    }

    /// What it says of a stream.
    #[must_use]
    pub const fn stream(&self) -> Option<&StreamStatement> {
        match self.sought() {
            Sought::Stream(said) => Some(said),
            Sought::Producer(_) | Sought::Consumer(_) | Sought::Other => None,
        }
    }

    /// What it says of a producer.
    #[must_use]
    pub const fn producer(&self) -> Option<&ProducerStatement> {
        match self.sought() {
            Sought::Producer(said) => Some(said),
            Sought::Stream(_) | Sought::Consumer(_) | Sought::Other => None,
        }
    }

    /// What it says of a consumer.
    #[must_use]
    pub const fn consumer(&self) -> Option<&ConsumerStatement> {
        match self.sought() {
            Sought::Consumer(said) => Some(said),
            Sought::Stream(_) | Sought::Producer(_) | Sought::Other => None,
        }
    }

    /// Whether simulated time may move in it.
    #[must_use]
    pub const fn moves_time(&self) -> bool {
        match self {
            Self::Stream(_)
            | Self::Delete(_)
            | Self::Policy(_)
            | Self::Producer(_)
            | Self::Publish(_)
            | Self::Resend(_)
            | Self::Close(_)
            | Self::Consumer(_)
            | Self::Store { .. }
            | Self::Query(_)
            | Self::Credit { .. } => false,
        }
    }

    /// What it brings into the script, or declares again.
    #[must_use]
    pub const fn declares(&self) -> Option<Subject> {
        match self {
            Self::Stream(said) => Some(Subject::Log(said.stream)),
            Self::Producer(said) => Some(Subject::Program(said.producer)),
            Self::Consumer(said) => Some(Subject::Program(said.consumer)),
            Self::Delete(_)
            | Self::Policy(_)
            | Self::Publish(_)
            | Self::Resend(_)
            | Self::Close(_)
            | Self::Store { .. }
            | Self::Query(_)
            | Self::Credit { .. } => None,
        }
    }

    /// How many messages it publishes.
    #[must_use]
    pub const fn messages(&self) -> u64 {
        match self {
            Self::Publish(said) => said.count,
            Self::Stream(_)
            | Self::Delete(_)
            | Self::Policy(_)
            | Self::Producer(_)
            | Self::Resend(_)
            | Self::Close(_)
            | Self::Consumer(_)
            | Self::Store { .. }
            | Self::Query(_)
            | Self::Credit { .. } => 0,
        }
    }
}

impl From<Statement> for StatementKind {
    fn from(statement: Statement) -> Self {
        Self::Family(family::Statement::RabbitMq(statement))
    }
}

/// `stream S [max-length SIZE] [max-age DUR] [segment SIZE] [filter-size N]`
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StreamStatement {
    /// The stream.
    pub stream: LogId,
    /// `max-length-bytes`
    pub max_length: Option<Bytes>,
    /// `max-age`
    pub max_age: Option<SimDuration>,
    /// `stream-max-segment-size-bytes`
    pub segment: Option<Bytes>,
    /// `stream-filter-size-bytes`
    pub filter_size: Option<u8>,
}

/// `policy S [max-length SIZE] [max-age DUR]`, `policy S none`
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PolicyStatement {
    /// The stream.
    pub stream: LogId,
    /// What retention keeps to from now on instead of the stream's own limits; `None`: no policy.
    pub limits: Option<PolicyLimits>,
}

/// Limits that a policy says.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PolicyLimits {
    /// `max-length-bytes`
    pub max_length: Option<Bytes>,
    /// `max-age`
    pub max_age: Option<SimDuration>,
}

/// `producer P on S [named REF] [as CLIENT]`
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProducerStatement {
    /// The producer.
    pub producer: ActorId,
    /// Where it publishes.
    pub stream: LogId,
    /// Turns deduplication on.
    pub reference: Option<Arc<str>>,
    /// Whose habits it has; the canonical producer's when unset.
    pub client: Option<Client>,
}

/// `publish P [COUNT | ids A..B | id A] "body" …`
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublishStatement {
    /// The producer.
    pub producer: ActorId,
    /// How many messages, 1 when unset; `ids A..B` stands for its count.
    pub count: u64,
    /// `id A` or `ids A..B`: the first id; automatic ids when unset.
    pub first_id: Option<PublishingId>,
    /// The body template as written.
    pub body: Arc<str>,
    /// `size SIZE`
    pub size: Option<Bytes>,
    /// `in batches of N`
    pub frame: Option<u32>,
    /// `one by one`
    pub one_by_one: bool,
    /// `every DUR`
    pub every: Option<SimDuration>,
    /// `filter "v"`
    pub filter: Option<Arc<str>>,
    /// `sub-batch of N`
    pub sub_batch: Option<u32>,
}

/// `consumer C on S …`
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConsumerStatement {
    /// The consumer.
    pub consumer: ActorId,
    /// What it reads.
    pub stream: LogId,
    /// `named REF`, `unnamed`, or neither.
    pub naming: Naming,
    /// `from SPEC`; `next`, or the client's own default, when unset.
    pub from: Option<Spec>,
    /// `store POLICY`; `never` when unset.
    pub policy: Policy,
    /// `stop at "text"`
    pub stop_at: Option<Arc<str>>,
    /// `takes DUR`: processing time of a message, 0 when unset.
    pub takes: SimDuration,
    /// `credit N`; the client's own when unset.
    pub credit: Option<u16>,
    /// `filter "v" [match unfiltered]`
    pub filter: Option<FilterSpec>,
    /// `single active`
    pub single_active: bool,
    /// `as CLIENT`
    pub client: Option<Client>,
}

/// Under which reference a consumer stores.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Naming {
    /// Neither said: named as the actor if its policy stores, and for explicit `store` and `query`.
    Default,
    /// `named REF`
    Named(Arc<str>),
    /// `unnamed`
    Unnamed,
}

/// An offset specification as the script says it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Spec {
    /// `first`
    First,
    /// `last`
    Last,
    /// `next`
    Next,
    /// `offset N`
    Offset(u64),
    /// `timestamp D`: that long after the start of the run
    Timestamp(SimDuration),
    /// `timestamp now`
    Now,
    /// `stored`: the stored offset itself
    Stored,
}

/// When a consumer stores offsets.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Policy {
    /// `never`
    #[default]
    Never,
    /// `every N`: after each Nth processed message
    Every(u64),
    /// `auto [every N] [flush DUR]`: the Java client's automatic tracking
    Auto {
        /// 10,000 when unset.
        every: u64,
        /// 5 s when unset.
        flush: SimDuration,
    },
    /// `manual`: by the script's `store` only
    Manual,
    /// `external every N`: kept by the program itself
    External(u64),
}

/// `filter "v" [match unfiltered]`
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FilterSpec {
    /// The filter value.
    pub value: Arc<str>,
    /// Whether chunks with unfiltered messages come too.
    pub match_unfiltered: bool,
}

/// Whose habits a program has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Client {
    /// The Java client and its tutorial.
    Java,
    /// The Rust client and its tutorial, with a single loop.
    Rust,
    /// The Rust tutorial's nested loop, as printed.
    RustTutorial,
    /// rstream and the Python tutorial.
    Python,
    /// The Go client and its tutorial.
    Go,
}

impl Client {
    /// All of them, in the order of the reference.
    pub const ALL: &'static [Self] = &[
        Self::Java,
        Self::Rust,
        Self::RustTutorial,
        Self::Python,
        Self::Go,
    ];

    /// The word of the language.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Java => "java",
            Self::Rust => "rust",
            Self::RustTutorial => "rust-tutorial",
            Self::Python => "python",
            Self::Go => "go",
        }
    }
}
