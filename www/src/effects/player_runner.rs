//! Works off a player's job in slices of 8 ms, while somebody looks. Must not know what is done with the result.

use std::cell::RefCell;
use std::rc::Rc;

use yew::platform::spawn_local;
use yew::platform::time::sleep;
use yew::prelude::*;

use super::store::StoreHandle;
use crate::player::Player;
use crate::player::work::Work;

/// One slice of work.
const SLICE_MS: f64 = 8.0;
/// Steps of the engine between two looks at the clock.
const BUDGET: u32 = 200;

/// Works off the player's job: the latest, and only while the player is in view.
#[hook]
pub(crate) fn use_player_runner(player: &Player, held: &Rc<StoreHandle<Player>>) {
    let work = use_mut_ref(|| None::<(u64, Work)>);
    let held = Rc::clone(held);
    let job = player.job.clone();
    use_effect_with((player.jobs, player.seen), move |(jobs, seen)| {
        if let Some(job) = job {
            let mut work = work.borrow_mut();
            if work.as_ref().is_none_or(|(number, _)| number != jobs) {
                *work = Some((*jobs, Work::new(&job)));
            }
        }
        let running = Rc::new(RefCell::new(*seen));
        if *seen {
            spawn_local(go_on(Rc::clone(&work), Rc::clone(&running), held));
        }
        // Another job, out of view, or the end: it stops where it is.
        move || {
            running.replace(false);
        }
    });
}

async fn go_on(
    work: Rc<RefCell<Option<(u64, Work)>>>,
    running: Rc<RefCell<bool>>,
    held: Rc<StoreHandle<Player>>,
) {
    while *running.borrow() && slice(&work, &held) {
        sleep(core::time::Duration::ZERO).await;
    }
}

/// Works for a slice of time; answers whether something is left to do.
fn slice(work: &RefCell<Option<(u64, Work)>>, held: &StoreHandle<Player>) -> bool {
    let end = js_sys::Date::now() + SLICE_MS;
    while js_sys::Date::now() < end {
        let report = match work.borrow_mut().as_mut() {
            Some((_, work)) if !work.is_over() => work.advance(BUDGET),
            Some(_) | None => return false,
        };
        if let Some(report) = report {
            held.send(report);
        }
    }
    true
}
