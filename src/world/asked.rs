//! Questions of a script: which one is open at a moment, and when it is answered. Knows no answer.

use alloc::sync::Arc;

use super::timeline::{Cursor, Timeline};
use crate::base::bisect;
use crate::ids::StatementId;
use crate::language::ast::{FactRef, Statement, StatementKind};

/// A question that is open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Asked {
    /// Its `ask`.
    pub ask: StatementId,
    /// What it asks for.
    pub fact: FactRef,
    /// Events that had happened when it was asked.
    pub opened: u32,
    /// The next `ask` or `expect`; `None`: the end.
    pub closing: Option<StatementId>,
    /// Events that have happened when the fact is what was asked for.
    pub closes: u32,
}

impl Timeline {
    /// The question that is open at a moment: from its `ask` until the next `ask`, `expect` or the end.
    #[must_use]
    pub fn asked(&self, cursor: Cursor) -> Option<Asked> {
        let asked = self.asked_last(cursor)?;
        // At the very end there is nothing left to predict.
        (cursor.event < asked.closes).then_some(asked)
    }

    /// The last question that was asked at or before a moment, unless another one or a check came since.
    #[must_use]
    pub fn asked_last(&self, cursor: Cursor) -> Option<Asked> {
        let statements = &self.scenario().statements;
        let end = |at: usize| self.end_of(StatementId::at(at)).unwrap_or(u32::MAX);
        let ended = bisect(0, statements.len(), |at| end(at) <= cursor.event);
        let asks = |s: &Arc<Statement>| matches!(s.kind, StatementKind::Ask { .. });
        let closes = |s: &Arc<Statement>| asks(s) || matches!(s.kind, StatementKind::Expect(_));
        let at = statements[..ended].iter().rposition(closes)?;
        let StatementKind::Ask { fact, .. } = &statements[at].kind else {
            return None;
        };
        let rest = statements[at + 1..].iter().position(closes);
        let closing = rest.map(|behind| StatementId::at(at + 1 + behind));
        Some(Asked {
            ask: StatementId::at(at),
            fact: *fact,
            opened: end(at),
            closing,
            closes: self.closed_at(closing),
        })
    }

    /// Events that have happened when a question closes.
    #[must_use]
    pub fn closed_at(&self, closing: Option<StatementId>) -> u32 {
        let end = closing.and_then(|closing| self.end_of(closing));
        end.unwrap_or_else(|| self.len())
    }
}
