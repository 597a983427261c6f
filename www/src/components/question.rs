//! An open question: a prediction, judged when asked for. Must not know the answer before.

use offset_lab::view::frame::Question;
use yew::prelude::*;

use crate::effects::dom;
use crate::effects::store::use_lab;
use crate::state::{Action, Answer};

/// Properties.
#[derive(Properties, PartialEq)]
pub(crate) struct QuestionProps {
    /// The question.
    pub(crate) question: Question,
    /// What was answered so far.
    pub(crate) answer: Option<Answer>,
}

/// The question and a place for the prediction.
#[component]
pub(crate) fn QuestionCard(props: &QuestionProps) -> Html {
    let lab = use_lab();
    let typed = use_state(String::new);
    let check = {
        let (lab, typed) = (lab.clone(), typed.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            if !typed.trim().is_empty() {
                lab.send(Action::Answer(typed.as_str().into()));
            }
        })
    };
    let input = {
        let typed = typed.clone();
        Callback::from(move |event: InputEvent| typed.set(dom::value(&event)))
    };
    let verdict = props.answer.as_ref().map(|answer| match answer.is_right() {
        true => (
            "right",
            format!("Yes: {}. Play on to see it happen.", answer.answer),
        ),
        false if answer.given.is_empty() => (
            "shown",
            format!("It will be {}. Play on to see why.", answer.answer),
        ),
        false => (
            "wrong",
            format!("Not {}. Try again, or play on and watch.", answer.given),
        ),
    });
    html! {
        <form class="question" onsubmit={check}>
            <label for={lab.id("prediction")}>{ &props.question.text }</label>
            <div class="row">
                <input id={lab.id("prediction")} class="field" type="text" autocomplete="off" size="8"
                    value={(*typed).clone()} oninput={input} placeholder={props.question.fact.clone()} />
                <button class="button primary" type="submit">{ "Check" }</button>
                <button class="button" type="button" onclick={lab.on(|_| Action::Answer("".into()))}>{ "Show me" }</button>
            </div>
            <p class="verdict" role="status">
                if let Some((kind, words)) = verdict {
                    <span class={kind}>{ words }</span>
                }
            </p>
        </form>
    }
}
