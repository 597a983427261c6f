//! The registry's part for the projection: each family's part of the world, what of it is kept, and what its events name
//! by index.

use alloc::vec::Vec;

use super::Family;
#[cfg(feature = "rabbitmq")]
use super::rabbitmq;
#[cfg(feature = "rocketmq")]
use super::rocketmq;
use crate::base::Piece;
use crate::ids::ActorId;
use crate::language::Scenario;
use crate::trace::{Arenas, What};

/// A family's part of a world that is kept.
#[derive(Clone, Debug)]
pub(crate) enum Kept {
    /// Of RabbitMQ Streams.
    #[cfg(feature = "rabbitmq")]
    RabbitMq(rabbitmq::state::Kept),
    /// Of RocketMQ.
    #[cfg(feature = "rocketmq")]
    RocketMq(rocketmq::state::Kept),
}

impl Kept {
    /// What was kept.
    pub(crate) fn state(&self) -> State {
        match self {
            #[cfg(feature = "rabbitmq")]
            Self::RabbitMq(kept) => State::RabbitMq(kept.state()),
            #[cfg(feature = "rocketmq")]
            Self::RocketMq(kept) => State::RocketMq(kept.state()),
        }
    }

    #[cfg(feature = "rabbitmq")]
    const fn rabbitmq(&self) -> Option<&rabbitmq::state::Kept> {
        match self {
            #[cfg(feature = "rabbitmq")]
            Self::RabbitMq(kept) => Some(kept),
            #[cfg(feature = "rocketmq")]
            Self::RocketMq(_) => None,
        }
    }

    #[cfg(feature = "rocketmq")]
    const fn rocketmq(&self) -> Option<&rocketmq::state::Kept> {
        match self {
            #[cfg(feature = "rocketmq")]
            Self::RocketMq(kept) => Some(kept),
            #[cfg(feature = "rabbitmq")]
            Self::RabbitMq(_) => None,
        }
    }
}

/// A family's part of the world at a moment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum State {
    /// Of RabbitMQ Streams.
    #[cfg(feature = "rabbitmq")]
    RabbitMq(rabbitmq::state::State),
    /// Of RocketMQ.
    #[cfg(feature = "rocketmq")]
    RocketMq(rocketmq::state::State),
}

/// What of a program's ranges in the arena its present run processed.
#[derive(Clone, Copy, Debug)]
pub(crate) struct ProcessedRanges {
    /// The first range.
    pub(crate) from: u32,
    /// Behind the last.
    pub(crate) to: u32,
    /// How much of the last counts, when the cursor stands inside it.
    pub(crate) part: Option<u64>,
}

impl State {
    /// Before anything happened.
    #[must_use]
    pub fn new(scenario: &Scenario) -> Self {
        match scenario.header.family {
            #[cfg(feature = "rabbitmq")]
            Family::RabbitMq => Self::RabbitMq(rabbitmq::state::State::new(scenario)),
            #[cfg(feature = "rocketmq")]
            Family::RocketMq => Self::RocketMq(rocketmq::state::State::new(scenario)),
        }
    }

    /// What it is of RabbitMQ Streams.
    #[must_use]
    #[cfg(feature = "rabbitmq")]
    pub const fn rabbitmq(&self) -> Option<&rabbitmq::state::State> {
        match self {
            #[cfg(feature = "rabbitmq")]
            Self::RabbitMq(state) => Some(state),
            #[cfg(feature = "rocketmq")]
            Self::RocketMq(_) => None,
        }
    }

    /// What it is of RocketMQ.
    #[must_use]
    #[cfg(feature = "rocketmq")]
    pub const fn rocketmq(&self) -> Option<&rocketmq::state::State> {
        match self {
            #[cfg(feature = "rocketmq")]
            Self::RocketMq(state) => Some(state),
            #[cfg(feature = "rabbitmq")]
            Self::RabbitMq(_) => None,
        }
    }

