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
    /// terser, which makes the published scripts smaller; left out where npm is missing
    Terser,
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

impl Need {
    /// What the lines of the set-up call it.
    fn tool(self) -> &'static str {
        match self {
            Self::Target => "wasm32 target",
            Self::WasmBindgen => "wasm-bindgen",
            Self::Trunk => "trunk",
            Self::WasmOpt => "wasm-opt",
            Self::Terser => "terser",
            Self::WasmPack => "wasm-pack",
            Self::Checks => "checks",
            Self::Browser => "browser",
            Self::Axe => "axe-core",
            Self::Mdbook => "mdbook",
            Self::Python => "python",
            Self::Docusaurus => "docusaurus",
            Self::Typescript => "typescript",
            Self::Fuzz => "cargo-fuzz",
        }
    }
}

/// What `serve` needs.
pub(crate) const SERVE: &[Need] = &[Need::Target, Need::WasmBindgen, Need::Trunk];
/// What `build` needs.
pub(crate) const BUILD: &[Need] = &[
    Need::Target,
    Need::WasmBindgen,
    Need::Trunk,
    Need::WasmOpt,
    Need::Terser,
];

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

    /// A call of terser, where there is one.
    pub(crate) fn terser(&self) -> Option<Command> {
        npm::terser(&self.cache)
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

/// Finds or installs what is needed. Who has only to find waits for nobody.
pub(crate) fn ready(needs: &[Need]) -> anyhow::Result<Toolbox> {
    let start = Instant::now();
    let cache = paths::cache()?;
    fs::create_dir_all(cache.join("bin"))
        .with_context(|| format!("cannot create the tools' folder {}", cache.display()))?;
    let mut turn = None;
    let toolchain = report::step("wasm32 target", || {
        if let Some(found) = target::found()? {
            return Ok(found);
        }
        take(&mut turn, &cache)?;
        target::found()?.map_or_else(target::install, Ok)
    })?;
    let toolbox = Toolbox { toolchain, cache };
    for need in Need::value_variants() {
        // The target is the first step of every set-up: the other tools are built with it.
        if needs.contains(need) && *need != Need::Target {
            report::step(need.tool(), || Ok(((), one(*need, &toolbox, &mut turn)?)))?;
        }
    }
    // Nothing is left half-built here: what cargo needed to build the tools is not needed again.
    let scraps = toolbox.cache.join("build");
    if turn.is_some() && scraps.exists() {
        fs::remove_dir_all(&scraps)
            .with_context(|| format!("cannot remove {}", scraps.display()))?;
    }
    eprintln!("{:<14} ready ({})", "set-up", report::time(start.elapsed()));
    Ok(toolbox)
}

/// Finds a tool, or installs it when it is this set-up's turn; what came of it.
fn one(need: Need, toolbox: &Toolbox, turn: &mut Option<File>) -> anyhow::Result<String> {
    if let Some(found) = found(need, toolbox)? {
        return Ok(found);
    }
    take(turn, &toolbox.cache)?;
    // Whose turn it was may have brought it.
    match found(need, toolbox)? {
        Some(found) => Ok(found),
        None => install(need, toolbox),
    }
}

fn found(need: Need, toolbox: &Toolbox) -> anyhow::Result<Option<String>> {
    let cache = &toolbox.cache;
    Ok(match need {
        Need::Target => target::found()?.map(|(_, found)| found),
        Need::WasmBindgen => crates::found(cache, &crates::WASM_BINDGEN),
        Need::Trunk => crates::found(cache, &crates::TRUNK),
        Need::WasmPack => crates::found(cache, &crates::WASM_PACK),
        Need::Mdbook => crates::found(cache, &crates::MDBOOK),
        Need::Fuzz => crates::found(cache, &crates::FUZZ),
        Need::Python => documentation::found_python(cache)?,
        Need::Docusaurus => documentation::found_docusaurus(cache)?,
        Need::Typescript => npm::found_typescript(cache),
        Need::WasmOpt => npm::found_wasm_opt(cache),
        Need::Terser => npm::found_terser(cache),
        Need::Axe => npm::found_axe(cache),
        Need::Checks => checks::found(toolbox.toolchain),
        Need::Browser => browser::found(),
    })
}

fn install(need: Need, toolbox: &Toolbox) -> anyhow::Result<String> {
    let cache = &toolbox.cache;
    match need {
        Need::Target => target::install().map(|(_, installed)| installed),
        Need::WasmBindgen => crates::install(toolbox, &crates::WASM_BINDGEN),
        Need::Trunk => crates::install(toolbox, &crates::TRUNK),
        Need::WasmPack => crates::install(toolbox, &crates::WASM_PACK),
        Need::Mdbook => crates::install(toolbox, &crates::MDBOOK),
        Need::Fuzz => crates::install(toolbox, &crates::FUZZ),
        Need::Python => documentation::install_python(cache),
        Need::Docusaurus => documentation::install_docusaurus(cache),
        Need::Typescript => npm::install_typescript(cache),
        Need::WasmOpt => Ok(npm::install_wasm_opt(cache)),
        Need::Terser => Ok(npm::install_terser(cache)),
        Need::Axe => npm::install_axe(cache),
        Need::Checks => checks::install(toolbox.toolchain),
        Need::Browser => browser::install(),
    }
}

/// Two set-ups that install at once would build the same tools twice: the second waits here until the first is done.
fn take(turn: &mut Option<File>, cache: &Path) -> anyhow::Result<()> {
    if turn.is_some() {
        return Ok(());
    }
    let name = cache.join("lock");
    let file = File::create(&name).with_context(|| format!("cannot write {}", name.display()))?;
    if file.try_lock().is_err() {
        report::begin("set-up", "waits for another set-up of this user to finish");
        file.lock()
            .with_context(|| format!("cannot lock {}", name.display()))?;
    }
    *turn = Some(file);
    Ok(())
}
