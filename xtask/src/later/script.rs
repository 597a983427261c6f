//! The script that loads a file in two parts: the one that wasm-bindgen writes, and what takes in the second part. It must
//! not know what the parts do; it knows how wasm-bindgen writes.

use anyhow::bail;

use super::shared::IMPORT;

/// What is added, for a file of this name.
const ADDED: &str = include_str!("rest.js");
const FILE: &str = "offset-lab-rest.wasm";
/// Behind it stand the functions that the script gives.
const IMPORTS: &str = "    const import0 = {\n";
const LAST: &str = "export { initSync, __wbg_init as default };\n";

/// The script for both parts, of which the second is called so. It is asked for with the mark of its build: a browser that keeps
/// the part of an earlier one is to ask anew.
pub(super) fn with_rest(script: &str, file: &str, mark: &str) -> anyhow::Result<String> {
    let Some(script) = script.strip_suffix(LAST) else {
        bail!(
            "the script of wasm-bindgen ends otherwise than it did: xtask/src/later/script.rs is to follow"
        );
    };
    let Some((before, behind)) = script.split_once(IMPORTS) else {
        bail!(
            "the script of wasm-bindgen gives functions otherwise than it did: xtask/src/later/script.rs is to follow"
        );
    };
    let asks =
        format!("        {IMPORT}: function() {{\n            takeInAtOnce();\n        }},\n");
    let added = ADDED.replace(FILE, &[file, "?", mark].concat());
    Ok([before, IMPORTS, &asks, behind, &added].concat())
}
