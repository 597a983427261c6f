//! One track of the home view: its lessons with what each teaches, how long it takes, and how far one has come. Must not
//! know how that is kept.

use offset_lab::lessons::Lesson;
use yew::prelude::*;

use super::HomeProps;
use crate::components::markdown::inline;
use crate::effects::store::Lab;
use crate::state::address::AddressedView;
use crate::state::progress::LessonMark;

/// What stands above a track.
pub(super) struct Heading {
    /// Its name within the page.
    pub(super) slug: &'static str,
    /// What it is called.
    pub(super) title: &'static str,
    /// What it is about.
    pub(super) about: &'static str,
    /// What stands in it.
    pub(super) things: &'static str,
}

/// A track with its lessons.
pub(super) fn track(
    lab: &Lab,
    props: &HomeProps,
    heading: &Heading,
    narrow: bool,
    lessons: impl Iterator<Item = &'static Lesson> + Clone,
) -> Html {
    let id = lab.id(heading.slug);
    let is_done = |lesson: &&Lesson| props.progress.of(lesson.slug) == Some(LessonMark::Done);
    let (all, done) = (
        lessons.clone().count(),
        lessons.clone().filter(is_done).count(),
    );
    let left = lessons.clone().filter(|lesson| !is_done(lesson));
    let minutes: usize = left.map(Lesson::minutes).sum();
    html! {
        <section class="card track" aria-labelledby={&id}>
          // In a hand one list at a time is unfolded: otherwise the page is many screens high.
          <details open={!narrow} name={narrow.then_some("tracks")}>
            <summary class="track-head">
                <h2 {id}>{ heading.title }</h2>
                <span class="track-done">{ match (done, all) {
                    (0, _) => format!("{all} {}, about {minutes} min", heading.things),
                    (done, all) if done == all => format!("all {all} done"),
                    (done, all) => format!("{done} of {all} done, about {minutes} min left"),
                } }</span>
            </summary>
            <p class="about">{ heading.about }</p>
            <ol class="track-lessons">
                for (place, lesson) in lessons.enumerate() {
                    { row(props, place + 1, lesson) }
                }
            </ol>
          </details>
        </section>
    }
}

fn row(props: &HomeProps, number: usize, lesson: &'static Lesson) -> Html {
    let slug = lesson.slug;
    let is_current = props.drafts.current.as_deref() == Some(slug);
    let (kind, mark) = match props.progress.of(slug) {
        Some(LessonMark::Done) => ("done", Some("done".to_owned())),
        Some(LessonMark::Part(hundredths)) => ("begun", Some(format!("{hundredths} %"))),
        None => ("new", None),
    };
    html! {
        <li class={classes!("track-lesson", kind)}>
            <span class="number" aria-hidden="true">{ if kind == "done" { "✓".to_owned() } else { number.to_string() } }</span>
            <div>
                <a href={AddressedView::Lesson(lesson).write()} aria-current={is_current.then_some("true")}>{ inline(lesson.title()) }</a>
                <p>{ inline(lesson.summary()) }</p>
                if is_current || props.drafts.texts.contains_key(slug) {
                    <p class="where">
                        if is_current {
                            <span class="chip">{ "you are here" }</span>
                        }
                        if props.drafts.texts.contains_key(slug) {
                            <span class="chip" title="Open it to have the original back">{ "changed" }</span>
                        }
                    </p>
                }
            </div>
            <span class="minutes">{ format!("{} min", lesson.minutes()) }
                if let Some(mark) = mark {
                    <br /><strong>{ mark }</strong>
                }
            </span>
        </li>
    }
}
