//! The search for a schedule that a transcript leaves open: whether stores reached the writer before
//! messages or with them, and whether retention ran before the messages that rolled a segment.

use std::collections::{BTreeMap, VecDeque};

use crate::plan;
use crate::prelude::Rules;
use crate::replay::{Attempt, Observe, Runner};
use crate::report::{Outcome, Reason, Verdict};
use crate::step::Step;
use crate::transcript::Scenario;

/// How often a scenario is replayed at most in search of its schedule.
const REPLAYS: usize = 400;
/// Steps and messages that all replays of one scenario may cost together.
const WORK: u64 = 20_000_000;

/// Replays a scenario as either of its recorded runs.
pub(crate) fn scenario(rules: &Rules, scenario: &Scenario) -> Outcome {
    let Some(steps) = &scenario.steps else {
        return skipped(scenario, Reason::ClientLibrary);
    };
    let first = search(rules, scenario, steps, |step| step.observed.as_ref());
    let another = steps.iter().any(|step| step.in_another_run.is_some());
    let best = if first.difference.is_some() && another {
        let second = search(rules, scenario, steps, |step| {
            step.in_another_run.as_ref().or(step.observed.as_ref())
        });
        if second.difference.is_none() {
            second
        } else {
            first
        }
    } else {
        first
    };
    let verdict = match (best.difference, best.skipped.keys().next()) {
        (Some(difference), _) => Verdict::Differs(difference),
        (None, Some(reason)) if best.compared == 0 => Verdict::Skipped(*reason),
        (None, None) if best.compared == 0 => Verdict::Skipped(scenario.silent()),
        (None, _) => Verdict::Match,
    };
    Outcome {
        id: scenario.id.clone(),
        verdict,
        compared: best.compared,
        matched: best.matched,
        skipped: best.skipped,
    }
}

fn skipped(scenario: &Scenario, reason: Reason) -> Outcome {
    Outcome {
        id: scenario.id.clone(),
        verdict: Verdict::Skipped(reason),
        compared: 0,
        matched: 0,
        skipped: BTreeMap::from([(reason, 1)]),
    }
}

/// Replays with the first choice everywhere; if that differs, with ever more choices changed. What
/// gets further is kept, and the search goes on behind it.
fn search(rules: &Rules, scenario: &Scenario, steps: &[Step], observe: Observe) -> Attempt {
    let plan = plan::collect(steps, observe);
    let attempt = |given: &[u8]| {
        let mut runner = Runner::new(rules, scenario, &plan);
        runner.chosen.given = given.to_vec();
        runner.run(steps, observe)
    };
    let reach = |attempt: &Attempt| attempt.difference.as_ref().map(|at| at.step);
    let messages: u64 = plan.lives.values().map(|life| life.published).sum();
    let work = WORK / (messages + steps.len() as u64 * 50 + 1);
    let mut left = REPLAYS.min(usize::try_from(work).unwrap_or(REPLAYS));
    let mut best = attempt(&[]);
    let mut open = VecDeque::from(changes(&[], &best.offered));
    while let (Some(given), Some(reached)) = (open.pop_front(), reach(&best)) {
        if left == 0 {
            break;
        }
        left -= 1;
        let other = attempt(&given);
        let further = reach(&other).is_none_or(|step| step > reached);
        let next = changes(&given, &other.offered);
        if further {
            open.clear();
            best = other;
        }
        open.extend(next);
    }
    best
}

/// The same choices with one more changed, behind those that were changed already.
fn changes(given: &[u8], offered: &[u8]) -> Vec<Vec<u8>> {
    let one_more = |at: usize, option: u8| {
        let mut changed = given.to_vec();
        changed.resize(at, 0);
        changed.push(option);
        changed
    };
    (given.len()..offered.len())
        .flat_map(|at| (1..offered[at]).map(move |option| (at, option)))
        .map(|(at, option)| one_more(at, option))
        .collect()
}
