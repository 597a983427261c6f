//! Writes pictures of the page for people to look at: its scenes at three widths, light and dark, and one twice as
//! large, with a sheet of all of them. It judges nothing.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use anyhow::Context;
use offset_lab_e2e::{Lab, Page, Theme, scenes};

/// Windows: width and height in CSS pixels, how much larger than usual, what the files are called after.
const WINDOWS: &[(u32, u32, u32, &str)] = &[
    (1280, 800, 1, "1280"),
    (768, 1024, 1, "768"),
    (360, 740, 1, "360"),
    (640, 400, 2, "1280-at-200"),
];

fn main() -> anyhow::Result<()> {
    let folder = std::env::args_os()
        .nth(1)
        .map(PathBuf::from)
        .context("usage: shots FOLDER [SCENE,… [WINDOW]]")?;
    let only = std::env::args().nth(2);
    let in_window = std::env::args().nth(3);
    let scenes: Vec<&scenes::Scene> = scenes::ALL
        .iter()
        .filter(|scene| {
            let is_it = |only: &String| only.split(',').any(|name| name == scene.name);
            only.as_ref().is_none_or(is_it)
        })
        .collect();
    let mut rows = vec![String::new(); scenes.len()];
    for theme in [Theme::Light, Theme::Dark] {
        for &(width, height, zoom, window) in WINDOWS {
            if in_window.as_ref().is_some_and(|only| only != window) {
                continue;
            }
            let lab = Lab {
                page: Page::open(width, height, theme)?,
            };
            lab.page.zoom(width, height, zoom)?;
            for (scene, row) in scenes.iter().zip(&mut rows) {
                let name = format!("{}-{window}-{}.png", scene.name, theme.name());
                shoot(&lab, scene, &folder.join(&name))
                    .with_context(|| format!("no picture {name}"))?;
                let _ = write!(
                    row,
                    "<a href=\"{name}\"><img src=\"{name}\" alt=\"{name}\" loading=\"lazy\" width=\"200\"></a>"
                );
            }
            println!("{window} {}", theme.name());
        }
    }
    sheet(&folder, &scenes, &rows)
}

fn shoot(lab: &Lab, scene: &scenes::Scene, file: &Path) -> anyhow::Result<()> {
    scenes::reset(lab)?;
    (scene.go)(lab)?;
    lab.page.wait_still("main")?;
    if scene.window {
        lab.page.screenshot(file)?;
    } else {
        lab.page.full_screenshot(file)?;
    }
    lab.page.expect_clean()
}

fn sheet(folder: &Path, scenes: &[&scenes::Scene], rows: &[String]) -> anyhow::Result<()> {
    let mut html = String::from(
        "<!DOCTYPE html><html lang=\"en\"><meta charset=\"utf-8\"><title>Pictures of Offset Lab</title>\n",
    );
    for (scene, row) in scenes.iter().zip(rows) {
        let _ = writeln!(html, "<h2>{}</h2><p>{row}</p>", scene.name);
    }
    let file = folder.join("index.html");
    std::fs::write(&file, html).with_context(|| format!("cannot write {}", file.display()))?;
    println!("{}", file.display());
    Ok(())
}
