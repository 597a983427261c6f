//! One mark of the picture as an element: translated one to one. Draws nothing of its own.

use offset_lab::view::stage::LaneArea;
use offset_lab::view::{Anchor, Mark, Shape, Target};

use crate::effects::node::{Tag, tag};
use crate::state::drag::{Nudge, nudged, window_words};

/// One mark: its place is a transform, so that it can move. `key` is the number of its element.
pub(super) fn draw(
    key: u32,
    place: usize,
    mark: &Mark,
    in_tab_order: bool,
    lanes: &[LaneArea],
) -> Tag {
    let mut shape = Drawn::of(&mark.shape);
    let tabindex = if in_tab_order { "0" } else { "-1" };
    if let (Some(Target::Window(stream)), Shape::Rect { .. }) = (mark.target, &mark.shape)
        && let Some(lane) = lanes.iter().find(|lane| lane.stream == stream)
    {
        // A window is moved like the thumb of a slider.
        return tag!(
            "rect",
            "class" = mark.class.to_string(),
            "transform" = shape.transform,
            "width" = shape.width,
            "height" = shape.height,
            "data-mark" = place.to_string(),
            "role" = "slider",
            "tabindex" = tabindex,
            "aria-label" = mark.label.clone(),
            "aria-valuemin" = lane.first.to_string(),
            "aria-valuemax" = nudged(lane, Nudge::Last).to_string(),
            "aria-valuenow" = lane.from.to_string(),
            "aria-valuetext" = window_words(lane)
        )
        .key(key);
    }
    let is_button = mark.target.is_some();
    let text = shape.text.take();
    let title = mark.label.clone().filter(|_| text.is_none());
    let tag = tag!(
        "path",
        "class" = mark.class.to_string(),
        "transform" = shape.transform,
        "width" = shape.width,
        "height" = shape.height,
        "rx" = shape.rx,
        "r" = shape.r,
        "d" = shape.d,
        "text-anchor" = shape.anchor,
        "data-mark" = is_button.then(|| place.to_string()),
        "role" = is_button.then_some("button"),
        "tabindex" = is_button.then_some(tabindex),
        "aria-label" = mark.label.clone(),
        "aria-hidden" = (!is_button).then_some("true")
    );
    tag.named(shape.name)
        .key(key)
        .with(title.map(|words| tag!("title").with(words)))
        .with(text.unwrap_or_default())
}

/// What the forms of marks have, each some of it.
#[derive(Default)]
struct Drawn {
    name: &'static str,
    transform: Option<String>,
    width: Option<String>,
    height: Option<String>,
    rx: Option<String>,
    r: Option<String>,
    d: Option<String>,
    anchor: Option<&'static str>,
    text: Option<String>,
}

impl Drawn {
    fn of(shape: &Shape) -> Self {
        let at = |x: i32, y: i32| Some(format!("translate({x} {y})"));
        match shape {
            Shape::Rect {
                x,
                y,
                width,
                height,
                radius,
            } => Self {
                name: "rect",
                transform: at(*x, *y),
                width: Some(width.to_string()),
                height: Some(height.to_string()),
                rx: Some(radius.to_string()),
                ..Self::default()
            },
            Shape::Circle { x, y, radius } => Self {
                name: "circle",
                transform: at(*x, *y),
                r: Some(radius.to_string()),
                ..Self::default()
            },
            Shape::Path { d } => Self {
                name: "path",
                d: Some(d.to_string()),
                ..Self::default()
            },
            Shape::Text { x, y, anchor, text } => Self {
                name: "text",
                transform: at(*x, *y),
                anchor: Some(side(*anchor)),
                text: Some(text.to_string()),
                ..Self::default()
            },
        }
    }
}

const fn side(anchor: Anchor) -> &'static str {
    match anchor {
        Anchor::Start => "start",
        Anchor::Middle => "middle",
        Anchor::End => "end",
    }
}
