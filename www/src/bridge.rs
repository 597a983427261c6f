//! The boundary to JavaScript: what a page that holds the app may call.
//! Nothing else of the app is exported, and no rule of the lab lives here.

#[cfg(all(test, target_arch = "wasm32"))]
mod tests;

use std::sync::atomic::{AtomicU32, Ordering};

use js_sys::Reflect;
use offset_lab::lessons;
use serde::Serialize;
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;
use yew::AppHandle;

use crate::components::app::{App, AppProps};

/// Instances so far on this page.
static INSTANCES: AtomicU32 = AtomicU32::new(0);

/// A built-in lesson, for a page that offers them.
#[derive(Serialize)]
struct Lesson {
    /// What `mount` takes as `lesson`.
    slug: &'static str,
    /// Its title.
    title: &'static str,
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
/// root. Several instances may live on one page. `options` is an object or nothing; each of its fields is a
/// string and may be missing:
///
/// - `theme`: `auto`, `light` or `dark`
/// - `keys`: `off`: no key is handled but those of the text itself
/// - `lesson`: the slug of a lesson
/// - `scenario`: a scenario of the page's own
/// - `storage`: `off`: nothing is kept on the machine
///
/// # Errors
/// When `options` or a field of it is something else, says what.
#[wasm_bindgen]
pub fn mount(root: web_sys::Element, options: JsValue) -> Result<Handle, JsValue> {
    if !(options.is_undefined() || options.is_null() || options.is_object()) {
        return Err("`options` is no object".into());
    }
    let option = |name: &str| read(&options, name);
    let number = INSTANCES.fetch_add(1, Ordering::Relaxed);
    let props = AppProps {
        prefix: format!("offset-lab-{number}-").into(),
        keys: option("keys")?.as_deref() != Some("off"),
        storage: option("storage")?.as_deref() != Some("off"),
        theme: option("theme")?.map(Into::into),
        lesson: option("lesson")?.map(Into::into),
        scenario: option("scenario")?.map(Into::into),
    };
    root.set_text_content(None);
    let app = yew::Renderer::<App>::with_root_and_props(root, props).render();
    Ok(Handle { app: Some(app) })
}

/// A field of the options: `None` when it is missing.
fn read(options: &JsValue, name: &str) -> Result<Option<String>, JsValue> {
    if !options.is_object() {
        return Ok(None);
    }
    let value = Reflect::get(options, &name.into())?;
    if value.is_undefined() || value.is_null() {
        return Ok(None);
    }
    let text = value.as_string();
    let text = text.ok_or_else(|| format!("`options.{name}` is no string"))?;
    Ok(Some(text))
}

/// The built-in lessons in the order of learning: an array of `{slug, title}`.
///
/// # Errors
/// None that a page can bring about.
#[wasm_bindgen(js_name = lessons)]
pub fn all_lessons() -> Result<JsValue, JsValue> {
    let all = lessons::all().map(|lesson| Lesson {
        slug: lesson.slug,
        title: lesson.title(),
    });
    Ok(serde_wasm_bindgen::to_value(&all.collect::<Vec<_>>())?)
}