    /// Takes the names of another scenario that begins with the same statements.
    pub fn fit(&mut self, scenario: &Scenario) {
        match self {
            #[cfg(feature = "rabbitmq")]
            Self::RabbitMq(state) => state.fit(scenario),
            #[cfg(feature = "rocketmq")]
            Self::RocketMq(state) => state.fit(scenario),
        }
    }

    /// What its size follows.
    #[must_use]
    pub fn parts(&self) -> usize {
        match self {
            #[cfg(feature = "rabbitmq")]
            Self::RabbitMq(state) => state.parts(),
            #[cfg(feature = "rocketmq")]
            Self::RocketMq(state) => state.parts(),
        }
    }

    /// How many messages a producer has that are not confirmed.
    pub(crate) fn unconfirmed(&self, producer: ActorId) -> u64 {
        match self {
            #[cfg(feature = "rabbitmq")]
            Self::RabbitMq(state) => state.producer(producer).map_or(0, |p| p.unconfirmed.len()),
            #[cfg(feature = "rocketmq")]
            Self::RocketMq(state) => state.producer(producer).map_or(0, |p| p.unconfirmed.len()),
        }
    }

    /// How many messages the fact says that a consumer received.
    pub(crate) fn received(&self, consumer: ActorId) -> u64 {
        match self {
            #[cfg(feature = "rabbitmq")]
            Self::RabbitMq(state) => state.consumer(consumer).map_or(0, |c| c.received),
            #[cfg(feature = "rocketmq")]
            Self::RocketMq(state) => state.received(consumer),
        }
    }

    /// What a consumer processed in its present run.
    pub(crate) fn processed(&self, consumer: ActorId) -> Option<ProcessedRanges> {
        match self {
            #[cfg(feature = "rabbitmq")]
            Self::RabbitMq(state) => state.consumer(consumer).map(|c| ProcessedRanges {
                from: c.processed_from,
                to: c.processed_to,
                part: c.processed_part,
            }),
            #[cfg(feature = "rocketmq")]
            Self::RocketMq(state) => state.member(consumer).map(|member| ProcessedRanges {
                from: member.processed_from,
                to: member.processed_to,
                part: member.processed_part,
            }),
        }
    }

    /// A copy to keep; `before` is the one that was kept last.
    pub(crate) fn kept(&self, before: Option<&Kept>) -> Kept {
        match self {
            #[cfg(feature = "rabbitmq")]
            Self::RabbitMq(state) => Kept::RabbitMq(state.kept(before.and_then(Kept::rabbitmq))),
            #[cfg(feature = "rocketmq")]
            Self::RocketMq(state) => Kept::RocketMq(state.kept(before.and_then(Kept::rocketmq))),
        }
    }

    /// Forgets whether it stands inside a range or behind the part of one that was cut.
    pub(crate) fn forget_parts(&mut self) {
        match self {
            #[cfg(feature = "rabbitmq")]
            Self::RabbitMq(state) => state.forget_parts(),
            #[cfg(feature = "rocketmq")]
            Self::RocketMq(state) => state.forget_parts(),
        }
    }

    /// Whether it is the same as another but for names of which nothing has happened yet.
    pub(crate) fn is_but_for_names(&self, other: &Self) -> bool {
        match (self, other) {
            #[cfg(feature = "rabbitmq")]
            (Self::RabbitMq(state), Self::RabbitMq(other)) => state.is_but_for_names(other),
            #[cfg(feature = "rocketmq")]
            (Self::RocketMq(state), Self::RocketMq(other)) => state.is_but_for_names(other),
            #[cfg(all(feature = "rabbitmq", feature = "rocketmq"))]
            (Self::RabbitMq(_), Self::RocketMq(_)) | (Self::RocketMq(_), Self::RabbitMq(_)) => {
                false
            }
        }
    }

