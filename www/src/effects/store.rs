//! The state as yew holds it, and the handle by which components act. Must not know any component.

use std::fmt;
use std::rc::Rc;

use yew::prelude::*;

use crate::state::{Action, AppState};

/// The state behind yew's reducer.
pub(crate) struct Store(pub(crate) Snapshot);

impl Reducible for Store {
    type Action = Action;

    fn reduce(self: Rc<Self>, action: Action) -> Rc<Self> {
        let next = self.0.0.after(action);
        match Rc::ptr_eq(&next, &self.0.0) {
            // Yew draws nothing anew for a store that is the same.
            true => self,
            false => Rc::new(Self(Snapshot(next))),
        }
    }
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
    pub(crate) dispatch: UseReducerDispatcher<Store>,
}

impl fmt::Debug for Lab {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.prefix)
    }
}

impl Lab {
    /// Does something.
    pub(crate) fn send(&self, action: Action) {
        self.dispatch.dispatch(action);
    }

    /// A callback that does something.
    pub(crate) fn on<E: 'static>(&self, action: impl Fn(E) -> Action + 'static) -> Callback<E> {
        let dispatch = self.dispatch.clone();
        Callback::from(move |event| dispatch.dispatch(action(event)))
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
