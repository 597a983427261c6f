//! Keeps the focus on the mark that has it while pictures replace each other. Must not know what marks mean.

use std::cell::RefCell;
use std::rc::Rc;

use offset_lab::view::key::Key;
use offset_lab::view::stage::Bounds;
use offset_lab::view::{Frame, Target};
use yew::prelude::*;

use super::dom;
use crate::state::walk;

/// The focus inside a picture.
#[derive(Clone)]
pub(crate) struct KeptFocus {
    held: Rc<RefCell<Option<Held>>>,
    wanted: Rc<RefCell<Option<Target>>>,
}

/// The mark that has the focus: its key and where it stands.
#[derive(Clone)]
struct Held {
    key: Key,
    bounds: Bounds,
}

impl KeptFocus {
    /// A mark got the focus.
    pub(crate) fn got(&self, frame: &Frame, place: usize) {
        let mark = frame.stage.marks.get(place).map(|mark| Held {
            key: mark.key,
            bounds: mark.shape.bounds(),
        });
        self.held.replace(mark);
        self.wanted.take();
    }

    /// Whether a mark has the focus.
    pub(crate) fn is_held(&self) -> bool {
        self.held.borrow().is_some()
    }

    /// The focus went elsewhere.
    pub(crate) fn lost(&self) {
        self.held.take();
    }

    /// The mark of a target is to get the focus once it is in the picture.
    pub(crate) fn want(&self, target: Target) {
        self.wanted.replace(Some(target));
    }
}

/// Keeps the focus: a mark that is drawn anew keeps it, and one that is gone leaves it to what stands in its
/// place. A focus that went elsewhere is never taken back.
#[hook]
pub(crate) fn use_kept_focus(picture: &NodeRef, frame: &Rc<Frame>) -> KeptFocus {
    let held = use_mut_ref(|| None::<Held>);
    let wanted = use_mut_ref(|| None::<Target>);
    // Before the picture is replaced: when its mark vanishes, the browser takes the focus away and says so.
    let had = held.borrow().clone();
    {
        let (picture, frame, wanted) = (picture.clone(), Rc::clone(frame), Rc::clone(&wanted));
        use_effect(move || {
            let found = wanted.borrow().and_then(|t| walk::mark_of(&frame.stage, t));
            if let Some(place) = found {
                wanted.take();
                dom::focus_mark(&picture, place);
            } else if let Some(had) = had.filter(|_| !dom::has_focus(&picture))
                && let Some(place) = walk::instead(&frame.stage, had.key, had.bounds)
            {
                dom::focus_mark(&picture, place);
            }
        });
    }
    KeptFocus { held, wanted }
}
