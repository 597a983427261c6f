//! Tests of the app in a real browser, through its public surface only.
#![cfg(target_arch = "wasm32")]

use wasm_bindgen::JsValue;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

#[wasm_bindgen_test]
async fn the_app_mounts_in_any_element() {
    let document = web_sys::window()
        .and_then(|window| window.document())
        .expect("tests run in a page");
    let root = document
        .create_element("section")
        .expect("a plain element name");
    let app = offset_lab_www::mount(root.clone(), JsValue::UNDEFINED);
    assert!(app.is_ok(), "no options are fine");
    yew::platform::time::sleep(core::time::Duration::ZERO).await;
    assert!(
        root.query_selector("main")
            .expect("a valid selector")
            .is_some()
    );
}
