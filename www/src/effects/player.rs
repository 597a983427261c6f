//! The beat of the player, and words told no faster than they can be read. It reads nothing: whoever hears the beat decides
//! what it means.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use gloo_timers::callback::Interval;
use yew::{AttrValue, Callback};

use super::store::Lab;
use crate::state::Action;
use crate::state::settings::Speed;

/// Between two times that words are told, while they change quickly.
const TOLD_MS: u32 = 2_000;

/// Beats while playing.
#[derive(Default)]
pub(crate) struct Beat {
    known: Cell<Option<Speed>>,
    interval: RefCell<Option<Interval>>,
}

impl Beat {
    /// From now on it beats at that speed, or not at all.
    pub(crate) fn follow(&self, playing: bool, speed: Speed, lab: &Lab) {
        let wanted = playing.then_some(speed);
        if self.known.replace(wanted) == wanted {
            return;
        }
        let lab = lab.clone();
        let beat = move |speed: Speed| {
            Interval::new(speed.beat().every_ms, move || lab.send(Action::Beat))
        };
        self.interval.replace(wanted.map(beat));
    }
}

/// The latest of quickly changing words, at most twice a second: what screen readers are told.
#[derive(Default)]
pub(crate) struct Told {
    words: Rc<RefCell<AttrValue>>,
    latest: Rc<RefCell<AttrValue>>,
    interval: RefCell<Option<Interval>>,
}

impl Told {
    /// What is told of these words. `redraw` is called when that changes later.
    pub(crate) fn of(&self, words: &AttrValue, playing: bool, redraw: &Callback<()>) -> AttrValue {
        self.latest.replace(words.clone());
        if !playing {
            self.interval.take();
        }
        if !playing || self.words.borrow().is_empty() {
            self.words.replace(words.clone());
        }
        if playing && self.interval.borrow().is_none() {
            let (told, latest) = (Rc::clone(&self.words), Rc::clone(&self.latest));
            let redraw = redraw.clone();
            let tell = move || {
                told.replace(latest.borrow().clone());
                redraw.emit(());
            };
            self.interval.replace(Some(Interval::new(TOLD_MS, tell)));
        }
        self.words.borrow().clone()
    }
}
