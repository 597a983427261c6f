//! Packs what npm is to have, installs it into an empty project as anybody would, and runs that project's tests. It must
//! not know what the package does.

use std::fs;
use std::path::Path;
use std::process::Command;

use anyhow::{Context, bail};

use crate::command::{command, log, read};
use crate::dist::{copy, copy_file};
use crate::paths;
use crate::setup::Toolbox;

/// What the package has beside the built files.
const OWN: &str = "www/npm";
/// The integration that is a package of npm's.
const REMARK: &str = "integrations/remark";
/// The project into which it is installed.
const PROJECT: &str = "examples/npm";
/// What only the app's own page needs.
const OF_THE_PAGE: &[&str] = &[
    "boot.js",
    "fidelity.md",
    "icon-192.png",
    "icon-512.png",
    "icon-maskable-512.png",
    "index.html",
    "manifest.webmanifest",
    "oembed",
    "oembed.json",
    "offline.js",
    "page.css",
    "sw.js",
];

/// Whether everything can be packed and used.
pub(crate) fn check(toolbox: &Toolbox, dist: &Path, file: &Path) -> anyhow::Result<bool> {
    let folder = paths::target().join("packages");
    if folder.exists() {
        fs::remove_dir_all(&folder)
            .with_context(|| format!("cannot empty {}", folder.display()))?;
    }
    let package = folder.join("offset-lab");
    stage(dist, &package)?;
    let packed = pack(&package, &folder)?;
    pack(&paths::root().join(REMARK), &folder)?;
    let project = folder.join("project");
    copy(&paths::root().join(PROJECT), &project)?;
    let mut install = command("npm");
    install
        .args([
            "install",
            "--offline",
            "--no-audit",
            "--no-fund",
            "--ignore-scripts",
        ])
        .arg(format!("../{packed}"));
    let mut test = command("node");
    test.args(["--test"]);
    let mut types = command("node");
    types.arg(toolbox.typescript());
    all(&mut [&mut install, &mut test, &mut types], &project, file)
}

/// Runs one after the other, to the first that fails.
fn all(calls: &mut [&mut Command], project: &Path, file: &Path) -> anyhow::Result<bool> {
    for call in calls {
        if !log(call.current_dir(project), file)? {
            return Ok(false);
        }
    }
    Ok(true)
}

/// The package's files.
fn stage(dist: &Path, package: &Path) -> anyhow::Result<()> {
    copy(dist, package)?;
    for name in OF_THE_PAGE {
        let path = package.join(name);
        let removed = match path.is_dir() {
            true => fs::remove_dir_all(&path),
            false => fs::remove_file(&path),
        };
        removed.with_context(|| format!("cannot leave out {}", path.display()))?;
    }
    copy(&paths::root().join(OWN), package)?;
    for name in ["LICENSE-MIT", "LICENSE-APACHE"] {
        copy_file(&paths::root().join(name), &package.join(name))?;
    }
    Ok(())
}

/// Packs a package into a folder; the name of the file.
fn pack(package: &Path, folder: &Path) -> anyhow::Result<String> {
    let mut pack = command("npm");
    pack.args(["pack", "--ignore-scripts", "--silent", "--pack-destination"])
        .arg(folder)
        .current_dir(package);
    let said = read(&mut pack)?;
    let name = said.lines().last().unwrap_or_default().trim();
    if !folder.join(name).is_file() || name.is_empty() {
        bail!("npm packed {} into no file: {said}", package.display());
    }
    Ok(name.to_owned())
}
