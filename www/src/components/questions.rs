//! The questions that learners ask, each with its answer and the way to where one sees it. Must not know what decides it.

use offset_lab::lessons::QUESTIONS;
use yew::prelude::*;

use super::markdown::inline;
use crate::effects::store::use_lab;
use crate::effects::turned::use_narrow;
use crate::state::address::AddressedView;

/// All questions.
#[component]
pub(crate) fn Questions() -> Html {
    let lab = use_lab();
    let node = use_node_ref();
    let narrow = use_narrow(&node);
    html! {
        <main ref={node} class="home questions" tabindex="-1">
            <section class="hero" aria-labelledby={lab.id("questions")}>
                <h2 id={lab.id("questions")}>{ "Questions that learners ask" }</h2>
                <p>{ "Each is answered in two sentences and shown by a short scenario, which opens at the step that decides it." }</p>
            </section>
            <ol class="card asked-list">
                for question in QUESTIONS {
                    <li>
                      <details open={!narrow} name={narrow.then_some("questions")}>
                        <summary><h3>{ inline(question.title()) }</h3></summary>
                        <p>{ inline(question.summary()) }</p>
                        <a class="see" href={AddressedView::Lesson(question).write()} aria-label={["See it: ", question.title()].concat()}>{ "See it" }</a>
                      </details>
                    </li>
                }
            </ol>
        </main>
    }
}
