//! The stage card: the picture, the actions, the sentence, the transport. Translates marks one to one and
//! draws nothing of its own.

use std::rc::Rc;

use offset_lab::view::{Anchor, Frame, Mark, Shape};
use yew::prelude::*;

use super::actions::Actions;
use super::narration::Narration;
use super::transport::Transport;
use crate::effects::dom;
use crate::effects::size::use_width;
use crate::effects::store::{Snapshot, use_lab};
use crate::state::Action;

/// Properties.
#[derive(Properties, PartialEq)]
pub(crate) struct StageProps {
    /// The state.
    pub(crate) state: Snapshot,
}

/// The card.
#[component]
pub(crate) fn StageCard(props: &StageProps) -> Html {
    let lab = use_lab();
    let state = &props.state;
    let place = use_node_ref();
    use_width(&place, lab.on(Action::Width));
    let words = state.frame.as_ref().map_or("", |frame| &frame.narration);
    html! {
        <section class="card stage-card" aria-label="Stage">
            <div class="stage-place" ref={place}>
                if let Some(frame) = &state.frame {
                    <Picture frame={Rc::clone(frame)} fast={state.moves_fast()} />
                } else {
                    <p class="empty">{ "The picture appears once the text has run." }</p>
                }
                if let Some(words) = state.stale_words() {
                    <p class="stale" role="status">{ words }</p>
                }
            </div>
            <Actions state={state.clone()} />
            <Narration words={words.to_owned()} playing={state.playing} />
            <Transport state={state.clone()} />
        </section>
    }
}

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
fn Picture(props: &PictureProps) -> Html {
    let lab = use_lab();
    let stage = &props.frame.stage;
    let focused = use_state(|| 0_usize);
    let pick = {
        let frame = Rc::clone(&props.frame);
        let lab = lab.clone();
        Callback::from(move |place: Option<usize>| {
            let target = place.and_then(|at| frame.stage.marks.get(at)?.target);
            lab.send(Action::Select(target));
        })
    };
    let click = pick.reform(|event: MouseEvent| dom::mark_at(&event));
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
    html! {
        <svg class={classes!("stage", props.fast.then_some("fast"))} role="group" aria-label={stage.description.clone()}
            viewBox={format!("0 0 {} {}", stage.width, stage.height)} width={stage.width.to_string()}
            height={stage.height.to_string()} onclick={click} onkeydown={keydown} onfocusin={focusin}>
            { for stage.marks.iter().enumerate().map(|(place, mark)| draw(place, mark, place == tab)) }
        </svg>
    }
}

/// One mark: its place is a transform, so that it can move.
fn draw(place: usize, mark: &Mark, in_tab_order: bool) -> Html {
    let target = mark.target.is_some();
    let class = mark.class.to_string();
    let key = mark.key.clone();
    let at = target.then(|| place.to_string());
    let role = target.then_some("button");
    let tabindex = target.then_some(if in_tab_order { "0" } else { "-1" });
    let label = mark.label.clone();
    let title = label
        .clone()
        .map(|words| html! { <title>{ words }</title> });
    let hidden = (!target).then_some("true");
    let moved = |x: &i32, y: &i32| format!("translate({x} {y})");
    match &mark.shape {
        Shape::Rect {
            x,
            y,
            width,
            height,
            radius,
        } => html! {
            <rect {key} {class} transform={moved(x, y)} width={width.to_string()} height={height.to_string()}
                rx={radius.to_string()} data-mark={at} {role} {tabindex} aria-label={label} aria-hidden={hidden}>{ title }</rect>
        },
        Shape::Circle { x, y, radius } => html! {
            <circle {key} {class} transform={moved(x, y)} r={radius.to_string()}
                data-mark={at} {role} {tabindex} aria-label={label} aria-hidden={hidden}>{ title }</circle>
        },
        Shape::Path { d } => html! {
            <path {key} {class} d={d.clone()}
                data-mark={at} {role} {tabindex} aria-label={label} aria-hidden={hidden}>{ title }</path>
        },
        Shape::Text { x, y, anchor, text } => html! {
            <text {key} {class} transform={moved(x, y)} text-anchor={side(*anchor)}
                data-mark={at} {role} {tabindex} aria-label={label} aria-hidden={hidden}>{ text.clone() }</text>
        },
    }
}

const fn side(anchor: Anchor) -> &'static str {
    match anchor {
        Anchor::Start => "start",
        Anchor::Middle => "middle",
        Anchor::End => "end",
    }
}
