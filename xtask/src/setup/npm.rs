//! What only npm has: axe-core and TypeScript for the tests, wasm-opt and terser, which a build can do without.
//! It must not know what they are used for.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::Context;

use super::{debian, versions};
use crate::command::{command, find, line, read};
use crate::report;

fn folder(cache: &Path, package: &str, version: &str) -> PathBuf {
    cache.join(format!("{package}-{version}"))
}

/// The accessibility rules' script: where it is or would be.
pub(super) fn axe_script(cache: &Path) -> PathBuf {
    folder(cache, "axe-core", versions::AXE).join("node_modules/axe-core/axe.min.js")
}

/// axe-core, if it is there.
pub(super) fn found_axe(cache: &Path) -> Option<String> {
    let is_there = axe_script(cache).is_file();
    is_there.then(|| format!("found: {}", versions::AXE))
}

/// Installs it, with npm itself where that is missing.
pub(super) fn install_axe(cache: &Path) -> anyhow::Result<String> {
    if find("npm").is_none() {
        debian::install_or_say("npm, which brings axe-core,", &["npm"])?;
    }
    install(cache, "axe-core", versions::AXE)?;
    Ok(format!("installed: {}", versions::AXE))
}

/// The compiler of TypeScript: where it is or would be.
pub(super) fn typescript(cache: &Path) -> PathBuf {
    folder(cache, "typescript", versions::TYPESCRIPT).join("node_modules/typescript/lib/tsc.js")
}

/// It, if it is there.
pub(super) fn found_typescript(cache: &Path) -> Option<String> {
    let is_there = typescript(cache).is_file();
    is_there.then(|| format!("found: {}", versions::TYPESCRIPT))
}

/// Installs it.
pub(super) fn install_typescript(cache: &Path) -> anyhow::Result<String> {
    if find("npm").is_none() {
        debian::install_or_say("npm, which brings TypeScript,", &["npm"])?;
    }
    install(cache, "typescript", versions::TYPESCRIPT)?;
    Ok(format!("installed: {}", versions::TYPESCRIPT))
}

/// A call of wasm-opt from the search path or the cache.
pub(super) fn wasm_opt(cache: &Path) -> Option<Command> {
    if find("wasm-opt").is_some() {
        return Some(command("wasm-opt"));
    }
    in_node(cache, "binaryen", versions::BINARYEN, "wasm-opt")
}

/// A call of terser from the cache.
pub(super) fn terser(cache: &Path) -> Option<Command> {
    in_node(cache, "terser", versions::TERSER, "terser")
}

/// A call of a program of a package.
fn in_node(cache: &Path, package: &str, version: &str, program: &str) -> Option<Command> {
    let script = folder(cache, package, version)
        .join("node_modules")
        .join(package);
    let script = script.join("bin").join(program);
    if find("node").is_none() || !script.is_file() {
        return None;
    }
    let mut node = command("node");
    node.arg(script);
    Some(node)
}

/// wasm-opt, if it is there.
pub(super) fn found_wasm_opt(cache: &Path) -> Option<String> {
    wasm_opt(cache).map(|found| format!("found: {}", line(&found)))
}

/// Installs it where npm is; a build without it is larger, not broken.
pub(super) fn install_wasm_opt(cache: &Path) -> String {
    install_smaller(cache, "binaryen", versions::BINARYEN)
}

/// terser, if it is there.
pub(super) fn found_terser(cache: &Path) -> Option<String> {
    terser(cache).map(|found| format!("found: {}", line(&found)))
}

/// Installs it where npm is; a build without it is larger, not broken.
pub(super) fn install_terser(cache: &Path) -> String {
    install_smaller(cache, "terser", versions::TERSER)
}

fn install_smaller(cache: &Path, package: &str, version: &str) -> String {
    if find("npm").is_none() || find("node").is_none() {
        return "left out: there is no npm; the app will be larger".to_owned();
    }
    match install(cache, package, version) {
        Ok(()) => format!("installed: {package} {version}"),
        Err(error) => format!("left out, the app will be larger: {error:#}"),
    }
}

fn install(cache: &Path, package: &str, version: &str) -> anyhow::Result<()> {
    let whole = folder(cache, package, version);
    // Under its name it is there at once, or not at all: who looks does not wait for who installs.
    let coming = folder(cache, package, "coming");
    let mut install = command("npm");
    install
        .args([
            "install",
            "--no-audit",
            "--no-fund",
            "--ignore-scripts",
            "--prefix",
        ])
        .arg(&coming)
        .arg(format!("{package}@{version}"));
    report::begin(package, &line(&install));
    read(&mut install).with_context(|| format!("npm could not install {package}"))?;
    if whole.exists() {
        fs::remove_dir_all(&whole).with_context(|| format!("cannot empty {}", whole.display()))?;
    }
    fs::rename(&coming, &whole).with_context(|| format!("cannot write {}", whole.display()))
}
