//! The list of keys. Must not know them: it reads the table that handles them.

use yew::prelude::*;

use super::icon::{Shape, icon};
use crate::effects::after::{After, use_after};
use crate::effects::dom;
use crate::effects::store::use_lab;
use crate::state::Action;
use crate::state::keys::{EDITOR_KEYS, KEYS, KeyHelp, STAGE_KEYS, WINDOW_KEYS};

/// The list of keys, over everything else of this instance.
#[component]
pub(crate) fn KeysHelp() -> Html {
    let lab = use_lab();
    let close = use_node_ref();
    {
        let close = close.clone();
        use_after(After::new((), move |()| dom::focus(&close)));
    }
    let escape = {
        let lab = lab.clone();
        Callback::from(move |event: KeyboardEvent| {
            if event.key() == "Escape" {
                event.prevent_default();
                event.stop_propagation();
                dom::focus_in_lab(&event, "main");
                lab.send(Action::ToggleHelp);
            }
        })
    };
    let list = |keys: &'static [KeyHelp]| {
        html! {
            <dl class="keys">
                for key in keys {
                    <div><dt><kbd>{ key.keys }</kbd></dt><dd>{ key.does }</dd></div>
                }
            </dl>
        }
    };
    html! {
        <div class="veil" onkeydown={escape}>
            <section class="card help" role="dialog" aria-label="Keys">
                <button ref={close} class="button square" aria-label="Close" onclick={lab.on(|event: MouseEvent| {
                    dom::focus_in_lab(&event, "main");
                    Action::ToggleHelp
                })}>
                    { icon(Shape::Close) }
                </button>
                <h2>{ "Keys" }</h2>
                { list(KEYS) }
                <h3>{ "In the text" }</h3>
                { list(EDITOR_KEYS) }
                <h3>{ "On a mark of the stage (↓ goes there)" }</h3>
                { list(STAGE_KEYS) }
                <h3>{ "On the window in the strip of a whole stream" }</h3>
                { list(WINDOW_KEYS) }
            </section>
        </div>
    }
}
