//! The registry of families: every closed enum in which families meet, and nothing else. What an offset means, where
//! retention cuts and who stores what stands in the folder of each family.

mod driver;
mod explain;
mod language;
mod picture;
pub mod rabbitmq;
pub mod rocketmq;
mod variants;

pub(crate) use driver::{Driver, Own};
pub(crate) use explain::{consequence, ready, remarks};
pub(crate) use language::{Fact, NOT_BUILT};
pub use language::{Family, Kind, Statement};
use rabbitmq::event::StreamEvent;
use rabbitmq::message::StreamMessage;
pub use variants::{Variant, variants};

use crate::ids::{ActorId, LogId};
use crate::language::Scenario;
use crate::trace::fields::Fields;
use crate::trace::link::MessageKind;
use crate::trace::{Arenas, Level, What};
use crate::units::SimDuration;

/// An event that only one family knows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FamilyEvent {
    /// Of RabbitMQ Streams.
    RabbitMq(StreamEvent),
}

/// A message on a program's link.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Message {
    /// Of RabbitMQ Streams.
    RabbitMq(StreamMessage),
}

impl FamilyEvent {
    /// The lab's own word for the event.
    #[must_use]
    pub const fn word(&self) -> &'static str {
        match self {
            Self::RabbitMq(event) => event.word(),
        }
    }

    /// The program that it is about.
    #[must_use]
    pub const fn actor(&self) -> Option<ActorId> {
        match self {
            Self::RabbitMq(event) => event.actor(),
        }
    }

    /// The stream that it is about, where the event names one itself.
    #[must_use]
    pub fn stream(&self) -> Option<LogId> {
        match self {
            Self::RabbitMq(event) => event.stream(),
        }
    }

    /// How many messages the range has that it is, and the time between two of them.
    #[must_use]
    pub const fn range(&self) -> Option<(u64, SimDuration)> {
        match self {
            Self::RabbitMq(event) => event.range(),
        }
    }

    /// From which level of detail on it is shown.
    #[must_use]
    pub const fn level(&self) -> Level {
        match self {
            Self::RabbitMq(event) => rabbitmq::level::event(event),
        }
    }

    /// Whether it tells that a statement had no effect.
    #[must_use]
    pub const fn has_no_effect(&self) -> bool {
        match self {
            Self::RabbitMq(event) => event.has_no_effect(),
        }
    }

    /// Gives its fields, without the program and the stream that it is about.
    pub(crate) fn fields(&self, arenas: &Arenas, to: &mut dyn Fields) {
        match self {
            Self::RabbitMq(event) => event.fields(arenas, to),
        }
    }
}

impl Message {
    /// Whether it travels from the program to the broker.
    #[must_use]
    pub const fn is_to_broker(&self) -> bool {
        match self {
            Self::RabbitMq(message) => message.is_to_broker(),
        }
    }

    /// Of which kind it is, for those that a fault can be about.
    #[must_use]
    pub const fn kind(&self) -> Option<MessageKind> {
        match self {
            Self::RabbitMq(message) => message.kind(),
        }
    }

    /// Whether a faulty link may drop it.
    #[must_use]
    pub const fn can_be_dropped(&self) -> bool {
        match self {
            Self::RabbitMq(message) => message.can_be_dropped(),
        }
    }

    /// From which level of detail on it is shown that it was sent.
    #[must_use]
    pub const fn sent_level(&self) -> Level {
        match self {
            Self::RabbitMq(message) => rabbitmq::level::sent(message),
        }
    }

    /// From which level of detail on it is shown that it arrived.
    #[must_use]
    pub const fn arrived_level(&self) -> Level {
        match self {
            Self::RabbitMq(message) => rabbitmq::level::arrived(message),
        }
    }

