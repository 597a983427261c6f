//! What only hosts need in which texts are written: what would be right instead, and what words mean. A host that only shows
//! is built without, and is smaller by it. Must not know who asks.

/// The words of a help, as `format!` takes them.
macro_rules! help {
    ($($words:tt)*) => {
        match cfg!(feature = "authoring") {
            true => alloc::format!($($words)*),
            false => alloc::string::String::new(),
        }
    };
}

/// A text or a table that only help and completion show.
macro_rules! meaning {
    ($text:expr, $none:expr) => {
        match cfg!(feature = "authoring") {
            true => $text,
            false => $none,
        }
    };
    ($text:expr) => {
        $crate::language::authoring::meaning!($text, "")
    };
}
pub(crate) use {help, meaning};
