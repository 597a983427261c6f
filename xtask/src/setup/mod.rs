//! Makes sure that the tools are there: finds or installs each once, says what it did, and is quick when there
//! is nothing to do. It must not know what the tools are used for.

mod browser;
mod checks;
mod crates;
mod debian;
mod documentation;
mod npm;
mod target;
mod toolchain;
pub(crate) mod versions;
mod wasm_std;

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

use anyhow::Context;
use clap::ValueEnum;

use crate::{command, paths, report};
use toolchain::Toolchain;

/// Something that has to be there before a task can run.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Need {
    /// A Rust that builds for wasm32-unknown-unknown
    Target,
    /// wasm-bindgen, of exactly the version of the crate
    WasmBindgen,
    /// trunk, which bundles and serves the app
    Trunk,
    /// wasm-opt, which makes the published app smaller; left out where npm is missing
    WasmOpt,
    /// wasm-pack, which runs tests in a browser
    WasmPack,
    /// rustfmt and clippy
    Checks,
    /// Chromium and its driver
    Browser,
    /// axe-core, the accessibility rules
    Axe,
    /// mdBook, which makes one of the documentation sites that hold the element
    Mdbook,
    /// Sphinx with Furo and MkDocs with Material, which make two more, in an environment of Python's
    Python,
    /// Docusaurus, which makes the fourth
    Docusaurus,
    /// TypeScript, which checks the types that packages declare
    Typescript,
    /// cargo-fuzz, which feeds programs with what nobody thinks of
    Fuzz,
}

/// What `serve` needs.
pub(crate) const SERVE: &[Need] = &[Need::Target, Need::WasmBindgen, Need::Trunk];
/// What `build` needs.
pub(crate) const BUILD: &[Need] = &[Need::Target, Need::WasmBindgen, Need::Trunk, Need::WasmOpt];

/// The tools, ready to be called.
pub(crate) struct Toolbox {
    toolchain: Toolchain,
    cache: PathBuf,
}

impl Toolbox {
    /// A call of the cargo that can build for wasm32.
    pub(crate) fn cargo(&self) -> Command {
        self.tool(self.toolchain.cargo())
    }

    /// A call of any program, with the tools first on its search path.
    pub(crate) fn tool(&self, program: &str) -> Command {
        let mut call = command::command(program);
        let bin = self.bin();
        let mut first: Vec<&Path> = vec![&bin];
        first.extend(self.toolchain.folder());
        // The program itself is looked up on this path too.
        call.env("PATH", command::path_with(&first));
        call
    }

    /// The accessibility rules' script.
    pub(crate) fn axe(&self) -> PathBuf {
        npm::axe_script(&self.cache)
    }

    /// The script that is the compiler of TypeScript.
    pub(crate) fn typescript(&self) -> PathBuf {
        npm::typescript(&self.cache)
    }

    /// Where the sources of the standard library are or would be, and what they are called where they are not.
    pub(crate) fn sources(&self) -> anyhow::Result<(PathBuf, String)> {
        self.toolchain.sources()
    }

    /// A call of wasm-opt, where there is one.
    pub(crate) fn wasm_opt(&self) -> Option<Command> {
        npm::wasm_opt(&self.cache)
    }

    /// The folders of the tools that make documentation.
    pub(crate) fn of_sites(&self) -> Vec<PathBuf> {
        vec![
            crates::MDBOOK.bin(&self.cache),
            documentation::python(&self.cache).join("bin"),
            self.npm_of_sites().join(".bin"),
        ]
    }

    /// What npm has installed for these tools.
    pub(crate) fn npm_of_sites(&self) -> PathBuf {
        documentation::npm(&self.cache).join("node_modules")
    }

    fn bin(&self) -> PathBuf {
        self.cache.join("bin")
    }
}

/// `cargo xtask setup`.
pub(crate) fn run(only: &[Need]) -> anyhow::Result<()> {
    let needs = if only.is_empty() {
        Need::value_variants()
    } else {
        only
    };
    ready(needs).map(|_| ())
}

/// Finds or installs what is needed.
pub(crate) fn ready(needs: &[Need]) -> anyhow::Result<Toolbox> {
    let start = Instant::now();
    let cache = paths::cache()?;
    fs::create_dir_all(cache.join("bin"))
        .with_context(|| format!("cannot create the tools' folder {}", cache.display()))?;
    let _turn = turn(&cache)?;
    let toolchain = report::step("wasm32 target", target::find_or_install)?;
    let toolbox = Toolbox { toolchain, cache };
    for need in Need::value_variants() {
        if needs.contains(need) {
            one(*need, &toolbox)?;
        }
    }
    // Nothing is left half-built here: what cargo needed to build the tools is not needed again.
    let scraps = toolbox.cache.join("build");
    if scraps.exists() {
        fs::remove_dir_all(&scraps)
            .with_context(|| format!("cannot remove {}", scraps.display()))?;
    }
    eprintln!("{:<14} ready ({})", "set-up", report::time(start.elapsed()));
    Ok(toolbox)
}

fn one(need: Need, toolbox: &Toolbox) -> anyhow::Result<()> {
    match need {
        Need::Target => Ok(()), // The first step of every set-up: the other tools are built with it.
        Need::WasmBindgen => report::step("wasm-bindgen", || {
            crates::find_or_install(toolbox, &crates::WASM_BINDGEN)
        }),
        Need::Trunk => report::step("trunk", || crates::find_or_install(toolbox, &crates::TRUNK)),
        Need::WasmPack => report::step("wasm-pack", || {
            crates::find_or_install(toolbox, &crates::WASM_PACK)
        }),
        Need::Mdbook => report::step("mdbook", || {
            crates::find_or_install(toolbox, &crates::MDBOOK)
        }),
        Need::Python => report::step("python", || {
            documentation::find_or_install_python(&toolbox.cache)
        }),
        Need::Docusaurus => report::step("docusaurus", || {
            documentation::find_or_install_docusaurus(&toolbox.cache)
        }),
        Need::Typescript => report::step("typescript", || {
            npm::find_or_install_typescript(&toolbox.cache)
        }),
        Need::WasmOpt => report::step("wasm-opt", || npm::find_or_install_wasm_opt(&toolbox.cache)),
        Need::Fuzz => report::step("cargo-fuzz", || {
            crates::find_or_install(toolbox, &crates::FUZZ)
        }),
        Need::Checks => report::step("checks", || checks::find_or_install(&toolbox.toolchain)),
        Need::Browser => report::step("browser", browser::find_or_install),
        Need::Axe => report::step("axe-core", || npm::find_or_install_axe(&toolbox.cache)),
    }
}

/// Two set-ups at once would build the same tools twice: the second waits here until the first is done.
fn turn(cache: &Path) -> anyhow::Result<File> {
    let name = cache.join("lock");
    let file = File::create(&name).with_context(|| format!("cannot write {}", name.display()))?;
    if file.try_lock().is_err() {
        report::begin("set-up", "waits for another set-up of this user to finish");
        file.lock()
            .with_context(|| format!("cannot lock {}", name.display()))?;
    }
    Ok(file)
}
