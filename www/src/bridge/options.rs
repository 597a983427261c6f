//! What a page wants of an instance: fields of a JavaScript object, each checked for its kind.

use js_sys::Reflect;
use wasm_bindgen::{JsCast, JsValue};

/// The options of one instance.
pub struct Options<'a>(&'a JsValue);

impl<'a> Options<'a> {
    /// An object or nothing.
    ///
    /// # Errors
    /// When it is something else.
    pub fn new(value: &'a JsValue) -> Result<Self, JsValue> {
        match value.is_undefined() || value.is_null() || value.is_object() {
            true => Ok(Self(value)),
            false => Err("`options` is no object".into()),
        }
    }

    fn get(&self, name: &str) -> Result<Option<JsValue>, JsValue> {
        if !self.0.is_object() {
            return Ok(None);
        }
        let value = Reflect::get(self.0, &name.into())?;
        Ok((!value.is_undefined() && !value.is_null()).then_some(value))
    }

    /// A text; `None` when it is missing.
    ///
    /// # Errors
    /// When it is something else, says so.
    pub fn text(&self, name: &str) -> Result<Option<String>, JsValue> {
        let Some(value) = self.get(name)? else {
            return Ok(None);
        };
        let text = value.as_string();
        let text = text.ok_or_else(|| format!("`options.{name}` is no string"))?;
        Ok(Some(text))
    }

    /// A whole number from 0; `None` when it is missing.
    ///
    /// # Errors
    /// When it is something else, says so.
    pub fn number(&self, name: &str) -> Result<Option<u32>, JsValue> {
        let Some(value) = self.get(name)? else {
            return Ok(None);
        };
        let number = value.as_f64().and_then(whole);
        let number = number.ok_or_else(|| format!("`options.{name}` is no whole number from 0"))?;
        Ok(Some(number))
    }

    /// A function; `None` when it is missing.
    ///
    /// # Errors
    /// When it is something else, says so.
    pub fn function(&self, name: &str) -> Result<Option<js_sys::Function>, JsValue> {
        let Some(value) = self.get(name)? else {
            return Ok(None);
        };
        let function = value.dyn_into::<js_sys::Function>();
        let function = function.map_err(|_| format!("`options.{name}` is no function"))?;
        Ok(Some(function))
    }
}

/// A number of JavaScript as a whole one; what is beyond the largest is the largest.
#[must_use]
pub fn whole(number: f64) -> Option<u32> {
    let is_whole = number >= 0.0 && number.fract() == 0.0;
    is_whole.then_some(number as u32)
}
