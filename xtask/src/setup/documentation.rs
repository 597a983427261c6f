//! What the documentation sites are made with: an environment of Python and a folder of npm, each exactly as the lock
//! beside the sites says. It must not know what the sites hold.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::Context;

use super::debian;
use crate::command::{command, find, line, read};
use crate::{paths, report};

/// The locks, with their sites.
const REQUIREMENTS: &str = "e2e/sites/python/requirements.txt";
const DOCUSAURUS: &str = "e2e/sites/docusaurus";
/// A registry that does not answer within a minute, twice, has failed.
const PATIENCE: [&str; 2] = ["--fetch-timeout=60000", "--fetch-retries=2"];

/// Python's environment: where it is or would be.
pub(super) fn python(cache: &Path) -> PathBuf {
    cache.join("python-sites")
}

/// The folder that holds what npm has installed: where it is or would be.
pub(super) fn npm(cache: &Path) -> PathBuf {
    cache.join("npm-sites")
}

/// Sphinx, Furo and MkDocs Material, if they are there.
pub(super) fn found_python(cache: &Path) -> anyhow::Result<Option<String>> {
    let is_there = is_of(&paths::root().join(REQUIREMENTS), &python(cache))?;
    Ok(is_there.then(|| "found: Sphinx, Furo, MkDocs Material".to_owned()))
}

/// Installs them.
pub(super) fn install_python(cache: &Path) -> anyhow::Result<String> {
    let (lock, folder) = (paths::root().join(REQUIREMENTS), python(cache));
    if find("python3").is_none() {
        debian::install_or_say("Python, which brings Sphinx and MkDocs,", &["python3-venv"])?;
    }
    if environment(&folder).is_err() {
        // Debian has the module by itself.
        debian::install_or_say("Python's module `venv`", &["python3-venv"])?;
        environment(&folder)?;
    }
    let mut install = command(&folder.join("bin/python").to_string_lossy());
    install
        .args(["-m", "pip", "install", "--quiet", "--require-hashes"])
        .args(["--timeout=60", "--retries=2", "--requirement"])
        .arg(&lock);
    run("python", &mut install)
        .context("Sphinx and MkDocs cannot be installed; they need Python 3.11 or later")?;
    of(&lock, &folder)?;
    Ok("installed: Sphinx, Furo, MkDocs Material".to_owned())
}

/// Docusaurus, if it is there.
pub(super) fn found_docusaurus(cache: &Path) -> anyhow::Result<Option<String>> {
    let lock = paths::root().join(DOCUSAURUS).join("package-lock.json");
    Ok(is_of(&lock, &npm(cache))?.then(|| "found: Docusaurus".to_owned()))
}

/// Installs it.
pub(super) fn install_docusaurus(cache: &Path) -> anyhow::Result<String> {
    let site = paths::root().join(DOCUSAURUS);
    let (lock, folder) = (site.join("package-lock.json"), npm(cache));
    if find("npm").is_none() {
        debian::install_or_say("npm, which brings Docusaurus,", &["npm"])?;
    }
    afresh(&folder)?;
    for name in ["package.json", "package-lock.json"] {
        fs::copy(site.join(name), folder.join(name))
            .with_context(|| format!("cannot write {}", folder.join(name).display()))?;
    }
    let mut install = command("npm");
    install
        .args(["ci", "--no-audit", "--no-fund", "--ignore-scripts"])
        .args(PATIENCE)
        .current_dir(&folder);
    run("docusaurus", &mut install)?;
    of(&lock, &folder)?;
    Ok("installed: Docusaurus".to_owned())
}

/// An environment with nothing in it.
fn environment(folder: &Path) -> anyhow::Result<()> {
    afresh(folder)?;
    let mut make = command("python3");
    make.args(["-m", "venv"]).arg(folder);
    run("python", &mut make)
}

fn run(name: &str, call: &mut Command) -> anyhow::Result<()> {
    report::begin(name, &line(call));
    read(call)?;
    Ok(())
}

/// Whether what a folder holds was installed by this lock.
fn is_of(lock: &Path, folder: &Path) -> anyhow::Result<bool> {
    let wanted = fs::read(lock).with_context(|| format!("cannot read {}", lock.display()))?;
    Ok(fs::read(stamp(folder)).is_ok_and(|installed| installed == wanted))
}

/// Notes by which lock a folder was installed, once it is.
fn of(lock: &Path, folder: &Path) -> anyhow::Result<()> {
    let stamp = stamp(folder);
    fs::copy(lock, &stamp).with_context(|| format!("cannot write {}", stamp.display()))?;
    Ok(())
}

fn stamp(folder: &Path) -> PathBuf {
    folder.join("installed-by")
}

/// An empty folder: what another lock or half an installation left there goes.
fn afresh(folder: &Path) -> anyhow::Result<()> {
    if folder.exists() {
        fs::remove_dir_all(folder).with_context(|| format!("cannot empty {}", folder.display()))?;
    }
    fs::create_dir_all(folder).with_context(|| format!("cannot create {}", folder.display()))
}
