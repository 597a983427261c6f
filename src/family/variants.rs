//! The registry's part for what could have been otherwise: each family changes its own statements.

use alloc::string::String;
use alloc::sync::Arc;
use alloc::vec::Vec;

use super::Family;
#[cfg(feature = "rabbitmq")]
use super::rabbitmq;
#[cfg(feature = "rocketmq")]
use super::rocketmq;
use crate::ids::StatementId;
use crate::language::Scenario;
use crate::language::ast::{FactRef, Statement, StatementKind};

/// A script in which one thing is different.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Variant {
    /// What, as a condition: `if it stored every 5`.
    pub words: String,
    /// The script, with as many statements as it had.
    pub scenario: Scenario,
    /// So many of its first statements are those that it had.
    pub same: usize,
}

/// Adds the script in which `change` has replaced some statements, if it has replaced any; what it answers is to differ
/// from what it is given. One function for whatever changes: for each of its own it would weigh some hundred bytes in a
/// browser's download, and for one that compares all kinds of statements half a kilobyte.
pub(super) fn add(
    all: &mut Vec<Variant>,
    scenario: &Scenario,
    words: &str,
    change: &dyn Fn(usize, &StatementKind) -> Option<StatementKind>,
) {
    let mut first = None;
    let mut other = scenario.clone();
    for (at, statement) in other.statements.iter_mut().enumerate() {
        if let Some(kind) = change(at, &statement.kind) {
            debug_assert_ne!(kind, statement.kind, "{words}");
            first.get_or_insert(at);
            *statement = Arc::new(Statement {
                line: statement.line,
                span: statement.span,
                narration: statement.narration.clone(),
                kind,
            });
        }
    }
    if let Some(same) = first {
        let words = words.into();
        all.push(Variant {
            words,
            scenario: other,
            same,
        });
    }
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
