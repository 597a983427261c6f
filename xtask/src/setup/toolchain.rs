//! A Rust that builds for wasm32: how its programs are called, and what it has.

use std::fs;
use std::path::{Path, PathBuf};

use crate::command::{command, read};

/// What the app is built for.
pub(super) const TARGET: &str = "wasm32-unknown-unknown";

/// Where Debian's packages put their programs.
const DEBIAN_FOLDER: &str = "/usr/bin";

/// The Rust that serves for everything.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Toolchain {
    /// The one that is first on the search path, rustup's as a rule.
    OnPath,
    /// Debian's `rustc-web`, which comes with a backend for wasm32 but without the target's standard library.
    Debian,
}

impl Toolchain {
    /// How its cargo is called.
    pub(super) fn cargo(self) -> &'static str {
        match self {
            Self::OnPath => "cargo",
            Self::Debian => "/usr/bin/cargo",
        }
    }

    /// How its compiler is called.
    pub(super) fn rustc(self) -> &'static str {
        match self {
            Self::OnPath => "rustc",
            Self::Debian => "/usr/bin/rustc",
        }
    }

    /// The folder that has to be first on the search path, so that tools which call `cargo` get this one.
    pub(super) fn folder(self) -> Option<&'static Path> {
        match self {
            Self::OnPath => None,
            Self::Debian => Some(Path::new(DEBIAN_FOLDER)),
        }
    }

    /// Its standard library for wasm32: where it is or would be.
    pub(super) fn library(self) -> anyhow::Result<PathBuf> {
        let sysroot = read(command(self.rustc()).args(["--print", "sysroot"]))?;
        Ok(Path::new(sysroot.trim())
            .join("lib/rustlib")
            .join(TARGET)
            .join("lib"))
    }

    /// Where the sources of its standard library are or would be (rustup's `rust-src`), and what it calls that folder
    /// where they are not.
    pub(super) fn sources(self) -> anyhow::Result<(PathBuf, String)> {
        let sysroot = read(command(self.rustc()).args(["--print", "sysroot"]))?;
        let about = read(command(self.rustc()).arg("-vV"))?;
        let mut lines = about.lines();
        let commit = lines.find_map(|line| line.strip_prefix("commit-hash: "));
        let folder = Path::new(sysroot.trim()).join("lib/rustlib/src/rust");
        Ok((folder, format!("/rustc/{}", commit.unwrap_or("unknown"))))
    }

    /// Its version in words.
    pub(super) fn version(self) -> anyhow::Result<String> {
        let version = read(command(self.rustc()).arg("--version"))?;
        let number = version
            .split_whitespace()
            .nth(1)
            .unwrap_or("of unknown version");
        Ok(format!("rustc {number}"))
    }

    pub(super) fn has_target(self) -> bool {
        let library = self
            .library()
            .ok()
            .and_then(|folder| fs::read_dir(folder).ok());
        library.is_some_and(|files| {
            files
                .flatten()
                .any(|file| file.file_name().to_string_lossy().starts_with("libstd-"))
        })
    }
}
