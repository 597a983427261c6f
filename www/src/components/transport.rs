//! The transport: first, back, play, forward, last, the scrubber, the speed. Must not know what happens.

use offset_lab::trace::Level;
use yew::prelude::*;

use super::icon::{Shape, icon};
use super::scrubber::scrubber;
use crate::effects::dom;
use crate::effects::store::use_lab;
use crate::state::settings::Speed;
use crate::state::slices::Timing;
use crate::state::{Action, Seek};

/// Properties.
#[derive(Properties, PartialEq)]
pub(crate) struct TransportProps {
    /// What the row shows.
    pub(crate) timing: Timing,
}

/// The row below the stage.
#[component]
pub(crate) fn Transport(props: &TransportProps) -> Html {
    let lab = use_lab();
    let timing = &props.timing;
    let (events, at) = (timing.events(), timing.cursor.event);
    let (none, start, end) = (
        events == 0,
        at == 0 && timing.cursor.part == 0,
        at >= events,
    );
    let seek = |name: &'static str, shape: Shape, seek: Seek, off: bool| {
        html! {
            <button class="button square" aria-label={name} title={name} aria-disabled={off.to_string()}
                onclick={lab.on(move |_| Action::Seek(seek))}>{ icon(shape) }</button>
        }
    };
    let (play, shape) = match timing.playing {
        true => ("Pause", Shape::Pause),
        false => ("Play", Shape::Play),
    };
    let speed = timing.speed;
    let set_speed = lab
        .on(|event: InputEvent| Action::Speed(Speed::new(dom::value(&event).parse().unwrap_or(0))));
    html! {
        <div class="transport" role="group" aria-label="Time">
            <div class="buttons">
                { seek("First", Shape::First, Seek::First, start) }
                { seek("Back", Shape::Back, Seek::Steps(-1), start) }
                <button class="button square primary" aria-label={play} title={play} aria-disabled={none.to_string()}
                    onclick={lab.on(|_| Action::PlayPause)}>{ icon(shape) }</button>
                { seek("Forward", Shape::Forward, Seek::Steps(1), end) }
                { seek("Last", Shape::Last, Seek::Last, end) }
            </div>
            { scrubber(&lab, timing) }
            <span class="clock">{ timing.clock() }</span>
            <label class="detail">
                <span class="for-readers">{ "Detail" }</span>
                <select class="field" title="How much is shown" onchange={lab.on(set_level)}>
                    for level in Level::ALL {
                        <option value={level.word()} selected={level == timing.level}>{ level_name(level) }</option>
                    }
                </select>
            </label>
            <label class="speed">
                <span class="for-readers">{ "Speed" }</span>
                <input type="range" min={Speed::SLOWEST.to_string()} max={Speed::FASTEST.to_string()} step="1"
                    value={speed.power().to_string()} oninput={set_speed} aria-valuetext={speed.label()} />
                <output>{ speed.label() }</output>
            </label>
        </div>
    }
}

fn set_level(event: Event) -> Action {
    Action::Detail(Level::from_word(&dom::value(&event)).unwrap_or_default())
}

const fn level_name(level: Level) -> &'static str {
    match level {
        Level::Story => "Story",
        Level::Messages => "Messages",
        Level::Everything => "Everything",
    }
}
