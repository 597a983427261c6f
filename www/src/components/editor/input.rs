//! What pasting and keys do in the text, beyond writing. Must not know how anything is drawn.

use yew::prelude::*;

use super::completion::Popup;
use crate::effects::dom;
use crate::effects::store::{Lab, Snapshot};
use crate::state::Action;

/// A paste that would pass the limit is not even laid out: the text stays as it is.
pub(super) fn paste(state: &Snapshot, lab: &Lab) -> Callback<Event> {
    let (state, lab) = (state.clone(), lab.clone());
    Callback::from(move |event: Event| {
        let added = dom::pasted_length(&event).unwrap_or(0);
        if let Err(words) = state.has_room(added) {
            event.prevent_default();
            lab.send(Action::Notice(words.into()));
        }
    })
}

/// Tells where the caret is, when it has moved.
pub(super) fn caret(area: &NodeRef, state: &Snapshot, lab: &Lab) -> Callback<()> {
    let (area, lab, doc) = (area.clone(), lab.clone(), state.doc.clone());
    Callback::from(move |()| {
        let caret = dom::caret(&area, &doc.text);
        if let Some(caret) = caret.filter(|caret| *caret != doc.caret) {
            lab.send(Action::Caret(caret));
        }
    })
}

/// Closes the completion when the text loses the focus.
pub(super) fn let_go(popup: UseStateHandle<Option<Popup>>) -> Callback<FocusEvent> {
    Callback::from(move |_| popup.set(None))
}

/// The keys of the text: completion first, then mending, running and undo. What is ours stays here.
pub(super) fn keydown(
    state: &Snapshot,
    lab: &Lab,
    popup: UseStateHandle<Option<Popup>>,
) -> Callback<KeyboardEvent> {
    let (state, lab) = (state.clone(), lab.clone());
    Callback::from(move |event: KeyboardEvent| {
        // While a character is being composed, the keys are the input method's.
        if event.is_composing() {
            return;
        }
        let key = event.key();
        let press = dom::press(&event, &key);
        if let Some(open) = (*popup).as_ref().filter(|open| open.fits(&state.doc))
            && let Some(after) = open.key(press)
        {
            event.prevent_default();
            event.stop_propagation();
            if let Some(action) = after.action {
                lab.send(action);
            }
            return popup.set(after.popup);
        }
        if press.ctrl && key == " " {
            event.prevent_default();
            event.stop_propagation();
            return popup.set(Popup::asked_for(&state.doc.text, state.doc.caret));
        }
        if let Some(action) = state.editor_key(press) {
            event.prevent_default();
            event.stop_propagation();
            lab.send(action);
        }
    })
}
