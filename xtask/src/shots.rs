//! Pictures of the page for people to look at. It must not know what is on them.

use anyhow::Context;

use crate::command::show;
use crate::setup::{self, Need};
use crate::{build, paths};

/// `cargo xtask shots`.
pub(crate) fn run() -> anyhow::Result<()> {
    let dist = build::run(None)?;
    let toolbox = setup::ready(&[Need::Target, Need::Browser])?;
    let folder = paths::target().join("shots");
    std::fs::create_dir_all(&folder)
        .with_context(|| format!("cannot create {}", folder.display()))?;
    show(
        toolbox
            .cargo()
            .args([
                "run",
                "--quiet",
                "--package",
                "offset-lab-e2e",
                "--bin",
                "shots",
                "--",
            ])
            .arg(&folder)
            .env("OFFSET_LAB_DIST", dist),
    )
}
