//! A scenario as data: what a text says, with every name resolved. Knows no text layout and runs nothing.

use alloc::string::String;
use alloc::sync::Arc;
use alloc::vec::Vec;

use super::diagnostic::Span;
pub use super::facts::{
    Check, Comparison, Condition, FactDoc, FactRef, Measure, Op, Operand, Subject, Value,
};
pub use super::narration::Narration;
use super::version::Version;
use crate::family::{self, Family, Kind};
use crate::ids::{ActorId, LogId, NodeId};
use crate::units::{Bytes, SimDuration};

/// A scenario: equal texts (but for layout and comments) give equal scenarios.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Scenario {
    /// The statements before the first that does something.
    pub header: Header,
    /// Things with a log in the order of first mention; [`crate::ids::LogId`] is the index.
    pub streams: Vec<Arc<str>>,
    /// Logs under one name in the order of first mention; [`crate::ids::SetId`] is the index.
    pub sets: Vec<LogSet>,
    /// Programs in the order of first mention; [`ActorId`] is the index.
    pub actors: Vec<Actor>,
    /// Which programs have something of which logs, beyond what they read.
    pub progresses: Vec<(ActorId, LogId)>,
    /// Everything else in the order of the text, shared between scenarios that differ in a few.
    pub statements: Vec<Arc<Statement>>,
    /// Narration (`>` lines) behind the last statement: closing words, shown at the end.
    pub closing: Option<Narration>,
}

impl Scenario {
    /// The facts of `subject`, in the order of the reference.
    pub fn facts(&self, subject: Subject) -> impl Iterator<Item = FactRef> {
        let family = self.header.family;
        let kind = match subject {
            Subject::World => None,
            Subject::Log(_) => Some(family.log()),
            Subject::Set(_) => family.set(),
            Subject::Program(id) => self.actors.get(id.index()).map(|actor| actor.kind),
            Subject::Progress(..) => family.progress(),
        };
        kind.into_iter()
            .flat_map(move |kind| FactRef::all(kind, subject))
    }

    /// The fact of `subject` that has this word.
    #[must_use]
    pub fn fact(&self, subject: Subject, word: &str) -> Option<FactRef> {
        self.facts(subject).find(|fact| fact.fact.word == word)
    }
}

/// A program named by the scenario.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Actor {
    /// Its name.
    pub name: Arc<str>,
    /// What it is.
    pub role: Role,
    /// What its family calls it.
    pub kind: Kind,
}

/// Logs under one name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LogSet {
    /// Its name.
    pub name: Arc<str>,
    /// The logs, in their order.
    pub logs: Vec<LogId>,
}

/// What a program does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
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
    /// The family of the broker; the first one when unset.
    pub family: Family,
    /// The version that `broker` names, or the family's usual one.
    pub version: Version,
    /// `nodes N`: 1 when unset.
    pub nodes: u8,
    /// `option latency DUR`: one way of a link, 1 ms when unset.
    pub latency: SimDuration,
    /// `seed N`: 0 when unset.
    pub seed: u64,
    /// `allow …`, of an exercise: the first words of the statements that may be written; empty: any.
    pub allowed: Vec<&'static str>,
    /// `par N`, of an exercise: the lines of a good solution.
    pub par: Option<u64>,
    /// Size of a file of the log that all share, where a family has one and the script says it.
    pub log_file: Option<Bytes>,
}

impl Default for Header {
    fn default() -> Self {
        let family = Family::default();
        Self {
            title: None,
            summary: None,
            family,
            version: family.vocabulary().versions.default,
            nodes: 1,
            latency: SimDuration::from_millis(1),
            seed: 0,
            allowed: Vec::new(),
            par: None,
            log_file: None,
        }
    }
}

/// One statement.
#[derive(Debug)]
pub struct Statement {
    /// Line in the text, from 1.
    pub line: u32,
    /// Where it stands.
    pub span: Span,
    /// The narration (`>` lines) before it, paragraphs separated by an empty line.
    pub narration: Option<Narration>,
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
    /// What only scripts of the header's family say.
    Family(family::Statement),
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

/// A statement of one of the kinds that are looked for alone.
#[derive(Clone, Copy, Debug)]
enum Sought<'a> {
    Family(&'a family::Statement),
    Stop(ActorId),
    Crash(ActorId),
    Node(NodeStatement),
    Link(LinkStatement),
    Ask(&'a str),
    Other,
}

impl StatementKind {
    const fn sought(&self) -> Sought<'_> {
        match self {
            Self::Family(statement) => Sought::Family(statement),
            Self::Stop(program) => Sought::Stop(*program),
            Self::Crash(program) => Sought::Crash(*program),
            Self::Node(statement) => Sought::Node(*statement),
            Self::Link(statement) => Sought::Link(*statement),
            Self::Ask { question, .. } => Sought::Ask(question.as_str()),
            Self::Chapter(_)
            | Self::Restart(_)
            | Self::Pause(_)
            | Self::Resume(_)
            | Self::Run
            | Self::RunFor(_)
            | Self::RunUntil(_)
            | Self::Step(_)
            | Self::Await(_)
            | Self::Expect(_)
            | Self::Goal { .. } => Sought::Other,
        }
    }

    /// What only scripts of the header's family say.
    #[must_use]
    pub const fn family(&self) -> Option<&family::Statement> {
        let Sought::Family(said) = self.sought() else {
            return None;
        };
        Some(said)
    }

    /// Whom it stops.
    #[must_use]
    pub const fn stop(&self) -> Option<ActorId> {
        let Sought::Stop(said) = self.sought() else {
            return None;
        };
        Some(said)
    }

    /// Whose process dies in it.
    #[must_use]
    pub const fn crash(&self) -> Option<ActorId> {
        let Sought::Crash(said) = self.sought() else {
            return None;
        };
        Some(said)
    }

    /// What it does to nodes.
    #[must_use]
    pub const fn node(&self) -> Option<NodeStatement> {
        let Sought::Node(said) = self.sought() else {
            return None;
        };
        Some(said)
    }

    /// What it does to a program's link.
    #[must_use]
    pub const fn link(&self) -> Option<LinkStatement> {
        let Sought::Link(said) = self.sought() else {
            return None;
        };
        Some(said)
    }

    /// What it asks.
    #[must_use]
    pub const fn question(&self) -> Option<&str> {
        let Sought::Ask(said) = self.sought() else {
            return None;
        };
        Some(said)
    }

    /// Whether simulated time may move in it.
    #[must_use]
    pub const fn moves_time(&self) -> bool {
        match self {
            Self::Run | Self::RunFor(_) | Self::RunUntil(_) | Self::Step(_) | Self::Await(_) => {
                true
            }
            Self::Family(statement) => statement.moves_time(),
            Self::Chapter(_)
            | Self::Restart(_)
            | Self::Stop(_)
            | Self::Crash(_)
            | Self::Pause(_)
            | Self::Resume(_)
            | Self::Node(_)
            | Self::Link(_)
            | Self::Expect(_)
            | Self::Ask { .. }
            | Self::Goal { .. } => false,
        }
    }
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
