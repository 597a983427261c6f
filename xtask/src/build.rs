//! Builds the app for publishing: trunk bundles it, wasm-opt shrinks it, and the result is checked to be what
//! a file server and a strict policy need. It must not know what the app does.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, bail};

use crate::command::{self, read, show};
use crate::dist::Module;
use crate::setup::{self, Toolbox};
use crate::{
    dist, glue, inline, laid, later, machine, oembed, offline, order, paths, report, scripts, traps,
};

/// What the compiler uses of WebAssembly beyond its first version; wasm-opt is told, since stripped
/// files do not say it.
const WASM_FEATURES: &[&str] = &[
    "--enable-bulk-memory",
    "--enable-bulk-memory-opt",
    "--enable-multivalue",
    "--enable-mutable-globals",
    "--enable-nontrapping-float-to-int",
    "--enable-reference-types",
    "--enable-sign-ext",
];

/// Loops and values as they are written: what LLVM keeps in more variables to compute it once is 2.3 kB of a player as
/// brotli. Only for what ships: a compiler that does not know them is to fail no test.
const LESS: &str = " -Cllvm-args=-disable-lsr -Cllvm-args=-enable-pre=false";

/// Whether the profile `web` leaves the names of functions out.
const NAMES: &str = "CARGO_PROFILE_WEB_STRIP";

/// `cargo xtask build`: the folder that holds the built app.
pub(crate) fn run(address: Option<&str>) -> anyhow::Result<PathBuf> {
    let toolbox = setup::ready(setup::BUILD)?;
    report::step("app", || {
        report::begin("app", "trunk build --release");
        show(&mut trunk(&toolbox)?)?;
        Ok(((), format!("built: {}", paths::dist().display())))
    })?;
    dist::finish(&paths::dist())?;
    dist::one_folder_of_lessons(&paths::dist())?;
    report::step("wasm-opt", || {
        Ok(((), all_smaller(&toolbox, &paths::dist(), &[])?))
    })?;
    inline::write(&paths::dist())?;
    report::step("scripts", || {
        Ok(((), scripts::smaller(&toolbox, &paths::dist())?))
    })?;
    report::step("oembed", || {
        Ok(((), oembed::write(&paths::dist(), address)?))
    })?;
    offline::write(&paths::dist())?;
    report::step("check", || {
        dist::check(&paths::dist())?;
        Ok((
            (),
            "relative addresses, no inline script or style, no path of this machine".to_owned(),
        ))
    })?;
    Ok(paths::dist())
}

/// The same for the tests: what the tools say goes to the file `log`.
pub(crate) fn quietly(toolbox: &Toolbox, log: &Path) -> anyhow::Result<PathBuf> {
    if !command::log(&mut trunk(toolbox)?, log)? {
        bail!("the app does not build");
    }
    dist::finish(&paths::dist())?;
    dist::one_folder_of_lessons(&paths::dist())?;
    all_smaller(toolbox, &paths::dist(), &[])?;
    inline::write(&paths::dist())?;
    scripts::smaller(toolbox, &paths::dist())?;
    oembed::write(&paths::dist(), None)?;
    offline::write(&paths::dist())?;
    dist::check(&paths::dist())?;
    Ok(paths::dist())
}

/// The same app with the names of its functions, for whoever wants to know whose its bytes are: its folder.
pub(crate) fn named() -> anyhow::Result<PathBuf> {
    let toolbox = setup::ready(setup::BUILD)?;
    let folder = paths::target().join("named");
    report::step("names", || {
        report::begin("names", "trunk build --release, with names");
        let mut trunk = trunk(&toolbox)?;
        trunk.arg("--dist").arg(&folder);
        show(trunk.env(NAMES, "none"))?;
        Ok(((), all_smaller(&toolbox, &folder, &["-g"])?))
    })?;
    Ok(folder)
}

fn trunk(toolbox: &Toolbox) -> anyhow::Result<Command> {
    let mut trunk = toolbox.tool("trunk");
    trunk.args(["build", "--release", "--offline", "--color", "never"]);
    // Added to the flags of `.cargo/config.toml`, which cannot name a folder of the machine.
    let mut flags = machine::remapped(toolbox.sources()?)?;
    if toolbox.wasm_opt().is_some() {
        // What makes it smaller wants names and, of what lies in the memory, every value by itself; both end with it.
        trunk.env(NAMES, "none");
        flags += " -Csymbol-mangling-version=v0 -Clink-arg=--no-merge-data-segments";
        flags += LESS;
    }
    trunk.env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS", flags);
    Ok(trunk)
}

