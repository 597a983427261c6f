//! The registry's part for sentences: each family tells its own events and messages, says what follows from them,
//! and knows what is unusual.

use alloc::string::String;
use alloc::vec::Vec;

#[cfg(feature = "rabbitmq")]
use super::rabbitmq::explain as rabbitmq;
#[cfg(feature = "rocketmq")]
use super::rocketmq::explain as rocketmq;
use super::{AnomalySearch, Family, FamilyEvent, Message, State};
use crate::explain::anomaly::{Findings, SearchStep};
use crate::explain::names::EventNames;
use crate::ids::ActorId;
use crate::language::Scenario;
use crate::trace::{Event, Loss, What};
use crate::units::SimTime;
use crate::world::{Facts, World};

impl FamilyEvent {
    /// What happened, as a clause.
    pub(crate) fn clause(&self, names: &EventNames<'_>) -> String {
        match self {
            #[cfg(feature = "rabbitmq")]
            Self::RabbitMq(event) => rabbitmq::clause::clause(names, event),
            #[cfg(feature = "rocketmq")]
            Self::RocketMq(event) => rocketmq::clause::clause(names, event),
        }
    }

    /// The clause of message `part`, from 1, of the range that it is; `None` when its own clause says as much.
    pub(crate) fn clause_inside(&self, names: &EventNames<'_>, part: u64) -> Option<String> {
        match self {
            #[cfg(feature = "rabbitmq")]
            Self::RabbitMq(event) => rabbitmq::narration::clause_inside(names, event, part),
            #[cfg(feature = "rocketmq")]
            Self::RocketMq(event) => rocketmq::narration::clause_inside(names, event, part),
        }
    }

    /// Whether it only says how something ended, and not why.
    pub(crate) const fn needs_a_reason(&self) -> bool {
        match self {
            #[cfg(feature = "rabbitmq")]
            Self::RabbitMq(event) => rabbitmq::narration::needs_a_reason(event),
            #[cfg(feature = "rocketmq")]
            Self::RocketMq(event) => rocketmq::narration::needs_a_reason(event),
        }
    }

    /// Whether it takes something away from programs that did nothing for it.
    pub(crate) const fn is_a_reason(&self) -> bool {
        match self {
            #[cfg(feature = "rabbitmq")]
            Self::RabbitMq(event) => rabbitmq::narration::is_a_reason(event),
            #[cfg(feature = "rocketmq")]
            Self::RocketMq(event) => rocketmq::narration::is_a_reason(event),
        }
    }
}

impl Message {
    /// It left its sender, as a clause.
    pub(crate) fn sent(&self, names: &EventNames<'_>, program: ActorId) -> String {
        match self {
            #[cfg(feature = "rabbitmq")]
            Self::RabbitMq(message) => rabbitmq::messages::sent(names, program, message),
            #[cfg(feature = "rocketmq")]
            Self::RocketMq(message) => rocketmq::messages::sent(names, program, message),
        }
    }

    /// It arrived, as a clause.
    pub(crate) fn arrived(&self, names: &EventNames<'_>, program: ActorId) -> String {
        match self {
            #[cfg(feature = "rabbitmq")]
            Self::RabbitMq(message) => rabbitmq::messages::arrived(names, program, message),
            #[cfg(feature = "rocketmq")]
            Self::RocketMq(message) => rocketmq::messages::arrived(names, program, message),
        }
    }

    /// It will never arrive, as a clause.
    pub(crate) fn lost(
        &self,
        names: &EventNames<'_>,
        program: ActorId,
        why: Loss,
        at: SimTime,
    ) -> String {
        match self {
            #[cfg(feature = "rabbitmq")]
            Self::RabbitMq(message) => rabbitmq::messages::lost(names, program, message, (why, at)),
            #[cfg(feature = "rocketmq")]
            Self::RocketMq(message) => rocketmq::messages::lost(names, program, message, why),
        }
    }
}

/// A program is up, as a clause: what that means, a scenario's family says.
pub(crate) fn ready(names: &EventNames<'_>, program: ActorId) -> String {
    match names.scenario.header.family {
        #[cfg(feature = "rabbitmq")]
        Family::RabbitMq => rabbitmq::programs::ready(names, program),
        #[cfg(feature = "rocketmq")]
        Family::RocketMq => rocketmq::programs::ready(names, program),
    }
}

/// What a scenario says without effect, by the number of the statement, as clauses.
pub(crate) fn remarks(scenario: &Scenario) -> Vec<(usize, String)> {
    match scenario.header.family {
        #[cfg(feature = "rabbitmq")]
        Family::RabbitMq => rabbitmq::remarks::remarks(scenario),
        #[cfg(feature = "rocketmq")]
        Family::RocketMq => rocketmq::remarks::remarks(scenario),
    }
}

/// What follows from an event that just happened, to be said behind its clause.
pub(crate) fn consequence(facts: &Facts<'_>, what: &What) -> Option<String> {
    match &facts.world.family {
        #[cfg(feature = "rabbitmq")]
        State::RabbitMq(_) => rabbitmq::narration::consequence(facts, what),
        #[cfg(feature = "rocketmq")]
        State::RocketMq(_) => rocketmq::narration::consequence(facts, what),
    }
}

/// Lags that say something else than what is left to do: whose, the word of the fact that says it, and a sentence.
pub(crate) fn lags_that_lie(facts: &Facts<'_>) -> Vec<(ActorId, &'static str, String)> {
    match &facts.world.family {
        #[cfg(feature = "rabbitmq")]
        State::RabbitMq(_) => rabbitmq::lags::lags_that_lie(facts),
        #[cfg(feature = "rocketmq")]
        State::RocketMq(_) => rocketmq::lags::lags_that_lie(facts),
    }
}

impl AnomalySearch {
    /// A search in a run of this scenario.
    pub(crate) fn new(scenario: &Scenario) -> Self {
        match scenario.header.family {
            #[cfg(feature = "rabbitmq")]
            Family::RabbitMq => Self::RabbitMq(rabbitmq::anomalies::AnomalySearch::new(scenario)),
            #[cfg(feature = "rocketmq")]
            Family::RocketMq => Self::RocketMq(rocketmq::anomalies::AnomalySearch::new(scenario)),
        }
    }

    /// Looks at one event; the world is the one before it.
    pub(crate) fn look(&mut self, look: &SearchStep<'_>, event: &Event, found: &mut Findings) {
        match self {
            #[cfg(feature = "rabbitmq")]
            Self::RabbitMq(search) => search.look(look, event, found),
            #[cfg(feature = "rocketmq")]
            Self::RocketMq(search) => search.look(look, event, found),
        }
    }

    /// Adds what shows only at the end.
    pub(crate) fn finish(&self, names: &EventNames<'_>, world: &World, found: &mut Findings) {
        match self {
            #[cfg(feature = "rabbitmq")]
            Self::RabbitMq(search) => search.finish(names, world, found),
            #[cfg(feature = "rocketmq")]
            Self::RocketMq(search) => search.finish(names, world, found),
        }
    }
}
