//! What tests of the state share: running a text, settling jobs as a host would, in one go.

use std::rc::Rc;

use offset_lab::engine::{Progress, Run};
use offset_lab::scenario;
use offset_lab::world::Timeline;

use super::{Action, AppState};

/// The run of a sound text.
pub(crate) fn timeline(text: &str) -> Timeline {
    let parsed = scenario::parse(text);
    assert!(parsed.is_ok(), "{:?}", parsed.diagnostics);
    run(&parsed.scenario)
}

fn run(scenario: &scenario::Scenario) -> Timeline {
    let mut run = Run::new(scenario);
    while let Progress::More = run.advance(10_000) {}
    run.into_timeline()
}

/// The state when its job is done.
pub(crate) fn settle(mut state: AppState) -> AppState {
    while let Some(job) = state.job.clone() {
        let parsed = Rc::new(scenario::parse(&job.text));
        let job = job.number;
        state = state.reduce(Action::Parsed {
            job,
            parsed: Rc::clone(&parsed),
        });
        if parsed.is_ok() {
            let timeline = Rc::new(run(&parsed.scenario));
            state = state.reduce(Action::Ran { job, timeline });
        }
    }
    state
}
