//! The picture: the core's marks as SVG, to be looked into, walked along and dragged. Draws nothing of its own.

use std::rc::Rc;

use offset_lab::view::Frame;
use offset_lab::view::key::Key;
use yew::prelude::*;

use super::mark::draw;
use super::mark_keys::MarkKeys;
use super::pointer::use_pointer;
use crate::effects::after::{After, use_after};
use crate::effects::dom;
use crate::effects::focus::use_kept_focus;
use crate::effects::store::use_lab;
use crate::state::Action;
use crate::state::slots::Slots;

/// A moment is far away behind so many events.
const FAR: u32 = 100;

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
    let frame = &props.frame;
    let stage = &frame.stage;
    let picture = use_node_ref();
    let kept = use_kept_focus(&picture, frame);
    let had_focus = kept.is_held();
    let current = use_state(|| None::<Key>);
    let marks = || {
        stage
            .marks
            .iter()
            .enumerate()
            .filter(|(_, m)| m.target.is_some())
    };
    let tab = marks().find(|(_, mark)| Some(mark.key) == *current);
    let tab = tab.or_else(|| marks().next()).map_or(0, |(place, _)| place);
    let pointer = {
        let (lab, frame) = (lab.clone(), Rc::clone(frame));
        let select = Callback::from(move |event: MouseEvent| {
            let target = dom::mark_at(&event).and_then(|at| frame.stage.marks.get(at)?.target);
            lab.send(Action::Select(target));
        });
        use_pointer(&props.frame, select)
    };
    let keydown = {
        let (frame, kept, picture) = (Rc::clone(frame), kept.clone(), picture.clone());
        Callback::from(move |event: KeyboardEvent| {
            let at = dom::mark_at(&event);
            let keys = MarkKeys {
                lab: &lab,
                frame: &frame,
                kept: &kept,
                picture: &picture,
            };
            if !dom::has_modifier(&event) && keys.pressed(&event.key(), at, tab) {
                event.prevent_default();
                event.stop_propagation();
            }
        })
    };
    let focusin = {
        let (frame, kept) = (Rc::clone(frame), kept.clone());
        Callback::from(move |event: FocusEvent| {
            let Some(place) = dom::mark_at(&event) else {
                return;
            };
            kept.got(&frame, place);
            current.set(frame.stage.marks.get(place).map(|mark| mark.key));
        })
    };
    let focusout = Callback::from(move |_: FocusEvent| kept.lost());
    let is_other = use_is_other(frame);
    let still = (props.fast || is_other).then_some("fast");
    // An element that has the focus goes on drawing its mark.
    let moves = !is_other || had_focus;
    let slots = use_mut_ref(Slots::default)
        .borrow_mut()
        .of(&stage.marks, moves);
    html! {
        <svg ref={picture} class={classes!("stage", still)} role="group" tabindex="-1" aria-label={stage.description.clone()}
            viewBox={format!("0 0 {} {}", stage.width, stage.height)} width={stage.width.to_string()}
            height={stage.height.to_string()} onkeydown={keydown} onfocusin={focusin} onfocusout={focusout}
            onclick={pointer.click} onpointerdown={pointer.down} onpointermove={pointer.moved}
            onpointerup={pointer.up.clone()} onpointercancel={pointer.up}>
            { for stage.marks.iter().zip(slots).enumerate().map(|(place, (mark, slot))| draw(slot, place, mark, place == tab, &stage.lanes)) }
        </svg>
    }
}

/// Whether the picture is another one, and no motion of the one before leads to it: laid out for another width, or of a
/// moment far away.
#[hook]
fn use_is_other(frame: &Frame) -> bool {
    let before = use_mut_ref(|| (0_u32, 0_u32));
    let now = (frame.stage.width, frame.cursor.event);
    let (width, event) = *before.borrow();
    let is_other = width != now.0 || event.abs_diff(now.1) > FAR;
    use_after(After::new(now, move |now| {
        before.replace(*now);
    }));
    is_other
}
