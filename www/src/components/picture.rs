//! The picture: the core's marks as SVG, to be looked into, walked along and dragged. Draws nothing of its own.

use std::cell::Cell;
use std::rc::Rc;

use offset_lab::view::Frame;
use offset_lab::view::key::Key;
use yew::{Callback, Event};

use super::mark_keys::MarkKeys;
use super::pointer::Pointer;
use crate::effects::dom;
use crate::effects::drawing::Drawing;
use crate::effects::node::{Heard, Tag, tag};
use crate::effects::store::Lab;
use crate::state::{Action, slots, walk};

/// A picture while others replace it. One mark is in the order of tabs; arrow keys move from mark to mark.
pub(crate) struct Picture {
    lab: Lab,
    redraw: Callback<()>,
    /// Its marks.
    pub(crate) drawing: Drawing,
    pointer: Pointer,
    /// The mark that had the focus last.
    current: Cell<Option<Key>>,
    /// The width and the moment that were drawn last.
    before: Cell<(u32, u32)>,
}

impl Picture {
    /// Nothing is drawn yet. `redraw` has it drawn again.
    pub(crate) fn new(lab: &Lab, redraw: Callback<()>) -> Rc<Self> {
        Rc::new(Self {
            lab: lab.clone(),
            redraw,
            drawing: Drawing::default(),
            pointer: Pointer::default(),
            current: Cell::default(),
            before: Cell::default(),
        })
    }

    /// The picture of a moment, without its marks, which [`Drawing::drawn`] draws; `fast`: too fast for motion.
    pub(crate) fn draw(self: &Rc<Self>, frame: &Rc<Frame>, fast: bool) -> Tag {
        let stage = &frame.stage;
        self.drawing
            .tab
            .set(walk::tab_stop(stage, self.current.get()));
        let now = (stage.width, frame.cursor.event);
        let is_other = slots::is_other(self.before.replace(now), now);
        let class = if fast || is_other {
            "stage fast"
        } else {
            "stage"
        };
        // An element that has the focus goes on drawing its mark.
        self.drawing
            .moves
            .set(!is_other || self.drawing.kept.is_held());
        let heard = |hear| self.heard(frame, hear);
        tag!(
            "svg",
            "class" = class,
            "role" = "group",
            "tabindex" = "-1",
            "aria-label" = stage.description.clone(),
            "viewBox" = format!("0 0 {} {}", stage.width, stage.height),
            "width" = stage.width.to_string(),
            "height" = stage.height.to_string()
        )
        .on("keydown", heard(Self::pressed))
        .on("focusin", heard(Self::entered))
        .on("focusout", heard(|this, _, _| this.drawing.kept.lost()))
        .on("click", heard(Self::clicked))
        .on(
            "pointerdown",
            heard(|this, frame, event| this.pointer.down(&this.lab, frame, event)),
        )
        .on(
            "pointermove",
            heard(|this, frame, event| this.pointer.moved(&this.lab, frame, event)),
        )
        .on("pointerover", heard(Self::named))
        .on("pointerup", heard(|this, _, _| this.pointer.up()))
        .on("pointercancel", heard(|this, _, _| this.pointer.up()))
    }

    fn heard(self: &Rc<Self>, frame: &Rc<Frame>, hear: fn(&Self, &Frame, &Event)) -> Heard {
        let (this, frame) = (Rc::clone(self), Rc::clone(frame));
        Rc::new(move |event| hear(&this, &frame, event))
    }

    fn clicked(&self, frame: &Frame, event: &Event) {
        if self.pointer.clicks() {
            let mark = self.drawing.elements.mark_at(frame, event);
            self.lab
                .send(Action::Select(mark.and_then(|(_, mark)| mark.target)));
        }
    }

    fn pressed(&self, frame: &Frame, event: &Event) {
        let keys = MarkKeys {
            lab: &self.lab,
            frame,
            kept: &self.drawing.kept,
            elements: &self.drawing.elements,
            event,
        };
        let key = dom::of_key(event);
        let at = self.drawing.elements.mark_at(frame, event);
        let at = at.filter(|(_, mark)| mark.target.is_some());
        let is_ours = !dom::has_modifier(key)
            && keys.pressed(&key.key(), at.map(|(at, _)| at), self.drawing.tab.get());
        if is_ours {
            event.prevent_default();
            event.stop_propagation();
        }
    }

    fn entered(&self, frame: &Frame, event: &Event) {
        if let Some((place, mark)) = self.drawing.elements.mark_at(frame, event) {
            self.drawing.kept.got(frame, place);
            self.current.set(Some(mark.key));
            self.redraw.emit(());
        }
    }

    /// The mark under the pointer is named beside it.
    fn named(&self, frame: &Frame, event: &Event) {
        let mark = self.drawing.elements.mark_at(frame, event);
        self.drawing
            .elements
            .name(mark.and_then(|(_, mark)| mark.label.as_deref()));
    }
}
