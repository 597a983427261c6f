//! The search for a schedule that a transcript leaves open: whether stores reached the writer before
//! messages or with them, and whether retention ran before the messages that rolled a segment.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use crate::rabbitmq::plan;
use crate::rabbitmq::prelude::Rules;
use crate::rabbitmq::replay::{Attempt, Observe, Runner};
use crate::rabbitmq::step::Step;
use crate::report::{Outcome, Reason, Undecided, Verdict};
use crate::transcript::Scenario;
use crate::work::Work;

/// Schedules that are tried at most: recordings that match do so within a tenth of it, and every
/// choice that is still open then doubles their number.
const TRIES: u32 = 400;

/// What the search for one recorded run came to.
struct Found {
    best: Attempt,
    tried: u32,
    /// Schedules are left that nobody tried.
    more: bool,
}

/// Replays a scenario, as both of its recorded runs if it has two.
pub(crate) fn scenario(rules: &Rules, scenario: &Scenario<Step>, work: &Work) -> Outcome {
    let Some(steps) = &scenario.steps else {
        return skipped(scenario, Reason::ClientLibrary);
    };
    let search = |observe: Observe| search(rules, scenario, steps, observe, work);
    let one = outcome(scenario, search(|step| step.observed.as_ref()));
    if steps.iter().all(|step| step.in_another_run.is_none()) {
        return one;
    }
    let observe: Observe = |step| step.in_another_run.as_ref().or(step.observed.as_ref());
    both(one, outcome(scenario, search(observe)))
}

fn outcome(scenario: &Scenario<Step>, found: Found) -> Outcome {
    let Found { best, tried, more } = found;
    let verdict = match (best.difference, best.skipped.keys().next()) {
        (closest, _) if more => Verdict::Undecided(Undecided { tried, closest }),
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
        given: best.given,
        skipped: best.skipped,
    }
}

/// What the replays of both recorded runs of one scenario come to together.
fn both(mut one: Outcome, other: Outcome) -> Outcome {
    one.verdict = match (one.verdict, other.verdict) {
        (Verdict::Match, Verdict::Differs(difference))
        | (Verdict::Differs(difference), Verdict::Match) => Verdict::Either(difference),
        (undecided @ Verdict::Undecided(_), _) | (_, undecided @ Verdict::Undecided(_)) => {
            undecided
        }
        (first, _) => first,
    };
    one.compared += other.compared;
    one.matched += other.matched;
    one.given += other.given;
    for (reason, count) in other.skipped {
        *one.skipped.entry(reason).or_default() += count;
    }
    one
}

fn skipped(scenario: &Scenario<Step>, reason: Reason) -> Outcome {
    Outcome {
        id: scenario.id.clone(),
        verdict: Verdict::Skipped(reason),
        compared: 0,
        matched: 0,
        given: 0,
        skipped: BTreeMap::from([(reason, 1)]),
    }
}

/// Choices that differ from the first option: which choice, which option.
type Changes = Vec<(usize, u8)>;

/// Replays with the first option everywhere; if that differs, with ever more choices changed, those
/// first that got furthest.
fn search(
    rules: &Rules,
    scenario: &Scenario<Step>,
    steps: &[Step],
    observe: Observe,
    work: &Work,
) -> Found {
    let plan = plan::collect(steps, observe);
    let attempt = |changes: &Changes| {
        let mut runner = Runner::new(rules, scenario, &plan, work);
        runner.chosen.given = given(changes);
        runner.run(steps, observe)
    };
    let reach = |attempt: &Attempt| attempt.difference.as_ref().map(|at| at.step);
    let mut best = attempt(&Changes::new());
    let (mut tried, mut turn) = (1, 0);
    let mut open = BTreeMap::new();
    let mut queue = |open: &mut BTreeMap<_, Changes>, base: &Changes, from: &Attempt| {
        let left = usize::try_from(TRIES).unwrap_or(usize::MAX);
        for changes in more_changed(base, &from.offered).take(left) {
            open.insert((Reverse(reach(from)), turn), changes);
            turn += 1;
        }
        // What cannot be reached any more is not kept; that it was there, `more` says by itself.
        while open.len() > left {
            open.pop_last();
        }
    };
    if best.unfinished {
        return Found {
            best,
            tried: 0,
            more: true,
        };
    }
    queue(&mut open, &Changes::new(), &best);
    while let Some(reached) = reach(&best) {
        let Some((_, changes)) = open.pop_first() else {
            return Found {
                best,
                tried,
                more: false,
            };
        };
        if tried == TRIES || work.is_spent() {
            break;
        }
        let other = attempt(&changes);
        if other.unfinished {
            break;
        }
        tried += 1;
        queue(&mut open, &changes, &other);
        if reach(&other).is_none_or(|step| step > reached) {
            best = other;
        }
    }
    let more = best.difference.is_some();
    Found { best, tried, more }
}

/// Every choice up to the last changed one.
fn given(changes: &Changes) -> Vec<u8> {
    let mut given = Vec::new();
    for (at, option) in changes {
        given.resize(*at, 0);
        given.push(*option);
    }
    given
}

/// The same changes and one more, behind them.
fn more_changed<'a>(changes: &'a Changes, offered: &'a [u8]) -> impl Iterator<Item = Changes> + 'a {
    let behind = changes.last().map_or(0, |(at, _)| at + 1);
    (behind..offered.len())
        .flat_map(move |at| (1..offered[at]).map(move |option| (at, option)))
        .map(move |change| {
            let mut changed = changes.clone();
            changed.push(change);
            changed
        })
}
