//! The fragment of the page's address: goes where it leads, and changes it with what is shown, so that the browser's back
//! and forward walk through the app. Must not know what a fragment means.

use wasm_bindgen::JsValue;
use web_sys::{Element, Window};
use yew::prelude::*;

use super::after::{After, use_after};
use super::dom;
use super::store::{Lab, Snapshot};
use super::watch::Watch;
use crate::state::Action;
use crate::state::visit::Change;

/// Follows the page's address, if it is this instance's. `root` is the instance's own element.
#[hook]
pub(crate) fn use_address(state: &Snapshot, lab: &Lab, root: &NodeRef) {
    let on = lab.addresses;
    {
        // After what was kept has been taken over: an address may lead to it.
        let lab = lab.clone();
        use_after(After::new((), move |()| {
            let window = web_sys::window().filter(|_| on);
            let watch = window.and_then(|window| {
                visit(&lab, &window);
                let page = window.clone();
                Watch::events(&window, "hashchange", move |_| visit(&lab, &page))
            });
            move || drop(watch)
        }));
    }
    let now = state.clone();
    // What is being opened changes the address once it is there.
    let deps = (
        state.here(),
        state.history.can_undo(),
        state.files.is_opening(),
    );
    use_after(After::new(deps, move |_| {
        if let Some(window) = web_sys::window().filter(|_| on) {
            change(&window, &now.change_of_address(&fragment(&window)));
        }
    }));
    let (root, first) = (root.clone(), use_mut_ref(|| true));
    use_after(After::new(state.look.view, move |_| {
        // The link that led here is gone, and what it led to begins at its top.
        if on && !first.replace(false) {
            if let Some(root) = root.cast::<Element>() {
                dom::focus_in(&root, "main");
            }
            if let Some(window) = web_sys::window() {
                window.scroll_to_with_x_and_y(0.0, 0.0);
            }
        }
    }));
}

fn visit(lab: &Lab, window: &Window) {
    lab.send(Action::Visit(fragment(window).into()));
}

fn fragment(window: &Window) -> String {
    window.location().hash().unwrap_or_default()
}

fn change(window: &Window, change: &Change) {
    let Ok(history) = window.history() else {
        return;
    };
    // A browser that refuses keeps its address: nothing else depends on it.
    let _ = match change {
        Change::Stay => Ok(()),
        Change::Replace(to) => history.replace_state_with_url(&JsValue::NULL, "", Some(to)),
        Change::Push(to) => history.push_state_with_url(&JsValue::NULL, "", Some(to)),
    };
}
