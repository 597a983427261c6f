//! What stands beside the scenario that is open: the lesson before, the next one, or the way back to all questions. Must
//! not know what they teach.

use offset_lab::lessons::{self, Lesson, LessonKind};
use yew::prelude::*;

use super::markdown::inline;
use crate::effects::dom;
use crate::effects::store::Lab;
use crate::state::Action;
use crate::state::address::AddressedView;

/// Ways on from the scenario of that name.
pub(crate) fn beside(lab: &Lab, name: &str) -> Html {
    if lessons::find(name).is_some_and(|lesson| lesson.kind == LessonKind::Question) {
        return html! {
            if lab.addresses {
                <nav class="beside" aria-label="Questions"><a href={AddressedView::Questions.write()}>{ "All questions" }</a></nav>
            }
        };
    }
    let (before, next) = lessons::beside(name);
    html! {
        if before.is_some() || next.is_some() {
            <nav class="beside" aria-label="Lessons before and next">
                { to(lab, before, "Previous: ") }
                { to(lab, next, "Next: ") }
            </nav>
        }
    }
}

fn to(lab: &Lab, lesson: Option<&'static Lesson>, words: &str) -> Html {
    let Some(lesson) = lesson else {
        return html! { <span /> };
    };
    html! {
        <button class="link" onclick={lab.on(|event: MouseEvent| {
            // The button may be gone where it leads.
            dom::focus_in_lab(&event, "main");
            Action::Open(lesson.slug.into())
        })}>{ words.to_owned() }{ inline(lesson.title()) }</button>
    }
}
