//! The boundary to JavaScript: what a page that holds the app may call.
//! Nothing else of the app is exported, and no rule of the lab lives here.

use wasm_bindgen::prelude::wasm_bindgen;

use crate::components::app::App;

/// Shows the app inside `root`, in place of what the element holds. Several instances may live on one page.
#[wasm_bindgen]
pub fn mount(root: web_sys::Element) {
    yew::Renderer::<App>::with_root(root).render();
}
