//! Why a wait for one number never saw it: the fact went past it in a single event.

use alloc::format;
use alloc::string::String;

use super::timeline::{Cursor, Timeline};
use crate::base::bisect;
use crate::language::ast::{Comparison, Op, Operand};
use crate::language::show;

impl Timeline {
    /// From which value to which a fact went past the number that it should equal, if that was between `from` and the
    /// end. A fact without a value counts as below every number.
    pub(crate) fn jumped_over(&self, from: u32, c: &Comparison) -> Option<String> {
        let (Op::Eq, Operand::Value(_)) = (c.op, &c.to) else {
            return None;
        };
        let is_above = |event: usize| {
            let world = self.world(Cursor::at(u32::try_from(event).unwrap_or(u32::MAX)));
            let distance = self.facts_of(&world).distance(c);
            distance.is_some_and(|distance| distance > 0)
        };
        let (from, end) = (from as usize, self.len() as usize);
        if is_above(from) || !is_above(end) {
            return None;
        }
        let after = bisect(from, end, |event| !is_above(event));
        let value = |event: usize| {
            let world = self.world(Cursor::at(u32::try_from(event).unwrap_or(u32::MAX)));
            show::value(c.fact, &self.facts_of(&world).value(c.fact))
        };
        Some(format!(
            "it went from {} to {} at once: write `>=`",
            value(after - 1),
            value(after)
        ))
    }
}
