//! One sentence: what just happened and why. Seen at once; told to screen readers no faster than they can read.

use yew::prelude::*;

use crate::effects::player::use_throttled;

/// Properties.
#[derive(Properties, PartialEq)]
pub(crate) struct NarrationProps {
    /// The sentence.
    pub(crate) words: AttrValue,
    /// Whether the scenario is playing.
    pub(crate) playing: bool,
    /// Whether it says why the picture is an older one.
    pub(crate) stale: bool,
}

/// The sentence.
#[component]
pub(crate) fn Narration(props: &NarrationProps) -> Html {
    let told = use_throttled(&props.words, props.playing);
    html! {
        <div class={classes!("narration", props.stale.then_some("stale"))}>
            <p aria-hidden="true">{ &props.words }</p>
            <p class="for-readers" aria-live="polite">{ told }</p>
        </div>
    }
}
