//! The marks of a picture and the focus among them, while pictures replace each other. Must not know what marks mean.

use std::cell::Cell;
use std::rc::Rc;

use offset_lab::view::Frame;
use web_sys::Element;

use super::focus::KeptFocus;
use super::mark_elements::{Drawn, MarkElements};

/// What is drawn when the element of the picture is there.
#[derive(Default)]
pub(crate) struct Drawing {
    /// Where the focus is.
    pub(crate) kept: KeptFocus,
    /// The elements of the marks.
    pub(crate) elements: MarkElements,
    /// The place of the mark that is in the order of tabs.
    pub(crate) tab: Cell<usize>,
    /// Whether the picture is a motion of the one before.
    pub(crate) moves: Cell<bool>,
}

impl Drawing {
    /// The element of the picture is there, or still is: draws the marks, and leaves the focus where it is to be.
    pub(crate) fn drawn(&self, frame: &Rc<Frame>, picture: &Element) {
        let had = self.kept.before();
        let now = Drawn {
            frame: Rc::clone(frame),
            tab: self.tab.get(),
        };
        self.elements.draw(picture, now, self.moves.get());
        self.kept.after(had, frame, picture, &self.elements);
    }
}
