//! Help for the word at the caret, one line below the text. Must not know the language.

use std::rc::Rc;

use offset_lab::language::assist::help_at;
use yew::prelude::*;

use crate::components::markdown::inline;
use crate::effects::pause::use_pause;
use crate::state::document::Document;

/// In longer texts help waits until the caret rests.
const LONG_TEXT: usize = 16_000;
/// For so long.
const PAUSE_MS: u32 = 150;

/// Properties.
#[derive(Properties, PartialEq)]
pub(super) struct GuideProps {
    /// The text and its caret.
    pub(super) doc: Document,
}

/// The help.
#[component]
pub(super) fn Guide(props: &GuideProps) -> Html {
    let doc = &props.doc;
    let pause_ms = if doc.text.len() > LONG_TEXT {
        PAUSE_MS
    } else {
        0
    };
    let at = use_pause(&(Rc::clone(&doc.text), doc.caret), pause_ms);
    let help = use_memo(at, |(text, caret)| help_at(text, *caret));
    html! {
        <div class="guide">
            if let Some(help) = (*help).as_ref() {
                <code>{ &help.title }</code>
                <span>{ inline(&help.about) }</span>
            } else {
                <span>{ "Type, or press Ctrl+Space for what could stand here." }</span>
            }
        </div>
    }
}
