//! One action: a button, its few fields, its further options, and why it is not possible now. Must not know what
//! it does.

use std::rc::Rc;
use std::sync::Arc;

use yew::prelude::*;

use super::blank::{Blank, blank};
use super::markdown::inline;
use crate::effects::after::{After, use_after};
use crate::effects::dom;
use crate::effects::store::use_lab;
use crate::state::Action;
use crate::state::acts::{Act, Mistake};

/// Properties.
#[derive(Properties, PartialEq)]
pub(crate) struct ActFormProps {
    /// The action.
    pub(crate) act: Arc<Act>,
    /// What is wrong with the action that was filled in last.
    pub(crate) mistake: Option<Mistake>,
    /// Whether it is clear whom it is about: then what leaves no choice is not asked.
    #[prop_or_default]
    pub(crate) about: bool,
}

/// The action as a form: it writes a line of the scenario. What was typed stays while the form is there.
#[component]
pub(crate) fn ActForm(props: &ActFormProps) -> Html {
    let lab = use_lab();
    let act = &props.act;
    let typed = use_state(|| vec![None::<String>; act.fields.len()]);
    let filled = |(at, field): (usize, &crate::state::acts::BlankField)| {
        field.value(typed.get(at).and_then(Option::as_deref))
    };
    let values: Rc<[String]> = act.fields.iter().enumerate().map(filled).collect();
    let mistake = props.mistake.as_ref().filter(|m| m.act == act.name);
    let form = use_node_ref();
    use_focus_on_mistake(&form, mistake);
    let submit = {
        let (lab, act, values) = (lab.clone(), Arc::clone(act), Rc::clone(&values));
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            if act.possible.is_ok() {
                dom::leave_form(&event);
                let (act, values) = (Arc::clone(&act), Rc::clone(&values));
                lab.send(Action::Fill { act, values });
            }
        })
    };
    let set = |at: usize| {
        let typed = typed.clone();
        Callback::from(move |value: String| {
            let mut all = (*typed).clone();
            all.resize(all.len().max(at + 1), None);
            all[at] = Some(value);
            typed.set(all);
        })
    };
    let is_asked = |at: &usize| !(props.about && act.fields[*at].leaves_no_choice());
    let field = |at: usize| {
        let wrong = mistake.filter(|m| m.field == Some(at));
        let of = Blank {
            field: &act.fields[at],
            value: &values[at],
            set: set(at),
            name: [&*act.name, "-", &at.to_string()].concat(),
            wrong: wrong.map(|m| &*m.words),
        };
        blank(&lab, &of)
    };
    let shown = act.shown.min(act.fields.len());
    let is_further = mistake.is_some_and(|m| m.field.is_some_and(|at| at >= shown));
    html! {
        <form class="act" ref={form} novalidate=true onsubmit={submit}>
            <button class="button small" type="submit" aria-disabled={act.possible.is_err().to_string()} title={act.line(&values)}>
                { &*act.name }
            </button>
            if let Err(why) = &act.possible {
                <span class="why">{ *why }</span>
            } else {
                { for (0..shown).filter(is_asked).map(field) }
                if shown < act.fields.len() {
                    <details class="further" open={is_further}>
                        <summary>{ "options" }</summary>
                        <div class="further-fields">{ for (shown..act.fields.len()).map(field) }</div>
                    </details>
                }
            }
            if let Some(mistake) = mistake.filter(|m| m.field.is_none()) {
                <p class="refused" role="alert">{ inline(&mistake.words) }</p>
            }
        </form>
    }
}

/// Puts the focus where the form was filled in wrongly.
#[hook]
fn use_focus_on_mistake(form: &NodeRef, mistake: Option<&Mistake>) {
    let form = form.clone();
    use_after(After::new(mistake.map(|m| m.attempt), move |attempt| {
        if attempt.is_some() {
            dom::focus_wrong(&form);
        }
    }));
}
