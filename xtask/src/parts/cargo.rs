//! The parts that cargo does on this machine. It must not know what the packages are for.

use std::path::Path;

use crate::command::log;
use crate::setup::Toolbox;

/// What runs in a browser and therefore has to be clean for wasm32 too.
const IN_BROWSER: &[&str] = &["--package", "offset-lab", "--package", "offset-lab-www"];

/// Formatting; the log names the files that `cargo fmt --all` would change.
pub(super) fn format(toolbox: &Toolbox, file: &Path) -> anyhow::Result<bool> {
    log(
        toolbox
            .cargo()
            .args(["fmt", "--all", "--check", "--", "-l"]),
        file,
    )
}

/// Clippy, natively and for the browser.
pub(super) fn clippy(toolbox: &Toolbox, file: &Path) -> anyhow::Result<bool> {
    let deny = ["--", "-D", "warnings"];
    let native = log(
        toolbox
            .cargo()
            .args(["clippy", "--quiet", "--workspace", "--all-targets"])
            .args(deny),
        file,
    )?;
    let wasm = log(
        toolbox
            .cargo()
            .args([
                "clippy",
                "--quiet",
                "--all-targets",
                "--target",
                "wasm32-unknown-unknown",
            ])
            .args(IN_BROWSER)
            .args(deny),
        file,
    )?;
    Ok(native && wasm)
}

/// All tests that need no browser.
pub(super) fn native(toolbox: &Toolbox, file: &Path) -> anyhow::Result<bool> {
    log(
        toolbox.cargo().args([
            "test",
            "--quiet",
            "--no-fail-fast",
            "--workspace",
            "--exclude",
            "offset-lab-e2e",
        ]),
        file,
    )
}

/// Without the command line's package: its program has the name of the core's library, and cargo warns
/// that their pages collide.
pub(super) fn docs(toolbox: &Toolbox, file: &Path) -> anyhow::Result<bool> {
    log(
        toolbox.cargo().env("RUSTDOCFLAGS", "-D warnings").args([
            "doc",
            "--quiet",
            "--no-deps",
            "--workspace",
            "--exclude",
            "offset-lab-cli",
        ]),
        file,
    )
}
