//! What is done after a component was drawn, if what it depends on has changed. One instance of yew's hook serves all
//! types of what that is: each of its own would weigh a kilobyte in the download.

use std::any::Any;
use std::rc::Rc;

use yew::functional::TearDown;
use yew::prelude::*;

/// What is done, and what it depends on.
pub(crate) struct After {
    deps: Deps,
    run: Box<dyn FnOnce() -> Undo>,
}

/// Ends what was begun.
type Undo = Box<dyn FnOnce()>;

impl After {
    /// Does `run`; what it answers ends that, before the next time and with the component.
    pub(crate) fn new<T: PartialEq + 'static, U: TearDown>(
        deps: T,
        run: impl FnOnce(&T) -> U + 'static,
    ) -> Self {
        let deps = Rc::new(deps);
        let same = Rc::clone(&deps);
        Self {
            deps: Deps(deps),
            run: Box::new(move || {
                let undo = run(&same);
                Box::new(move || undo.tear_down())
            }),
        }
    }
}

/// A value of any type that can be compared.
struct Deps(Rc<dyn Comparable>);

impl PartialEq for Deps {
    fn eq(&self, other: &Self) -> bool {
        self.0.is(other.0.as_any())
    }
}

trait Comparable {
    fn as_any(&self) -> &dyn Any;
    fn is(&self, other: &dyn Any) -> bool;
}

impl<T: PartialEq + 'static> Comparable for T {
    fn as_any(&self) -> &dyn Any {
        self
    }

    fn is(&self, other: &dyn Any) -> bool {
        other.downcast_ref::<T>() == Some(self)
    }
}

/// Does something after the component was drawn, if what it depends on has changed since the last time.
#[hook]
pub(crate) fn use_after(after: After) {
    let After { deps, run } = after;
    use_effect_with(deps, move |_| run());
}
