//! Writes pictures of the page for people to look at: three widths, light and dark. It judges nothing.

use std::path::PathBuf;

use anyhow::Context;
use offset_lab_e2e::{Page, Theme};

fn main() -> anyhow::Result<()> {
    let folder = std::env::args_os()
        .nth(1)
        .map(PathBuf::from)
        .context("usage: shots FOLDER")?;
    for theme in [Theme::Light, Theme::Dark] {
        for (width, height) in [(1280, 800), (768, 1024), (360, 740)] {
            let page = Page::open(width, height, theme)?;
            let file = folder.join(format!("{width}-{}.png", theme.name()));
            page.full_screenshot(&file)?;
            page.expect_clean()?;
            println!("{}", file.display());
        }
    }
    Ok(())
}
