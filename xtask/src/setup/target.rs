//! Finds or installs the wasm32 target: rustup's where it has it or can download it, else Debian's.
//! It must not know what is built.

use std::path::Path;

use anyhow::{Context, bail};

use super::toolchain::{TARGET, Toolchain};
use super::{debian, versions, wasm_std};
use crate::command::{command, find, read};
use crate::report;

/// The toolchain that has it, and what to say about it.
pub(super) fn found() -> anyhow::Result<Option<(Toolchain, String)>> {
    if Toolchain::OnPath.has_target() {
        return Ok(Some((Toolchain::OnPath, said(Toolchain::OnPath)?)));
    }
    let debian = Path::new(Toolchain::Debian.rustc()).exists();
    if debian && Toolchain::Debian.has_target() && wasm_std::is_current()? {
        return Ok(Some((Toolchain::Debian, said(Toolchain::Debian)?)));
    }
    Ok(None)
}

/// Installs it.
pub(super) fn install() -> anyhow::Result<(Toolchain, String)> {
    let refused = match by_rustup() {
        Ok(()) => {
            return Ok((
                Toolchain::OnPath,
                installed(Toolchain::OnPath, "by rustup")?,
            ));
        }
        Err(refused) => refused,
    };
    report::begin(
        "wasm32 target",
        &format!("rustup cannot add it ({refused}); Debian's way"),
    );
    by_debian().with_context(|| {
        format!("the target {TARGET} is missing and rustup could not add it ({refused})")
    })?;
    Ok((
        Toolchain::Debian,
        installed(Toolchain::Debian, "from Debian's packages")?,
    ))
}

fn said(toolchain: Toolchain) -> anyhow::Result<String> {
    let whose = match toolchain {
        Toolchain::OnPath => "",
        Toolchain::Debian => ", Debian's",
    };
    Ok(format!("found: {}{whose}", toolchain.version()?))
}

fn installed(toolchain: Toolchain, how: &str) -> anyhow::Result<String> {
    Ok(format!("installed {how}: {}", toolchain.version()?))
}

/// Asks rustup; an error is one line with its reason.
fn by_rustup() -> Result<(), String> {
    if find("rustup").is_none() {
        return Err("there is no rustup".to_owned());
    }
    report::begin("wasm32 target", &format!("rustup target add {TARGET}"));
    match read(command("rustup").args(["target", "add", TARGET])) {
        Ok(_) if Toolchain::OnPath.has_target() => Ok(()),
        Ok(_) => {
            Err("it added the target to another toolchain than the one on the path".to_owned())
        }
        Err(error) => {
            let text = error.to_string();
            let reason = text.lines().find(|line| line.starts_with("error"));
            Err(reason
                .unwrap_or("it failed")
                .trim_start_matches("error: ")
                .to_owned())
        }
    }
}

fn by_debian() -> anyhow::Result<()> {
    if find("apt-get").is_none() {
        bail!("Run `rustup target add {TARGET}` with a network connection, then start again");
    }
    let missing = debian::missing(versions::DEBIAN_TARGET);
    if !debian::is_root() {
        let mut commands = Vec::new();
        if !missing.is_empty() {
            commands.push(format!("sudo {}", debian::install_line(&missing)));
        }
        let this = std::env::current_exe().context("cannot name this program")?;
        commands.push(format!("sudo {} setup --only target", this.display()));
        bail!(
            "Installing it from Debian's packages takes root. Run:\n  {}",
            commands.join("\n  ")
        );
    }
    debian::install(&missing)?;
    wasm_std::install()
}
