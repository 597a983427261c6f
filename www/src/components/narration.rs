//! One sentence: what just happened and why. Seen at once; told to screen readers no faster than they can read.

use offset_lab::ids::EventId;
use offset_lab::view::why::WhyTarget;
use yew::prelude::*;

use super::why::ask;
use crate::effects::player::use_throttled;
use crate::effects::store::use_lab;

/// Properties.
#[derive(Properties, PartialEq)]
pub(crate) struct NarrationProps {
    /// The sentence.
    pub(crate) words: AttrValue,
    /// Whether the scenario is playing.
    pub(crate) playing: bool,
    /// What it tells of.
    pub(crate) event: Option<EventId>,
    /// Whether it says why the picture is an older one.
    pub(crate) stale: bool,
}

/// The sentence.
#[component]
pub(crate) fn Narration(props: &NarrationProps) -> Html {
    let lab = use_lab();
    let told = use_throttled(&props.words, props.playing);
    html! {
        <div class={classes!("narration", props.stale.then_some("stale"))}>
            <p aria-hidden="true">{ &props.words }</p>
            <p class="for-readers" aria-live="polite">{ told }</p>
            if let Some(event) = props.event.filter(|_| !props.stale) {
                { ask(&lab, WhyTarget::Event(event), "what just happened", true) }
            }
        </div>
    }
}
