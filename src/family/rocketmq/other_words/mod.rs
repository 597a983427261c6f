//! Words of other systems, of RocketMQ's own clients and tools, and of what is not modelled of it: the one table that
//! diagnostics and `docs/fidelity.md` are made of, a file for each place of a word.

mod facts;
mod inside;
mod not_modelled;
mod statements;

use crate::language::other_words::{NotModelled, OF_EVERY_FAMILY, OtherWords};

/// Words of other systems and of RocketMQ, and what is written instead.
pub(super) const OTHER_WORDS: &[&[OtherWords]] =
    &[OF_EVERY_FAMILY, statements::ROWS, inside::ROWS, facts::ROWS];

/// Concepts that are not modelled.
pub(super) const NOT_MODELLED: &[NotModelled] = not_modelled::ROWS;
