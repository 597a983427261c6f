//! The boundary to JavaScript: what a page that holds the app may call.
//! Nothing else of the app is exported, and no rule of the lab lives here.

use std::sync::atomic::{AtomicU32, Ordering};

use serde::Deserialize;
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;
use yew::AppHandle;

use crate::components::app::{App, AppProps};

/// Instances so far on this page.
static INSTANCES: AtomicU32 = AtomicU32::new(0);

/// How a page wants the app. Every field may be missing.
#[derive(Deserialize, Default)]
#[serde(default, rename_all = "camelCase")]
struct Options {
    /// `auto`, `light` or `dark`.
    theme: Option<String>,
    /// `off`: no key is handled but those of the text itself.
    keys: Option<String>,
    /// The slug of a lesson.
    lesson: Option<String>,
    /// A scenario of the page's own.
    scenario: Option<String>,
    /// `off`: nothing is kept on the machine.
    storage: Option<String>,
}

/// A mounted app.
#[wasm_bindgen]
pub struct Handle {
    app: Option<AppHandle<App>>,
}

#[wasm_bindgen]
impl Handle {
    /// Takes the app out of its element and ends whatever it runs. Doing so again does nothing.
    pub fn destroy(&mut self) {
        if let Some(app) = self.app.take() {
            app.destroy();
        }
    }
}

/// Shows the app inside `root`, in place of what the element holds: any element of a page or of a shadow
/// root. Several instances may live on one page. `options` is an object or nothing.
///
/// # Errors
/// When `options` is something else, says what.
#[wasm_bindgen]
pub fn mount(root: web_sys::Element, options: JsValue) -> Result<Handle, JsValue> {
    let options = match options.is_undefined() || options.is_null() {
        true => Options::default(),
        false => serde_wasm_bindgen::from_value(options)?,
    };
    let number = INSTANCES.fetch_add(1, Ordering::Relaxed);
    let props = AppProps {
        prefix: format!("offset-lab-{number}-").into(),
        keys: options.keys.as_deref() != Some("off"),
        storage: options.storage.as_deref() != Some("off"),
        theme: options.theme.map(Into::into),
        lesson: options.lesson.map(Into::into),
        scenario: options.scenario.map(Into::into),
    };
    root.set_text_content(None);
    let app = yew::Renderer::<App>::with_root_and_props(root, props).render();
    Ok(Handle { app: Some(app) })
}
