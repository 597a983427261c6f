//! The line of time: a native range, with ticks for events, dots for chapters, triangles for failed checks.
//! Must not know what the marks mean beyond their kind.

use std::sync::Arc;

use yew::prelude::*;

use crate::effects::dom;
use crate::effects::store::{Snapshot, use_lab};
use crate::state::marks::marks;
use crate::state::{Action, Good, Seek};
use offset_lab::world::Cursor;

/// Properties.
#[derive(Properties, PartialEq)]
pub(crate) struct ScrubberProps {
    /// The state.
    pub(crate) state: Snapshot,
}

/// The line of time.
#[component]
pub(crate) fn Scrubber(props: &ScrubberProps) -> Html {
    let lab = use_lab();
    let state = &props.state;
    let seek = lab.on(|event: InputEvent| {
        let event = dom::value(&event).parse().unwrap_or(0);
        Action::Seek(Seek::To(Cursor::at(event)))
    });
    let narration = state.frame.as_ref().map_or("", |frame| &frame.narration);
    let words = [&*state.step_words(), ", ", narration].concat();
    html! {
        <div class="scrubber">
            <input type="range" data-timeline="true" aria-label="Moment" aria-valuetext={words}
                min="0" max={state.events().to_string()} step="1"
                value={state.cursor.event.to_string()} oninput={seek} />
            <TimeMarks state={state.clone()} />
        </div>
    }
}

/// The marks along the line.
#[component]
fn TimeMarks(props: &ScrubberProps) -> Html {
    let state = &props.state;
    let good = state.good.as_ref();
    let key = good.map(|good| (Arc::as_ptr(&good.run) as usize, good.found.is_some()));
    let marks = use_memo(key, |_| {
        let found = |good: &Good| good.found.as_ref().map(|found| found.anomalies.clone());
        good.map(|good| marks(good.timeline(), &found(good).unwrap_or_default()))
            .unwrap_or_default()
    });
    html! {
        <svg class="time-marks" width="100%" height="12" aria-hidden="true">
            for tick in &marks.ticks {
                <rect class="tick" x={percent(*tick)} y="1" width="1" height="4" />
            }
            for chapter in &marks.chapters {
                <circle class="chapter" cx={percent(*chapter)} cy="7" r="3" />
            }
            for unusual in &marks.unusual {
                <svg x={percent(*unusual)} y="1" overflow="visible"><path class="unusual" d="M-4 9 L0 2 L4 9z" /></svg>
            }
            for failed in &marks.failed {
                <svg x={percent(*failed)} y="1" overflow="visible"><path class="failed" d="M-5 10 L0 1 L5 10z" /></svg>
            }
        </svg>
    }
}

/// Ten-thousandths as per cent.
fn percent(at: u32) -> String {
    format!("{}.{:02}%", at / 100, at % 100)
}
