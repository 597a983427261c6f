//! The list of lessons, by track. Must not know what they teach.

use offset_lab::lessons::{LessonKind, TRACKS};
use yew::prelude::*;

use super::markdown::inline;
use crate::effects::store::Lab;
use crate::state::Action;

/// All lessons; choosing one opens it. `name` is the scenario that is open.
#[inline(never)]
pub(crate) fn lessons(lab: &Lab, name: &str) -> Html {
    html! {
        for track in TRACKS {
            <h3 class="track-title">{ track.title }</h3>
            <ol class="lessons">
                for (place, lesson) in track.lessons.iter().enumerate() {
                    <li>
                        <button class="lesson" aria-current={(name == lesson.slug).then_some("true")}
                            onclick={lab.on(|_| Action::Open(lesson.slug.into()))}>
                            <span class="number">{ match lesson.kind {
                                LessonKind::Lesson => (place + 1).to_string(),
                                LessonKind::Exercise => "✎".to_owned(),
                                LessonKind::Question | LessonKind::Template => String::new(),
                            } }</span>
                            <span>{ inline(lesson.title()) }</span>
                        </button>
                    </li>
                }
            </ol>
        }
    }
}
