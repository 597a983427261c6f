//! Works off a player's job in slices of 8 ms, while somebody looks. Must not know what is done with the result.

use std::cell::{Cell, RefCell};
use std::rc::{Rc, Weak};

use gloo_timers::callback::Timeout;

use super::store::StoreHandle;
use crate::player::Player;
use crate::player::work::Work;

/// One slice of work.
const SLICE_MS: f64 = 8.0;
/// Steps of the engine between two looks at the clock.
const BUDGET: u32 = 200;

/// Works off the player's job: the latest, and only while the player is in view.
pub(crate) struct PlayerRunner {
    held: Rc<StoreHandle<Player>>,
    known: Cell<(u64, bool)>,
    work: RefCell<Option<Work>>,
    next: RefCell<Option<Timeout>>,
    this: Weak<Self>,
}

impl PlayerRunner {
    /// It has not begun.
    pub(crate) fn new(held: &Rc<StoreHandle<Player>>) -> Rc<Self> {
        Rc::new_cyclic(|this| Self {
            held: Rc::clone(held),
            known: Cell::default(),
            work: RefCell::default(),
            next: RefCell::default(),
            this: Weak::clone(this),
        })
    }

    /// Begins with another job, stops out of view, and goes on in view.
    pub(crate) fn follow(&self, player: &Player) {
        let (jobs, seen) = self.known.replace((player.jobs, player.seen));
        if jobs != player.jobs
            && let Some(job) = &player.job
        {
            self.work.replace(Some(Work::new(job)));
        }
        if (jobs, seen) != self.known.get() {
            self.next.take();
            if player.seen {
                self.go_on();
            }
        }
    }

    fn go_on(&self) {
        let this = Weak::clone(&self.this);
        let slice = move || {
            if let Some(this) = this.upgrade()
                && this.slice()
            {
                this.go_on();
            }
        };
        self.next.replace(Some(Timeout::new(0, slice)));
    }

    /// Works for a slice of time; answers whether something is left to do.
    fn slice(&self) -> bool {
        let end = js_sys::Date::now() + SLICE_MS;
        while js_sys::Date::now() < end {
            let report = match self.work.borrow_mut().as_mut() {
                Some(work) if !work.is_over() => work.advance(BUDGET),
                Some(_) | None => return false,
            };
            if let Some(report) = report {
                self.held.send(report);
            }
        }
        true
    }
}
