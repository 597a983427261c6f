//! The picture: the core's marks as SVG, to be looked into, walked along and dragged. Draws nothing of its own.

use std::rc::Rc;

use offset_lab::view::Frame;
use yew::prelude::*;

use super::mark::draw;
use crate::effects::dom;
use crate::effects::store::use_lab;
use crate::state::Action;
use crate::state::drag::Drag;

/// Properties.
#[derive(Properties, PartialEq)]
pub(crate) struct PictureProps {
    /// What to show.
    pub(crate) frame: Rc<Frame>,
    /// Too fast for motion.
    pub(crate) fast: bool,
}

/// The picture. One mark is in the order of tabs; arrow keys move from mark to mark.
#[component]
pub(crate) fn Picture(props: &PictureProps) -> Html {
    let lab = use_lab();
    let stage = &props.frame.stage;
    let focused = use_state(|| 0_usize);
    let pick = {
        let frame = Rc::clone(&props.frame);
        Callback::from(move |place: Option<usize>| {
            let target = place.and_then(|at| frame.stage.marks.get(at)?.target);
            lab.send(Action::Select(target));
        })
    };
    let keydown = {
        let pick = pick.clone();
        Callback::from(move |event: KeyboardEvent| {
            let ours = match event.key().as_str() {
                "ArrowDown" => dom::focus_neighbour(&event, "[tabindex]", 1),
                "ArrowUp" => dom::focus_neighbour(&event, "[tabindex]", -1),
                "Enter" => {
                    pick.emit(dom::mark_at(&event));
                    true
                }
                _ => false,
            };
            if ours {
                event.prevent_default();
                event.stop_propagation();
            }
        })
    };
    let focusin = {
        let focused = focused.clone();
        Callback::from(move |event: FocusEvent| focused.set(dom::mark_at(&event).unwrap_or(0)))
    };
    let is_there = stage
        .marks
        .get(*focused)
        .is_some_and(|mark| mark.target.is_some());
    let first = stage
        .marks
        .iter()
        .position(|mark| mark.target.is_some())
        .unwrap_or(0);
    let tab = if is_there { *focused } else { first };
    let drag = use_drag(
        &props.frame,
        pick.reform(|event: MouseEvent| dom::mark_at(&event)),
    );
    html! {
        <svg class={classes!("stage", props.fast.then_some("fast"))} role="group" aria-label={stage.description.clone()}
            viewBox={format!("0 0 {} {}", stage.width, stage.height)} width={stage.width.to_string()}
            height={stage.height.to_string()} onkeydown={keydown} onfocusin={focusin}
            onclick={drag.click} onpointerdown={drag.down} onpointermove={drag.moved} onpointerup={drag.up.clone()} onpointercancel={drag.up}>
            { for stage.marks.iter().enumerate().map(|(place, mark)| draw(place, mark, place == tab)) }
        </svg>
    }
}

/// What a pointer does on the picture.
struct Pointer {
    click: Callback<MouseEvent>,
    down: Callback<PointerEvent>,
    moved: Callback<PointerEvent>,
    up: Callback<PointerEvent>,
}

/// Drags windows; a press that dragged nothing is a click.
#[hook]
fn use_drag(frame: &Rc<Frame>, select: Callback<MouseEvent>) -> Pointer {
    let lab = use_lab();
    let drag = use_mut_ref(|| None::<Drag>);
    let dragged = use_mut_ref(|| false);
    let down = {
        let (frame, drag, dragged) = (Rc::clone(frame), Rc::clone(&drag), Rc::clone(&dragged));
        Callback::from(move |event: PointerEvent| {
            dragged.replace(false);
            let place = dom::place_in(&event, frame.stage.width);
            drag.replace(place.and_then(|(x, y)| Drag::begin(&frame.stage, x, y)));
        })
    };
    let moved = {
        let (width, drag, dragged) = (frame.stage.width, Rc::clone(&drag), Rc::clone(&dragged));
        Callback::from(move |event: PointerEvent| {
            let place = dom::place_in(&event, width);
            let to = place.and_then(|(x, _)| (*drag.borrow())?.to(x));
            if let Some((stream, from)) = to {
                if !dragged.replace(true) {
                    dom::capture(&event);
                }
                lab.send(Action::Look(stream, Some(from)));
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
