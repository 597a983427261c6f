//! Values for pages while they are no JavaScript yet: all of one kind, so that one function makes JavaScript's of them.
//! Knows no JavaScript.

use std::borrow::Cow;

use serde::ser::{Serialize, Serializer};

/// A value for a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Plain {
    /// `null`
    None,
    /// Yes or no.
    Flag(bool),
    /// A whole number.
    Number(i64),
    /// A text.
    Text(String),
    /// Values in their order.
    List(Vec<Self>),
    /// Fields in their order.
    Object(Vec<Field>),
}

/// A name and its value.
pub type Field = (Cow<'static, str>, Plain);

impl Plain {
    /// A number of things.
    #[must_use]
    pub fn count(count: u64) -> Self {
        Self::Number(i64::try_from(count).unwrap_or(i64::MAX))
    }
}

impl From<&str> for Plain {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

/// An object is a map: for what has fixed fields serde-wasm-bindgen keeps a table of their names, which is 4 kB of a
/// download.
impl Serialize for Plain {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::None => serializer.serialize_none(),
            Self::Flag(flag) => serializer.serialize_bool(*flag),
            Self::Number(number) => serializer.serialize_i64(*number),
            Self::Text(text) => serializer.serialize_str(text),
            Self::List(values) => serializer.collect_seq(values),
            Self::Object(fields) => {
                serializer.collect_map(fields.iter().map(|(name, value)| (name, value)))
            }
        }
    }
}
