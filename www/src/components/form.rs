//! One action: a button, its few fields, and why it is not possible now. Must not know what it does.

use yew::prelude::*;

use crate::effects::dom;
use crate::effects::store::use_lab;
use crate::state::Action;
use crate::state::acts::{Act, Field};

/// Properties.
#[derive(Properties, PartialEq)]
pub(crate) struct ActFormProps {
    /// The action.
    pub(crate) act: Act,
}

/// The action as a form of one line: it writes a line of the scenario.
#[component]
pub(crate) fn ActForm(props: &ActFormProps) -> Html {
    let lab = use_lab();
    let act = &props.act;
    let typed = use_state(|| vec![None::<String>; act.fields.len()]);
    let values: Vec<String> = act
        .fields
        .iter()
        .enumerate()
        .map(|(at, field)| field.value(typed.get(at).and_then(Option::as_deref)))
        .collect();
    let line = act.line(&values);
    let submit = {
        let line = line.clone();
        let possible = act.possible.is_ok();
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            if possible {
                dom::leave_form(&event);
                lab.send(Action::Act(line.as_str().into()));
            }
        })
    };
    let set = |at: usize| {
        let typed = typed.clone();
        move |value: String| {
            let mut all = (*typed).clone();
            all.resize(all.len().max(at + 1), None);
            all[at] = Some(value);
            typed.set(all);
        }
    };
    html! {
        <form class="act" onsubmit={submit}>
            <button class="button small" type="submit" aria-disabled={act.possible.is_err().to_string()} title={line}>
                { &*act.name }
            </button>
            if let Err(why) = &act.possible {
                <span class="why">{ *why }</span>
            } else {
                for (at, field) in act.fields.iter().enumerate() {
                    { control(field, &values[at], set(at)) }
                }
            }
        </form>
    }
}

fn control(field: &Field, value: &str, set: impl Fn(String) + 'static) -> Html {
    match field {
        Field::Choice { label, options } => html! {
            <label><span>{ *label }</span>
                <select class="field" onchange={move |event: Event| set(dom::value(&event))}>
                    for option in options {
                        <option value={option.clone()} selected={option == value}>{ option }</option>
                    }
                </select>
            </label>
        },
        Field::Words { label, .. } => html! {
            <label><span>{ *label }</span>
                <input class="field" type="text" autocomplete="off" size={(value.len().clamp(4, 16)).to_string()}
                    value={value.to_owned()} oninput={move |event: InputEvent| set(dom::value(&event))} />
            </label>
        },
    }
}