fn all_smaller(toolbox: &Toolbox, dist: &Path, more: &[&str]) -> anyhow::Result<String> {
    let each = Module::ALL.map(|module| {
        let said = smaller(toolbox, module, dist, more)?;
        Ok(format!("{}: {said}", module.name()))
    });
    let each = each.into_iter().collect::<anyhow::Result<Vec<_>>>()?;
    Ok(each.join("; "))
}

fn smaller(
    toolbox: &Toolbox,
    module: Module,
    dist: &Path,
    more: &[&str],
) -> anyhow::Result<String> {
    let file = module.wasm(dist);
    let before = size(&file)?;
    if toolbox.wasm_opt().is_none() {
        return Ok(format!("left out: there is none; {before} bytes"));
    }
    let script = module.script(dist);
    // Before it is split: who reads what panics say may be in either part.
    rewritten(&file, traps::at_once)?;
    let mut idle = Vec::new();
    if let Some((rest, list)) = module.rest(dist) {
        idle = split(&file, &script, &rest, list)?;
        // Between two of its values lies what the other part has.
        optimised(toolbox, &rest, 0, more)?;
    }
    optimised(toolbox, &file, laid::GAP, more)?;
    let text =
        fs::read_to_string(&script).with_context(|| format!("cannot read {}", script.display()))?;
    let mut shorter = String::new();
    rewritten(&file, |wasm| {
        let (wasm, text) = glue::shorter(wasm, &text)?;
        shorter = text;
        Ok(wasm)
    })?;
    fs::write(&script, shorter).with_context(|| format!("cannot write {}", script.display()))?;
    let idle = match idle.as_slice() {
        [] => String::new(),
        idle => format!(" (of its list these name nothing: {})", idle.join(", ")),
    };
    Ok(format!("{before} bytes became {}{idle}", size(&file)?))
}

/// Takes what a page begins without out of a file; answers which lines of the list name nothing.
fn split(file: &Path, script: &Path, rest: &Path, list: &str) -> anyhow::Result<Vec<String>> {
    let read = |path: &Path| {
        fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))
    };
    let (list, text) = (read(&paths::root().join(list))?, read(script)?);
    let name = rest
        .file_name()
        .context("a file has a name")?
        .to_string_lossy();
    let mut other = None;
    rewritten(file, |wasm| {
        let parts = later::split(wasm, &text, &name, &list)?;
        other = Some((parts.rest, parts.script, parts.idle));
        Ok(parts.first)
    })?;
    let (bytes, text, idle) = other.context("a file in two parts has a second one")?;
    fs::write(rest, bytes).with_context(|| format!("cannot write {}", rest.display()))?;
    fs::write(script, text).with_context(|| format!("cannot write {}", script.display()))?;
    Ok(idle)
}

/// Makes a file as small as wasm-opt and our own steps do.
fn optimised(toolbox: &Toolbox, file: &Path, gap: usize, more: &[&str]) -> anyhow::Result<()> {
    let mut optimise = toolbox.wasm_opt().context("wasm-opt is there")?;
    rewritten(file, |wasm| laid::joined(wasm, gap))?;
    let smaller = file.with_extension("smaller");
    optimise
        .arg(file)
        .arg("-o")
        .arg(&smaller)
        // Twice from expressions taken apart, then once more: 2.5 kB less of a player as brotli.
        .args(["--flatten", "--rereloop", "-Oz"])
        .args(["--flatten", "--rereloop", "-Oz", "-Oz"])
        // The linker puts the stack first: no value lies in the first kilobyte, and small offsets need no addition.
        .arg("--low-memory-unused")
        // How a value lies is only a hint, and the same one everywhere is 500 bytes less as brotli.
        .arg("--dealign")
        .args(["--strip-producers", "--strip-target-features"])
        // The instances of one generic function come to lie side by side; where the next order starts.
        .arg("--reorder-functions-by-name")
        .args(WASM_FEATURES)
        .args(more);
    read(&mut optimise)?;
    fs::rename(&smaller, file).with_context(|| format!("cannot replace {}", file.display()))?;
    // From the order that comes of it, it finds another one: 200 to 800 bytes less as brotli.
    rewritten(file, |wasm| order::alike(&order::alike(wasm)?))
}

/// Puts what comes of a WebAssembly file in its place.
fn rewritten(
    file: &Path,
    how: impl FnOnce(&[u8]) -> anyhow::Result<Vec<u8>>,
) -> anyhow::Result<()> {
    let wasm = fs::read(file).with_context(|| format!("cannot read {}", file.display()))?;
    let wasm = how(&wasm).with_context(|| format!("{} is odd", file.display()))?;
    fs::write(file, wasm).with_context(|| format!("cannot write {}", file.display()))
}

fn size(file: &Path) -> anyhow::Result<u64> {
    let metadata = fs::metadata(file).with_context(|| format!("cannot read {}", file.display()))?;
    Ok(metadata.len())
}
