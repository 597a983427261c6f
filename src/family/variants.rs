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
use crate::language::ast::{FactRef, StatementKind};

/// A script in which one thing is different.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Variant {
    /// What, as a condition: `if it stored every 5`.
    pub words: String,
    /// The script, with as many statements as it had.
    pub scenario: Scenario,
}

/// The script in which `change` has replaced some statements, if it has replaced any. One function for whatever changes:
/// for each of its own it would weigh some hundred bytes in a browser's download.
pub(super) fn changed(
    scenario: &Scenario,
    change: &dyn Fn(usize, &StatementKind) -> Option<StatementKind>,
) -> Option<Scenario> {
    let mut other = scenario.clone();
    let mut changed = false;
    for (at, statement) in other.statements.iter_mut().enumerate() {
        if let Some(kind) = change(at, &statement.kind).filter(|kind| *kind != statement.kind) {
            statement.kind = kind;
            changed = true;
        }
    }
    changed.then_some(other)
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