    /// The lab's own word for the message.
    #[must_use]
    pub const fn word(&self) -> &'static str {
        match self {
            Self::RabbitMq(message) => message.word(),
        }
    }

    /// Gives its fields, its word first.
    pub(crate) fn fields(&self, arenas: &Arenas, to: &mut dyn Fields) {
        match self {
            Self::RabbitMq(message) => message.fields(arenas, to),
        }
    }
}

impl From<StreamEvent> for What {
    fn from(event: StreamEvent) -> Self {
        Self::Family(FamilyEvent::RabbitMq(event))
    }
}

impl From<StreamMessage> for Message {
    fn from(message: StreamMessage) -> Self {
        Self::RabbitMq(message)
    }
}

/// A family's part of a world that is kept.
#[derive(Clone, Debug)]
pub(crate) enum Kept {
    /// Of RabbitMQ Streams.
    RabbitMq(rabbitmq::state::Kept),
}

impl Kept {
    /// What was kept.
    pub(crate) fn state(&self) -> State {
        match self {
            Self::RabbitMq(kept) => State::RabbitMq(kept.state()),
        }
    }
}

/// A family's part of the world at a moment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum State {
    /// Of RabbitMQ Streams.
    RabbitMq(rabbitmq::state::State),
}

impl State {
    /// Before anything happened.
    #[must_use]
    pub fn new(scenario: &Scenario) -> Self {
        match scenario.header.family {
            Family::RabbitMq => Self::RabbitMq(rabbitmq::state::State::new(scenario)),
        }
    }

    /// Takes the names of another scenario that begins with the same statements.
    pub fn fit(&mut self, scenario: &Scenario) {
        match self {
            Self::RabbitMq(state) => state.fit(scenario),
        }
    }

    /// What its size follows.
    #[must_use]
    pub fn parts(&self) -> usize {
        match self {
            Self::RabbitMq(state) => state.parts(),
        }
    }

    /// A copy to keep; `before` is the one that was kept last.
    pub(crate) fn kept(&self, before: Option<&Kept>) -> Kept {
        match self {
            Self::RabbitMq(state) => {
                let before = before.map(|Kept::RabbitMq(kept)| kept);
                Kept::RabbitMq(state.kept(before))
            }
        }
    }

    /// Forgets whether it stands inside a range or behind the part of one that was cut.
    pub(crate) fn forget_parts(&mut self) {
        match self {
            Self::RabbitMq(state) => state.forget_parts(),
        }
    }

    /// Whether it is the same as another but for names of which nothing has happened yet.
    pub(crate) fn is_but_for_names(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::RabbitMq(state), Self::RabbitMq(other)) => state.is_but_for_names(other),
        }
    }

    /// Moves it behind an event that is no range.
    pub(crate) fn apply(&mut self, what: &What, arenas: &Arenas) {
        match self {
            Self::RabbitMq(state) => state.apply(what, arenas),
        }
    }

    /// Moves it behind the first `done` messages of a range.
    pub(crate) fn apply_part(&mut self, what: &What, arenas: &Arenas, done: u64) {
        match self {
            Self::RabbitMq(state) => state.apply_part(what, arenas, done),
        }
    }
}

/// A family's half of the search for anomalies.
#[derive(Clone, Debug)]
pub(crate) enum AnomalySearch {
    /// Of RabbitMQ Streams.
    RabbitMq(rabbitmq::explain::anomalies::AnomalySearch),
}

/// What a family's events name by index.
#[derive(Clone, Debug)]
pub enum Arena {
    /// Of RabbitMQ Streams.
    RabbitMq(rabbitmq::arena::Arena),
}

impl Arena {
    /// Nothing is kept yet.
    #[must_use]
    pub fn new(scenario: &Scenario) -> Self {
        match scenario.header.family {
            Family::RabbitMq => Self::RabbitMq(rabbitmq::arena::Arena::default()),
        }
    }

    /// Makes room for the names of a scenario.
    pub(crate) fn fit(&mut self, scenario: &Scenario) {
        match self {
            Self::RabbitMq(arena) => arena.fit(scenario),
        }
    }
}
