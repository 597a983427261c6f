//! How large the built app is, as it lies on a disk and as it travels, and who owns its bytes. It must not know how
//! the app is built.

mod limit;
mod owners;

use std::fs;
use std::io::Write as _;
use std::path::Path;

use anyhow::Context;

use crate::dist::Module;
use crate::{build, dist};

/// `cargo xtask size`.
pub(crate) fn run() -> anyhow::Result<()> {
    let folder = build::run(None)?;
    print(&folder)?;
    let named = build::named()?;
    for module in Module::ALL {
        println!("\n{}", module.name());
        owners::print(&module.wasm(&named))?;
        if let Some((rest, _)) = module.rest(&named) {
            println!("\n{}: what comes later", module.name());
            owners::print(&rest)?;
        }
    }
    println!();
    println!("{}", check(&folder)?);
    Ok(())
}

/// Fails if app or player are larger than their limits; else says how far from them.
pub(crate) fn check(folder: &Path) -> anyhow::Result<String> {
    let app = read(&Module::App.wasm(folder))?;
    limit::check(limit::Size {
        raw: app.len(),
        brotli: brotli(&app)?,
        later: later(folder)?,
        player: player(folder)?,
    })
}

/// What travels to a page of the app once it is idle.
fn later(folder: &Path) -> anyhow::Result<usize> {
    match Module::App.rest(folder) {
        Some((rest, _)) => brotli(&read(&rest)?),
        None => Ok(0),
    }
}

/// What travels to a page with an instance that only shows: everything together, of the larger player.
fn player(folder: &Path) -> anyhow::Result<usize> {
    let mut most = 0;
    for module in Module::PLAYERS {
        most = most.max(with_element(module, folder)?);
    }
    Ok(most)
}

/// The element and what it loads, as it travels.
fn with_element(module: Module, folder: &Path) -> anyhow::Result<usize> {
    let element = folder.join("offset-lab.js");
    let files = [element, module.script(folder), module.wasm(folder)];
    let each = files.map(|file| brotli(&read(&file)?));
    each.into_iter().sum()
}

/// Prints a table of the files of the built app.
pub(crate) fn print(folder: &Path) -> anyhow::Result<()> {
    println!(
        "{:<32} {:>10} {:>10} {:>10}",
        "file", "raw", "gzip", "brotli"
    );
    let mut total = [0_usize; 3];
    for file in dist::files(folder)? {
        let bytes = read(&file)?;
        let sizes = [bytes.len(), gzip(&bytes)?, brotli(&bytes)?];
        let name = file
            .strip_prefix(folder)
            .unwrap_or(&file)
            .display()
            .to_string();
        line(&name, sizes);
        for (sum, size) in total.iter_mut().zip(sizes) {
            *sum += size;
        }
    }
    line("all", total);
    for module in Module::PLAYERS {
        println!(
            "the element and the {} together: {} as brotli",
            module.name(),
            with_element(module, folder)?
        );
    }
    Ok(())
}

fn line(name: &str, [raw, gzip, brotli]: [usize; 3]) {
    println!("{name:<32} {raw:>10} {gzip:>10} {brotli:>10}");
}

fn read(file: &Path) -> anyhow::Result<Vec<u8>> {
    fs::read(file).with_context(|| format!("cannot read {}", file.display()))
}

fn gzip(bytes: &[u8]) -> anyhow::Result<usize> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    encoder.write_all(bytes).context("cannot compress")?;
    Ok(encoder.finish().context("cannot compress")?.len())
}

fn brotli(bytes: &[u8]) -> anyhow::Result<usize> {
    let mut out = Vec::new();
    let mut encoder = brotli::CompressorWriter::new(&mut out, 4096, 11, 22);
    encoder.write_all(bytes).context("cannot compress")?;
    drop(encoder);
    Ok(out.len())
}
