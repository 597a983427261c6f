//! Reads and runs texts in slices of 8 ms, so that the page stays alive; a newer job cancels an older one.
//! Must not know what is done with the result.

use std::cell::Cell;
use std::rc::Rc;
use std::sync::Arc;

use offset_lab::engine::Run;
use yew::platform::spawn_local;
use yew::platform::time::sleep;
use yew::prelude::*;

use super::after::{After, use_after};
use super::store::Lab;
use crate::state::work::RunWork;
use crate::state::{Action, Aim, Job};

/// One slice of work.
const SLICE_MS: f64 = 8.0;
/// The same while nobody sees the page: it paints nothing then, and its timers come once a second.
const HIDDEN_SLICE_MS: f64 = 200.0;
/// Steps of the engine between two looks at the clock.
const BUDGET: u32 = 200;
/// After so long without a result, the page says that it is at work.
const PATIENCE_MS: f64 = 250.0;
/// Texts of this length are read when the typing pauses.
const LONG_TEXT: usize = 20_000;
/// And those whose last run took so long: the next key should not wait for a run that it cancels.
const LONG_RUN_MS: f64 = 10.0;
/// So long after a hand has moved through a run, it may do so again: what nobody waits for lets it.
const HAND_MS: f64 = 150.0;
/// The pause after which a text is read.
const PAUSE: core::time::Duration = core::time::Duration::from_millis(200);

/// Works off the state's job: the latest, whose number `jobs` is.
#[hook]
pub(crate) fn use_runner(jobs: u64, job: Option<&Job>, lab: &Lab) {
    let current = use_memo((), |()| Cell::new(0));
    let spent = use_memo((), |()| Cell::new(0.0));
    let lab = lab.clone();
    let job = job.cloned();
    use_after(After::new(jobs, move |jobs| {
        current.set(*jobs);
        let running = Rc::clone(&current);
        if let Some(job) = job {
            spawn_local(work(job, running, spent, lab));
        }
        // A newer job, or the end of the app: whatever runs has become pointless.
        move || current.set(0)
    }));
}

async fn work(job: Job, current: Rc<Cell<u64>>, spent: Rc<Cell<f64>>, lab: Lab) {
    let cancelled = || current.get() != job.number;
    let is_long = job.text.len() > LONG_TEXT || spent.get() > LONG_RUN_MS;
    if is_long && job.act.is_none() && job.aim == Aim::Stay {
        sleep(PAUSE).await;
    }
    let mut work = RunWork::new(&job);
    let began = now();
    let mut told = began + PATIENCE_MS;
    let tell = |action| {
        if matches!(action, Action::Ran { .. }) {
            spent.set(now() - began);
        }
        lab.send(action);
    };
    while !work.is_over() && !cancelled() {
        if work.is_aside() && now() < lab.moved.get() + HAND_MS {
            sleep(PAUSE).await;
            continue;
        }
        slice(&mut work, tell);
        if now() > told {
            told = now() + PATIENCE_MS;
            work.progress().into_iter().for_each(tell);
        }
        sleep(core::time::Duration::ZERO).await;
    }
    let runs = [job.base, work.into_run()];
    for run in runs.into_iter().flatten().filter_map(Arc::into_inner) {
        let_go(run).await;
    }
}

/// Lets go of a run that nobody has any more.
async fn let_go(run: Run) {
    let mut pieces = run.pieces().into_iter();
    while pieces.len() > 0 {
        let end = now() + SLICE_MS;
        while now() < end && pieces.next().is_some() {}
        sleep(core::time::Duration::ZERO).await;
    }
}

/// Works for a slice of time; what there is to report is told at once.
fn slice(work: &mut RunWork, tell: impl Fn(Action)) {
    let end = now()
        + if is_hidden() {
            HIDDEN_SLICE_MS
        } else {
            SLICE_MS
        };
    while !work.is_over() && now() < end {
        work.advance(BUDGET).into_iter().for_each(&tell);
    }
}

/// Whether the page is in a tab behind another one, or in a window that was put away.
fn is_hidden() -> bool {
    let document = web_sys::window().and_then(|window| window.document());
    document.is_some_and(|document| document.hidden())
}

/// Milliseconds of the machine's clock: for slices of work only, never for simulated time.
fn now() -> f64 {
    js_sys::Date::now()
}
