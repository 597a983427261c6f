//! The words of the author at this moment: title, chapter, narration, the open question. Must not know when.

use yew::prelude::*;

use super::markdown::{Inline, Markdown};
use super::question::QuestionCard;
use crate::effects::dom;
use crate::effects::store::use_lab;
use crate::state::Action;
use crate::state::slices::{Of, Telling};

/// Properties.
#[derive(Properties, PartialEq)]
pub(crate) struct StoryProps {
    /// What is told.
    pub(crate) telling: Telling,
}

/// The story.
#[component]
pub(crate) fn StorySide(props: &StoryProps) -> Html {
    let lab = use_lab();
    let Telling {
        story,
        answer,
        is_changed,
    } = &props.telling;
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
            <h2><Inline text={title.to_owned()} /></h2>
            if let Some(chapter) = &story.chapter {
                <h3>{ chapter }</h3>
            }
            if story.text.is_empty() {
                if !story.summary.is_empty() {
                    <Markdown text={story.summary.clone()} />
                }
            } else {
                <Markdown text={story.text.clone()} />
            }
            if let Some(question) = &story.question {
                <QuestionCard key={question.line} question={question.clone()}
                    answer={answer.clone().filter(|a| a.line == question.line)} />
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
