//! Plain JavaScript values, as JSON has them. Must not know what they hold.

use js_sys::{Array, Reflect};
use wasm_bindgen::JsValue;

/// An object.
pub(super) struct Object(js_sys::Object);

impl Object {
    /// One without fields.
    pub(super) fn new() -> Self {
        Self(js_sys::Object::new())
    }

    /// The same with one field more.
    pub(super) fn with(self, name: &str, value: impl Into<JsValue>) -> Self {
        self.set(name, &value.into());
        self
    }

    fn set(&self, name: &str, value: &JsValue) {
        // A new object takes every field.
        let _ = Reflect::set(&self.0, &name.into(), value);
    }
}

impl From<Object> for JsValue {
    fn from(object: Object) -> Self {
        object.0.into()
    }
}

/// An array.
pub(super) fn array<T: Into<JsValue>>(items: impl Iterator<Item = T>) -> JsValue {
    items.map(Into::into).collect::<Array>().into()
}

/// A text, or `null`.
pub(super) fn or_null(text: Option<String>) -> JsValue {
    text.map_or(JsValue::NULL, JsValue::from)
}
