//! The stage card: the picture, the actions, the sentence, the transport. Must not know what is drawn.

use std::rc::Rc;

use offset_lab::view::Frame;
use yew::prelude::*;

use super::actions::Actions;
use super::narration::Narration;
use super::stage_picture::StagePicture;
use super::transport::Transport;
use crate::effects::store::use_lab;
use crate::effects::watch::{use_visible, use_width};
use crate::state::Action;
use crate::state::slices::{ActingSlice, Timing};
use crate::state::why::happened;

/// Properties.
#[derive(Properties, PartialEq)]
pub(crate) struct StageProps {
    /// The picture.
    pub(crate) frame: Option<Rc<Frame>>,
    /// Whether nothing is to move: too fast for motion, or out of view.
    pub(crate) still: bool,
    /// Why the picture is not that of the text.
    pub(crate) stale: Option<AttrValue>,
    /// What can be done.
    pub(crate) acting: ActingSlice,
    /// What the line of time shows.
    pub(crate) timing: Timing,
}

/// The card.
#[component]
pub(crate) fn StageCard(props: &StageProps) -> Html {
    let lab = use_lab();
    let place = use_node_ref();
    use_width(&place, lab.on(Action::Width));
    use_visible(&place, lab.on(Action::Shown));
    let told = props
        .frame
        .as_ref()
        .map(|frame| frame.narration.clone().into());
    let words = props.stale.clone().or(told).unwrap_or_default();
    html! {
        <section class="card stage-card" aria-label="Stage">
            <div class="stage-place" ref={place}>
                if let Some(frame) = &props.frame {
                    if frame.stage.marks.is_empty() {
                        <p class="empty">{ "Nothing is there yet. What the text makes appears here." }</p>
                    }
                    <StagePicture frame={Rc::clone(frame)} fast={props.still} />
                } else {
                    <p class="empty">{ "The picture appears once the text has run." }</p>
                }
            </div>
            <Actions acting={props.acting.clone()} />
            <div class="stage-foot">
                <Narration words={words} event={happened(props.timing.cursor)} playing={props.timing.playing} stale={props.stale.is_some()} />
                <Transport timing={props.timing.clone()} />
            </div>
        </section>
    }
}
