//! The problems of the text, under it: where, what, what instead, and a key that mends it; and what had no effect. Must not know the
//! language.

use offset_lab::language::Diagnostic;
use offset_lab::view::frame::NoteMark;
use yew::prelude::*;

use crate::components::markdown::inline;
use crate::effects::dom;
use crate::effects::store::{Lab, Snapshot};
use crate::state::select::fix_of;
use crate::state::{Action, document};

/// Problems listed at most; the rest is counted.
const LISTED: usize = 20;

/// The problems.
pub(super) fn problems(lab: &Lab, state: &Snapshot) -> Html {
    let problems = state.problems();
    let more = problems.len().saturating_sub(LISTED) + state.more_problems();
    let failed = state.checks().iter().filter(|check| !check.passed).count();
    let problem = |problem: &Diagnostic| {
        let at = document::start_of_line(&state.doc.text, problem.line);
        let caret = (problem.span.start as usize).max(at);
        html! {
            <li>
                <button class="link place" onclick={lab.on(move |_| Action::GoTo(caret))}>
                    { format!("line {}, column {}", problem.line, problem.column) }
                </button>
                <span class="what">{ inline(&problem.message) }</span>
                if !problem.help.is_empty() {
                    <span class="help-words">{ inline(&problem.help) }</span>
                }
                if let (Some(action), Some(fix)) = (fix_of(problem), &problem.fix) {
                    <button class="button small" title="Ctrl+." onclick={mend(lab, action)}>
                        { format!("Write {fix}") }
                        if state.next_fixable() == Some(problem) {
                            <kbd>{ "Ctrl+." }</kbd>
                        }
                    </button>
                }
            </li>
        }
    };
    html! {
        <div id={lab.id("problems")} class="problems" role="status" aria-live="polite">
            if !problems.is_empty() {
                <ul>{ for problems.iter().take(LISTED).map(problem) }</ul>
                if more > 0 {
                    <p>{ format!("and {more} more") }</p>
                }
            } else if let Some(stopped) = state.stopped_words() {
                <p class="stopped">{ stopped }</p>
            } else {
                if failed > 0 {
                    <p class="failed">{ failed_words(failed) }</p>
                }
                { notes(lab, state) }
            }
        </div>
    }
}

/// The statements that had no effect, each with the reason.
fn notes(lab: &Lab, state: &Snapshot) -> Html {
    let notes = state.notes();
    if notes.is_empty() {
        return Html::default();
    }
    let note = |note: &NoteMark| {
        let at = document::start_of_line(&state.doc.text, note.line);
        html! {
            <li>
                <button class="link place" onclick={lab.on(move |_| Action::GoTo(at))}>{ format!("line {}", note.line) }</button>
                <span class="what">{ inline(&note.text) }</span>
            </li>
        }
    };
    let more = notes.len().saturating_sub(LISTED);
    html! {
        <ul class="notes">
            { for notes.iter().take(LISTED).map(note) }
            if more > 0 {
                <li>{ format!("and {more} more") }</li>
            }
        </ul>
    }
}

/// Mends a problem; the button vanishes with it, so the text gets the focus.
fn mend(lab: &Lab, action: Action) -> Callback<MouseEvent> {
    let lab = lab.clone();
    Callback::from(move |event: MouseEvent| {
        dom::focus_in_lab(&event, "textarea");
        lab.send(action.clone());
    })
}

fn failed_words(failed: usize) -> String {
    match failed {
        1 => "1 check does not hold up to here.".into(),
        n => format!("{n} checks do not hold up to here."),
    }
}
