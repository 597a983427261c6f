//! The two layers of the editor: the text area that has the text and the caret, and the drawn lines under it.
//! Must not know what the text says.

use std::rc::Rc;

use yew::prelude::*;

use super::LINE;
use super::completion::Popup;
use super::input::{caret, keydown, let_go, paste};
use super::lines::Lines;
use crate::effects::dom;
use crate::effects::guard::{Travel, use_input_guard};
use crate::effects::store::{Snapshot, use_lab};
use crate::state::{Action, paint};

/// Lines between two redraws while scrolling.
const STRIDE: i32 = 16;

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
    let (area, scroller) = (use_node_ref(), use_node_ref());
    let top = use_state(|| 0_i32);
    let popup = use_state(|| None::<Popup>);
    let text = Rc::clone(&state.doc.text);
    let starts = use_memo(Rc::clone(&text), |text| paint::line_starts(text));
    let columns = use_memo(Rc::clone(&text), |text| paint::columns(text));
    use_placing(state, &area, &scroller);
    use_input_guard(
        &area,
        lab.on(|kind| match kind {
            Travel::Undo => Action::Undo,
            Travel::Redo => Action::Redo,
        }),
    );
    {
        let scroller = scroller.clone();
        use_effect_with(state.line_in_effect(), move |line| {
            let line = line.and_then(|line| i32::try_from(line).ok());
            if let Some(line) = line {
                dom::reveal_rows(&scroller, (line - 2) * LINE, (line + 3) * LINE);
            }
        });
    }
    let scroll = {
        let (scroller, top) = (scroller.clone(), top.clone());
        Callback::from(move |_: Event| {
            let row = dom::visible_rows(&scroller).map_or(0, |(first, _)| first / LINE);
            top.set(row / STRIDE * STRIDE);
        })
    };
    let input = {
        let (area, lab, popup) = (area.clone(), lab.clone(), popup.clone());
        Callback::from(move |_: InputEvent| {
            if let Some((text, caret)) = dom::area(&area) {
                popup.set(Popup::while_typing(&text, caret));
                let text = text.into();
                lab.send(Action::Type { text, caret });
            }
        })
    };
    let told = (*popup).as_ref().map(Popup::words).unwrap_or_default();
    let keydown = keydown(state, &lab, popup.clone());
    html! {
      <>
        <p class="for-readers" aria-live="polite">{ told }</p>
        <div class="editor-scroll" ref={scroller} onscroll={scroll}>
            <div class="editor-layers">
                <Lines state={state.clone()} {starts} top={*top} popup={(*popup).clone()} />
                <textarea ref={area.clone()} class="editor-area" aria-label="Scenario text" aria-describedby={lab.id("problems")}
                    rows={line_count(&text)} cols={(*columns + 4).to_string()} wrap="off" spellcheck="false"
                    autocomplete="off" autocapitalize="off" oninput={input} onkeydown={keydown}
                    onpaste={paste(state, &lab)}
                    onkeyup={caret(&area, &lab).reform(|_: KeyboardEvent| ())} onclick={caret(&area, &lab).reform(|_: MouseEvent| ())}
                    onblur={let_go(popup)} />
            </div>
        </div>
      </>
    }
}

fn line_count(text: &str) -> String {
    let lines = text.bytes().filter(|b| *b == b'\n').count() + 1;
    lines.to_string()
}

/// Keeps the area's text the state's, and its caret when the app itself placed it.
#[hook]
fn use_placing(state: &Snapshot, area: &NodeRef, scroller: &NodeRef) {
    {
        // The line of the caret stays in view while one writes, also when the problems take up room.
        let scroller = scroller.clone();
        let line = i32::try_from(state.doc.caret_line()).unwrap_or(1);
        use_effect_with((line, state.problems().len()), move |(line, _)| {
            dom::reveal_rows(&scroller, (line - 1) * LINE, (line + 1) * LINE);
        });
    }
    let (area, scroller, state) = (area.clone(), scroller.clone(), state.clone());
    use_effect_with(state.placed, move |_| {
        dom::place(&area, &state.doc.text, state.doc.caret);
        let line = i32::try_from(state.doc.caret_line()).unwrap_or(1);
        dom::reveal_rows(&scroller, (line - 2) * LINE, (line + 2) * LINE);
    });
}
