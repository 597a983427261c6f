//! An open question: answers to pick from and a place for one's own, and what came of it. Must not know why.

use std::rc::Rc;

use offset_lab::learn::Prediction;
use offset_lab::view::frame::StoryQuestion;
use offset_lab::world::Cursor;
use yew::Event;

use super::markdown::inline;
use crate::effects::dom;
use crate::effects::node::{Node, Tag, tag};
use crate::effects::store::Lab;
use crate::state::{Action, Answer, Seek};

/// The question, with what could be answered and a place for one's own answer; `tried` is the last wrong answer, where the
/// right one is hidden.
pub(crate) fn question(
    lab: &Lab,
    question: &StoryQuestion,
    prediction: Option<&Prediction>,
    tried: Option<&str>,
) -> Tag {
    let choices = prediction.map_or(&[][..], |p| &p.choices);
    let choices = choices.iter().filter(|_| choices.len() > 1);
    let choices: Vec<Tag> = choices
        .map(|choice| answer(lab, &choice.value, choice.value.clone()))
        .collect();
    let choices = (!choices.is_empty()).then(|| {
        tag!(
            "div",
            "class" = "choices",
            "role" = "group",
            "aria-label" = "Answers to pick from"
        )
        .with(choices.into_iter().collect::<Node>())
    });
    let tried = tried.map(|tried| {
        let words = format!("Not {tried}. Think again, or ask to be shown.");
        tag!("p", "class" = "wrong").with(words)
    });
    let id = lab.id("prediction");
    let field = tag!(
        "input",
        "id" = id.clone(),
        "class" = "field",
        "type" = "text",
        "autocomplete" = "off",
        "size" = "8",
        "maxlength" = "60",
        "placeholder" = question.fact.clone()
    );
    tag!("form", "class" = "question")
        .key(question.line)
        .on("submit", check(lab))
        .with(tag!("label", "for" = id).with(question.text.clone()))
        .with(choices)
        .with(
            tag!("div", "class" = "row")
                .with(field)
                .with(tag!("button", "class" = "button", "type" = "submit").with("Check"))
                .with(answer(lab, "", "Show me".to_owned())),
        )
        .with(tag!("div", "role" = "status").with(tried))
}

/// A button that answers.
fn answer(lab: &Lab, given: &str, words: String) -> Tag {
    let given: Rc<str> = given.into();
    let give = lab.when(move |event| {
        dom::focus_in_lab(event, "main");
        Action::Answer(Rc::clone(&given))
    });
    tag!("button", "class" = "button", "type" = "button")
        .on("click", give)
        .with(words)
}

/// Answers with what was typed.
fn check(lab: &Lab) -> Rc<dyn Fn(&Event)> {
    let lab = lab.clone();
    Rc::new(move |event| {
        event.prevent_default();
        let typed = dom::value_of_form(event);
        if !typed.trim().is_empty() {
            dom::focus_in_lab(event, "main");
            lab.send(Action::Answer(typed.into()));
        }
    })
}

/// What came of an answer: at once whether it was right, and where it is decided, why.
pub(crate) fn answered(lab: &Lab, answer: &Answer, at: u32) -> Tag {
    let prediction = &answer.prediction;
    let right = &prediction.answer;
    let (kind, words) = match (answer.is_right(), answer.given.trim()) {
        (true, _) => ("right", format!("Yes: {right}.")),
        (false, "") => ("shown", format!("It is {right}.")),
        (false, given) => ("wrong", format!("Not {given}: it is {right}.")),
    };
    let is_decided = at >= prediction.decided;
    let why = prediction.said_of(&answer.given).filter(|_| is_decided);
    let reasons = prediction.reasons.iter().filter(|_| is_decided);
    let reasons: Vec<Tag> = reasons
        .map(|reason| {
            let words: Node = reason.text.clone().into();
            tag!("li").with(match reason.event {
                Some(event) => link_to(lab, event.0, words).into(),
                None => words,
            })
        })
        .collect();
    let reasons = (!reasons.is_empty()).then(|| {
        tag!("ol", "class" = "reasons", "aria-label" = "Why")
            .with(reasons.into_iter().collect::<Node>())
    });
    tag!("section", "class" = "answered", "aria-label" = "Answer")
        .with(tag!("p", "class" = "asked").with(answer.question.to_string()))
        .with(
            tag!("div", "role" = "status")
                .with(tag!("p", "class" = kind).with(words))
                .with(why.map(|why| tag!("p").with(inline(why)))),
        )
        .with(reasons)
}

/// A button that goes to the moment of an event.
fn link_to(lab: &Lab, event: u32, words: Node) -> Tag {
    let go = lab.when(move |_| Action::Seek(Seek::To(Cursor::at(event + 1))));
    tag!("button", "class" = "link", "title" = "Go to that moment")
        .on("click", go)
        .with(words)
}
