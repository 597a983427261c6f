//! The home view: what there is to learn, where one is in it, and the way to a lab of one's own. Must not know what a
//! lesson says beyond its title and summary.

mod kept;
mod track;

use std::rc::Rc;

use offset_lab::lessons::{self, Lesson, LessonKind, QUESTIONS, TRACKS, Track};
use yew::prelude::*;

use super::markdown::inline;
use crate::effects::store::use_lab;
use crate::effects::turned::use_narrow;
use crate::state::address::{AddressedView, UnknownAddress};
use crate::state::drafts::Drafts;
use crate::state::progress::{CourseProgress, LessonMark};
use kept::Kept;
use track::{Heading, track};

/// Properties.
#[derive(Properties, PartialEq)]
pub(crate) struct HomeProps {
    /// The address that does not exist, if one led here.
    pub(crate) missing: Option<Rc<UnknownAddress>>,
    /// Changed texts, and the scenario that is open unless none was so far.
    pub(crate) drafts: Drafts,
    /// How far one has come.
    pub(crate) progress: CourseProgress,
}

/// What stands above the exercises of all tracks.
const EXERCISES: Heading = Heading {
    slug: "exercises",
    title: "Exercises",
    about: "Change a text until its goals hold; a hint comes from what went wrong.",
    things: "exercises",
};

/// The home view.
#[component]
pub(crate) fn Home(props: &HomeProps) -> Html {
    let lab = use_lab();
    let node = use_node_ref();
    let narrow = use_narrow(&node);
    let exercises: Vec<&Lesson> = lessons::all()
        .filter(|lesson| lesson.kind == LessonKind::Exercise)
        .collect();
    html! {
        <main ref={node} class="home" tabindex="-1">
            if let Some(missing) = &props.missing {
                { not_there(missing) }
            }
            <section class="hero" aria-label="Begin">
                <h2>{ "What an offset is, who keeps it, and what comes twice when something breaks" }</h2>
                <p>{ "Streams, brokers and programs, step by step and to the number: predict what happens, see it, and read why. \
                      Every picture comes from a text that you can change." }</p>
                <div class="row">
                    { begin(&props.drafts, &props.progress) }
                    <a class="button" href={AddressedView::Empty.write()}>{ "Open the empty lab" }</a>
                    <a class="button" href={AddressedView::Questions.write()}>{ format!("{} questions that learners ask", QUESTIONS.len()) }</a>
                </div>
            </section>
            for of in TRACKS {
                { track(&lab, props, &heading(of), narrow, of.lessons.iter().filter(|l| l.kind == LessonKind::Lesson)) }
            }
            { track(&lab, props, &EXERCISES, narrow, exercises.into_iter()) }
            <Kept progress={props.progress.clone()} />
        </main>
    }
}

const fn heading(of: &Track) -> Heading {
    Heading {
        slug: of.slug,
        title: of.title,
        about: of.about,
        things: "lessons",
    }
}

/// The one thing to do: begin, go on where one was, or with what comes next.
fn begin(drafts: &Drafts, progress: &CourseProgress) -> Html {
    let known = drafts
        .current
        .as_deref()
        .map(|name| (name, lessons::find(name)));
    let (words, place) = match known {
        None => (
            "Begin with the first lesson".to_owned(),
            AddressedView::Lesson(&TRACKS[0].lessons[0]),
        ),
        Some((_, Some(lesson))) => {
            let next = lessons::beside(lesson.slug).1;
            let is_done = progress.of(lesson.slug) == Some(LessonMark::Done);
            match next.filter(|_| is_done) {
                Some(next) => (
                    format!("Next: {}", next.title()),
                    AddressedView::Lesson(next),
                ),
                None => (
                    format!("Go on: {}", lesson.title()),
                    AddressedView::Lesson(lesson),
                ),
            }
        }
        Some((name, None)) => (
            "Go on with your own scenario".to_owned(),
            AddressedView::Own(name.into()),
        ),
    };
    html! { <a class="button primary" href={place.write()}><span>{ inline(&words) }</span></a> }
}

/// What is said of an address that leads nowhere.
fn not_there(missing: &UnknownAddress) -> Html {
    html! {
        <section class="card missing" role="status">
            <p>{ inline(&missing.words) }</p>
            if !missing.near.is_empty() {
                <p>{ "Near it:" }</p>
                <ul>
                    for lesson in &missing.near {
                        <li><a href={AddressedView::Lesson(lesson).write()}>{ inline(lesson.title()) }</a></li>
                    }
                </ul>
            }
        </section>
    }
}
