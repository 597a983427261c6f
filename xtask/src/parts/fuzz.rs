//! The part that fuzzes: every target for a short while, without a finding. It must not know the targets.

use std::path::Path;

use anyhow::{Context, bail};

use crate::command::{log, read};
use crate::paths;
use crate::setup::Toolbox;

/// How long one target runs in the gate.
const SECONDS: u32 = 60;

/// Fuzzes all targets, one after the other.
pub(super) fn all(toolbox: &Toolbox, file: &Path) -> anyhow::Result<bool> {
    let mut list = toolbox.tool("cargo-fuzz");
    let targets = read(list.args(["fuzz", "list"])).context("cannot list the fuzz targets")?;
    if targets.trim().is_empty() {
        bail!("there are no fuzz targets");
    }
    let mut passed = true;
    for target in targets.split_whitespace() {
        // Fuzzing by edits needs something to edit: every scenario there is.
        let corpus = paths::target().join("fuzz-corpus").join(target);
        std::fs::create_dir_all(&corpus)
            .with_context(|| format!("cannot create {}", corpus.display()))?;
        let mut fuzz = toolbox.tool("cargo-fuzz");
        fuzz.args(["fuzz", "run", "--sanitizer", "none", target])
            .arg(&corpus);
        for seeds in ["fuzz/seeds", "tests/scenarios", "lessons"] {
            let seeds = paths::root().join(seeds);
            if seeds.is_dir() {
                fuzz.arg(seeds);
            }
        }
        // A text that takes longer than a few seconds is a finding too.
        fuzz.args(["--", "-timeout=20", "-print_final_stats=1"]);
        fuzz.arg(format!("-max_total_time={SECONDS}"));
        passed &= log(&mut fuzz, file)?;
    }
    Ok(passed)
}
