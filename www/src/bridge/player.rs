//! The player as it comes into a page.

use std::cell::{Cell, RefCell};
use std::rc::{Rc, Weak};

use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::Element;
use yew::Callback;

use crate::effects::player::Beat;
use crate::effects::player_runner::PlayerRunner;
use crate::effects::shown::Shown;
use crate::effects::store::{Lab, StoreHandle};
use crate::effects::watch::{Watch, visible, width};
use crate::player::view::View;
use crate::player::{Player, Wish};
use crate::state::Action;

/// A player in a page.
pub struct Mounted {
    page: Option<Rc<Page>>,
    /// Its state.
    pub held: Rc<StoreHandle<Player>>,
}

/// Shows a player inside `root`, in place of what the element holds.
pub fn mount(root: Element, prefix: String, keys: bool, wish: Wish) -> Mounted {
    let held = StoreHandle::new(Player::new(wish));
    let lab = Lab::new(prefix.into(), keys, &held);
    let page = Page::new(root, lab, &held);
    page.draw();
    page.watch();
    Mounted {
        page: Some(page),
        held,
    }
}

impl Mounted {
    /// Takes the player out of its element and ends whatever it runs. Doing so again does nothing.
    pub fn destroy(&mut self) {
        self.held.drawn_by(None);
        self.page = None;
    }
}

/// What draws a player.
struct Page {
    lab: Lab,
    held: Rc<StoreHandle<Player>>,
    view: View,
    shown: RefCell<Shown>,
    beat: Beat,
    runner: Rc<PlayerRunner>,
    watches: RefCell<Vec<Option<Watch>>>,
    /// Whether it is about to draw.
    is_due: Cell<bool>,
}

impl Page {
    fn new(root: Element, lab: Lab, held: &Rc<StoreHandle<Player>>) -> Rc<Self> {
        Rc::new_cyclic(|this| {
            let page = Weak::clone(this);
            let redraw = Callback::from(move |()| soon(&page));
            held.drawn_by(Some(redraw.clone()));
            Self {
                view: View::new(&lab, held, redraw),
                lab,
                held: Rc::clone(held),
                shown: RefCell::new(Shown::new(root)),
                beat: Beat::default(),
                runner: PlayerRunner::new(held),
                watches: RefCell::default(),
                is_due: Cell::new(false),
            }
        })
    }

    fn draw(&self) {
        self.is_due.set(false);
        let state = self.held.now();
        let view = self.view.draw(&state);
        self.shown.borrow_mut().show(view.into());
        if let Some((frame, picture)) = state.frame.as_ref().zip(self.find("svg.stage")) {
            self.view.picture.drawing.drawn(frame, &picture);
        }
        let speed = state.settings.speed;
        self.beat
            .follow(state.playing && state.seen, speed, &self.lab);
        self.runner.follow(&state);
    }

    /// From now on it knows how wide its picture may be, and whether it is seen.
    fn watch(&self) {
        if let Some(place) = self.find(".stage-place") {
            let mut watches = visible(&place, self.lab.on(Action::Shown));
            watches.push(width(&place, self.lab.on(Action::Width)));
            self.watches.replace(watches);
        }
    }

    fn find(&self, selector: &str) -> Option<Element> {
        let shown = self.shown.borrow();
        shown.root().query_selector(selector).ok().flatten()
    }
}

/// Draws once whatever happens now is over.
fn soon(page: &Weak<Page>) {
    let is_due = page.upgrade().is_none_or(|page| page.is_due.replace(true));
    if is_due {
        return;
    }
    let page = Weak::clone(page);
    let draw = Closure::once_into_js(move || {
        if let Some(page) = page.upgrade() {
            page.draw();
        }
    });
    if let Some(window) = web_sys::window() {
        window.queue_microtask(draw.unchecked_ref());
    }
}
