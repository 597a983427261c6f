//! The home view: what there is to learn, where one is in it, and the way to a lab of one's own. Must not know what a
//! lesson says beyond its title and summary.

mod track;

use std::rc::Rc;

use offset_lab::lessons::{self, Kind, Lesson, TRACKS};
use yew::prelude::*;

use super::markdown::inline;
use crate::effects::store::use_lab;
use crate::state::address::{Missing, Place};
use track::track;

/// Properties.
#[derive(Properties, PartialEq)]
pub(crate) struct HomeProps {
    /// The address that does not exist, if one led here.
    pub(crate) missing: Option<Rc<Missing>>,
    /// The scenario that is open, unless none was opened so far.
    pub(crate) current: Option<Rc<str>>,
}

/// The home view.
#[component]
pub(crate) fn Home(props: &HomeProps) -> Html {
    let lab = use_lab();
    let exercises: Vec<&Lesson> = lessons::all()
        .filter(|lesson| lesson.kind == Kind::Exercise)
        .collect();
    html! {
        <main class="home" tabindex="-1">
            if let Some(missing) = &props.missing {
                { not_there(missing) }
            }
            <section class="hero" aria-label="Begin">
                <h2>{ "What an offset is, who keeps it, and what comes twice when something breaks" }</h2>
                <p>{ "Streams, brokers and programs, step by step and to the number: predict what happens, see it, ask why. \
                      Every picture comes from a text that you can change." }</p>
                <div class="row">
                    { begin(props.current.as_deref()) }
                    <a class="button" href={Place::Empty.write()}>{ "Open the empty lab" }</a>
                </div>
            </section>
            for of in TRACKS {
                { track(&lab, of.slug, of.title, of.about, of.lessons.iter().filter(|l| l.kind == Kind::Lesson), props.current.as_deref()) }
            }
            { track(&lab, "exercises", "Exercises", "Change a text until its goals hold; a hint comes from what went wrong.",
                exercises.into_iter(), props.current.as_deref()) }
        </main>
    }
}

/// The one thing to do: begin, or go on where one was.
fn begin(current: Option<&str>) -> Html {
    let known = current.map(|name| (name, lessons::find(name)));
    let (words, place) = match known {
        None => (
            "Begin with the first lesson".to_owned(),
            Place::Lesson(&TRACKS[0].lessons[0]),
        ),
        Some((_, Some(lesson))) => (format!("Go on: {}", lesson.title()), Place::Lesson(lesson)),
        Some((name, None)) => (
            "Go on with your own scenario".to_owned(),
            Place::Own(name.into()),
        ),
    };
    html! { <a class="button primary" href={place.write()}>{ inline(&words) }</a> }
}

/// What is said of an address that leads nowhere.
fn not_there(missing: &Missing) -> Html {
    html! {
        <section class="card missing" role="status">
            <p>{ inline(&missing.words) }</p>
            if !missing.near.is_empty() {
                <p>{ "Near it:" }</p>
                <ul>
                    for lesson in &missing.near {
                        <li><a href={Place::Lesson(lesson).write()}>{ inline(lesson.title()) }</a></li>
                    }
                </ul>
            }
        </section>
    }
}
