//! rustfmt and clippy of the chosen toolchain. It must not know what they check.

use std::path::Path;

use anyhow::{Context, bail};

use super::toolchain::Toolchain;
use super::{debian, versions};
use crate::command::{command, find, read};

/// Both, if they are there.
pub(super) fn found(toolchain: Toolchain) -> Option<String> {
    present(toolchain).then(|| "found: rustfmt, clippy".to_owned())
}

/// Installs what is missing.
pub(super) fn install(toolchain: Toolchain) -> anyhow::Result<String> {
    match toolchain {
        Toolchain::Debian => {
            debian::install_or_say("rustfmt or clippy", versions::DEBIAN_CHECKS)?;
            Ok("installed rustfmt, clippy from Debian's packages".to_owned())
        }
        Toolchain::OnPath if find("rustup").is_some() => {
            read(command("rustup").args(["component", "add", "rustfmt", "clippy"])).context(
                "rustfmt or clippy is missing; `rustup component add rustfmt clippy` installs them",
            )?;
            Ok("installed rustfmt, clippy by rustup".to_owned())
        }
        Toolchain::OnPath => {
            bail!("rustfmt or clippy is missing: install them where this Rust came from")
        }
    }
}

fn present(toolchain: Toolchain) -> bool {
    match toolchain {
        // rustup puts a proxy on the path for tools that it has not installed: only running them tells.
        Toolchain::OnPath => ["fmt", "clippy"]
            .iter()
            .all(|tool| read(command(toolchain.cargo()).args([tool, "--version"])).is_ok()),
        Toolchain::Debian => ["/usr/bin/cargo-fmt", "/usr/bin/cargo-clippy"]
            .iter()
            .all(|program| Path::new(program).is_file()),
    }
}