    /// Moves it behind an event that is no range.
    pub(crate) fn apply(&mut self, what: &What, arenas: &Arenas) {
        match self {
            #[cfg(feature = "rabbitmq")]
            Self::RabbitMq(state) => state.apply(what, arenas),
            #[cfg(feature = "rocketmq")]
            Self::RocketMq(state) => state.apply(what),
        }
    }

    /// Moves it behind the first `done` messages of a range.
    pub(crate) fn apply_part(&mut self, what: &What, arenas: &Arenas, done: u64) {
        match self {
            #[cfg(feature = "rabbitmq")]
            Self::RabbitMq(state) => state.apply_part(what, arenas, done),
            #[cfg(feature = "rocketmq")]
            Self::RocketMq(state) => state.apply_part(what, done),
        }
    }
}

/// What a family's events name by index.
#[derive(Clone, Debug)]
pub enum Arena {
    /// Of RabbitMQ Streams.
    #[cfg(feature = "rabbitmq")]
    RabbitMq(rabbitmq::arena::Arena),
    /// Of RocketMQ.
    #[cfg(feature = "rocketmq")]
    RocketMq(rocketmq::arena::Arena),
}

impl Arena {
    /// Nothing is kept yet.
    #[must_use]
    pub fn new(scenario: &Scenario) -> Self {
        match scenario.header.family {
            #[cfg(feature = "rabbitmq")]
            Family::RabbitMq => Self::RabbitMq(rabbitmq::arena::Arena::default()),
            #[cfg(feature = "rocketmq")]
            Family::RocketMq => Self::RocketMq(rocketmq::arena::Arena::default()),
        }
    }

    /// Makes room for the names of a scenario.
    pub(crate) fn fit(&mut self, scenario: &Scenario) {
        match self {
            #[cfg(feature = "rabbitmq")]
            Self::RabbitMq(arena) => arena.fit(scenario),
            #[cfg(feature = "rocketmq")]
            Self::RocketMq(arena) => arena.fit(scenario),
        }
    }

    /// What it holds, in pieces.
    pub(crate) fn pieces(self, out: &mut Vec<Piece>) {
        match self {
            #[cfg(feature = "rabbitmq")]
            Self::RabbitMq(arena) => arena.pieces(out),
            #[cfg(feature = "rocketmq")]
            Self::RocketMq(arena) => arena.pieces(out),
        }
    }

    /// What it is of RabbitMQ Streams.
    #[must_use]
    #[cfg(feature = "rabbitmq")]
    pub const fn rabbitmq(&self) -> Option<&rabbitmq::arena::Arena> {
        match self {
            #[cfg(feature = "rabbitmq")]
            Self::RabbitMq(arena) => Some(arena),
            #[cfg(feature = "rocketmq")]
            Self::RocketMq(_) => None,
        }
    }

    /// The same, to append to.
    #[cfg(feature = "rabbitmq")]
    pub(crate) const fn rabbitmq_mut(&mut self) -> Option<&mut rabbitmq::arena::Arena> {
        match self {
            #[cfg(feature = "rabbitmq")]
            Self::RabbitMq(arena) => Some(arena),
            #[cfg(feature = "rocketmq")]
            Self::RocketMq(_) => None,
        }
    }

    /// What it is of RocketMQ.
    #[must_use]
    #[cfg(feature = "rocketmq")]
    pub const fn rocketmq(&self) -> Option<&rocketmq::arena::Arena> {
        match self {
            #[cfg(feature = "rocketmq")]
            Self::RocketMq(arena) => Some(arena),
            #[cfg(feature = "rabbitmq")]
            Self::RabbitMq(_) => None,
        }
    }

    /// The same, to append to.
    #[cfg(feature = "rocketmq")]
    pub(crate) const fn rocketmq_mut(&mut self) -> Option<&mut rocketmq::arena::Arena> {
        match self {
            #[cfg(feature = "rocketmq")]
            Self::RocketMq(arena) => Some(arena),
            #[cfg(feature = "rabbitmq")]
            Self::RabbitMq(_) => None,
        }
    }
}
