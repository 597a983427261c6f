//! Waits for a pause in what changes quickly, or for the page to take a breath. Must not know what it is.

use gloo_timers::callback::Timeout;
use yew::prelude::*;

use super::after::{After, use_after};

/// A value as it was when it last rested for so long; at once when there is no need to wait.
#[hook]
pub(crate) fn use_pause<T: Clone + PartialEq + 'static>(value: &T, pause_ms: u32) -> T {
    let rested = use_state(|| value.clone());
    {
        let rested = rested.setter();
        use_after(After::new(
            (value.clone(), pause_ms),
            move |(value, pause_ms)| {
                let value = value.clone();
                let timer =
                    (*pause_ms > 0).then(|| Timeout::new(*pause_ms, move || rested.set(value)));
                move || drop(timer)
            },
        ));
    }
    match pause_ms {
        0 => value.clone(),
        _ => (*rested).clone(),
    }
}

/// Does something in a task of its own, behind those that the page already has.
pub(crate) fn later(work: impl FnOnce() + 'static) {
    Timeout::new(0, work).forget();
}
