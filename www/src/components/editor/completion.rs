//! The list of completions at the caret. Must not know the language.

use yew::prelude::*;

use crate::effects::store::use_lab;
pub(super) use crate::state::popup::Popup;

/// Properties.
#[derive(Properties, PartialEq)]
pub(super) struct CompletionProps {
    /// What is open.
    pub(super) popup: Popup,
}

/// The list. It never has the focus: the text keeps it, and with it the keys.
#[component]
pub(super) fn Completion(props: &CompletionProps) -> Html {
    let lab = use_lab();
    let popup = &props.popup;
    // Pressing must not take the focus from the text.
    let hold = Callback::from(|event: MouseEvent| event.prevent_default());
    html! {
        <ul class="completion" role="listbox" aria-label="Completions" onmousedown={hold}>
            for (place, candidate) in popup.candidates().iter().enumerate() {
                <li role="option" aria-selected={(place == popup.chosen()).to_string()} onclick={take(&lab, popup, place)}>
                    <span class="insert">{ &candidate.insert }</span>
                    <span class="about">{ &candidate.about }</span>
                </li>
            }
        </ul>
    }
}

fn take(lab: &crate::effects::store::Lab, popup: &Popup, place: usize) -> Callback<MouseEvent> {
    let (lab, action) = (lab.clone(), popup.take(place));
    Callback::from(move |_| {
        if let Some(action) = action.clone() {
            lab.send(action);
        }
    })
}
