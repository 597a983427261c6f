//! A text to be copied: where it can be read, a button, and what came of it. Must not know what it says.

use yew::platform::spawn_local;
use yew::prelude::*;

use crate::effects::outside::copy;

/// Properties.
#[derive(Properties, PartialEq)]
pub(crate) struct CopiedProps {
    /// What it is called.
    pub(crate) label: &'static str,
    /// The text; none where it is still to come.
    pub(crate) text: Option<AttrValue>,
}

/// The text with its button.
#[component]
pub(crate) fn Copied(props: &CopiedProps) -> Html {
    let field = use_node_ref();
    let said = use_state(|| "");
    {
        let said = said.setter();
        use_effect_with(props.text.clone(), move |_| said.set(""));
    }
    let text = props.text.clone().unwrap_or_default();
    let press = {
        let (field, text, said) = (field.clone(), text.to_string(), said.setter());
        Callback::from(move |_: MouseEvent| {
            let (field, text, said) = (field.clone(), text.clone(), said.clone());
            spawn_local(async move {
                said.set(match copy(text, field).await {
                    true => "Copied",
                    false => "Press Ctrl+C to copy it: this page may not do so.",
                });
            });
        })
    };
    let rows = text.lines().count().clamp(2, 9);
    html! {
        <div class="copied">
            <textarea ref={field} class="field" readonly=true aria-label={props.label} rows={rows.to_string()}
                spellcheck="false" value={text} />
            <div class="row">
                <button class="button primary" disabled={props.text.is_none()} onclick={press}>{ "Copy" }</button>
                <span class="copied-words" role="status">{ *said }</span>
            </div>
        </div>
    }
}
