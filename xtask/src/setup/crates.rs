//! Tools that are crates: used from the search path where the version is right, else built into the cache.
//! It must not know what they do.

use std::path::{Path, PathBuf};

use super::{Toolbox, versions};
use crate::command::{command, line, read, show};
use crate::report;

/// A tool that cargo can build.
pub(super) struct Tool {
    package: &'static str,
    program: &'static str,
    version: &'static str,
    options: &'static [&'static str],
    /// Whether it has a folder of its own, named after its version; the folder that all share is named after theirs.
    apart: bool,
}

impl Tool {
    /// The folder below which its program is or would be installed.
    fn root(&self, cache: &Path) -> PathBuf {
        match self.apart {
            true => cache.join(format!("{}-{}", self.package, self.version)),
            false => cache.to_path_buf(),
        }
    }

    /// The folder of its program.
    pub(super) fn bin(&self, cache: &Path) -> PathBuf {
        self.root(cache).join("bin")
    }
}

/// Its published lock file does not build, so its dependencies are resolved anew.
pub(super) const WASM_BINDGEN: Tool = Tool {
    package: "wasm-bindgen-cli",
    program: "wasm-bindgen",
    version: versions::WASM_BINDGEN,
    options: &[],
    apart: false,
};

/// Without its defaults: they are for downloading tools, which is the set-up's work here.
pub(super) const TRUNK: Tool = Tool {
    package: "trunk",
    program: "trunk",
    version: versions::TRUNK,
    options: &["--locked", "--no-default-features"],
    apart: false,
};

/// Runs the tests in a browser.
pub(super) const WASM_PACK: Tool = Tool {
    package: "wasm-pack",
    program: "wasm-pack",
    version: versions::WASM_PACK,
    options: &["--locked"],
    apart: false,
};

/// Runs the fuzz targets.
pub(super) const FUZZ: Tool = Tool {
    package: "cargo-fuzz",
    program: "cargo-fuzz",
    version: versions::FUZZ,
    options: &["--locked"],
    apart: false,
};

/// Makes books; without what serves and watches them.
pub(super) const MDBOOK: Tool = Tool {
    package: "mdbook",
    program: "mdbook",
    version: versions::MDBOOK,
    options: &["--locked", "--no-default-features", "--features", "search"],
    apart: true,
};

/// Where the tool is, if it is there.
pub(super) fn found(cache: &Path, tool: &Tool) -> Option<String> {
    if tool.bin(cache).join(tool.program).is_file() {
        return Some(format!("found: {}", tool.version));
    }
    on_path(tool).then(|| format!("found on the search path: {}", tool.version))
}

/// Builds it.
pub(super) fn install(toolbox: &Toolbox, tool: &Tool) -> anyhow::Result<String> {
    let mut install = toolbox.cargo();
    install
        .current_dir(&toolbox.cache)
        .args(["install", "--quiet", "--root"])
        .arg(tool.root(&toolbox.cache))
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
    Ok(format!("installed: {}", tool.version))
}

fn on_path(tool: &Tool) -> bool {
    read(command(tool.program).arg("--version")).is_ok_and(|said| {
        said.split_whitespace()
            .any(|word| word.trim_start_matches('v') == tool.version)
    })
}
