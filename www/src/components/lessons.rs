//! The list of lessons. Must not know what they teach.

use offset_lab::lessons;
use yew::prelude::*;

use super::markdown::Inline;
use crate::effects::store::use_lab;
use crate::state::Action;

/// Properties.
#[derive(Properties, PartialEq)]
pub(crate) struct LessonsProps {
    /// The scenario that is open.
    pub(crate) name: AttrValue,
}

/// All lessons; choosing one opens it.
#[component]
pub(crate) fn Lessons(props: &LessonsProps) -> Html {
    let lab = use_lab();
    html! {
        <ol class="lessons">
            for lesson in lessons::ALL {
                <li>
                    <button class="lesson" aria-current={(props.name == lesson.slug).then_some("true")}
                        onclick={lab.on(|_| Action::Open(lesson.slug.into()))}>
                        <span class="number">{ lesson.number() }</span>
                        <span><Inline text={lesson.title()} /></span>
                    </button>
                </li>
            }
        </ol>
    }
}
