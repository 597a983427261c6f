//! Statements' parts back into the words of the language. Knows names, not layout.

use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use core::fmt;

use super::ast::{Check, Comparison, Condition, FactRef, Op, Operand, Scenario, Subject, Value};
use super::context::is_structure;
use super::facts::Measure;
use super::{lexer, table};
use crate::family::Family;

pub use super::quote::quoted;
pub use super::values::grouped;

/// A name as scripts of any family may write it: bare where it can be, else quoted.
#[must_use]
pub fn name(name: &str) -> String {
    let families = Family::ALL.iter();
    if families.clone().all(|family| is_bare(*family, name)) {
        return name.to_string();
    }
    quoted(name)
}

/// A name as scripts of this family write it.
#[must_use]
pub fn name_in(family: Family, name: &str) -> String {
    if is_bare(family, name) {
        return name.to_string();
    }
    quoted(name)
}

fn is_bare(family: Family, name: &str) -> bool {
    let reserved = || is_structure(family, name) || table::form(family, name).is_some();
    lexer::is_name(name) && !reserved()
}

/// A fact: `billing.stored`.
#[must_use]
pub fn fact(scenario: &Scenario, fact: FactRef) -> String {
    let name = match fact.subject {
        Subject::World => "world".to_string(),
        Subject::Log(_) | Subject::Set(_) | Subject::Program(_) | Subject::Progress(..) => {
            named(scenario, &subject(scenario, fact.subject))
        }
    };
    format!("{name}.{}", fact.fact.word)
}

/// The name of what has facts, as it stands.
#[must_use]
pub fn subject(scenario: &Scenario, subject: Subject) -> String {
    match subject {
        Subject::World => "world".to_string(),
        Subject::Log(id) => scenario.streams[id.index()].to_string(),
        Subject::Set(id) => scenario.sets[id.index()].name.to_string(),
        Subject::Program(id) => scenario.actors[id.index()].name.to_string(),
        Subject::Progress(program, log) => {
            let of = scenario
                .header
                .family
                .part_of(&scenario.streams[log.index()]);
            format!("{}.{of}", scenario.actors[program.index()].name)
        }
    }
}

fn named(scenario: &Scenario, name: &str) -> String {
    name_in(scenario.header.family, name)
}

/// A comparison: `billing.stored == 19`.
#[must_use]
pub fn comparison(scenario: &Scenario, c: &Comparison) -> String {
    let to = match &c.to {
        Operand::Value(value) => self::value(c.fact, value),
        Operand::Fact { fact, plus } => sum(scenario, *fact, *plus),
    };
    format!("{} {} {to}", fact(scenario, c.fact), c.op)
}

/// A fact and what is added to it: `orders.next - 1`.
#[must_use]
pub fn sum(scenario: &Scenario, fact: FactRef, plus: i64) -> String {
    let name = self::fact(scenario, fact);
    if plus == 0 {
        return name;
    }
    let sign = if plus < 0 { '-' } else { '+' };
    let by = value(fact, &Value::Number(plus.unsigned_abs()));
    format!("{name} {sign} {by}")
}

/// The value of a fact as the language writes it: times are durations since the start.
#[must_use]
pub fn value(fact: FactRef, value: &Value) -> String {
    let (Measure::Time, Value::Number(us)) = (fact.fact.measure, value) else {
        return value.to_string();
    };
    let units = [
        (86_400_000_000, "d"),
        (3_600_000_000, "h"),
        (60_000_000, "m"),
        (1_000_000, "s"),
        (1_000, "ms"),
        (1, "us"),
    ];
    let (size, unit) = units
        .into_iter()
        .find(|(size, _)| *us >= *size && us % size == 0)
        .unwrap_or((1, "us"));
    format!("{}{unit}", us / size)
}

/// A condition: comparisons joined by `and`.
#[must_use]
pub fn condition(scenario: &Scenario, c: &Condition) -> String {
    let all: Vec<String> = c.all.iter().map(|c| comparison(scenario, c)).collect();
    all.join(" and ")
}

/// A check without its `expect`.
#[must_use]
pub fn check(scenario: &Scenario, check: &Check) -> String {
    match check {
        Check::Compare(c) => comparison(scenario, c),
        Check::Received { consumer, ranges } => {
            let consumer = named(scenario, &scenario.actors[consumer.index()].name);
            format!("{consumer} received {}", self::ranges(ranges))
        }
    }
}

/// Inclusive ranges: `0..4, 6..7`; `none` when there are none.
#[must_use]
pub fn ranges(ranges: &[(u64, u64)]) -> String {
    if ranges.is_empty() {
        return "none".to_string();
    }
    let all: Vec<String> = ranges.iter().map(|(a, b)| format!("{a}..{b}")).collect();
    all.join(", ")
}

impl fmt::Display for Op {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}

impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::None => f.write_str("none"),
            Self::Number(n) => n.fmt(f),
            Self::Below(n) => write!(f, "-{n}"),
            Self::Text(text) => f.write_str(&quoted(text)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_written_in_the_largest_unit_that_fits() {
        let time = |us| value(FactRef::TIME, &Value::Number(us));
        assert_eq!(time(5_000_000), "5s");
        assert_eq!(time(1_500), "1500us");
        assert_eq!(time(7_200_000_000), "2h");
        assert_eq!(time(0), "0us");
    }
}
