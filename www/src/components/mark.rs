//! One mark of the picture as an element: translated one to one. Draws nothing of its own.

use offset_lab::view::stage::LaneArea;
use offset_lab::view::{Anchor, Mark, Shape, Target};
use yew::prelude::*;

use crate::state::drag::{Nudge, nudged, window_words};

/// One mark: its place is a transform, so that it can move. `key` is the number of its element.
pub(super) fn draw(
    key: u32,
    place: usize,
    mark: &Mark,
    in_tab_order: bool,
    lanes: &[LaneArea],
) -> Html {
    if let (
        Some(Target::Window(stream)),
        Shape::Rect {
            x,
            y,
            width,
            height,
            ..
        },
    ) = (mark.target, &mark.shape)
        && let Some(lane) = lanes.iter().find(|lane| lane.stream == stream)
    {
        // A window is moved like the thumb of a slider.
        return html! {
            <rect {key} class={mark.class.to_string()} transform={format!("translate({x} {y})")}
                width={width.to_string()} height={height.to_string()} data-mark={place.to_string()} role="slider"
                tabindex={if in_tab_order { "0" } else { "-1" }} aria-label={mark.label.clone()}
                aria-valuemin={lane.first.to_string()} aria-valuemax={nudged(lane, Nudge::Last).to_string()}
                aria-valuenow={lane.from.to_string()} aria-valuetext={window_words(lane)} />
        };
    }
    let target = mark.target.is_some();
    let class = mark.class.to_string();
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
            <path {key} {class} d={d.to_string()}
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
