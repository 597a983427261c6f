//! Where things are: the project, its output, the cache of its tools. Pure names; nothing is created here.

use std::env;
use std::path::{Path, PathBuf};

use anyhow::Context;

use crate::setup::versions;

/// The root of this checkout.
pub(crate) fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .expect("xtask lies inside the project")
}

/// Where cargo puts what it builds.
pub(crate) fn target() -> PathBuf {
    match env::var_os("CARGO_TARGET_DIR") {
        Some(directory) => root().join(directory),
        None => root().join("target"),
    }
}

/// The built page.
pub(crate) fn dist() -> PathBuf {
    root().join("dist")
}

/// The project's folder for tools under the user's cache directory; it outlives a checkout and is shared by all.
pub(crate) fn cache() -> anyhow::Result<PathBuf> {
    let user = match env::var_os("XDG_CACHE_HOME").map(PathBuf::from) {
        Some(directory) if directory.is_absolute() => directory,
        _ => env::home_dir()
            .filter(|home| !home.as_os_str().is_empty())
            .context("no cache folder: neither XDG_CACHE_HOME nor HOME is set; set one of them")?
            .join(".cache"),
    };
    Ok(user.join("offset-lab").join(versions::folder()))
}
