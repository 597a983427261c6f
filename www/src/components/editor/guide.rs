//! Help for the word at the caret, one line below the text. Must not know the language.

use std::rc::Rc;

use offset_lab::scenario::assist::help_at;
use yew::prelude::*;

use crate::effects::store::Snapshot;

/// Longer texts get no help at every move of the caret.
const LONG_TEXT: usize = 400_000;

/// Properties.
#[derive(Properties, PartialEq)]
pub(super) struct GuideProps {
    /// The state.
    pub(super) state: Snapshot,
}

/// The help.
#[component]
pub(super) fn Guide(props: &GuideProps) -> Html {
    let doc = &props.state.doc;
    let at = (Rc::clone(&doc.text), doc.caret);
    let help = use_memo(at, |(text, caret)| match text.len() > LONG_TEXT {
        true => None,
        false => help_at(text, *caret),
    });
    html! {
        <div class="guide">
            if let Some(help) = (*help).as_ref() {
                <code>{ &help.title }</code>
                <span>{ &help.about }</span>
            } else {
                <span>{ "Type, or press Ctrl+Space for what could stand here." }</span>
            }
        </div>
    }
}
