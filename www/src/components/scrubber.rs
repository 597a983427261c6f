//! The line of time: a native range, with ticks for events, dots for chapters, triangles for failed checks.
//! Must not know what the marks mean beyond their kind.

use std::sync::Arc;

use yew::prelude::*;

use crate::effects::dom;
use crate::effects::store::{Lab, use_lab};
use crate::state::marks::{Spot, marks};
use crate::state::slices::Timing;
use crate::state::{Action, Good, Seek};
use offset_lab::trace::Level;
use offset_lab::world::Cursor;

/// The line of time.
pub(crate) fn scrubber(lab: &Lab, timing: &Timing) -> Html {
    let seek = lab.on(|event: InputEvent| {
        let event = dom::value(&event).parse().unwrap_or(0);
        Action::Seek(Seek::To(Cursor::at(event)))
    });
    let narration = timing.frame.as_ref().map_or("", |frame| &frame.narration);
    let words = [&*timing.step_words(), ", ", narration].concat();
    html! {
        <div class="scrubber">
            <input type="range" data-timeline="true" aria-label="Moment" aria-valuetext={words}
                min="0" max={timing.events().to_string()} step="1"
                value={timing.cursor.event.to_string()} oninput={seek} />
            <TimeMarks good={timing.good.clone()} level={timing.level} veil={timing.veil} />
        </div>
    }
}

/// Properties of the marks.
#[derive(Properties, PartialEq)]
struct MarksProps {
    /// The run.
    good: Option<Good>,
    /// How much is shown.
    level: Level,
    /// Beyond how many events nothing is told.
    veil: Option<u32>,
}

/// The marks along the line.
#[component]
fn TimeMarks(props: &MarksProps) -> Html {
    let good = props.good.as_ref();
    let run = good.map(|good| (Arc::as_ptr(&good.run) as usize, good.found.is_some()));
    let marks = use_memo((run, props.level, props.veil), |(_, level, veil)| {
        let found = |good: &Good| good.found.as_ref().map(|found| found.anomalies.clone());
        let all = good.map(|good| marks(good.timeline(), &found(good).unwrap_or_default(), *level));
        all.unwrap_or_default().before(*veil)
    });
    let events = good.map_or(0, |good| good.timeline().len());
    let press = {
        let (lab, marks, events) = (use_lab(), marks.clone(), events);
        Callback::from(move |event: MouseEvent| {
            if let Some((place, near)) = dom::along(&event, "svg.time-marks") {
                let to = marks.pressed(place, near, events);
                lab.send(Action::Seek(Seek::To(Cursor::at(to))));
            }
        })
    };
    html! {
        <svg class="time-marks" width="100%" height="20" aria-hidden="true" onclick={press}>
            <rect class="time-ground" width="100%" height="20" />
            for tick in &marks.ticks {
                <rect class="tick" x={percent(*tick)} y="1" width="1" height="4" />
            }
            for spot in &marks.chapters {
                { mark(spot, html! { <circle class="chapter" cy="9" r="3.5" /> }) }
            }
            for spot in &marks.unusual {
                { mark(spot, html! { <path class="unusual" d="M-5 13 L0 4 L5 13z" /> }) }
            }
            for spot in &marks.failed {
                { mark(spot, html! { <path class="failed" d="M-6 14 L0 3 L6 14z" /> }) }
            }
        </svg>
    }
}

/// A mark with its words for the pointer, and room for a finger.
fn mark(spot: &Spot, form: Html) -> Html {
    html! {
        <svg x={percent(spot.place)} overflow="visible">
            <rect class="time-spot" x="-12" width="24" height="20" />
            { form }
            <title>{ &spot.words }</title>
        </svg>
    }
}

/// Ten-thousandths as per cent.
fn percent(at: u32) -> String {
    format!("{}.{:02}%", at / 100, at % 100)
}
