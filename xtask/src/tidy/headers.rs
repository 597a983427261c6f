//! What every source file has to begin with. It must not know its contents.

use super::source::Source;

/// Every file says first what it is and what it must not know.
pub(super) fn check(source: &Source) -> Option<String> {
    if source.text.starts_with("//!") {
        return None;
    }
    Some(format!(
        "{}:1: the file does not open with `//!`: say what it is and what it must not know",
        source.path
    ))
}
