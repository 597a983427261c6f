//! What a pointer does on the picture: presses select, drags move windows. Must not know what is drawn.

use std::cell::Cell;

use offset_lab::ids::LogId;
use offset_lab::view::{Frame, PicturePart};
use yew::Event;

use crate::effects::dom;
use crate::effects::store::Lab;
use crate::state::Action;
use crate::state::drag::Drag;

/// Drags windows; a press that dragged nothing is a click.
#[derive(Default)]
pub(super) struct Pointer {
    drag: Cell<Option<Drag>>,
    dragged: Cell<bool>,
}

impl Pointer {
    /// It goes down.
    pub(super) fn down(&self, lab: &Lab, frame: &Frame, event: &Event) {
        self.dragged.set(false);
        let place = dom::place_in(event, frame.stage.width).filter(|_| dom::is_main(event));
        let begun = place.and_then(|(x, y)| Drag::begin(&frame.stage, x, y));
        if let Some(jump) = begun.and_then(|drag| drag.at_once()) {
            self.look(lab, jump);
        }
        self.drag.set(begun);
    }

    /// It moves.
    pub(super) fn moved(&self, lab: &Lab, frame: &Frame, event: &Event) {
        let Some(drag) = self.drag.get() else {
            return;
        };
        let place = dom::place_in(event, frame.stage.width);
        if let Some(to) = place.and_then(|(x, _)| drag.to(x)) {
            dom::capture(event);
            self.look(lab, to);
        }
    }

    /// It goes up.
    pub(super) fn up(&self) {
        self.drag.set(None);
    }

    /// Whether a press was a click.
    pub(super) fn clicks(&self) -> bool {
        !self.dragged.replace(false)
    }

    fn look(&self, lab: &Lab, (stream, from): (LogId, u64)) {
        self.dragged.set(true);
        lab.send(Action::Look(PicturePart::Cells(stream), Some(from)));
    }
}
