//! What lies outside of an instance and is asked for something: the clipboard, the page's own preview, a canvas. Must
//! not know what is copied, shown or drawn.

use js_sys::{Function, Object, Promise, Reflect};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    Blob, CanvasRenderingContext2d, Element, HtmlCanvasElement, HtmlImageElement,
    HtmlTextAreaElement,
};
use yew::NodeRef;

use super::files;

/// What the page around an instance gives it.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Outside {
    /// Shows in an element what a page with an `<offset-lab>` of these attributes and this text would show.
    pub(crate) preview: Option<Function>,
    /// Where the app's files lie.
    pub(crate) address: String,
}

impl Outside {
    /// Shows a preview in an element, if the page can. What goes wrong there is seen there.
    pub(crate) fn show(&self, place: &NodeRef, attributes: &[(&str, String)], text: &str) {
        let (Some(preview), Some(place)) = (&self.preview, place.cast::<Element>()) else {
            return;
        };
        let object = Object::new();
        for (name, value) in attributes {
            drop(Reflect::set(&object, &(*name).into(), &value.into()));
        }
        drop(preview.call3(&JsValue::NULL, &place, &object, &text.into()));
    }
}

/// Copies a text; whether the browser lets us. If not, the text of `field` is selected for the reader to copy.
pub(crate) async fn copy(text: String, field: NodeRef) -> bool {
    if write(&text).await.is_ok() {
        return true;
    }
    if let Some(field) = field.cast::<HtmlTextAreaElement>() {
        // What cannot be selected can still be read.
        drop(field.focus());
        field.select();
    }
    false
}

async fn write(text: &str) -> Result<(), JsValue> {
    let window = web_sys::window().ok_or(JsValue::NULL)?;
    let navigator = Reflect::get(&window, &"navigator".into())?;
    // Pages that are not secure have none.
    let clipboard = Reflect::get(&navigator, &"clipboard".into())?;
    let write: Function = Reflect::get(&clipboard, &"writeText".into())?.dyn_into()?;
    let done: Promise = write.call1(&clipboard, &text.into())?.dyn_into()?;
    JsFuture::from(done).await.map(drop)
}

/// The address of a picture that holds the picture itself.
pub(crate) fn address_of(svg: &str) -> String {
    let encoded = String::from(js_sys::encode_uri_component(svg));
    ["data:image/svg+xml;charset=utf-8,", &encoded].concat()
}

/// Offers a picture of SVG as one of pixels, twice as fine as it is drawn.
pub(crate) async fn download_png(name: &str, svg: &str) -> Result<(), JsValue> {
    let document = web_sys::window().and_then(|window| window.document());
    let document = document.ok_or(JsValue::NULL)?;
    let image = HtmlImageElement::new()?;
    image.set_src(&address_of(svg));
    JsFuture::from(image.decode()).await?;
    let (width, height) = (image.natural_width() * 2, image.natural_height() * 2);
    let canvas: HtmlCanvasElement = document.create_element("canvas")?.dyn_into()?;
    canvas.set_width(width);
    canvas.set_height(height);
    let context = canvas.get_context("2d")?.ok_or(JsValue::NULL)?;
    let context: CanvasRenderingContext2d = context.dyn_into()?;
    context.draw_image_with_html_image_element_and_dw_and_dh(
        &image,
        0.0,
        0.0,
        width.into(),
        height.into(),
    )?;
    let name = name.to_owned();
    let offered = Closure::once_into_js(move |blob: JsValue| {
        if let Ok(blob) = blob.dyn_into::<Blob>() {
            drop(files::offer(&name, &blob));
        }
    });
    canvas.to_blob(offered.unchecked_ref())
}
