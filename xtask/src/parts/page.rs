//! The parts that need a browser. They must not know what the page shows.

use std::ffi::OsStr;
use std::path::Path;

use anyhow::{Context, bail};

use super::Run;
use crate::command::{find, log};
use crate::paths;
use crate::setup::Toolbox;
use crate::{crates, packages, sites, size};

/// The tests of the package in `folder`, run by wasm-pack.
pub(super) fn in_browser(toolbox: &Toolbox, file: &Path, folder: &Path) -> anyhow::Result<bool> {
    let driver = find("chromedriver").context("chromedriver is missing: cargo xtask setup")?;
    log(
        toolbox
            .tool("wasm-pack")
            .args([
                "test",
                "--headless",
                "--chrome",
                "--mode",
                "no-install",
                "--chromedriver",
            ])
            .arg(driver)
            .arg(folder)
            .env(
                "WASM_BINDGEN_TEST_WEBDRIVER_JSON",
                paths::root().join("webdriver.json"),
            ),
        file,
    )
}

/// The weight of the built app. Without wasm-opt it says nothing: that is no pass.
pub(super) fn size(run: &mut Run, file: &Path) -> anyhow::Result<bool> {
    if run.toolbox.wasm_opt().is_none() {
        bail!(
            "wasm-opt is missing, and with it the size that is shipped: install npm, then `cargo xtask setup`"
        );
    }
    let said = size::check(run.dist(file)?)?;
    std::fs::write(file, said).with_context(|| format!("cannot write {}", file.display()))?;
    Ok(true)
}

/// The built page, as a person uses it.
pub(super) fn end_to_end(run: &mut Run, file: &Path) -> anyhow::Result<bool> {
    Ok(drive(run, file, "harness", &[])? && drive(run, file, "page", &[])?)
}

/// The element in sites that other tools made.
pub(super) fn sites(run: &mut Run, file: &Path) -> anyhow::Result<bool> {
    let dist = run.dist(file)?.to_path_buf();
    if !sites::integrations(&run.toolbox, file)? {
        return Ok(false);
    }
    let sites = sites::build(&run.toolbox, &dist, file)?;
    drive(
        run,
        file,
        "sites",
        &[("OFFSET_LAB_SITES", sites.as_os_str())],
    )
}

/// The packages in projects of their own.
pub(super) fn packages(run: &mut Run, file: &Path) -> anyhow::Result<bool> {
    if !crates::check(&run.toolbox, file)? {
        return Ok(false);
    }
    let dist = run.dist(file)?.to_path_buf();
    packages::check(&run.toolbox, &dist, file)
}

/// The built page against the accessibility rules.
pub(super) fn axe(run: &mut Run, file: &Path) -> anyhow::Result<bool> {
    let rules = run.toolbox.axe();
    drive(run, file, "axe", &[("OFFSET_LAB_AXE", rules.as_os_str())])
}

/// Builds the page and runs one of the test programs that drive it.
fn drive(
    run: &mut Run,
    file: &Path,
    test: &str,
    variables: &[(&str, &OsStr)],
) -> anyhow::Result<bool> {
    let dist = run.dist(file)?.to_path_buf();
    log(
        run.toolbox
            .cargo()
            .args([
                "test",
                "--quiet",
                "--package",
                "offset-lab-e2e",
                "--test",
                test,
            ])
            .env("OFFSET_LAB_DIST", dist)
            // An error of a test says what was expected; where it was made is noise.
            .env("RUST_LIB_BACKTRACE", "0")
            .envs(variables.iter().copied()),
        file,
    )
}
