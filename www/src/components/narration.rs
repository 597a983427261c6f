//! One sentence: what just happened and why. Seen at once; told to screen readers no faster than they can read.

use offset_lab::ids::EventId;
use offset_lab::view::why::WhyTarget;
use yew::prelude::*;

use super::why::ask;
use crate::effects::node::{Node, tag};
use crate::effects::player::Told;
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
    let update = use_force_update();
    let redraw = Callback::from(move |()| update.force_update());
    let told = use_memo((), |()| Told::default()).of(&props.words, props.playing, &redraw);
    html! {
        <div class={classes!("narration", props.stale.then_some("stale"))}>
            { sentence(props.words.clone(), told) }
            if let Some(event) = props.event.filter(|_| !props.stale) {
                { ask(&lab, WhyTarget::Event(event), "what just happened", true) }
            }
        </div>
    }
}

/// The sentence as it is seen, and as it is told.
pub(crate) fn sentence(words: AttrValue, told: AttrValue) -> Node {
    let seen = tag!("p", "aria-hidden" = "true").with(Node::Text(words));
    let told = tag!("p", "class" = "for-readers", "aria-live" = "polite").with(Node::Text(told));
    [seen, told].into_iter().collect()
}
