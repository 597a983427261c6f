//! One field of an action, with what is wrong with it. Must not know what it is for.

use yew::prelude::*;

use super::markdown::Inline;
use crate::effects::dom;
use crate::effects::store::use_lab;
use crate::state::acts::Field;

/// Properties.
#[derive(Properties, PartialEq)]
pub(super) struct BlankProps {
    /// The field.
    pub(super) field: Field,
    /// What stands in it.
    pub(super) value: String,
    /// Called when that changes.
    pub(super) set: Callback<String>,
    /// What no other field of the instance is called.
    pub(super) name: AttrValue,
    /// What is wrong with it.
    pub(super) wrong: Option<AttrValue>,
}

/// The field.
#[component]
pub(super) fn Blank(props: &BlankProps) -> Html {
    let lab = use_lab();
    let BlankProps {
        field, value, set, ..
    } = props;
    match field {
        Field::Choice { label, options } => html! {
            <label class="blank"><span>{ *label }</span>
                <select class="field" aria-label={(label.is_empty()).then_some("which")} onchange={set.reform(|event: Event| dom::value(&event))}>
                    for option in options {
                        <option value={option.clone()} selected={option == value}>{ shown(option) }</option>
                    }
                </select>
            </label>
        },
        Field::Words { label, offers, .. } => {
            let id = |what: &str| lab.id(&["blank-", &props.name.replace(' ', "-"), what].concat());
            let wrong = props.wrong.as_ref();
            html! {
                <label class={classes!("blank", wrong.map(|_| "wrong"))}><span>{ *label }</span>
                    <input class="field" type="text" autocomplete="off" spellcheck="false" size={value.chars().count().clamp(4, 16).to_string()}
                        value={value.clone()} list={(!offers.is_empty()).then(|| id("-offers"))} aria-label={label.is_empty().then_some("condition")}
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
                        <span id={id("-wrong")} class="wrong-words" role="alert"><Inline text={words.to_string()} /></span>
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
