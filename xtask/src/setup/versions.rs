//! The versions of the tools that the project is built with, and the packages that bring the rest.

/// Serves and bundles the app.
pub(crate) const TRUNK: &str = "0.21.14";
/// Runs tests in a browser.
pub(crate) const WASM_PACK: &str = "0.15.1";
/// Must equal the version of the `wasm-bindgen` crate in `www/Cargo.toml`.
pub(crate) const WASM_BINDGEN: &str = "0.2.130";
/// Feeds the fuzz targets.
pub(crate) const FUZZ: &str = "0.13.2";
/// Makes one of the documentation sites that hold the element.
pub(crate) const MDBOOK: &str = "0.5.4";
/// Accessibility rules that the end-to-end tests apply to the page.
pub(crate) const AXE: &str = "4.14.1";
/// Checks the types that the package for npm declares.
pub(crate) const TYPESCRIPT: &str = "5.9.3";

/// Makes the built WebAssembly smaller; the npm package that holds `wasm-opt`.
pub(crate) const BINARYEN: &str = "132.0.0";
/// Makes the built scripts smaller.
pub(crate) const TERSER: &str = "5.51.4";

/// Debian's toolchain that can build for wasm32, and the sources of its standard library.
pub(crate) const DEBIAN_TARGET: &[&str] = &[
    "rustc-web",
    "cargo-web",
    "rust-web-src",
    "rust-web-llvm",
    "lld-22",
];
/// Debian's checks for that toolchain.
pub(crate) const DEBIAN_CHECKS: &[&str] = &["rust-web-clippy", "rustfmt-web"];
/// Debian's browser, its driver, and a font for it.
pub(crate) const DEBIAN_BROWSER: &[&str] = &["chromium", "chromium-driver", "fonts-dejavu-core"];

/// The cache's folder for exactly these versions.
pub(crate) fn folder() -> String {
    format!("tools-trunk{TRUNK}-wasm-pack{WASM_PACK}-wasm-bindgen{WASM_BINDGEN}-fuzz{FUZZ}")
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_wasm_bindgen_crate_is_pinned_to_the_tool() {
        let manifest = include_str!("../../../www/Cargo.toml");
        let pin = format!("wasm-bindgen = \"={}\"", super::WASM_BINDGEN);
        assert!(
            manifest.contains(&pin),
            "www/Cargo.toml does not hold {pin}"
        );
    }
}
