//! What a pointer does on the picture: presses select, drags move windows. Must not know what is drawn.

use std::rc::Rc;

use offset_lab::ids::LogId;
use offset_lab::view::{Frame, PicturePart};
use yew::prelude::*;

use crate::effects::dom;
use crate::effects::store::use_lab;
use crate::state::Action;
use crate::state::drag::Drag;

/// The callbacks of a picture.
pub(super) struct Pointer {
    pub(super) click: Callback<MouseEvent>,
    pub(super) down: Callback<PointerEvent>,
    pub(super) moved: Callback<PointerEvent>,
    pub(super) up: Callback<PointerEvent>,
}

/// Drags windows; a press that dragged nothing is a click.
#[hook]
pub(super) fn use_pointer(frame: &Rc<Frame>, select: Callback<MouseEvent>) -> Pointer {
    let lab = use_lab();
    let drag = use_mut_ref(|| None::<Drag>);
    let dragged = use_mut_ref(|| false);
    let look =
        lab.on(|(stream, from): (LogId, u64)| Action::Look(PicturePart::Cells(stream), Some(from)));
    let down = {
        let (frame, drag, dragged) = (Rc::clone(frame), Rc::clone(&drag), Rc::clone(&dragged));
        let look = look.clone();
        Callback::from(move |event: PointerEvent| {
            dragged.replace(false);
            let place = dom::place_in(&event, frame.stage.width).filter(|_| dom::is_main(&event));
            let begun = place.and_then(|(x, y)| Drag::begin(&frame.stage, x, y));
            if let Some(jump) = begun.and_then(|drag| drag.at_once()) {
                dragged.replace(true);
                look.emit(jump);
            }
            drag.replace(begun);
        })
    };
    let moved = {
        let (width, drag, dragged) = (frame.stage.width, Rc::clone(&drag), Rc::clone(&dragged));
        Callback::from(move |event: PointerEvent| {
            let place = dom::place_in(&event, width);
            let to = place.and_then(|(x, _)| (*drag.borrow())?.to(x));
            if let Some(to) = to {
                dragged.replace(true);
                dom::capture(&event);
                look.emit(to);
            }
        })
    };
    let up = Callback::from(move |_: PointerEvent| *drag.borrow_mut() = None);
    let click = Callback::from(move |event: MouseEvent| {
        if !dragged.replace(false) {
            select.emit(event);
        }
    });
    Pointer {
        click,
        down,
        moved,
        up,
    }
}
