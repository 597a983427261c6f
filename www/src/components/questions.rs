//! The questions that learners ask, each with its answer and the way to where one sees it. Must not know what decides it.

use offset_lab::lessons::QUESTIONS;
use yew::prelude::*;

use super::markdown::inline;
use crate::effects::store::Lab;
use crate::state::address::Place;

/// All questions.
pub(crate) fn questions(lab: &Lab) -> Html {
    html! {
        <main class="home questions" tabindex="-1">
            <section class="hero" aria-labelledby={lab.id("questions")}>
                <h2 id={lab.id("questions")}>{ "Questions that learners ask" }</h2>
                <p>{ "Each is answered in two sentences and shown by a short scenario, which opens at the step that decides it." }</p>
            </section>
            <ol class="card asked-list">
                for question in QUESTIONS {
                    <li>
                        <h3><a href={Place::Lesson(question).write()}>{ inline(question.title()) }</a></h3>
                        <p>{ inline(question.summary()) }</p>
                        <a class="see" href={Place::Lesson(question).write()} aria-label={["See it: ", question.title()].concat()}>{ "See it" }</a>
                    </li>
                }
            </ol>
        </main>
    }
}
