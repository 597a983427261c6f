//! The two layers of the editor: the drawn lines, and over them the text area that has the text and the caret.
//! Both have the same font, the same width and the same rules for wrapping, so a character stands at the same
//! place in both; the text area takes its height from the drawn lines. Must not know what the text says.

use std::rc::Rc;

use yew::prelude::*;

use super::completion::{Completion, Popup, option_id};
use super::input::{caret, keydown, let_go, paste};
use super::lines::Lines;
use super::placing::{use_blocks, use_placing, use_view};
use super::typing::use_typing;
use crate::effects::store::{Snapshot, use_lab};
use crate::effects::watch::{Travel, use_input_guard};
use crate::state::Action;

/// Properties.
#[derive(Properties, PartialEq)]
pub(super) struct TextProps {
    /// The state.
    pub(super) state: Snapshot,
}

/// The layers.
#[component]
pub(super) fn EditorText(props: &TextProps) -> Html {
    let lab = use_lab();
    let state = &props.state;
    let (area, scroller, lines) = (use_node_ref(), use_node_ref(), use_node_ref());
    let popup = use_state(|| None::<Popup>);
    let blocks = use_blocks(&state.doc.text);
    let (view, scroll) = use_view(&scroller, &lines, &blocks);
    use_placing(state, &blocks, &area, &scroller, &lines);
    use_input_guard(
        &area,
        lab.on(|kind| match kind {
            Travel::Undo => Action::Undo,
            Travel::Redo => Action::Redo,
        }),
    );
    let input = use_typing(&area, &popup, &lab);
    let keydown = keydown(state, &lab, popup.clone());
    let open = (*popup).as_ref().filter(|popup| popup.fits(&state.doc));
    let told = open.map(Popup::words).unwrap_or_default();
    let active = open
        .and_then(Popup::choice)
        .map(|place| option_id(&lab, place));
    let list = open.and_then(|open| Some((open.clone(), blocks.spot(open.from())?)));
    let close = {
        let popup = popup.clone();
        Callback::from(move |()| popup.set(None))
    };
    html! {
      <>
        <p class="for-readers" aria-live="polite">{ told }</p>
        <div class="editor-scroll" ref={scroller} onscroll={scroll}>
            <div class={classes!("editor-layers", (!blocks.wraps).then_some("unwrapped"))}>
                <Lines state={state.clone()} blocks={Rc::clone(&blocks)} view={view.blocks} node={lines.clone()} />
                if !blocks.wraps {
                    <svg class="spacer" width={format!("{}ch", blocks.columns + 10)} height="1" />
                }
                <textarea ref={area.clone()} class="editor-area" aria-label="Scenario text" aria-describedby={lab.id("problems")}
                    aria-autocomplete="list" aria-controls={open.map(|_| lab.id("completions"))} aria-activedescendant={active}
                    wrap={if blocks.wraps { "soft" } else { "off" }} spellcheck="false" readonly={state.locked}
                    autocomplete="off" autocapitalize="off" oninput={input} onkeydown={keydown}
                    onpaste={paste(state, &lab)}
                    onkeyup={caret(&area, state, &lab).reform(|_: KeyboardEvent| ())} onclick={caret(&area, state, &lab).reform(|_: MouseEvent| ())}
                    onblur={let_go(popup)} />
            </div>
        </div>
        if let Some((popup, spot)) = list {
            <Completion {popup} {spot} {lines} scrolled={view.scrolled} {close} />
        }
      </>
    }
}
