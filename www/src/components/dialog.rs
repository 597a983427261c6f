//! A dialog over everything else of an instance: Escape and a button close it, and the focus stays in it. Must not know
//! what it is about.

use yew::prelude::*;

use super::icon::{Shape, icon};
use crate::effects::dom;
use crate::effects::store::use_lab;
use crate::state::Action;

/// Properties.
#[derive(Properties, PartialEq)]
pub(crate) struct DialogProps {
    /// What it is called.
    pub(crate) title: &'static str,
    /// What is in it.
    pub(crate) children: Html,
}

/// The dialog.
#[component]
pub(crate) fn Dialog(props: &DialogProps) -> Html {
    let lab = use_lab();
    let close = use_node_ref();
    {
        let close = close.clone();
        use_effect_with((), move |()| dom::focus(&close));
    }
    let keydown = {
        let lab = lab.clone();
        Callback::from(move |event: KeyboardEvent| {
            if event.key() == "Escape" {
                event.prevent_default();
                dom::focus_in_lab(&event, "main");
                lab.send(Action::Dialog(None));
            }
            // Time does not move below a dialog.
            event.stop_propagation();
        })
    };
    html! {
        <div class="veil" onkeydown={keydown}>
            <section class="card dialog" role="dialog" aria-modal="true" aria-label={props.title}>
                <div class="dialog-head">
                    <h2>{ props.title }</h2>
                    <button ref={close} class="button square" aria-label="Close" onclick={lab.on(|event: MouseEvent| {
                        dom::focus_in_lab(&event, "main");
                        Action::Dialog(None)
                    })}>
                        { icon(Shape::Close) }
                    </button>
                </div>
                { props.children.clone() }
            </section>
        </div>
    }
}
