//! Opening (chosen or dropped) and downloading `.lab` files. Must not know what they say.

use std::rc::Rc;

use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, BlobPropertyBag, File, HtmlAnchorElement, HtmlInputElement, Url};
use yew::platform::spawn_local;
use yew::prelude::*;

use super::dom;
use super::store::Lab;
use crate::state::Action;

/// Files beyond this are not even read.
const BYTES: f64 = 64.0 * 1024.0 * 1024.0;

/// Opens the file that was chosen.
pub(crate) fn open(event: &Event, lab: &Lab) {
    let input = event
        .target()
        .and_then(|t| t.dyn_into::<HtmlInputElement>().ok());
    let file = input.and_then(|input| input.files()?.get(0));
    dom::empty(event);
    if let Some(file) = file {
        take(file, lab, Action::OpenText);
    }
}

/// Takes over the progress that the chosen file holds.
pub(crate) fn import(event: &Event, lab: &Lab) {
    let input = event
        .target()
        .and_then(|t| t.dyn_into::<HtmlInputElement>().ok());
    let file = input.and_then(|input| input.files()?.get(0));
    dom::empty(event);
    if let Some(file) = file {
        take(file, lab, Action::Import);
    }
}

/// A file that is dragged over the page may be dropped there: a browser would leave the page for it.
pub(crate) fn drag_over(event: &DragEvent) {
    if event
        .data_transfer()
        .is_some_and(|data| data.types().includes(&"Files".into(), 0))
    {
        event.prevent_default();
    }
}

/// Opens the file that was dropped.
pub(crate) fn dropped(event: &DragEvent, lab: &Lab) {
    let file = event.data_transfer().and_then(|data| data.files()?.get(0));
    if let Some(file) = file {
        event.prevent_default();
        take(file, lab, Action::OpenText);
    }
}

fn take(file: File, lab: &Lab, what: fn(Rc<str>) -> Action) {
    let lab = lab.clone();
    spawn_local(async move {
        let words = match read(&file).await {
            Ok(text) => return lab.send(what(text)),
            Err(words) => words,
        };
        lab.send(Action::Notice([&file.name(), ": ", words].concat().into()));
    });
}

async fn read(file: &Blob) -> Result<Rc<str>, &'static str> {
    if file.size() > BYTES {
        return Err("the file is far too long for a scenario.");
    }
    let text = JsFuture::from(file.text())
        .await
        .ok()
        .and_then(|text| text.as_string());
    let text = text.ok_or("the file cannot be read.")?;
    if text.contains(['\0', '\u{fffd}']) {
        return Err("this is no text in UTF-8, so it is no scenario.");
    }
    Ok(text.into())
}

/// Offers a text as a file of a kind, as the web names it.
pub(crate) fn download(name: &str, text: &str, media_type: &str) -> Result<(), JsValue> {
    let kind = BlobPropertyBag::new();
    kind.set_type(media_type);
    let parts = js_sys::Array::of1(&JsValue::from_str(text));
    let blob = Blob::new_with_str_sequence_and_options(&parts, &kind)?;
    offer(name, &blob)
}

/// Offers a file.
pub(super) fn offer(name: &str, blob: &Blob) -> Result<(), JsValue> {
    let address = Url::create_object_url_with_blob(blob)?;
    let document = web_sys::window().and_then(|window| window.document());
    if let Some(document) = document {
        let link: HtmlAnchorElement = document.create_element("a")?.unchecked_into();
        link.set_href(&address);
        link.set_download(name);
        link.click();
    }
    Url::revoke_object_url(&address)
}
