//! A text and what happens in it: the cards, each with its part of the state. Must not know what is around them.

use yew::prelude::*;

use super::editor::Editor;
use super::side::SideCard;
use super::stage::StageCard;
use super::tables::Tables;
use crate::effects::dom;
use crate::effects::store::{Lab, Snapshot};
use crate::state::{Action, CardSide};

/// The cards; where little is wanted, only picture and text.
pub(crate) fn scenario(lab: &Lab, state: &Snapshot, is_whole: bool) -> Html {
    let is_at_text = state.look.side == CardSide::Text;
    html! {
        <main class={classes!("lab-cards", is_at_text.then_some("at-text"))} tabindex="-1">
            <div class="lab-left">
                if is_whole {
                    <SideCard side={state.look.side} name={AttrValue::from(state.name.clone())} telling={state.telling()} />
                }
                if state.look.hidden.is_some() {
                    { hidden(lab) }
                } else {
                    <Editor state={state.clone()} />
                }
            </div>
            <div class="lab-right">
                <StageCard frame={state.frame.clone()} still={state.moves_fast() || state.look.unseen}
                    stale={state.stale_words().map(AttrValue::from)} acting={state.acting()} timing={state.timing()} />
                if is_whole {
                    <Tables tab={state.look.tab} selected={state.look.selected} why={state.look.why.clone()} at={state.cursor.event} level={state.settings.level} veil={state.veil()}
                        frame={state.frame.clone()} good={state.good.clone()} acting={state.acting()} />
                }
            </div>
        </main>
    }
}

/// In place of the text where answers are hidden.
#[inline(never)]
fn hidden(lab: &Lab) -> Html {
    html! {
        <section class="card hidden-text" aria-label="Text">
            <p>{ "The answers of this lesson are hidden until you ask for them: its text holds them." }</p>
            <button class="button" onclick={lab.on(|event: MouseEvent| {
                dom::focus_in_lab(&event, "main");
                Action::ShowAnswers
            })}>{ "Show the text, and hide nothing" }</button>
        </section>
    }
}
