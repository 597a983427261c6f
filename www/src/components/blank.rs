//! One field of an action, with what is wrong with it. Must not know what it is for.

use yew::prelude::*;

use super::markdown::inline;
use crate::effects::dom;
use crate::effects::store::Lab;
use crate::state::acts::BlankField;

/// A field of a form.
pub(super) struct Blank<'a> {
    /// What it is.
    pub(super) field: &'a BlankField,
    /// What stands in it.
    pub(super) value: &'a String,
    /// Called when that changes.
    pub(super) set: Callback<String>,
    /// What no other field of the instance is called.
    pub(super) name: String,
    /// What is wrong with it.
    pub(super) wrong: Option<&'a str>,
}

/// The field as an element of its form.
#[inline(never)]
pub(super) fn blank(lab: &Lab, blank: &Blank<'_>) -> Html {
    let Blank {
        field, value, set, ..
    } = blank;
    match field {
        BlankField::Choice { label, options } => html! {
            <label class="blank"><span>{ *label }</span>
                <select class="field" aria-label={(label.is_empty()).then_some("which")} onchange={set.reform(|event: Event| dom::value(&event))}>
                    for option in options {
                        <option value={option.clone()} selected={option == *value}>{ shown(option) }</option>
                    }
                </select>
            </label>
        },
        BlankField::Words { label, offers, .. } => {
            let id = |what: &str| lab.id(&["blank-", &blank.name.replace(' ', "-"), what].concat());
            let wrong = blank.wrong;
            html! {
                <label class={classes!("blank", wrong.map(|_| "wrong"))}><span>{ *label }</span>
                    <input class="field" type="text" autocomplete="off" spellcheck="false" size={value.chars().count().clamp(4, 16).to_string()}
                        value={(*value).clone()} list={(!offers.is_empty()).then(|| id("-offers"))} aria-label={label.is_empty().then_some("condition")}
                        aria-invalid={wrong.map(|_| "true")} aria-describedby={wrong.map(|_| id("-wrong"))}
                        oninput={set.reform(|event: InputEvent| dom::value(&event))} />
                    if !offers.is_empty() {
                        <datalist id={id("-offers")}>
                            for offer in *offers {
                                <option value={*offer} />
                            }
                        </datalist>
                    }
                    if let Some(words) = wrong {
                        <span id={id("-wrong")} class="wrong-words" role="alert">{ inline(words) }</span>
                    }
                </label>
            }
        }
    }
}

/// A choice of nothing is a dash.
fn shown(option: &str) -> &str {
    if option.is_empty() { "–" } else { option }
}
