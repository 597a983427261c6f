//! The registry's part for what could have been otherwise: each family changes its own statements.

use alloc::string::String;
use alloc::vec::Vec;

use super::Family;
#[cfg(feature = "rabbitmq")]
use super::rabbitmq;
#[cfg(feature = "rocketmq")]
use super::rocketmq;
use crate::ids::StatementId;
use crate::language::Scenario;
use crate::language::ast::FactRef;

/// A script in which one thing is different.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Variant {
    /// What, as a condition: `if it stored every 5`.
    pub words: String,
    /// The script, with as many statements as it had.
    pub scenario: Scenario,
}

/// Scripts that differ in one thing that the fact may depend on; `ask` is where it is asked for.
#[must_use]
pub fn variants(scenario: &Scenario, ask: StatementId, fact: FactRef) -> Vec<Variant> {
    match scenario.header.family {
        #[cfg(feature = "rabbitmq")]
        Family::RabbitMq => rabbitmq::variants::variants(scenario, ask, fact.subject),
        #[cfg(feature = "rocketmq")]
        Family::RocketMq => rocketmq::variants::variants(scenario, ask, fact.subject),
    }
}
