//! The editor: a text area with an overlay that is drawn line by line, its problems, its help.
//! `text` is the two layers, `lines` the drawn one, `completion` the list at the caret.

mod completion;
mod guide;
mod input;
mod line;
mod lines;
mod placing;
mod problems;
mod text;
mod typing;

use yew::prelude::*;

use super::icon::{Shape, icon};
use crate::effects::store::{Snapshot, use_lab};
use crate::state::{Action, Seek};
use guide::Guide;
use problems::problems;
use text::EditorText;

/// Height of a row in pixels; the style sheet says the same.
const LINE: u32 = 20;

/// Properties.
#[derive(Properties, PartialEq)]
pub(crate) struct EditorProps {
    /// The state.
    pub(crate) state: Snapshot,
}

/// The card of the text.
#[component]
pub(crate) fn Editor(props: &EditorProps) -> Html {
    let lab = use_lab();
    let state = &props.state;
    let line = state.doc.caret_line();
    let run_to = format!("Run to line {line}");
    let button = |name: &'static str, shape: Shape, off: bool, action: fn() -> Action| {
        html! {
            <button class="button small square" aria-label={name} title={name} aria-disabled={off.to_string()}
                onclick={lab.on(move |_| action())}>{ icon(shape) }</button>
        }
    };
    html! {
        <section class="card editor" aria-label="Scenario">
            <div class="editor-bar">
                <h2>{ "Scenario" }</h2>
                { state_words(state) }
                <span class="space" />
                { button("Undo", Shape::Undo, !state.history.can_undo(), || Action::Undo) }
                { button("Redo", Shape::Redo, !state.history.can_redo(), || Action::Redo) }
                <button class="button small" title="Ctrl+Enter" onclick={lab.on(move |_| Action::Seek(Seek::Line(line)))}>
                    { run_to }
                </button>
            </div>
            <EditorText state={state.clone()} />
            { problems(&lab, state) }
            <Guide doc={state.doc.clone()} />
        </section>
    }
}

/// Whether the text is sound, in a word.
fn state_words(state: &Snapshot) -> Html {
    let problems = state.problems().len();
    let (class, words) = match (&state.job, problems) {
        (Some(_), _) => ("busy", "running…".to_owned()),
        (None, _) if state.files.is_opening() => ("busy", "opening…".to_owned()),
        (None, 0) => ("fine", format!("{} events", state.events())),
        (None, 1) => ("wrong", "1 problem".to_owned()),
        (None, _) => ("wrong", format!("{problems} problems")),
    };
    html! { <span class={classes!("editor-state", class)}>{ words }</span> }
}
