//! How an author wants a run in a page: what is shown around the picture, colours, from where on. Must not know how that
//! is written.

use yew::prelude::*;

use crate::effects::dom;
use crate::state::export::markup::MarkupOptions;

/// The row of choices.
pub(super) fn options(choice: &UseStateHandle<MarkupOptions>) -> Html {
    let set = |change: fn(&mut MarkupOptions, &Event)| {
        let choice = choice.clone();
        Callback::from(move |event: Event| {
            let mut next = (*choice).clone();
            change(&mut next, &event);
            choice.set(next);
        })
    };
    let list = |label: &'static str, chosen: &'static str, all: &'static [&'static str], change| {
        html! {
            <label>{ label }{ " " }
                <select class="field" onchange={set(change)}>
                    for word in all {
                        <option value={*word} selected={*word == chosen}>{ *word }</option>
                    }
                </select>
            </label>
        }
    };
    let tick = |label: &'static str, on: bool, change| {
        html! {
            <label><input type="checkbox" checked={on} onchange={set(change)} />{ " " }{ label }</label>
        }
    };
    html! {
        <div class="row dialog-options">
            { list("Controls", choice.controls, &CONTROLS, |c, e| c.controls = word(&CONTROLS, e)) }
            { list("Theme", choice.theme, &THEMES, |c, e| c.theme = word(&THEMES, e)) }
            { tick("Begin at this step", choice.from_here, |c, _| c.from_here = !c.from_here) }
            { tick("Readers may edit", choice.editable, |c, _| c.editable = !c.editable) }
        </div>
    }
}

const CONTROLS: [&str; 3] = ["mini", "full", "none"];
const THEMES: [&str; 3] = ["auto", "light", "dark"];

fn word(all: &[&'static str], event: &Event) -> &'static str {
    let chosen = dom::value(event);
    let found = all.iter().find(|word| **word == chosen);
    found.copied().unwrap_or(all[0])
}
