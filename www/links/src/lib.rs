//! What links hold, as a page asks for it: a small WebAssembly module of its own, since most pages have no links.

use offset_lab_www::link::ShareLink;
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

/// What a link holds.
#[wasm_bindgen]
pub struct Linked {
    text: String,
    /// The moment: events that have happened.
    #[wasm_bindgen(readonly)]
    pub step: u32,
}

#[wasm_bindgen]
impl Linked {
    /// The text.
    #[wasm_bindgen(getter)]
    #[must_use]
    pub fn text(&self) -> String {
        self.text.clone()
    }
}

/// What a link holds: the fragment of an address, or an address with one. `dictionary` is what such links need.
///
/// # Errors
/// When it holds nothing that can be opened, says why.
#[wasm_bindgen]
pub fn open_link(link: &str, dictionary: &str) -> Result<Linked, JsValue> {
    let link = ShareLink::read(link, dictionary).map_err(|broken| broken.to_string())?;
    Ok(Linked {
        step: link.cursor.event,
        text: link.text,
    })
}
