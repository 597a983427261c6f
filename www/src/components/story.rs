//! The words of the author at this moment: title, chapter, narration, the open question. Must not know when.

use yew::prelude::*;

use super::exercise::exercise;
use super::markdown::{inline, markdown};
use super::question::{answered, question};
use crate::effects::dom;
use crate::effects::store::Lab;
use crate::state::Action;
use crate::state::slices::{Of, StorySlice};

/// The story.
pub(crate) fn story(lab: &Lab, telling: &StorySlice) -> Html {
    let StorySlice {
        story,
        open,
        tried,
        answer,
        at,
        is_changed,
        goes_on: _,
        verdict,
        is_question,
        is_empty: _,
    } = telling;
    let Some(story) = story.as_ref().and_then(Of::get) else {
        return html! { <div class="story"><p>{ "The story appears once the text has run." }</p></div> };
    };
    let title = if story.title.is_empty() {
        "Untitled scenario"
    } else {
        &story.title
    };
    html! {
        <div class="story">
            <h2>{ inline(title) }</h2>
            if let Some(chapter) = &story.chapter {
                <h3>{ chapter }</h3>
            }
            if (*is_question || story.text.is_empty()) && !story.summary.is_empty() {
                { markdown(&story.summary) }
            }
            if *is_question {
                <h3>{ "Here" }</h3>
            }
            { markdown(&story.text) }
            if let Some((asked, open)) = story.question.as_ref().zip(open.as_ref()) {
                { question(lab, asked, Some(&*open.prediction).filter(|_| asked.line == open.line), tried.as_deref()) }
            }
            if let Some(answer) = answer {
                { answered(lab, answer, *at) }
            }
            if let Some(verdict) = verdict {
                { exercise(verdict) }
            }
            if *is_changed {
                <p class="aside">{ "You have changed this lesson. " }
                    <button class="link" onclick={lab.on(|event: MouseEvent| {
                        dom::focus_in_lab(&event, "main");
                        Action::Revert
                    })}>{ "Back to the original" }</button>
                </p>
            }
        </div>
    }
}

/// What leads on: the one primary button, in an element of its own.
pub(crate) fn go_on(telling: &StorySlice, node: &NodeRef, press: &Callback<MouseEvent>) -> Html {
    let goes_on = telling.goes_on;
    html! {
        <div ref={node.clone()} class="go-on">
            <button class="button primary" aria-disabled={(!goes_on).to_string()} title="To the next beat of the story (Enter)"
                onclick={press.clone()}>{ if goes_on { "Continue" } else { "The end" } }</button>
        </div>
    }
}
