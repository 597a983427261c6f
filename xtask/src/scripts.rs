//! Makes the scripts that a page waits for smaller: without comments, with short names inside. It must not know what they do.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::Context;

use crate::command::read;
use crate::dist::Module;
use crate::setup::Toolbox;

/// The element and what loads the WebAssembly files.
fn all(dist: &Path) -> Vec<PathBuf> {
    let mut all = vec![dist.join("offset-lab.js")];
    all.extend(Module::ALL.map(|module| module.script(dist)));
    all
}

/// Makes them smaller, where there is what does it.
pub(crate) fn smaller(toolbox: &Toolbox, dist: &Path) -> anyhow::Result<String> {
    let (mut before, mut after) = (0, 0);
    for file in all(dist) {
        let Some(mut terser) = toolbox.terser() else {
            return Ok("left out: there is no terser".to_owned());
        };
        let bytes = |file: &Path| {
            let metadata =
                fs::metadata(file).with_context(|| format!("cannot read {}", file.display()))?;
            anyhow::Ok(metadata.len())
        };
        before += bytes(&file)?;
        let smaller = file.with_extension("smaller");
        terser.args(["--module", "--compress", "passes=2", "--mangle", "--output"]);
        read(terser.arg(&smaller).arg("--").arg(&file))?;
        fs::rename(&smaller, &file)
            .with_context(|| format!("cannot replace {}", file.display()))?;
        after += bytes(&file)?;
    }
    Ok(format!("{before} bytes became {after}"))
}
