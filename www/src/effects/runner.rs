//! Reads and runs texts in slices of 8 ms, so that the page stays alive; a newer job cancels an older one.
//! Must not know what is done with the result.

use std::cell::Cell;
use std::rc::Rc;

use offset_lab::engine::{Progress, Run};
use offset_lab::scenario;
use yew::platform::spawn_local;
use yew::platform::time::sleep;
use yew::prelude::*;

use super::store::Lab;
use crate::state::{Action, Aim, Job};

/// One slice of work.
const SLICE_MS: f64 = 8.0;
/// Steps of the engine between two looks at the clock.
const BUDGET: u32 = 200;
/// After so long without a result, the page says that it is at work.
const PATIENCE_MS: f64 = 250.0;
/// Texts of this length are read when the typing pauses.
const LONG_TEXT: usize = 20_000;
/// And those whose last run took so long: the next key should not wait for a run that it cancels.
const LONG_RUN_MS: f64 = 10.0;
/// That pause.
const PAUSE: core::time::Duration = core::time::Duration::from_millis(200);

/// Works off the state's job.
#[hook]
pub(crate) fn use_runner(job: Option<Job>, lab: &Lab) {
    let current = use_memo((), |()| Cell::new(0));
    let spent = use_memo((), |()| Cell::new(0.0));
    let lab = lab.clone();
    let number = job.as_ref().map_or(0, |job| job.number);
    use_effect_with(number, move |number| {
        current.set(*number);
        let running = Rc::clone(&current);
        if let Some(job) = job {
            spawn_local(work(job, running, spent, lab));
        }
        // A newer job, or the end of the app: whatever runs has become pointless.
        move || current.set(0)
    });
}

async fn work(job: Job, current: Rc<Cell<u64>>, spent: Rc<Cell<f64>>, lab: Lab) {
    let number = job.number;
    let cancelled = || current.get() != number;
    let is_long = job.text.len() > LONG_TEXT || spent.get() > LONG_RUN_MS;
    if is_long && job.aim == Aim::Stay {
        sleep(PAUSE).await;
        if cancelled() {
            return;
        }
    }
    let began = now();
    let parsed = Rc::new(scenario::parse(&job.text));
    let scenario = parsed.scenario.clone();
    let is_sound = parsed.diagnostics.is_empty();
    lab.send(Action::Parsed {
        job: number,
        parsed,
    });
    if !is_sound {
        return;
    }
    let mut run = Run::new(&scenario);
    let mut told = now() + PATIENCE_MS;
    while let Progress::More = slice(&mut run) {
        if now() > told {
            told = now() + PATIENCE_MS;
            let events = run.timeline().len();
            lab.send(Action::Running {
                job: number,
                events,
            });
        }
        sleep(core::time::Duration::ZERO).await;
        if cancelled() {
            return;
        }
    }
    spent.set(now() - began);
    lab.send(Action::Ran {
        job: number,
        timeline: Rc::new(run.into_timeline()),
    });
}

fn slice(run: &mut Run) -> Progress {
    let end = now() + SLICE_MS;
    loop {
        match run.advance(BUDGET) {
            Progress::Done => return Progress::Done,
            Progress::More if now() >= end => return Progress::More,
            Progress::More => {}
        }
    }
}

/// Milliseconds of the machine's clock: for slices of work only, never for simulated time.
fn now() -> f64 {
    js_sys::Date::now()
}
