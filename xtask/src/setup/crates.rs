//! Tools that are crates: used from the search path where the version is right, else built into the cache.
//! It must not know what they do.

use super::{Toolbox, versions};
use crate::command::{command, line, read, show};
use crate::report;

/// A tool that cargo can build.
pub(super) struct Tool {
    package: &'static str,
    program: &'static str,
    version: &'static str,
    options: &'static [&'static str],
}

/// Its published lock file does not build, so its dependencies are resolved anew.
pub(super) const WASM_BINDGEN: Tool = Tool {
    package: "wasm-bindgen-cli",
    program: "wasm-bindgen",
    version: versions::WASM_BINDGEN,
    options: &[],
};

/// Without its defaults: they are for downloading tools, which is the set-up's work here.
pub(super) const TRUNK: Tool = Tool {
    package: "trunk",
    program: "trunk",
    version: versions::TRUNK,
    options: &["--locked", "--no-default-features"],
};

/// Runs the tests in a browser.
pub(super) const WASM_PACK: Tool = Tool {
    package: "wasm-pack",
    program: "wasm-pack",
    version: versions::WASM_PACK,
    options: &["--locked"],
};

/// Runs the fuzz targets.
pub(super) const FUZZ: Tool = Tool {
    package: "cargo-fuzz",
    program: "cargo-fuzz",
    version: versions::FUZZ,
    options: &["--locked"],
};

/// Finds the tool or builds it.
pub(super) fn find_or_install(toolbox: &Toolbox, tool: &Tool) -> anyhow::Result<((), String)> {
    if toolbox.bin().join(tool.program).is_file() {
        return Ok(((), format!("found: {}", tool.version)));
    }
    if on_path(tool) {
        return Ok(((), format!("found on the search path: {}", tool.version)));
    }
    let mut install = toolbox.cargo();
    install
        .current_dir(&toolbox.cache)
        .args(["install", "--quiet", "--root"])
        .arg(&toolbox.cache)
        .args(tool.options)
        .arg(format!("{}@{}", tool.package, tool.version))
        .env("CARGO_TARGET_DIR", toolbox.cache.join("build/tools"))
        // The tools are run a few times a day and built once a machine: a quick build is worth more.
        .env("CARGO_PROFILE_RELEASE_OPT_LEVEL", "1")
        .env("CARGO_PROFILE_RELEASE_LTO", "off")
        .env("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "16")
        .env("CARGO_PROFILE_RELEASE_DEBUG", "0");
    report::begin(tool.program, &format!("{} (minutes, once)", line(&install)));
    show(&mut install)?;
    Ok(((), format!("installed: {}", tool.version)))
}

fn on_path(tool: &Tool) -> bool {
    read(command(tool.program).arg("--version"))
        .is_ok_and(|said| said.split_whitespace().any(|word| word == tool.version))
}
