//! The stage card: the picture, the actions, the sentence, the transport. Must not know what is drawn.

use std::rc::Rc;

use yew::prelude::*;

use super::actions::Actions;
use super::narration::Narration;
use super::picture::Picture;
use super::transport::Transport;
use crate::effects::size::use_width;
use crate::effects::store::{Snapshot, use_lab};
use crate::effects::visible::use_visible;
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
    use_visible(&place, lab.on(Action::Shown));
    let stale = state.stale_words();
    let told = state.frame.as_ref().map_or("", |frame| &frame.narration);
    let words = stale.clone().unwrap_or_else(|| told.to_owned());
    html! {
        <section class="card stage-card" aria-label="Stage">
            <div class="stage-place" ref={place}>
                if let Some(frame) = &state.frame {
                    <Picture frame={Rc::clone(frame)} fast={state.moves_fast() || state.look.unseen} />
                } else {
                    <p class="empty">{ "The picture appears once the text has run." }</p>
                }
            </div>
            <Actions state={state.clone()} />
            <div class="stage-foot">
                <Narration words={words} playing={state.playing} stale={stale.is_some()} />
                <Transport state={state.clone()} />
            </div>
        </section>
    }
}
