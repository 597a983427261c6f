//! What is known of something at a moment: the values behind `expect`, `run until`, tables and pictures.

use alloc::string::String;
use alloc::vec::Vec;

use super::World;
use crate::ids::ActorId;
use crate::language::ast::{Check, Comparison, Condition, FactRef, Op, Scenario, Value};
use crate::language::facts::Source;
use crate::language::show;
use crate::trace::Arenas;

/// A moment that can be asked.
#[derive(Clone, Copy, Debug)]
pub struct Facts<'a> {
    /// The moment.
    pub world: &'a World,
    /// What it refers to.
    pub arenas: &'a Arenas,
    /// Names, and the version that decides what lag means.
    pub scenario: &'a Scenario,
}

impl Facts<'_> {
    /// The value of a fact.
    #[must_use]
    pub fn value(&self, fact: FactRef) -> Value {
        match fact.fact.source {
            Source::Clock => Value::Number(self.world.now.0),
            Source::Family(of_family) => of_family.value(self, fact.subject),
        }
    }

    /// Whether a comparison holds. An order with `none` never holds.
    #[must_use]
    pub fn holds(&self, c: &Comparison) -> bool {
        compare(&self.value(c.fact), c.op, &c.value)
    }

    /// Whether all comparisons hold.
    #[must_use]
    pub fn all_hold(&self, condition: &Condition) -> bool {
        condition.all.iter().all(|c| self.holds(c))
    }

    /// Whether a check holds, and what was seen.
    #[must_use]
    pub fn check(&self, check: &Check) -> (bool, String) {
        match check {
            Check::Compare(c) => (self.holds(c), show::value(c.fact, &self.value(c.fact))),
            Check::Received { consumer, ranges } => {
                let seen = self.received(*consumer);
                (seen == *ranges, show::ranges(&seen))
            }
        }
    }

    /// What a consumer processed in this run: inclusive ranges in the order of processing.
    #[must_use]
    pub fn received(&self, id: ActorId) -> Vec<(u64, u64)> {
        let mut merged: Vec<(u64, u64)> = Vec::new();
        let Some(c) = self.world.consumer(id) else {
            return merged;
        };
        let ranges = &self.arenas.actor(id).processed;
        for at in c.processed_from..c.processed_to {
            let (first, count) = ranges[at as usize];
            let is_last = at + 1 == c.processed_to;
            let count = c.processed_part.filter(|_| is_last).unwrap_or(count);
            let last = first.0 + (count - 1);
            match merged.last_mut() {
                Some(range) if range.1 + 1 == first.0 => range.1 = last,
                _ => merged.push((first.0, last)),
            }
        }
        merged
    }
}

fn compare(seen: &Value, op: Op, wanted: &Value) -> bool {
    match op {
        Op::Eq => seen == wanted,
        Op::Ne => seen != wanted,
        Op::Lt | Op::Le | Op::Gt | Op::Ge => match (seen, wanted) {
            (Value::Number(a), Value::Number(b)) => ordered(*a, op, *b),
            _ => false,
        },
    }
}

fn ordered(a: u64, op: Op, b: u64) -> bool {
    match op {
        Op::Lt => a < b,
        Op::Le => a <= b,
        Op::Gt => a > b,
        Op::Ge => a >= b,
        Op::Eq => a == b,
        Op::Ne => a != b,
    }
}
