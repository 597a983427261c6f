//! The folders of this machine that nothing which is shipped may name: where it was built is nobody's business, and the
//! same sources are to give the same file everywhere. It must not know what is built.

use std::env;
use std::fs;
use std::path::PathBuf;

use anyhow::{Context, bail};

use crate::paths;

/// Flags of the compiler that take the machine's folders out of the places that panics tell. `sources` is where the
/// standard library's may be, and what its compiler calls that folder on a machine that does not have them.
pub(crate) fn remapped(sources: (PathBuf, String)) -> anyhow::Result<String> {
    let mut flags = vec![flag(&paths::root().to_string_lossy(), ".")?];
    if sources.0.is_dir() {
        flags.push(flag(&sources.0.to_string_lossy(), &sources.1)?);
    }
    let registry = cargo_home()?.join("registry/src");
    if !registry.is_dir() {
        return Ok(flags.join(" "));
    }
    let entries =
        fs::read_dir(&registry).with_context(|| format!("cannot read {}", registry.display()))?;
    for entry in entries {
        let folder = entry.with_context(|| format!("cannot read {}", registry.display()))?;
        flags.push(flag(&folder.path().to_string_lossy(), "")?);
    }
    Ok(flags.join(" "))
}

fn flag(from: &str, to: &str) -> anyhow::Result<String> {
    if from.contains(char::is_whitespace) {
        bail!(
            "cargo cannot be told of the folder `{from}`, which has a space in it: move it elsewhere"
        );
    }
    Ok(format!("--remap-path-prefix={from}={to}"))
}

/// The folders: the home, cargo's, the project's.
pub(crate) fn folders() -> Vec<PathBuf> {
    let all = [
        env::home_dir(),
        cargo_home().ok(),
        Some(paths::root().to_path_buf()),
    ];
    // A home that is the root of the file system is in every path.
    all.into_iter()
        .flatten()
        .filter(|folder| folder.parent().is_some())
        .collect()
}

/// The first of these folders whose path stands in a file.
pub(crate) fn found_in(bytes: &[u8], folders: &[PathBuf]) -> Option<String> {
    let paths = folders.iter().map(|folder| folder.to_string_lossy());
    let mut found = paths.filter(|path| {
        let path = [path.as_bytes(), b"/"].concat();
        bytes.windows(path.len()).any(|window| window == path)
    });
    found.next().map(std::borrow::Cow::into_owned)
}

fn cargo_home() -> anyhow::Result<PathBuf> {
    match env::var_os("CARGO_HOME").map(PathBuf::from) {
        Some(folder) if folder.is_absolute() => Ok(folder),
        _ => env::home_dir()
            .map(|home| home.join(".cargo"))
            .context("no folder of cargo's: neither CARGO_HOME nor HOME is set; set one of them"),
    }
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use super::{flag, found_in};

    #[test]
    fn a_folder_is_found_wherever_its_path_stands() {
        let folders = [PathBuf::from("/home/ann"), PathBuf::from("/src/lab")];
        assert_eq!(found_in(b"\0/home/anna/x/src/laboratory\0", &folders), None);
        let found = found_in(b"\0at /src/lab/www/src/lib.rs", &folders);
        assert_eq!(found.as_deref(), Some("/src/lab"));
    }

    #[test]
    fn a_folder_with_a_space_is_refused() {
        assert!(flag("/home/ann", "").is_ok());
        assert!(flag("/home/ann lee", "").is_err());
    }
}
