//! What is kept of one's progress: to a file, from a file, and forgotten. Must not know what is in it.

use yew::prelude::*;

use crate::effects::files;
use crate::effects::store::use_lab;
use crate::state::Action;
use crate::state::progress::CourseProgress;

/// Properties.
#[derive(Properties, PartialEq)]
pub(super) struct KeptProps {
    /// How far one has come.
    pub(super) progress: CourseProgress,
}

/// The card.
#[component]
pub(super) fn Kept(props: &KeptProps) -> Html {
    let lab = use_lab();
    let asked = use_state(|| false);
    let save = {
        let (lab, text) = (lab.clone(), props.progress.write());
        Callback::from(move |_: MouseEvent| {
            let name = "offset-lab-progress.txt";
            if files::download(name, &text, "text/plain;charset=utf-8").is_err() {
                lab.send(Action::Notice("This page may not offer files here.".into()));
            }
        })
    };
    let load = {
        let lab = lab.clone();
        Callback::from(move |event: Event| files::import(&event, &lab))
    };
    let ask = |to: bool| {
        let asked = asked.setter();
        Callback::from(move |_: MouseEvent| asked.set(to))
    };
    let forget = {
        let asked = asked.setter();
        Callback::from(move |_: MouseEvent| {
            lab.send(Action::ForgetProgress);
            asked.set(false);
        })
    };
    html! {
        <section class="card kept" aria-label="Your progress">
            <p>{ "Your progress is kept in this browser, and nowhere else." }</p>
            <div class="row">
                <button class="button" onclick={save}>{ "Save as a file" }</button>
                <label class="button file">{ "Load a file" }
                    <input class="for-readers" type="file" accept=".txt,text/plain" aria-label="Load progress from a file" onchange={load} />
                </label>
                if *asked {
                    <button class="button" onclick={forget}>{ "Forget all of it" }</button>
                    <button class="button" onclick={ask(false)}>{ "Keep it" }</button>
                } else {
                    <button class="button" aria-disabled={props.progress.is_empty().to_string()} onclick={ask(!props.progress.is_empty())}>{ "Start over" }</button>
                }
            </div>
        </section>
    }
}
