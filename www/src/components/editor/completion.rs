//! The list of completions at the caret. Must not know the language.

use yew::prelude::*;

use crate::effects::after::{After, use_after};
use crate::effects::layers;
use crate::effects::store::{Lab, use_lab};
use crate::state::blocks::TextSpot;
pub(super) use crate::state::popup::Popup;

/// Properties.
#[derive(Properties, PartialEq)]
pub(super) struct CompletionProps {
    /// What is open.
    pub(super) popup: Popup,
    /// Where the word that it completes begins.
    pub(super) spot: TextSpot,
    /// The drawn lines.
    pub(super) lines: NodeRef,
    /// How far the text is scrolled: the list goes with it.
    pub(super) scrolled: i32,
    /// Called when something was taken.
    pub(super) close: Callback<()>,
}

/// The list. It never has the focus: the text keeps it, and with it the keys.
#[component]
pub(super) fn Completion(props: &CompletionProps) -> Html {
    let lab = use_lab();
    let node = use_node_ref();
    let CompletionProps {
        popup, spot, lines, ..
    } = props;
    {
        let (node, lines, spot) = (node.clone(), lines.clone(), *spot);
        use_after(After::new(
            (popup.clone(), spot, props.scrolled),
            move |_| {
                // A list whose place is not known stays hidden behind the text.
                layers::put_at(&node, &lines, spot);
            },
        ));
    }
    // Pressing must not take the focus from the text.
    let hold = Callback::from(|event: MouseEvent| event.prevent_default());
    html! {
        <ul id={lab.id("completions")} ref={node} class="completion" role="listbox" aria-label="Completions" onmousedown={hold}>
            for (place, candidate) in popup.candidates().iter().enumerate() {
                <li id={option_id(&lab, place)} role="option" aria-selected={(popup.choice() == Some(place)).to_string()} onclick={take(&lab, props, place)}>
                    <span class="insert">{ &candidate.insert }</span>
                    <span class="about">{ &candidate.about }</span>
                </li>
            }
        </ul>
    }
}

/// The id of an option, for the text area to point at.
pub(super) fn option_id(lab: &Lab, place: usize) -> AttrValue {
    lab.id(&format!("completion-{place}"))
}

fn take(lab: &Lab, props: &CompletionProps, place: usize) -> Callback<MouseEvent> {
    let (lab, action, close) = (lab.clone(), props.popup.take(place), props.close.clone());
    Callback::from(move |_| {
        if let Some(action) = action.clone() {
            lab.send(action);
        }
        close.emit(());
    })
}
