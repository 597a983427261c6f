//! The two layers of the editor: the text area that has the text and the caret, and the drawn lines under it.
//! Must not know what the text says.

use std::rc::Rc;

use yew::prelude::*;

use super::LINE;
use super::completion::Popup;
use super::lines::Lines;
use crate::effects::dom;
use crate::effects::guard::{Travel, use_input_guard};
use crate::effects::store::{Lab, Snapshot, use_lab};
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
    let keydown = keydown(state, &lab, popup.clone());
    html! {
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

/// A paste that would pass the limit is not even laid out: the text stays as it is.
fn paste(state: &Snapshot, lab: &Lab) -> Callback<Event> {
    let (state, lab) = (state.clone(), lab.clone());
    Callback::from(move |event: Event| {
        let added = dom::pasted_length(&event).unwrap_or(0);
        if let Err(words) = state.has_room(added) {
            event.prevent_default();
            lab.send(Action::Notice(words.into()));
        }
    })
}

fn caret(area: &NodeRef, lab: &Lab) -> Callback<()> {
    let (area, lab) = (area.clone(), lab.clone());
    Callback::from(move |()| {
        if let Some((_, caret)) = dom::area(&area) {
            lab.send(Action::Caret(caret));
        }
    })
}

fn let_go(popup: UseStateHandle<Option<Popup>>) -> Callback<FocusEvent> {
    Callback::from(move |_| popup.set(None))
}

/// The keys of the text: completion first, then mending, running and undo. What is ours stays here.
fn keydown(
    state: &Snapshot,
    lab: &Lab,
    popup: UseStateHandle<Option<Popup>>,
) -> Callback<KeyboardEvent> {
    let (state, lab) = (state.clone(), lab.clone());
    Callback::from(move |event: KeyboardEvent| {
        let key = event.key();
        let press = dom::press(&event, &key);
        if let Some(open) = (*popup).as_ref()
            && let Some(after) = open.key(press)
        {
            event.prevent_default();
            event.stop_propagation();
            if let Some(action) = after.action {
                lab.send(action);
            }
            return popup.set(after.popup);
        }
        if press.ctrl && key == " " {
            event.prevent_default();
            event.stop_propagation();
            return popup.set(Popup::asked_for(&state.doc.text, state.doc.caret));
        }
        if let Some(action) = state.editor_key(press) {
            event.prevent_default();
            event.stop_propagation();
            lab.send(action);
        }
    })
}
