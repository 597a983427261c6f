//! An exercise: its goals, what may be written, and what to think about next. Must not know what it is about.

use offset_lab::explain::english;
use offset_lab::learn::Verdict;
use yew::prelude::*;

use super::markdown::inline;

/// What became of the attempt.
pub(crate) fn exercise(verdict: &Verdict) -> Html {
    let solved = verdict.is_solved();
    html! {
        <section class="exercise" aria-label="Exercise">
            <ul class="goals">
                for goal in &verdict.goals {
                    <li class={if goal.holds { "holds" } else { "open" }}>
                        <span aria-hidden="true">{ if goal.holds { "✓" } else { "○" } }</span>
                        <span>{ inline(&goal.text) }<span class="for-readers">
                            { if goal.holds { ": reached" } else { ": not reached yet" } }</span></span>
                    </li>
                }
            </ul>
            <p class="aside">{ inline(&rules(verdict)) }</p>
            <div role="status">
                if solved {
                    <p class="right">{ praise(verdict) }</p>
                }
            </div>
            if let Some(hint) = &verdict.hint {
                <details class="hint">
                    <summary>{ "A hint" }</summary>
                    <p>{ inline(hint) }</p>
                </details>
            }
        </section>
    }
}

/// What may be written, and how much was.
fn rules(verdict: &Verdict) -> String {
    let words: Vec<String> = verdict
        .allowed
        .iter()
        .map(|word| format!("`{word}`"))
        .collect();
    let may = match words.is_empty() {
        true => String::new(),
        false => format!(
            "Change the text: only lines with {}. ",
            english::list(&words)
        ),
    };
    let lines = english::count(verdict.lines as u64, "line");
    let par = verdict
        .par
        .map_or_else(String::new, |par| format!(", par {par}"));
    format!("{may}Written so far: {lines}{par}.")
}

fn praise(verdict: &Verdict) -> String {
    let lines = english::count(verdict.lines as u64, "line");
    match verdict.par {
        Some(par) if verdict.lines as u64 > par => {
            format!("Solved, with {lines}. It can be done with {par}.")
        }
        Some(_) | None => format!("Solved, with {lines}."),
    }
}
