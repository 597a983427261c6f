//! Catches the browser's own undo and redo in a text area (from its menus, say): the app has its own, and the
//! browser's would undo what the app has placed. Must not know what ours does.

use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{Element, InputEvent};
use yew::prelude::*;

/// Through the history of the text.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Travel {
    /// Back.
    Undo,
    /// Forth.
    Redo,
}

/// Tells of undo and redo in place of carrying them out.
#[hook]
pub(crate) fn use_input_guard(node: &NodeRef, tell: Callback<Travel>) {
    let node = node.clone();
    use_effect_with((), move |()| {
        let guard = node
            .cast::<Element>()
            .and_then(|element| Guard::new(element, tell));
        move || drop(guard)
    });
}

/// A listener; dropping it takes it away.
struct Guard {
    element: Element,
    callback: Closure<dyn FnMut(InputEvent)>,
}

impl Guard {
    fn new(element: Element, tell: Callback<Travel>) -> Option<Self> {
        let callback = Closure::<dyn FnMut(InputEvent)>::new(move |event: InputEvent| {
            let travel = match event.input_type().as_str() {
                "historyUndo" => Travel::Undo,
                "historyRedo" => Travel::Redo,
                _ => return,
            };
            event.prevent_default();
            tell.emit(travel);
        });
        let function = callback.as_ref().unchecked_ref();
        element
            .add_event_listener_with_callback("beforeinput", function)
            .ok()?;
        Some(Self { element, callback })
    }
}

impl Drop for Guard {
    fn drop(&mut self) {
        let function = self.callback.as_ref().unchecked_ref();
        // An element that is gone listens to nothing any more.
        let _ = self
            .element
            .remove_event_listener_with_callback("beforeinput", function);
    }
}
