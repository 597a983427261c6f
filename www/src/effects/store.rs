//! The state of an instance, held outside of what draws it, and the handle by which components act. Must not know any
//! component, nor what an action does.

use std::cell::{Cell, RefCell};
use std::fmt;
use std::rc::Rc;

use yew::prelude::*;

use super::node::Heard;
use crate::state::glance::Glance;
use crate::state::{Action, AppState};

/// A state that changes by actions.
pub trait State: Sized + 'static {
    /// The state after an action: the very same one when the action changes nothing.
    fn after(this: &Rc<Self>, action: Action) -> Rc<Self>;

    /// What can be seen of it from outside.
    fn glance(&self) -> Glance;

    /// Whether it plays, or will once it has run.
    fn is_playing(&self) -> bool;
}

impl State for AppState {
    fn after(this: &Rc<Self>, action: Action) -> Rc<Self> {
        Self::after(this, action)
    }

    fn glance(&self) -> Glance {
        self.seen()
    }

    fn is_playing(&self) -> bool {
        self.playing
    }
}

/// Hears what an instance was, and what it has become.
type Listener = Rc<dyn Fn(&Glance, &Glance)>;

/// The state of one instance. Whoever draws it is told when it changes, and so is one listener outside.
pub struct StoreHandle<S> {
    state: RefCell<Rc<S>>,
    redraw: RefCell<Option<Callback<()>>>,
    listener: RefCell<Option<Listener>>,
}

impl<S: State> StoreHandle<S> {
    /// A state that nobody draws yet.
    pub fn new(state: S) -> Rc<Self> {
        Rc::new(Self {
            state: RefCell::new(Rc::new(state)),
            redraw: RefCell::default(),
            listener: RefCell::default(),
        })
    }

    /// The state now.
    pub fn now(&self) -> Rc<S> {
        Rc::clone(&self.state.borrow())
    }

    /// Does something.
    pub fn send(&self, action: Action) {
        let next = S::after(&self.now(), action);
        self.put(next);
    }

    /// Puts another state in its place.
    pub fn put(&self, next: Rc<S>) {
        let before = self.state.replace(Rc::clone(&next));
        if Rc::ptr_eq(&before, &next) {
            return;
        }
        let redraw = self.redraw.borrow().clone();
        if let Some(redraw) = redraw {
            redraw.emit(());
        }
        let listener = self.listener.borrow().clone();
        if let Some(listener) = listener {
            listener(&before.glance(), &next.glance());
        }
    }

    /// Who draws it, and is told when it changes; `None`: nobody any more.
    pub(crate) fn drawn_by(&self, redraw: Option<Callback<()>>) {
        self.redraw.replace(redraw);
    }

    /// Who hears of every change.
    pub fn listen(&self, listener: impl Fn(&Glance, &Glance) + 'static) {
        self.listener.replace(Some(Rc::new(listener)));
    }
}

/// It is compared by identity: its state changes, it does not.
impl<S> PartialEq for StoreHandle<S> {
    fn eq(&self, other: &Self) -> bool {
        std::ptr::eq(self, other)
    }
}

/// The state that a component draws, drawn anew whenever it changes.
#[hook]
pub(crate) fn use_held<S: State>(held: &Rc<StoreHandle<S>>) -> Rc<S> {
    let update = use_force_update();
    let drawn = held.now();
    let (shown, held) = (Rc::clone(&drawn), Rc::clone(held));
    use_effect_with((), move |()| {
        let redraw = update.clone();
        held.drawn_by(Some(Callback::from(move |()| redraw.force_update())));
        // What is drawn first may have acted before anybody listened.
        if !Rc::ptr_eq(&held.now(), &shown) {
            update.force_update();
        }
        move || held.drawn_by(None)
    });
    drawn
}

/// A state as it was at one moment: components compare it by identity.
#[derive(Clone)]
pub(crate) struct Snapshot(pub(crate) Rc<AppState>);

impl PartialEq for Snapshot {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

impl std::ops::Deref for Snapshot {
    type Target = AppState;

    fn deref(&self) -> &AppState {
        &self.0
    }
}

/// What every component of one instance shares and what never changes: the way to act, and its name.
#[derive(Clone, PartialEq)]
pub(crate) struct Lab {
    /// Before every id, so that several instances live on one page.
    pub(crate) prefix: AttrValue,
    /// Whether keys are handled at all.
    pub(crate) keys: bool,
    /// Whether the address of the page is this instance's: its places are links then.
    pub(crate) addresses: bool,
    /// When a hand last moved through a run, in milliseconds of the machine's clock.
    pub(crate) moved: Rc<Cell<f64>>,
    dispatch: Callback<Action>,
}

impl fmt::Debug for Lab {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.prefix)
    }
}

impl Lab {
    /// The handle of an instance.
    pub(crate) fn new<S: State>(prefix: AttrValue, keys: bool, held: &Rc<StoreHandle<S>>) -> Self {
        let held = Rc::clone(held);
        let moved = Rc::new(Cell::new(0.0));
        let last = Rc::clone(&moved);
        Self {
            prefix,
            keys,
            addresses: false,
            moved,
            dispatch: Callback::from(move |action: Action| {
                if action.goes_on() {
                    last.set(js_sys::Date::now());
                }
                held.send(action);
            }),
        }
    }

    /// Does something.
    pub(crate) fn send(&self, action: Action) {
        self.dispatch.emit(action);
    }

    /// A callback that does something.
    pub(crate) fn on<E: 'static>(&self, action: impl Fn(E) -> Action + 'static) -> Callback<E> {
        let dispatch = self.dispatch.clone();
        Callback::from(move |event| dispatch.emit(action(event)))
    }

    /// The same for a view as data.
    pub(crate) fn when(&self, action: impl Fn(&Event) -> Action + 'static) -> Heard {
        let dispatch = self.dispatch.clone();
        Rc::new(move |event| dispatch.emit(action(event)))
    }

    /// An id that no other instance has.
    pub(crate) fn id(&self, name: &str) -> AttrValue {
        [&self.prefix, name].concat().into()
    }
}

/// The handle of this instance. Nearly every component asks for it whenever it is drawn.
#[hook]
pub(crate) fn use_lab() -> Lab {
    #[cfg(test)]
    RENDERS.with(|renders| renders.set(renders.get() + 1));
    use_context::<Lab>().expect("every component lives below the app, which provides it")
}

#[cfg(test)]
thread_local! {
    /// Components that were drawn in this test.
    static RENDERS: std::cell::Cell<u32> = const { std::cell::Cell::new(0) };
}

/// Components that were drawn so far.
#[cfg(all(test, target_arch = "wasm32"))]
pub(crate) fn renders() -> u32 {
    RENDERS.get()
}
