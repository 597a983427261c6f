//! Where in a range of messages a condition comes true first, without looking behind every message. Knows no event.
//!
//! Inside a range a fact goes in one direction by one a message, or stays for a while, or is the time, which goes on
//! evenly. A stretch in which no fact turns can be solved; any other is halved until it can.

use alloc::vec::Vec;

use crate::base::{SmallSet, divide_signed};
use crate::language::ast::{Comparison, Condition, FactRef, Operand, Value};
use crate::world::Facts;

/// What is seen behind so many messages of a range.
#[derive(Clone, Debug)]
pub(super) struct Sample {
    /// Whether the condition holds.
    holds: bool,
    /// The sides of each comparison that are facts, and how far the left one is above the right one.
    comparisons: Vec<Sides>,
}

#[derive(Clone, Debug)]
struct Sides {
    left: Side,
    right: Option<Side>,
    distance: Option<i128>,
}

#[derive(Clone, Debug)]
struct Side {
    value: Value,
    is_time: bool,
}

impl Sample {
    pub(super) fn of(facts: &Facts<'_>, condition: &Condition) -> Self {
        Self {
            holds: facts.all_hold(condition),
            comparisons: condition.all.iter().map(|c| Sides::of(facts, c)).collect(),
        }
    }
}

impl Sides {
    fn of(facts: &Facts<'_>, c: &Comparison) -> Self {
        let side = |fact: FactRef| Side {
            value: facts.value(fact),
            is_time: fact == FactRef::TIME,
        };
        Self {
            left: side(c.fact),
            right: match &c.to {
                Operand::Value(_) => None,
                Operand::Fact { fact, .. } => Some(side(*fact)),
            },
            distance: facts.distance(c),
        }
    }

    fn facts(&self) -> impl Iterator<Item = &Side> {
        core::iter::once(&self.left).chain(&self.right)
    }
}

/// The smallest k in 1..=count behind which the condition holds.
pub(super) fn first(count: u64, look: &dyn Fn(u64) -> Sample) -> Option<u64> {
    let (from, to) = (look(1), look(count));
    first_in(look, (1, &from), (count, &to))
}

type Point<'a> = (u64, &'a Sample);

fn first_in(look: &dyn Fn(u64) -> Sample, from: Point<'_>, to: Point<'_>) -> Option<u64> {
    if from.1.holds {
        return Some(from.0);
    }
    if to.0 - from.0 <= 1 {
        return to.1.holds.then_some(to.0);
    }
    if is_straight(from, to) {
        let holds = |k: &u64| {
            if *k == to.0 {
                to.1.holds
            } else {
                look(*k).holds
            }
        };
        return turns(from, to).into_iter().find(holds);
    }
    let middle = from.0 + (to.0 - from.0) / 2;
    let sample = look(middle);
    first_in(look, from, (middle, &sample)).or_else(|| first_in(look, (middle, &sample), to))
}

/// Whether no fact turns between two points: what changed by as many as there are messages went with each of them.
fn is_straight(from: Point<'_>, to: Point<'_>) -> bool {
    let before = from.1.comparisons.iter().flat_map(Sides::facts);
    let behind = to.1.comparisons.iter().flat_map(Sides::facts);
    before.zip(behind).all(|(a, b)| match (&a.value, &b.value) {
        (Value::Number(x), Value::Number(y)) => {
            a.is_time || x == y || x.abs_diff(*y) == to.0 - from.0
        }
        (a, b) => a == b,
    })
}

/// Where a straight stretch may begin to hold, in order: next to where a comparison's sides meet.
fn turns(from: Point<'_>, to: Point<'_>) -> SmallSet<u64> {
    let length = i128::from(to.0 - from.0);
    let mut all = SmallSet::from_iter([to.0]);
    for (a, b) in from.1.comparisons.iter().zip(&to.1.comparisons) {
        let (Some(start), Some(end)) = (a.distance, b.distance) else {
            continue;
        };
        let slope = divide_signed(end - start, length);
        if slope == 0 {
            continue;
        }
        let meet = divide_signed(-start, slope);
        let near = (meet - 1..=meet + 2).filter(|k| (0..=length).contains(k));
        for k in near.filter_map(|k| u64::try_from(k).ok()) {
            all.insert(from.0 + k);
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::Prng;
    use crate::language::ast::Op;

    /// A fact that goes one way, and stays for a while now and then.
    fn walk(draw: &mut dyn FnMut(u64) -> u64, count: u64) -> Vec<u64> {
        let (mut value, up) = (500 + draw(60), draw(2) == 0);
        let mut moves = true;
        let mut all = Vec::new();
        for _ in 0..count {
            moves ^= draw(40) == 0;
            value = match (moves, up) {
                (false, _) => value,
                (true, true) => value + 1,
                (true, false) => value - 1,
            };
            all.push(value);
        }
        all
    }

    fn holds(op: Op, distance: i128) -> bool {
        match op {
            Op::Eq => distance == 0,
            Op::Ne => distance != 0,
            Op::Lt => distance < 0,
            Op::Le => distance <= 0,
            Op::Gt => distance > 0,
            Op::Ge => distance >= 0,
        }
    }

    #[test]
    fn the_first_hit_is_that_of_looking_behind_every_message() {
        let mut prng = Prng::new(3, 0);
        let mut draw = |bound: u64| prng.next() % bound;
        for _ in 0..4_000 {
            let count = 2 + draw(300);
            let comparisons: Vec<_> = (0..1 + draw(2))
                .map(|_| {
                    let op = Op::ALL[draw(6) as usize];
                    (walk(&mut draw, count), op, walk(&mut draw, count))
                })
                .collect();
            let look = |k: u64| {
                let at = k as usize - 1;
                let distance = |a: &[u64], b: &[u64]| i128::from(a[at]) - i128::from(b[at]);
                let side = |walk: &[u64]| Side {
                    value: Value::Number(walk[at]),
                    is_time: false,
                };
                Sample {
                    holds: comparisons
                        .iter()
                        .all(|(a, op, b)| holds(*op, distance(a, b))),
                    comparisons: comparisons
                        .iter()
                        .map(|(a, _, b)| Sides {
                            left: side(a),
                            right: Some(side(b)),
                            distance: Some(distance(a, b)),
                        })
                        .collect(),
                }
            };
            let naive = (1..=count).find(|k| look(*k).holds);
            assert_eq!(first(count, &look), naive, "{comparisons:?}");
        }
    }
}
