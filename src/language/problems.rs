//! The problems of a text, collected in the order of its lines, bounded. Knows no statement.

use alloc::string::String;
use alloc::vec::Vec;

use super::diagnostic::{Diagnostic, Span};
use crate::limits;

/// Diagnostics so far, and how many were left out.
#[derive(Clone, Debug, Default)]
pub(crate) struct Problems {
    pub(crate) list: Vec<Diagnostic>,
    pub(crate) more: usize,
}

/// What a statement reader returns when it has reported why it could not go on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Reported;

/// The result of reading a part of a line.
pub(crate) type Read<T> = Result<T, Reported>;

impl Problems {
    /// Whether another one would be kept: suggestions for others need not be looked for.
    pub(crate) const fn room(&self) -> bool {
        self.list.len() < limits::DIAGNOSTICS
    }

    /// How many there were.
    pub(crate) const fn count(&self) -> usize {
        self.list.len() + self.more
    }

    /// Adds one; over the bound it is only counted.
    pub(crate) fn push(&mut self, diagnostic: Diagnostic) {
        if self.room() {
            self.list.push(diagnostic);
        } else {
            self.more += 1;
        }
    }
}

/// A diagnostic of the line `number`, which starts at byte `start` of `text`.
pub(crate) fn diagnostic(
    text: &str,
    (number, start): (u32, u32),
    span: Span,
    message: String,
    help: String,
    fix: Option<String>,
) -> Diagnostic {
    let before = text.get(start as usize..span.start as usize).unwrap_or("");
    let column = u32::try_from(before.chars().count()).unwrap_or(u32::MAX);
    Diagnostic {
        span,
        line: number,
        column: column.saturating_add(1),
        message,
        help,
        fix,
    }
}
