//! Where the browser may be touched, and what the core may not use at all. It must not know why a file
//! wants it.

use super::source::Source;

/// The files of the app that may name the browser's types.
const BROWSER_FILES: &[&str] = &[
    "www/src/bridge/",
    "www/app/",
    "www/player/",
    "www/src/effects/",
    "www/src/effects.rs",
];

/// Crates and types of the browser.
const BROWSER_WORDS: &[&str] = &[
    "web_sys",
    "js_sys",
    "wasm_bindgen",
    "wasm_bindgen_futures",
    "serde_wasm_bindgen",
    "gloo_timers",
    "JsValue",
    "JsCast",
];

/// What would let the core cheat: hidden state, the machine's time, threads, inexact numbers.
const CORE_WORDS: &[(&str, &str)] = &[
    ("std", "core or alloc"),
    ("HashMap", "BTreeMap"),
    ("HashSet", "BTreeSet"),
    ("Rc", "alloc::sync::Arc"),
    ("RefCell", "an argument"),
    ("f32", "integers"),
    ("f64", "integers"),
    ("Instant", "time as an argument"),
    ("SystemTime", "time as an argument"),
];

/// What stands where it must not.
pub(super) fn check(source: &Source) -> Vec<String> {
    let path = source.path.as_str();
    let app = path.starts_with("www/src/")
        && !BROWSER_FILES
            .iter()
            .any(|allowed| path.starts_with(allowed));
    let core = path.starts_with("src/");
    if !app && !core {
        return Vec::new();
    }
    let mut found = Vec::new();
    for word in source.words() {
        let (text, line) = (word.text.as_str(), word.line);
        if app && BROWSER_WORDS.contains(&text) {
            found.push(format!(
                "{path}:{line}: `{text}` belongs into www/src/bridge/ or www/src/effects/"
            ));
        }
        if core && let Some((_, instead)) = CORE_WORDS.iter().find(|(bad, _)| *bad == text) {
            // `std` is also an ordinary word; only a path that starts with it is meant.
            if text != "std" || word.opens_path {
                found.push(format!(
                    "{path}:{line}: the core must not use `{text}`; {instead} instead"
                ));
            }
        }
    }
    if path == "src/lib.rs" && !source.text.contains("#![no_std]") {
        found.push(format!(
            "{path}:1: the core is no_std; `#![no_std]` is missing"
        ));
    }
    found
}

#[cfg(test)]
mod tests {
    use super::{Source, check};

    fn found(path: &str, text: &str) -> usize {
        check(&Source::new(path.to_owned(), text.to_owned()).expect("tokens")).len()
    }

    #[test]
    fn only_the_named_files_touch_the_browser() {
        assert_eq!(
            found("www/src/components/app.rs", "use web_sys::Element;"),
            1
        );
        assert_eq!(
            found("www/src/effects/clock.rs", "use web_sys::Element;"),
            0
        );
        assert_eq!(
            found("cli/src/main.rs", "use std::collections::HashMap;"),
            0
        );
    }

    #[test]
    fn the_core_cannot_cheat() {
        assert_eq!(
            found("src/log.rs", "use std::time::Instant;\nfn f(x: f64) {}"),
            3
        );
        assert_eq!(
            found(
                "src/log.rs",
                "// std::time\nfn f() -> &'static str { \"f64\" }"
            ),
            0
        );
    }
}
