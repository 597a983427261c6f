//! Builds the documentation sites of `e2e/sites`, each with the tool that it is for, by the integrations of this checkout
//! and with the built app beside its pages. It must not know what the pages say.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, bail};

use crate::command::{find, log, path_with};
use crate::dist::{copy, copy_file};
use crate::paths;
use crate::setup::Toolbox;

/// A site, by the tool that makes it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Site {
    Mdbook,
    Sphinx,
    Mkdocs,
    Docusaurus,
}

/// Where every tool puts the site.
const BUILT: &str = "built";
/// The integrations that are packages of Python and of npm.
const PYTHON: &str = "integrations/python";
const REMARK: &str = "integrations/remark";
/// Where Node looks for packages.
const MODULES: &str = "node_modules";

impl Site {
    const ALL: &[Self] = &[Self::Mdbook, Self::Sphinx, Self::Mkdocs, Self::Docusaurus];

    /// Its folder in `e2e/sites`.
    fn name(self) -> &'static str {
        match self {
            Self::Mdbook => "mdbook",
            Self::Sphinx => "sphinx",
            Self::Mkdocs => "mkdocs",
            Self::Docusaurus => "docusaurus",
        }
    }

    /// Where the built app lies among its sources, so that the tool takes it along.
    fn app(self) -> &'static str {
        match self {
            Self::Mdbook => "src/offset-lab",
            Self::Sphinx => "_static/offset-lab",
            Self::Mkdocs => "docs/offset-lab",
            Self::Docusaurus => "static/offset-lab",
        }
    }

    /// Files of the app that the tool wants somewhere else, too.
    fn apart(self) -> &'static [(&'static str, &'static str)] {
        match self {
            // What `additional-js` names lies at the root of a book, and has the same address as below `src`.
            Self::Mdbook => &[("offset-lab-fences.js", "offset-lab/offset-lab-fences.js")],
            Self::Sphinx | Self::Mkdocs | Self::Docusaurus => &[],
        }
    }

    /// The tool and what it is told: a warning is an error.
    fn call(self) -> (&'static str, &'static [&'static str]) {
        match self {
            Self::Mdbook => ("mdbook", &["build", "--dest-dir", BUILT]),
            Self::Sphinx => (
                "sphinx-build",
                &["--fail-on-warning", "--quiet", ".", BUILT],
            ),
            Self::Mkdocs => ("mkdocs", &["build", "--strict", "--site-dir", BUILT]),
            Self::Docusaurus => ("docusaurus", &["build", "--out-dir", BUILT]),
        }
    }
}

/// Builds all of them: the folder that holds, of each, `NAME/built`.
pub(crate) fn build(toolbox: &Toolbox, dist: &Path, file: &Path) -> anyhow::Result<PathBuf> {
    let cli = ["build", "--quiet", "--package", "offset-lab-cli"];
    if !log(toolbox.cargo().args(cli), file)? {
        bail!("the command line does not build");
    }
    let all = paths::target().join("sites");
    if all.exists() {
        fs::remove_dir_all(&all).with_context(|| format!("cannot empty {}", all.display()))?;
    }
    // Beside the sites, as in a workspace of npm's.
    fs::create_dir_all(&all).with_context(|| format!("cannot create {}", all.display()))?;
    link(&toolbox.npm_of_sites(), &all.join(MODULES))?;
    for site in Site::ALL {
        let folder = all.join(site.name());
        prepare(*site, dist, &folder)?;
        let mut call = call(toolbox, site.call())?;
        if !log(call.current_dir(&folder), file)? {
            bail!("the site {} does not build", site.name());
        }
    }
    Ok(all)
}

/// The integrations' own tests.
pub(crate) fn integrations(toolbox: &Toolbox, file: &Path) -> anyhow::Result<bool> {
    let mut python = call(
        toolbox,
        ("python3", &["-m", "unittest", "discover", "-s", "tests"]),
    )?;
    let python = log(python.current_dir(paths::root().join(PYTHON)), file)?;
    let mut node = call(toolbox, ("node", &["--test", "test"]))?;
    Ok(log(node.current_dir(paths::root().join(REMARK)), file)? && python)
}

/// The site's sources and the built app in a folder of their own.
fn prepare(site: Site, dist: &Path, folder: &Path) -> anyhow::Result<()> {
    copy(&paths::root().join("e2e/sites").join(site.name()), folder)?;
    copy(dist, &folder.join(site.app()))?;
    for (from, to) in site.apart() {
        copy_file(&dist.join(from), &folder.join(to))?;
    }
    if site == Site::Docusaurus {
        let package = folder.join(MODULES).join("remark-offset-lab");
        copy(&paths::root().join(REMARK), &package)?;
    }
    Ok(())
}

/// A call of a tool, which finds the command line and the integrations of this checkout.
fn call(toolbox: &Toolbox, (program, arguments): (&str, &[&str])) -> anyhow::Result<Command> {
    let mut folders = toolbox.of_sites();
    let tool = folders.iter().map(|folder| folder.join(program));
    let tool = tool.into_iter().find(|tool| tool.is_file());
    let tool = tool
        .or_else(|| find(program))
        .with_context(|| format!("{program} is missing: cargo xtask setup"))?;
    folders.insert(0, paths::target().join("debug"));
    let folders: Vec<&Path> = folders.iter().map(PathBuf::as_path).collect();
    let mut call = toolbox.tool(&tool.to_string_lossy());
    call.args(arguments)
        .env("PATH", path_with(&folders))
        .env("PYTHONPATH", paths::root().join(PYTHON))
        .env("PYTHONDONTWRITEBYTECODE", "1")
        // Nothing is told to anybody about this build.
        .env("DOCUSAURUS_NO_TELEMETRY", "1")
        .env("NO_UPDATE_NOTIFIER", "1");
    Ok(call)
}

#[cfg(unix)]
fn link(folder: &Path, name: &Path) -> anyhow::Result<()> {
    std::os::unix::fs::symlink(folder, name)
        .with_context(|| format!("cannot link {}", name.display()))
}

#[cfg(not(unix))]
fn link(folder: &Path, name: &Path) -> anyhow::Result<()> {
    copy(folder, name)
}
