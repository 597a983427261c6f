//! Packs what a registry of crates is to have, unpacks it, and builds and runs it in an empty project as anybody would. It
//! must not know what the packages do.

use std::fs;
use std::path::Path;

use anyhow::{Context, bail};

use crate::command::{command, log};
use crate::dist::copy;
use crate::paths;
use crate::setup::Toolbox;

/// What is published, by what depends on nothing else of it first.
const PACKAGES: &[&str] = &["offset-lab", "offset-lab-conform", "offset-lab-cli"];
/// They have the version of the workspace, and so has this task.
const VERSION: &str = env!("CARGO_PKG_VERSION");
/// The project that uses them.
const PROJECT: &str = "own-scenarios";
/// A recording that the installed command replays.
const TRANSCRIPT: &str = "tests/transcripts/c_chunking.4.0.5.json";

/// Whether everything can be packed, and used without this repository.
pub(crate) fn check(toolbox: &Toolbox, file: &Path) -> anyhow::Result<bool> {
    let folder = paths::target().join("crates");
    if folder.exists() {
        fs::remove_dir_all(&folder)
            .with_context(|| format!("cannot empty {}", folder.display()))?;
    }
    // Without `--no-verify` cargo would build each of them from nothing, and the core three times; they are built together
    // below. Without the net: everything that they need was needed to build the workspace. A tree with changes can be
    // packed as well.
    let mut pack = toolbox.cargo();
    pack.args(["package", "--no-verify", "--offline", "--allow-dirty"]);
    for package in PACKAGES {
        pack.args(["--package", package]);
    }
    if !log(&mut pack, file)? || !unpack(&folder, file)? {
        return Ok(false);
    }
    set_up(&folder)?;
    used(toolbox, &folder, file)
}

/// Unpacks all of them into the folder.
fn unpack(folder: &Path, file: &Path) -> anyhow::Result<bool> {
    fs::create_dir_all(folder).with_context(|| format!("cannot create {}", folder.display()))?;
    for package in PACKAGES {
        let packed = paths::target().join(format!("package/{package}-{VERSION}.crate"));
        let mut tar = command("tar");
        tar.arg("-xzf").arg(packed).arg("-C").arg(folder);
        if !log(&mut tar, file)? {
            return Ok(false);
        }
    }
    Ok(true)
}

/// A workspace around them and the example: what cargo would fetch from a registry lies beside it.
fn set_up(folder: &Path) -> anyhow::Result<()> {
    let members = PACKAGES
        .iter()
        .map(|package| format!("\"{package}-{VERSION}\", "))
        .collect::<String>();
    let patches = PACKAGES
        .iter()
        .map(|package| format!("{package} = {{ path = \"{package}-{VERSION}\" }}\n"))
        .collect::<String>();
    let workspace = format!(
        "[workspace]\nmembers = [{members}\"{PROJECT}\"]\nresolver = \"3\"\n\n[patch.crates-io]\n{patches}"
    );
    write(&folder.join("Cargo.toml"), &workspace)?;
    // The same versions as here: those are on this machine.
    let lock = paths::root().join("Cargo.lock");
    write(&folder.join("Cargo.lock"), &read(&lock)?)?;
    let project = folder.join(PROJECT);
    copy(&paths::root().join("examples").join(PROJECT), &project)?;
    let manifest = project.join("Cargo.toml");
    let text = read(&manifest)?;
    let published = text.replace(", path = \"../..\"", "");
    if published == text {
        bail!("the example does not name the folder of the core as this task expects it");
    }
    write(&manifest, &published)
}

/// The example's tests, the scenario on the front page of the core's documentation, and the command.
fn used(toolbox: &Toolbox, folder: &Path, file: &Path) -> anyhow::Result<bool> {
    let scenario = format!("{PROJECT}/tests/crash.lab");
    let transcript = paths::root().join(TRANSCRIPT);
    let transcript = transcript.to_string_lossy();
    let program = ["run", "--offline", "--package", "offset-lab-cli", "--"];
    let calls: [&[&str]; 4] = [
        &["test", "--offline", "--package", PROJECT],
        &["test", "--offline", "--package", "offset-lab", "--doc"],
        &[&program[..], &["run", &scenario]].concat(),
        &[&program[..], &["conform", &transcript]].concat(),
    ];
    for call in calls {
        let mut cargo = toolbox.cargo();
        cargo.args(call).current_dir(folder);
        // Kept when the folder is emptied: what they depend on need not be built anew.
        cargo.env("CARGO_TARGET_DIR", paths::target().join("crates-built"));
        if !log(&mut cargo, file)? {
            return Ok(false);
        }
    }
    Ok(true)
}

fn read(path: &Path) -> anyhow::Result<String> {
    fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))
}

fn write(path: &Path, text: &str) -> anyhow::Result<()> {
    fs::write(path, text).with_context(|| format!("cannot write {}", path.display()))
}
