//! The arguments of a step, read with their types; what is wrong with one is said by its name.

use serde_json::{Map, Value};

/// Messages of one scenario. A recording of more would take the real broker days.
pub(crate) const MESSAGES: u64 = 100_000_000;
/// Frames of one scenario.
const FRAMES: u64 = 100_000;
/// Stores of one scenario.
const STORES: u64 = 10_000;

/// What one scenario may still ask for.
pub(crate) struct Budget {
    messages: u64,
    frames: u64,
    stores: u64,
}

impl Default for Budget {
    fn default() -> Self {
        Self {
            messages: MESSAGES,
            frames: FRAMES,
            stores: STORES,
        }
    }
}

impl Budget {
    pub(crate) fn take(&mut self, messages: u64, frames: u64) -> Result<(), String> {
        let messages = self.messages.checked_sub(messages);
        let frames = self.frames.checked_sub(frames);
        self.messages = messages.ok_or_else(|| format!("more than {MESSAGES} messages in all"))?;
        self.frames = frames.ok_or_else(|| format!("more than {FRAMES} frames in all"))?;
        Ok(())
    }

    pub(crate) fn take_stores(&mut self, stores: u64) -> Result<(), String> {
        let left = self.stores.checked_sub(stores);
        self.stores = left.ok_or_else(|| format!("more than {STORES} stores in all"))?;
        Ok(())
    }
}

/// The arguments of a step, read with their types.
pub(crate) struct Arguments<'a>(pub(crate) &'a Map<String, Value>);

impl Arguments<'_> {
    pub(crate) fn get(&self, key: &str) -> Option<&Value> {
        self.0.get(key).filter(|value| !value.is_null())
    }

    pub(crate) fn required(&self, key: &str) -> Result<&Value, String> {
        self.get(key).ok_or_else(|| format!("\"{key}\" is missing"))
    }

    pub(crate) fn string(&self, key: &str) -> Result<String, String> {
        let value = self.required(key)?;
        value
            .as_str()
            .map(String::from)
            .ok_or_else(|| format!("\"{key}\" is not a string"))
    }

    pub(crate) fn optional_string(&self, key: &str) -> Result<Option<String>, String> {
        self.get(key).map(|_| self.string(key)).transpose()
    }

    pub(crate) fn on(&self) -> Result<String, String> {
        Ok(self
            .optional_string("on")?
            .unwrap_or_else(|| "A".to_string()))
    }

    pub(crate) fn number<T: TryFrom<u64>>(&self, key: &str) -> Result<T, String> {
        let value = self.required(key)?;
        value
            .as_u64()
            .and_then(|number| T::try_from(number).ok())
            .ok_or_else(|| format!("\"{key}\" is no number that fits: {value}"))
    }

    pub(crate) fn optional_number<T: TryFrom<u64>>(&self, key: &str) -> Result<Option<T>, String> {
        self.get(key).map(|_| self.number(key)).transpose()
    }

    pub(crate) fn flag(&self, key: &str, default: bool) -> Result<bool, String> {
        match self.get(key) {
            None => Ok(default),
            Some(value) => value
                .as_bool()
                .ok_or_else(|| format!("\"{key}\" is not true or false")),
        }
    }

    /// Seconds, possibly a fraction, as microseconds.
    pub(crate) fn seconds(&self, key: &str) -> Result<u64, String> {
        match self.get(key) {
            None => Ok(0),
            Some(value) => {
                micros(value).ok_or_else(|| format!("\"{key}\" is no number of seconds: {value}"))
            }
        }
    }

    pub(crate) fn object(&self, key: &str) -> Result<Map<String, Value>, String> {
        match self.get(key) {
            None => Ok(Map::new()),
            Some(Value::Object(object)) => Ok(object.clone()),
            Some(_) => Err(format!("\"{key}\" is not an object")),
        }
    }
}

/// A JSON number of seconds as microseconds, read from its digits: no floating point.
fn micros(value: &Value) -> Option<u64> {
    let Value::Number(number) = value else {
        return None;
    };
    let text = number.to_string();
    let (whole, fraction) = text.split_once('.').unwrap_or((&text, "0"));
    let whole: u64 = whole
        .parse()
        .ok()
        .filter(|seconds| *seconds <= 1_000_000_000)?;
    let digits: String = fraction.chars().chain("000000".chars()).take(6).collect();
    Some(whole * 1_000_000 + digits.parse::<u64>().ok()?)
}
