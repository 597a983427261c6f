//! Tells the service worker which files the app has and which version they are, so that it can keep them. It must not
//! know what the files are for, but those that only other pages need.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use anyhow::{Context, bail};
use sha2::{Digest, Sha256};

use crate::dist::files;
use crate::inline;

/// The service worker, among the built files.
const WORKER: &str = "sw.js";
/// What it is told, as it stands in the sources.
const VERSION: &str = "const VERSION = \"development\";\n";
const FILES: &str = "const FILES = [];\n";
/// The page: servers have it under the address of its folder, too, and some only there.
const PAGE: &str = "index.html";
/// What only other pages load, or nobody who is offline.
const OTHERS: &[&str] = &[
    WORKER,
    "embed.css",
    "embed.html",
    "embed.js",
    "offset-lab-fences.js",
    "offset-lab.d.ts",
    "oembed.json",
    "resize.js",
    inline::FILE,
];

/// Writes files and version into the built service worker.
pub(crate) fn write(dist: &Path) -> anyhow::Result<()> {
    let mut hash = Sha256::new();
    let mut names = Vec::new();
    for file in files(dist)? {
        let name = file.strip_prefix(dist).context("it lies in that folder")?;
        let name = name.to_string_lossy().replace('\\', "/");
        if OTHERS.contains(&name.as_str()) || name.starts_with("oembed/") {
            continue;
        }
        let bytes = fs::read(&file).with_context(|| format!("cannot read {}", file.display()))?;
        hash.update(format!("{name} {}\n", bytes.len()));
        hash.update(&bytes);
        names.push(name);
    }
    let mut version = String::new();
    for byte in &hash.finalize()[..8] {
        let _ = write!(version, "{byte:02x}");
    }
    let worker = dist.join(WORKER);
    let text =
        fs::read_to_string(&worker).with_context(|| format!("cannot read {}", worker.display()))?;
    let text = told(&text, &version, &names)?;
    fs::write(&worker, text).with_context(|| format!("cannot write {}", worker.display()))
}

fn told(worker: &str, version: &str, names: &[String]) -> anyhow::Result<String> {
    if !worker.contains(VERSION) || !worker.contains(FILES) {
        bail!("sw.js has no lines for version and files");
    }
    let addresses = names.iter().map(|name| match name.as_str() {
        PAGE => inline::quoted("./"),
        name => inline::quoted(&format!("./{name}")),
    });
    let addresses = addresses.collect::<Vec<_>>().join(", ");
    Ok(worker
        .replace(VERSION, &format!("const VERSION = \"{version}\";\n"))
        .replace(FILES, &format!("const FILES = [{addresses}];\n")))
}

#[cfg(test)]
mod tests {
    use super::told;

    #[test]
    fn the_worker_in_the_sources_has_the_lines_that_are_filled_in() {
        let worker = include_str!("../../www/static/sw.js");
        let names = ["index.html".to_owned(), "lessons/a.lab".to_owned()];
        let text = told(worker, "12ab", &names).expect("it has both");
        assert!(text.contains("\nconst VERSION = \"12ab\";\n"));
        assert!(text.contains("\nconst FILES = [\"./\", \"./lessons/a.lab\"];\n"));
        assert!(told("", "12ab", &names).is_err());
    }
}
