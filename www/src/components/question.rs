//! An open question: answers to pick from and a place for one's own, and what came of it. Must not know why.

use std::rc::Rc;

use offset_lab::learn::Prediction;
use offset_lab::view::frame::StoryQuestion;
use offset_lab::world::Cursor;
use yew::prelude::*;

use super::markdown::inline;
use crate::effects::dom;
use crate::effects::store::{Lab, use_lab};
use crate::state::{Action, Answer, Seek};

/// Properties.
#[derive(Properties, PartialEq)]
pub(crate) struct QuestionProps {
    /// The question.
    pub(crate) question: StoryQuestion,
    /// What could be answered.
    pub(crate) prediction: Option<Rc<Prediction>>,
    /// The last wrong answer, where the right one is hidden.
    #[prop_or_default]
    pub(crate) tried: Option<Rc<str>>,
}

/// The question, with answers and a place for one's own.
#[component]
pub(crate) fn QuestionCard(props: &QuestionProps) -> Html {
    let lab = use_lab();
    let typed = use_state(String::new);
    let check = {
        let (lab, typed) = (lab.clone(), typed.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            if !typed.trim().is_empty() {
                dom::focus_in_lab(&event, "main");
                lab.send(Action::Answer(typed.as_str().into()));
            }
        })
    };
    let input = {
        let typed = typed.clone();
        Callback::from(move |event: InputEvent| typed.set(dom::value(&event)))
    };
    let answer = |words: &str| {
        let words: Rc<str> = words.into();
        lab.on(move |event: MouseEvent| {
            dom::focus_in_lab(&event, "main");
            Action::Answer(Rc::clone(&words))
        })
    };
    let choices = props.prediction.as_ref().map_or(&[][..], |p| &p.choices);
    html! {
        <form class="question" onsubmit={check}>
            <label for={lab.id("prediction")}>{ &props.question.text }</label>
            if choices.len() > 1 {
                <div class="choices" role="group" aria-label="Answers to pick from">
                    for choice in choices {
                        <button class="button" type="button" onclick={answer(&choice.value)}>{ &choice.value }</button>
                    }
                </div>
            }
            <div class="row">
                <input id={lab.id("prediction")} class="field" type="text" autocomplete="off" size="8" maxlength="60"
                    value={(*typed).clone()} oninput={input} placeholder={props.question.fact.clone()} />
                <button class="button" type="submit">{ "Check" }</button>
                <button class="button" type="button" onclick={answer("")}>{ "Show me" }</button>
            </div>
            <div role="status">
                if let Some(tried) = &props.tried {
                    <p class="wrong">{ format!("Not {tried}. Think again, or ask to be shown.") }</p>
                }
            </div>
        </form>
    }
}

/// What came of an answer: at once whether it was right, and where it is decided, why.
pub(crate) fn answered(lab: &Lab, answer: &Answer, at: u32) -> Html {
    let prediction = &answer.prediction;
    let (kind, words) = match (answer.is_right(), answer.given.trim()) {
        (true, _) => ("right", format!("Yes: {}.", prediction.answer)),
        (false, "") => ("shown", format!("It is {}.", prediction.answer)),
        (false, given) => (
            "wrong",
            format!("Not {given}: it is {}.", prediction.answer),
        ),
    };
    let is_decided = at >= prediction.decided;
    let go = |event: u32| lab.on(move |_| Action::Seek(Seek::To(Cursor::at(event + 1))));
    html! {
        <section class="answered" aria-label="Answer">
            <p class="asked">{ &*answer.question }</p>
            <div role="status">
                <p class={kind}>{ words }</p>
                if is_decided {
                    if let Some(why) = prediction.said_of(&answer.given) {
                        <p>{ inline(why) }</p>
                    }
                }
            </div>
            if is_decided && !prediction.reasons.is_empty() {
                <ol class="reasons" aria-label="Why">
                    for reason in &prediction.reasons {
                        <li>
                            if let Some(event) = reason.event {
                                <button class="link" title="Go to that moment" onclick={go(event.0)}>{ &reason.text }</button>
                            } else {
                                { &reason.text }
                            }
                        </li>
                    }
                </ol>
            }
        </section>
    }
}
