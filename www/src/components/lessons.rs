//! The list of lessons. Must not know what they teach.

use offset_lab::lessons::ALL;
use yew::prelude::*;

use super::markdown::inline;
use crate::effects::store::Lab;
use crate::state::Action;

/// All lessons; choosing one opens it. `name` is the scenario that is open.
pub(crate) fn lessons(lab: &Lab, name: &str) -> Html {
    html! {
        <ol class="lessons">
            for lesson in ALL {
                <li>
                    <button class="lesson" aria-current={(name == lesson.slug).then_some("true")}
                        onclick={lab.on(|_| Action::Open(lesson.slug.into()))}>
                        <span class="number">{ lesson.number() }</span>
                        <span>{ inline(lesson.title()) }</span>
                    </button>
                </li>
            }
        </ol>
    }
}
