//! The beat of the player. It reads nothing: whoever hears the beat decides what it means.

use gloo_timers::callback::Interval;
use yew::prelude::*;

use super::after::{After, use_after};
use super::store::Lab;
use crate::state::Action;
use crate::state::settings::Speed;

/// Beats while playing.
#[hook]
pub(crate) fn use_player(playing: bool, speed: Speed, lab: &Lab) {
    let lab = lab.clone();
    use_after(After::new((playing, speed), move |(playing, speed)| {
        let every_ms = speed.beat().every_ms;
        let interval = playing.then(|| Interval::new(every_ms, move || lab.send(Action::Beat)));
        move || drop(interval)
    }));
}

/// The latest of quickly changing words, at most twice a second: what screen readers are told.
#[hook]
pub(crate) fn use_throttled(words: &AttrValue, playing: bool) -> AttrValue {
    let told = use_state(|| words.clone());
    let latest = use_mut_ref(|| words.clone());
    *latest.borrow_mut() = words.clone();
    {
        let told = told.clone();
        use_after(After::new(
            (words.clone(), playing),
            move |(words, playing)| {
                if !playing {
                    told.set(words.clone());
                }
            },
        ));
    }
    {
        let told = told.setter();
        use_after(After::new(playing, move |playing| {
            let tell = move || told.set(latest.borrow().clone());
            let interval = playing.then(|| Interval::new(2_000, tell));
            move || drop(interval)
        }));
    }
    (*told).clone()
}
