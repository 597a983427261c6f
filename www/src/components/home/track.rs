//! One track of the home view: its lessons with what each teaches and how long it takes. Must not know what was done.

use offset_lab::lessons::Lesson;
use yew::prelude::*;

use crate::components::markdown::inline;
use crate::effects::store::Lab;
use crate::state::address::Place;

/// A track; `current` is the scenario that is open.
pub(super) fn track(
    lab: &Lab,
    slug: &str,
    title: &str,
    about: &str,
    lessons: impl Iterator<Item = &'static Lesson>,
    current: Option<&str>,
) -> Html {
    let id = lab.id(slug);
    html! {
        <section class="card track" aria-labelledby={&id}>
            <h2 {id}>{ title }</h2>
            <p class="about">{ about }</p>
            <ol class="track-lessons">
                for (place, lesson) in lessons.enumerate() {
                    { row(place + 1, lesson, current == Some(lesson.slug)) }
                }
            </ol>
        </section>
    }
}

fn row(number: usize, lesson: &'static Lesson, is_current: bool) -> Html {
    html! {
        <li class="track-lesson">
            <span class="number" aria-hidden="true">{ number }</span>
            <div>
                <a href={Place::Lesson(lesson).write()} aria-current={is_current.then_some("true")}>{ inline(lesson.title()) }</a>
                <p>{ inline(lesson.summary()) }</p>
            </div>
            <span class="minutes">{ format!("{} min", lesson.minutes()) }</span>
        </li>
    }
}
