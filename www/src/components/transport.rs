//! The transport: first, back, play, forward, last, the scrubber, the speed. Must not know what happens.

use std::rc::Rc;

use offset_lab::trace::Level;
use yew::prelude::*;

use super::icon::{Shape, icon};
use super::scrubber::scrubber;
use crate::effects::dom;
use crate::effects::node::{Node, Tag, tag};
use crate::effects::store::{Lab, use_lab};
use crate::state::marks::{KeptMarks, TimeMarks};
use crate::state::settings::Speed;
use crate::state::slices::Timing;
use crate::state::{Action, Seek};

/// Properties.
#[derive(Properties, PartialEq)]
pub(crate) struct TransportProps {
    /// What the row shows.
    pub(crate) timing: Timing,
}

/// The row as a component of the app.
#[component]
pub(crate) fn Transport(props: &TransportProps) -> Html {
    let marks = use_memo((), |()| KeptMarks::default()).of(&props.timing);
    transport(&use_lab(), &props.timing, &marks).into()
}

/// The row below the stage, with the marks along the line of time.
pub(crate) fn transport(lab: &Lab, timing: &Timing, marks: &Rc<TimeMarks>) -> Tag {
    tag!(
        "div",
        "class" = "transport",
        "role" = "group",
        "aria-label" = "Time"
    )
    .with(buttons(lab, timing))
    .with(scrubber(lab, timing, marks))
    .with(tag!("span", "class" = "clock").with(timing.clock()))
    .with(detail(lab, timing.level))
    .with(speed(lab, timing.speed))
}

fn buttons(lab: &Lab, timing: &Timing) -> Tag {
    let (events, at) = (timing.events(), timing.cursor.event);
    let (start, end) = (at == 0 && timing.cursor.part == 0, at >= events);
    let seek = |name, shape, seek, off| {
        let action = move || Action::Seek(seek);
        button(lab, name, shape, off, "button square", action)
    };
    let (play, shape) = match timing.playing {
        true => ("Pause", Shape::Pause),
        false => ("Play", Shape::Play),
    };
    let play = button(
        lab,
        play,
        shape,
        events == 0,
        "button square primary",
        || Action::PlayPause,
    );
    tag!("div", "class" = "buttons")
        .with(seek("First", Shape::First, Seek::First, start))
        .with(seek("Back", Shape::Back, Seek::Steps(-1), start))
        .with(play)
        .with(seek("Forward", Shape::Forward, Seek::Steps(1), end))
        .with(seek("Last", Shape::Last, Seek::Last, end))
}

fn button(
    lab: &Lab,
    name: &'static str,
    shape: Shape,
    off: bool,
    class: &'static str,
    action: impl Fn() -> Action + 'static,
) -> Tag {
    tag!(
        "button",
        "class" = class,
        "aria-label" = name,
        "title" = name,
        "aria-disabled" = word(off)
    )
    .on("click", lab.when(move |_| action()))
    .with(icon(shape))
}

const fn word(is: bool) -> &'static str {
    if is { "true" } else { "false" }
}

fn detail(lab: &Lab, shown: Level) -> Tag {
    let options: Node = Level::ALL
        .into_iter()
        .map(|level| {
            let selected = (level == shown).then_some("selected");
            tag!("option", "value" = level.word(), "selected" = selected).with(level_name(level))
        })
        .collect();
    let list = tag!("select", "class" = "field", "title" = "How much is shown");
    tag!("label", "class" = "detail")
        .with(tag!("span", "class" = "for-readers").with("Detail"))
        .with(list.on("change", lab.when(set_level)).with(options))
}

fn speed(lab: &Lab, speed: Speed) -> Tag {
    let set = |event: &Event| Action::Speed(Speed::new(dom::value(event).parse().unwrap_or(0)));
    let range = tag!(
        "input",
        "type" = "range",
        "min" = Speed::SLOWEST.to_string(),
        "max" = Speed::FASTEST.to_string(),
        "step" = "1",
        "aria-valuetext" = speed.label(),
        "value" = speed.power().to_string()
    );
    tag!("label", "class" = "speed")
        .with(tag!("span", "class" = "for-readers").with("Speed"))
        .with(range.on("input", lab.when(set)))
        .with(tag!("output").with(speed.label()))
}

fn set_level(event: &Event) -> Action {
    Action::Detail(Level::from_word(&dom::value(event)).unwrap_or_default())
}

const fn level_name(level: Level) -> &'static str {
    match level {
        Level::Story => "Story",
        Level::Messages => "Messages",
        Level::Everything => "Everything",
    }
}
