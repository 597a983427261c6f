//! Fetches files that lie beside the module: texts of lessons, the dictionary of links. Must not know what they say.

use std::cell::Cell;
use std::rc::Rc;

use js_sys::JsString;
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Response, Url};
use yew::platform::spawn_local;
use yew::prelude::*;

use super::after::{After, use_after};
use super::store::{Lab, Snapshot};
use crate::state::Action;

#[wasm_bindgen]
extern "C" {
    type ImportMeta;

    #[wasm_bindgen(method, getter)]
    fn url(this: &ImportMeta) -> JsString;

    /// Where this module lies.
    #[wasm_bindgen(thread_local_v2, js_namespace = import, js_name = meta)]
    static IMPORT_META: ImportMeta;
}

/// Fetches what the state asks for.
#[hook]
pub(crate) fn use_files(state: &Snapshot, lab: &Lab) {
    let done = use_memo((), |()| Cell::new(0_u64));
    let asked = state.files.asked;
    let wanted: Vec<Rc<str>> = state.files.asked_after(done.get()).cloned().collect();
    let lab = lab.clone();
    use_after(After::new(asked, move |asked| {
        done.set(*asked);
        for file in wanted {
            let lab = lab.clone();
            spawn_local(async move {
                let text = fetch(&file).await;
                lab.send(Action::Fetched { file, text });
            });
        }
    }));
}

/// The text of a file, or why there is none.
async fn fetch(file: &str) -> Result<Rc<str>, Rc<str>> {
    let refused = |why: &str| Rc::from(["The file ", file, " cannot be had: ", why].concat());
    let answer = answer(file).await;
    let answer = answer.map_err(|_| refused("there is no connection. Try again later."))?;
    if !answer.ok() {
        let why = format!("the server answers {}.", answer.status());
        return Err(refused(&why));
    }
    let text = text(&answer).await.ok().and_then(|text| text.as_string());
    text.map(Rc::from)
        .ok_or_else(|| refused("it came to an end too early. Try again."))
}

async fn answer(file: &str) -> Result<Response, JsValue> {
    let here = String::from(IMPORT_META.with(ImportMeta::url));
    let address = Url::new_with_base(file, &here)?.href();
    let window = web_sys::window().ok_or(JsValue::NULL)?;
    let answer = JsFuture::from(window.fetch_with_str(&address)).await?;
    answer.dyn_into()
}

async fn text(answer: &Response) -> Result<JsValue, JsValue> {
    JsFuture::from(answer.text()?).await
}
