//! What is known of something at a moment: the values behind `expect`, `run until`, tables and pictures.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use super::World;
use crate::base::divide;
use crate::ids::ActorId;
use crate::language::ast::{Check, Comparison, Condition, FactRef, Op, Operand, Scenario, Value};
use crate::language::facts::FactSource;
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
            FactSource::Clock => Value::Number(self.world.now.0),
            FactSource::Family(of_family) => of_family.value(self, fact.subject),
        }
    }

    /// Whether a comparison holds. An order with `none` never holds, and nothing that compares two facts does
    /// while one of them has no value.
    #[must_use]
    pub fn holds(&self, c: &Comparison) -> bool {
        let seen = self.value(c.fact);
        match &c.to {
            Operand::Value(wanted) => compare(&seen, c.op, wanted),
            Operand::Fact { fact, plus } => {
                let other = self.value(*fact);
                match (seen.number(), other.number()) {
                    (Some(a), Some(b)) => ordered(&a, c.op, &(b + i128::from(*plus))),
                    (_, _) => match (seen, other) {
                        (Value::Text(a), Value::Text(b)) => ordered(&a, c.op, &b),
                        (Value::None | Value::Number(_) | Value::Below(_) | Value::Text(_), _) => {
                            false
                        }
                    },
                }
            }
        }
    }

    /// How far the left side of a comparison is above its right side, where both are numbers.
    #[must_use]
    pub fn distance(&self, c: &Comparison) -> Option<i128> {
        let right = match &c.to {
            Operand::Value(value) => value.number()?,
            Operand::Fact { fact, plus } => self.value(*fact).number()? + i128::from(*plus),
        };
        Some(self.value(c.fact).number()? - right)
    }

    /// What a comparison looked at, in words: the left side, and the right side where it is a fact, too.
    #[must_use]
    pub fn seen(&self, c: &Comparison) -> String {
        let left = show::value(c.fact, &self.value(c.fact));
        let Operand::Fact { fact, plus } = c.to else {
            return left;
        };
        let name = show::sum(self.scenario, fact, plus);
        let right = match self.value(fact) {
            Value::Number(number) if plus != 0 => match u64::try_from(added(number, plus)) {
                Ok(sum) => show::value(fact, &Value::Number(sum)),
                Err(_) => digits(added(number, plus)),
            },
            ref other @ (Value::None | Value::Number(_) | Value::Below(_) | Value::Text(_)) => {
                show::value(fact, other)
            }
        };
        format!("{left}; {name} is {right}")
    }

    /// Why a comparison cannot hold at all, if that shows in the log.
    #[must_use]
    pub fn why_not(&self, c: &Comparison) -> Option<String> {
        match (c.op, &c.to, c.fact.fact.source) {
            (Op::Eq, Operand::Value(Value::Number(wanted)), FactSource::Family(of_family)) => {
                of_family.why_not(self, c.fact.subject, *wanted)
            }
            (
                _,
                Operand::Fact { .. } | Operand::Value(_),
                FactSource::Clock | FactSource::Family(_),
            ) => None,
        }
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
            Check::Compare(c) => (self.holds(c), self.seen(c)),
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
        let Some(processed) = self.world.family.processed(id) else {
            return merged;
        };
        let ranges = &self.arenas.actor(id).processed;
        let mut before = None;
        for at in processed.from..processed.to {
            let (log, first, count) = ranges[at as usize];
            let is_last = at + 1 == processed.to;
            let count = processed.part.filter(|_| is_last).unwrap_or(count);
            let last = first.0 + (count - 1);
            let goes_on = before.replace(log) == Some(log);
            match merged.last_mut() {
                Some(range) if goes_on && range.1 + 1 == first.0 => range.1 = last,
                _ => merged.push((first.0, last)),
            }
        }
        merged
    }
}

/// A number with something added: below 0 it is none that a fact can have, and compares as what it is.
fn added(number: u64, plus: i64) -> i128 {
    i128::from(number) + i128::from(plus)
}

/// The number in digits, from two of 64 bits: to print one of 128 takes a kilobyte in a browser's download.
fn digits(number: i128) -> String {
    const HALF: u64 = 10_000_000_000;
    let sign = if number < 0 { "-" } else { "" };
    let all = number.unsigned_abs();
    let head = divide(all, HALF.into());
    let rest = u64::try_from(all - head * u128::from(HALF)).unwrap_or(0);
    match u64::try_from(head).unwrap_or(u64::MAX) {
        0 => format!("{sign}{rest}"),
        head => format!("{sign}{head}{rest:010}"),
    }
}

fn compare(seen: &Value, op: Op, wanted: &Value) -> bool {
    match op {
        Op::Eq => seen == wanted,
        Op::Ne => seen != wanted,
        Op::Lt | Op::Le | Op::Gt | Op::Ge => match (seen.number(), wanted.number()) {
            (Some(a), Some(b)) => ordered(&a, op, &b),
            (_, _) => false,
        },
    }
}

fn ordered<T: Ord>(a: &T, op: Op, b: &T) -> bool {
    match op {
        Op::Lt => a < b,
        Op::Le => a <= b,
        Op::Gt => a > b,
        Op::Ge => a >= b,
        Op::Eq => a == b,
        Op::Ne => a != b,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::string::ToString;

    #[test]
    fn sums_of_numbers_are_written_as_they_are() {
        for number in [0, 1, -1, 9_999_999_999, 10_000_000_000, -10_000_000_001] {
            assert_eq!(digits(number), number.to_string());
        }
        for plus in [i64::MIN, -7, 0, 7, i64::MAX] {
            for number in [0, 5, u64::MAX] {
                let sum = added(number, plus);
                assert_eq!(digits(sum), sum.to_string());
            }
        }
    }
}
