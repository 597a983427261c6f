//! Debian's packages: which are missing, how they are installed. It must not know what they are for.

use anyhow::{Context, bail};

use crate::command::{command, find, line, read, show};
use crate::report;

/// Whether this user may install packages.
pub(super) fn is_root() -> bool {
    read(command("id").arg("-u")).is_ok_and(|user| user.trim() == "0")
}

/// Those of `packages` that are not installed.
pub(super) fn missing(packages: &[&'static str]) -> Vec<&'static str> {
    let installed = |package: &str| {
        read(command("dpkg-query").args(["-W", "-f=${db:Status-Abbrev}", package]))
            .is_ok_and(|status| status.starts_with("ii"))
    };
    packages
        .iter()
        .copied()
        .filter(|package| !installed(package))
        .collect()
}

/// The command that installs `packages`.
pub(super) fn install_line(packages: &[&str]) -> String {
    format!(
        "apt-get install --no-install-recommends {}",
        packages.join(" ")
    )
}

/// Installs `packages`; does nothing where there are none.
pub(super) fn install(packages: &[&str]) -> anyhow::Result<()> {
    if packages.is_empty() {
        return Ok(());
    }
    report::begin("packages", &install_line(packages));
    let mut update = command("apt-get");
    show(update.args(["update", "-qq"])).context("cannot read Debian's package lists")?;
    let mut install = command("apt-get");
    install
        .env("DEBIAN_FRONTEND", "noninteractive")
        .args(["install", "-qq", "--yes", "--no-install-recommends"])
        .args(packages);
    read(&mut install).with_context(|| {
        format!(
            "this system's packages lack some of what is needed; tried `{}`",
            line(&install)
        )
    })?;
    Ok(())
}

/// Installs `packages` where this user may, else fails with the command that an administrator can run.
pub(super) fn install_or_say(what: &str, packages: &[&str]) -> anyhow::Result<()> {
    if find("apt-get").is_none() {
        bail!("{what} is missing. Install it with this system's package manager, then start again");
    }
    if !is_root() {
        bail!(
            "{what} is missing. Run, then start again:\n  sudo {}",
            install_line(packages)
        );
    }
    install(packages).with_context(|| format!("{what} is missing"))
}
