//! What typing does: the state follows the text area, and completions come up. Must not know how anything is drawn.

use std::rc::Rc;

use yew::prelude::*;

use super::completion::Popup;
use crate::effects::after::{After, use_after};
use crate::effects::dom;
use crate::effects::pause::{later, use_pause};
use crate::effects::store::Lab;
use crate::state::Action;
use crate::state::blocks::WRAPPED_BYTES;
use crate::state::document::Document;

/// What browsers call the kind of input that comes from the clipboard.
const PASTE: &str = "insertFromPaste";

/// What to call when the text area's text changes.
#[hook]
pub(super) fn use_typing(
    area: &NodeRef,
    popup: &UseStateHandle<Option<Popup>>,
    lab: &Lab,
) -> Callback<InputEvent> {
    let typed = use_state(|| None::<Document>);
    let pause_ms = typed
        .as_ref()
        .map_or(0, |doc| Popup::patience_ms(&doc.text));
    let rested = use_pause(&*typed, pause_ms);
    {
        let popup = popup.setter();
        use_after(After::new(rested, move |rested| {
            let doc = rested.as_ref();
            popup.set(doc.and_then(|doc| Popup::while_typing(&doc.text, doc.caret)));
        }));
    }
    let (area, lab) = (area.clone(), lab.clone());
    Callback::from(move |event: InputEvent| {
        // While a character is being composed, the list below it is the input method's.
        let quiet = event.is_composing();
        let take = {
            let (area, lab, typed) = (area.clone(), lab.clone(), typed.clone());
            move || {
                let Some((text, caret)) = dom::area(&area) else {
                    return;
                };
                let text: Rc<str> = text.into();
                typed.set((!quiet).then(|| Document {
                    text: Rc::clone(&text),
                    caret,
                }));
                lab.send(Action::Type { text, caret });
            }
        };
        // The browser needs most of the time that a page may stand still to lay a long paste out: we go on after that.
        if event.input_type() == PASTE && dom::lay_out_beyond(&area, WRAPPED_BYTES) {
            later(take);
        } else {
            take();
        }
    })
}
