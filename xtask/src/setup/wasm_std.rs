//! Builds the standard library for wasm32 from Debian's sources, once for each version of its compiler:
//! Debian has the compiler's backend but no package of this library. It must not know the project.

use std::fs;
use std::path::Path;

use anyhow::{Context, bail};

use super::toolchain::{TARGET, Toolchain};
use crate::command::{command, read, show};
use crate::{paths, report};

/// Beside the library: the version of the compiler that built it.
const STAMP: &str = "built-by-offset-lab.txt";

/// Whether the installed library belongs to the installed compiler. One without our stamp is somebody else's
/// and trusted.
pub(super) fn is_current() -> anyhow::Result<bool> {
    let stamp = Toolchain::Debian.library()?.join(STAMP);
    match fs::read_to_string(stamp) {
        Ok(built_by) => Ok(built_by == compiler()?),
        Err(_) => Ok(true),
    }
}

/// Builds and installs it; takes root and about a minute.
pub(super) fn install() -> anyhow::Result<()> {
    report::begin(
        "wasm32 target",
        "building its standard library from Debian's sources",
    );
    let scratch = paths::cache()?.join("build/std");
    build(&scratch)?;
    let library = Toolchain::Debian.library()?;
    if library.exists() {
        fs::remove_dir_all(&library)
            .with_context(|| format!("cannot replace {}", library.display()))?;
    }
    fs::create_dir_all(&library).with_context(|| format!("cannot create {}", library.display()))?;
    let built = scratch.join("target").join(TARGET).join("release/deps");
    let mut copied = 0;
    for file in fs::read_dir(&built).with_context(|| format!("cannot read {}", built.display()))? {
        let file = file
            .with_context(|| format!("cannot read {}", built.display()))?
            .path();
        let name = file
            .file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        if name.ends_with(".rlib") && !name.contains("offset_lab_scratch") {
            fs::copy(&file, library.join(&name))
                .with_context(|| format!("cannot write {}", library.join(&name).display()))?;
            copied += 1;
        }
    }
    if copied == 0 {
        bail!(
            "the build of the standard library left nothing in {}",
            built.display()
        );
    }
    let stamp = library.join(STAMP);
    fs::write(&stamp, compiler()?).with_context(|| format!("cannot write {}", stamp.display()))?;
    // What was built against the former library does not fit this one ("can't find crate").
    let stale = paths::target().join(TARGET);
    if stale.exists() {
        fs::remove_dir_all(&stale).with_context(|| format!("cannot remove {}", stale.display()))?;
    }
    Ok(())
}

/// `embed-bitcode`, or link-time optimisation of what uses it fails; `test`, or test builds do.
fn build(scratch: &Path) -> anyhow::Result<()> {
    let manifest = "[package]\nname = \"offset_lab_scratch\"\nversion = \"0.0.0\"\nedition = \"2024\"\n[workspace]\n";
    let source = "//! Nothing: only what it is built with is wanted.\n#![no_std]\n";
    fs::create_dir_all(scratch.join("src"))
        .and_then(|()| fs::write(scratch.join("Cargo.toml"), manifest))
        .and_then(|()| fs::write(scratch.join("src/lib.rs"), source))
        .with_context(|| format!("cannot write {}", scratch.display()))?;
    show(
        command(Toolchain::Debian.cargo())
            .current_dir(scratch)
            .env("PATH", crate::command::path_with(&[Path::new("/usr/bin")]))
            .env("RUSTC", Toolchain::Debian.rustc())
            .env("RUSTC_BOOTSTRAP", "1")
            .env("RUSTFLAGS", "-Cembed-bitcode=yes")
            .env("CARGO_TARGET_DIR", scratch.join("target"))
            .args(["build", "--quiet", "--release", "--target", TARGET])
            .args(["-Z", "build-std=std,panic_abort,test"]),
    )
}

fn compiler() -> anyhow::Result<String> {
    read(command(Toolchain::Debian.rustc()).arg("-vV"))
}
