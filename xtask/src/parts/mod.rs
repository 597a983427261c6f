//! The parts of the test task: runs them one after the other and says how each ended. It must not know
//! what they check.

mod cargo;
mod fuzz;
mod page;

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Instant;

use anyhow::Context;
use clap::ValueEnum;

use crate::setup::{self, Need, Toolbox};
use crate::{build, paths, report, tidy};

/// One line of the test task.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Part {
    /// Formatting is rustfmt's
    Format,
    /// The structure of the project: layers, dependencies, sizes, first lines
    Tidy,
    /// Clippy finds nothing: all packages, and those that run in a browser for wasm32
    Clippy,
    /// The tests of all packages on this machine
    Native,
    /// The documentation builds without a warning
    Docs,
    /// The core's tests in a browser, and those of a project that uses it
    CoreWasm,
    /// The app's tests in a browser
    WwwWasm,
    /// The built app is no larger than its limit
    Size,
    /// The built page from end to end in a browser, under a strict policy
    E2e,
    /// Documentation sites of other tools that hold the element, built by these tools and opened in a browser
    Sites,
    /// What npm and a registry of crates are to have can be packed, put into empty projects, compiled and run there
    Packages,
    /// The built page against the accessibility rules of axe-core
    Axe,
    /// Every fuzz target for a minute, without a finding
    Fuzz,
}

impl Part {
    fn name(self) -> String {
        self.to_possible_value()
            .map_or_else(String::new, |value| value.get_name().to_owned())
    }

    fn needs(self) -> &'static [Need] {
        match self {
            Self::Format | Self::Clippy => &[Need::Target, Need::Checks],
            Self::Fuzz => &[Need::Target, Need::Fuzz],
            Self::Tidy | Self::Native | Self::Docs => &[Need::Target],
            Self::CoreWasm | Self::WwwWasm => &[
                Need::Target,
                Need::WasmBindgen,
                Need::WasmPack,
                Need::Browser,
            ],
            Self::Size => setup::BUILD,
            Self::E2e => &[
                Need::Target,
                Need::WasmBindgen,
                Need::Trunk,
                Need::WasmOpt,
                Need::Terser,
                Need::Browser,
            ],
            Self::Sites => &[
                Need::Target,
                Need::WasmBindgen,
                Need::Trunk,
                Need::WasmOpt,
                Need::Terser,
                Need::Browser,
                Need::Mdbook,
                Need::Python,
                Need::Docusaurus,
            ],
            Self::Packages => &[
                Need::Target,
                Need::WasmBindgen,
                Need::Trunk,
                Need::WasmOpt,
                Need::Terser,
                Need::Typescript,
            ],
            Self::Axe => &[
                Need::Target,
                Need::WasmBindgen,
                Need::Trunk,
                Need::WasmOpt,
                Need::Terser,
                Need::Browser,
                Need::Axe,
            ],
        }
    }

    fn run(self, run: &mut Run, log: &Path) -> anyhow::Result<bool> {
        let toolbox = &run.toolbox;
        match self {
            Self::Format => cargo::format(toolbox, log),
            Self::Tidy => tidy::part(toolbox, log),
            Self::Clippy => cargo::clippy(toolbox, log),
            Self::Native => cargo::native(toolbox, log),
            Self::Docs => cargo::docs(toolbox, log),
            Self::CoreWasm => {
                let example = paths::root().join("examples/own-scenarios");
                Ok(page::in_browser(toolbox, log, paths::root())?
                    && page::in_browser(toolbox, log, &example)?)
            }
            Self::WwwWasm => page::in_browser(toolbox, log, &paths::root().join("www")),
            Self::Size => page::size(run, log),
            Self::E2e => page::end_to_end(run, log),
            Self::Sites => page::sites(run, log),
            Self::Packages => page::packages(run, log),
            Self::Axe => page::axe(run, log),
            Self::Fuzz => fuzz::all(toolbox, log),
        }
    }
}

/// What the parts of one run share.
struct Run {
    toolbox: Toolbox,
    /// The built page, once a part has needed it.
    dist: Option<PathBuf>,
}

impl Run {
    fn dist(&mut self, log: &Path) -> anyhow::Result<&Path> {
        let dist = match self.dist.take() {
            Some(dist) => dist,
            None => build::quietly(&self.toolbox, log)?,
        };
        Ok(self.dist.insert(dist))
    }
}

/// `cargo xtask test`: whether all passed.
pub(crate) fn run(only: &[Part]) -> anyhow::Result<bool> {
    let parts: Vec<Part> = Part::value_variants()
        .iter()
        .copied()
        .filter(|part| only.is_empty() || only.contains(part))
        .collect();
    let needs: Vec<Need> = parts
        .iter()
        .flat_map(|part| part.needs())
        .copied()
        .collect();
    let mut run = Run {
        toolbox: setup::ready(&needs)?,
        dist: None,
    };
    let logs = paths::target().join("parts");
    fs::create_dir_all(&logs).with_context(|| format!("cannot create {}", logs.display()))?;
    let mut failed = 0;
    for part in &parts {
        if !one(*part, &mut run, &logs.join(format!("{}.log", part.name()))) {
            failed += 1;
        }
    }
    println!("{} passed, {failed} failed", parts.len() - failed);
    Ok(failed == 0)
}

/// Runs one part and prints its line; what it wrote follows only if it failed.
fn one(part: Part, run: &mut Run, log: &Path) -> bool {
    let start = Instant::now();
    report::part_begins(&part.name());
    let fresh = fs::write(log, "").with_context(|| format!("cannot write {}", log.display()));
    let result = fresh.and_then(|()| part.run(run, log));
    let passed = matches!(result, Ok(true));
    report::part_ends(passed, start.elapsed());
    if !passed {
        let written = fs::read(log).unwrap_or_default();
        println!("{}", String::from_utf8_lossy(&written).trim_end());
        if let Err(error) = result {
            println!("error: {error:#}");
        }
        println!("again: cargo xtask test --only {}", part.name());
    }
    passed
}
