//! The checks of structure: what the project promises about its own shape, as a test. They read sources as
//! tokens; they must not know what the code does.

mod chains;
mod circles;
mod dependencies;
mod documents;
mod families;
mod headers;
mod inventory;
mod layers;
mod limits;
mod modules;
mod rules;
mod source;
mod surface;

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use anyhow::Context;

use crate::paths;
use crate::setup::Toolbox;

/// Runs all checks; whether nothing was found. What was found is in the file `log`.
pub(crate) fn part(toolbox: &Toolbox, log: &Path) -> anyhow::Result<bool> {
    let root = paths::root();
    let mut found = findings(root)?;
    found.extend(dependencies::check(toolbox.cargo())?);
    let mut text = String::new();
    for finding in &found {
        let _ = writeln!(text, "{finding}");
    }
    fs::write(log, text).with_context(|| format!("cannot write {}", log.display()))?;
    Ok(found.is_empty())
}

/// What the sources alone show, one line each: file, line, what, what instead.
fn findings(root: &Path) -> anyhow::Result<Vec<String>> {
    let sources = inventory::sources(root)?;
    let ratchet = fs::read_to_string(root.join(limits::RATCHET))
        .with_context(|| format!("cannot read {}", limits::RATCHET))?;
    let chains = fs::read_to_string(root.join(chains::LIST))
        .with_context(|| format!("cannot read {}", chains::LIST))?;
    let mut found = Vec::new();
    for source in &sources {
        found.extend(headers::check(source));
        found.extend(surface::check(source));
    }
    found.extend(documents::check(root)?);
    found.extend(circles::check(&sources));
    found.extend(families::check(&sources));
    found.extend(layers::check(&sources));
    found.extend(limits::check(&sources, &ratchet));
    found.extend(rules::check(&sources));
    found.extend(chains::check(&sources, &chains));
    Ok(found)
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_project_is_in_order() {
        let found = super::findings(crate::paths::root()).expect("the sources can be read");
        assert!(found.is_empty(), "\n{}", found.join("\n"));
    }
}
