//! The picture: the core's marks as SVG, to be looked into, walked along and dragged. Draws nothing of its own.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use offset_lab::view::Frame;
use offset_lab::view::key::Key;
use yew::{Callback, Event};

use super::mark::draw;
use super::mark_keys::MarkKeys;
use super::pointer::Pointer;
use crate::effects::dom;
use crate::effects::focus::KeptFocus;
use crate::effects::node::{Heard, Node, Tag, tag};
use crate::effects::store::Lab;
use crate::state::Action;
use crate::state::slots::Slots;

/// A moment is far away behind so many events.
const FAR: u32 = 100;

/// A picture while others replace it. One mark is in the order of tabs; arrow keys move from mark to mark.
pub(crate) struct Picture {
    lab: Lab,
    redraw: Callback<()>,
    /// Where the focus is.
    pub(crate) kept: KeptFocus,
    pointer: Pointer,
    /// The mark that had the focus last, and the place of the one in the order of tabs.
    current: Cell<Option<Key>>,
    tab: Cell<usize>,
    slots: RefCell<Slots>,
    /// The width and the moment that were drawn last.
    before: Cell<(u32, u32)>,
}

impl Picture {
    /// Nothing is drawn yet. `redraw` has it drawn again.
    pub(crate) fn new(lab: &Lab, redraw: Callback<()>) -> Rc<Self> {
        Rc::new(Self {
            lab: lab.clone(),
            redraw,
            kept: KeptFocus::default(),
            pointer: Pointer::default(),
            current: Cell::default(),
            tab: Cell::default(),
            slots: RefCell::default(),
            before: Cell::default(),
        })
    }

    /// The picture of a moment; `fast`: too fast for motion.
    pub(crate) fn draw(self: &Rc<Self>, frame: &Rc<Frame>, fast: bool) -> Tag {
        let stage = &frame.stage;
        let marks = || (0..).zip(&stage.marks).filter(|(_, m)| m.target.is_some());
        let tab = marks().find(|(_, mark)| Some(mark.key) == self.current.get());
        let tab = tab.or_else(|| marks().next()).map_or(0, |(at, _)| at);
        self.tab.set(tab);
        let is_other = self.is_other(frame);
        let class = if fast || is_other {
            "stage fast"
        } else {
            "stage"
        };
        // An element that has the focus goes on drawing its mark.
        let moves = !is_other || self.kept.is_held();
        let slots = self.slots.borrow_mut().of(&stage.marks, moves);
        let drawn = stage.marks.iter().zip(slots).enumerate();
        let drawn: Node = drawn
            .map(|(at, (mark, slot))| draw(slot, at, mark, at == tab, &stage.lanes))
            .collect();
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
        .on("focusout", heard(|this, _, _| this.kept.lost()))
        .on("click", heard(Self::clicked))
        .on(
            "pointerdown",
            heard(|this, frame, event| this.pointer.down(&this.lab, frame, event)),
        )
        .on(
            "pointermove",
            heard(|this, frame, event| this.pointer.moved(&this.lab, frame, event)),
        )
        .on("pointerup", heard(|this, _, _| this.pointer.up()))
        .on("pointercancel", heard(|this, _, _| this.pointer.up()))
        .with(drawn)
    }

    fn heard(self: &Rc<Self>, frame: &Rc<Frame>, hear: fn(&Self, &Frame, &Event)) -> Heard {
        let (this, frame) = (Rc::clone(self), Rc::clone(frame));
        Rc::new(move |event| hear(&this, &frame, event))
    }

    /// Whether it is another one, and no motion of the one before leads to it: laid out for another width, or of a moment
    /// far away.
    fn is_other(&self, frame: &Frame) -> bool {
        let now = (frame.stage.width, frame.cursor.event);
        let (width, event) = self.before.replace(now);
        width != now.0 || event.abs_diff(now.1) > FAR
    }

    fn clicked(&self, frame: &Frame, event: &Event) {
        if self.pointer.clicks() {
            let target = dom::mark_at(event).and_then(|at| frame.stage.marks.get(at)?.target);
            self.lab.send(Action::Select(target));
        }
    }

    fn pressed(&self, frame: &Frame, event: &Event) {
        let keys = MarkKeys {
            lab: &self.lab,
            frame,
            kept: &self.kept,
            event,
        };
        let key = dom::of_key(event);
        let is_ours = !dom::has_modifier(key)
            && keys.pressed(&key.key(), dom::mark_at(event), self.tab.get());
        if is_ours {
            event.prevent_default();
            event.stop_propagation();
        }
    }

    fn entered(&self, frame: &Frame, event: &Event) {
        if let Some(place) = dom::mark_at(event) {
            self.kept.got(frame, place);
            self.current
                .set(frame.stage.marks.get(place).map(|mark| mark.key));
            self.redraw.emit(());
        }
    }
}
