//! Keeps the focus on the mark that has it while pictures replace each other. Must not know what marks mean.

use std::cell::RefCell;

use offset_lab::view::key::Key;
use offset_lab::view::stage::Bounds;
use offset_lab::view::{Frame, Target};
use web_sys::Element;

use super::dom;
use super::mark_elements::MarkElements;
use crate::state::walk;

/// The focus inside a picture.
#[derive(Default)]
pub(crate) struct KeptFocus {
    held: RefCell<Option<Held>>,
    wanted: RefCell<Option<Target>>,
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

/// The focus of a picture whose elements are about to be replaced.
pub(crate) struct Had(Option<Held>);

impl KeptFocus {
    /// Before the picture is replaced: when its mark vanishes, the browser takes the focus away and says so.
    pub(crate) fn before(&self) -> Had {
        Had(self.held.borrow().clone())
    }

    /// Once it was: a mark that is drawn anew keeps the focus, and one that is gone leaves it to what stands in its
    /// place. A focus that went elsewhere is never taken back.
    pub(crate) fn after(
        &self,
        Had(had): Had,
        frame: &Frame,
        picture: &Element,
        elements: &MarkElements,
    ) {
        let found = *self.wanted.borrow();
        let found = found.and_then(|target| walk::mark_of(&frame.stage, target));
        if let Some(place) = found {
            self.wanted.take();
            elements.focus(place);
        } else if let Some(had) = had.filter(|_| !dom::has_focus(picture))
            && let Some(place) = walk::instead(&frame.stage, had.key, had.bounds)
        {
            elements.focus(place);
        }
    }
}
