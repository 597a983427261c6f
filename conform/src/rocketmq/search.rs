//! The search for what a transcript does not time: how long steps took, and where the broker's timers were.

use std::collections::BTreeMap;

use crate::report::{Outcome, Reason, Undecided, Verdict};
use crate::rocketmq::prelude::{Rules, SimDuration};
use crate::rocketmq::replay::{Attempt, Runner, Tempo};
use crate::rocketmq::step::Step;
use crate::transcript::Scenario;
use crate::work::Work;

/// What is tried, one after the other: milliseconds between two steps, and seconds that the broker was up.
const TEMPOS: [(u64, u64); 4] = [(100, 3_600), (1_500, 3_602), (20, 3_604), (3_000, 3_601)];

/// Replays a scenario until one tempo shows what was recorded.
pub(crate) fn scenario(rules: &Rules, scenario: &Scenario<Step>, work: &Work) -> Outcome {
    let Some(steps) = &scenario.steps else {
        return outcome(scenario, Verdict::Skipped(Reason::ClientLibrary), None);
    };
    let mut best: Option<Attempt> = None;
    for (tried, (step, up)) in (0..).zip(TEMPOS) {
        let tempo = Tempo {
            step: SimDuration::from_millis(step),
            up: SimDuration::from_secs(up),
        };
        let attempt = Runner::new(rules, tempo, work).run(steps);
        if attempt.unfinished {
            let closest = best.as_ref().and_then(|best| best.difference.clone());
            let verdict = Verdict::Undecided(Undecided { tried, closest });
            return outcome(scenario, verdict, Some(best.unwrap_or(attempt)));
        }
        let done = attempt.difference.is_none();
        let reach = |attempt: &Attempt| attempt.difference.as_ref().map(|at| at.step);
        if done
            || best
                .as_ref()
                .is_none_or(|best| reach(&attempt) > reach(best))
        {
            best = Some(attempt);
        }
        if done {
            break;
        }
    }
    let verdict = best.as_ref().map_or(Verdict::Match, verdict);
    let verdict = match verdict {
        Verdict::Skipped(_) => Verdict::Skipped(scenario.silent()),
        Verdict::Match | Verdict::Either(_) | Verdict::Differs(_) | Verdict::Undecided(_) => {
            verdict
        }
    };
    outcome(scenario, verdict, best)
}

fn verdict(best: &Attempt) -> Verdict {
    match &best.difference {
        Some(difference) => Verdict::Differs(difference.clone()),
        None if best.compared == 0 => Verdict::Skipped(Reason::NotRecorded),
        None => Verdict::Match,
    }
}

fn outcome(scenario: &Scenario<Step>, verdict: Verdict, best: Option<Attempt>) -> Outcome {
    let (compared, matched, given, skipped) = best.map_or_else(
        || (0, 0, 0, BTreeMap::new()),
        |best| (best.compared, best.matched, best.given, best.skipped),
    );
    Outcome {
        id: scenario.id.clone(),
        verdict,
        compared,
        matched,
        given,
        skipped,
    }
}
