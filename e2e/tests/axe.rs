//! The built page against the accessibility rules of axe-core.

use anyhow::Context;
use offset_lab_e2e::{Page, Theme};

#[test]
fn axe_finds_nothing() -> anyhow::Result<()> {
    let file = std::env::var("OFFSET_LAB_AXE")
        .context("OFFSET_LAB_AXE names no axe.min.js; run `cargo xtask test --only axe`")?;
    let rules = std::fs::read_to_string(&file).with_context(|| format!("cannot read {file}"))?;
    for (width, theme) in [
        (1280, Theme::Light),
        (1280, Theme::Dark),
        (360, Theme::Light),
        (360, Theme::Dark),
    ] {
        let page = Page::open(width, 800, theme)?;
        for (fragment, shown) in [
            ("#lesson/what-an-offset-is", ".stage .actor"),
            ("#home", ".home"),
            ("#lesson/retention", ".missing"),
            ("#lab", ".templates"),
            ("#questions", ".asked-list"),
            ("#question/why-a-marker", ".stage .actor"),
            ("#lesson/quorum/answers-hidden", ".hidden-text"),
        ] {
            page.go(fragment)?;
            page.wait_for(shown)?;
            let found = page.violations(&rules)?;
            assert!(
                found.is_empty(),
                "{fragment}, {width} px, {}:\n{}",
                theme.name(),
                found.join("\n")
            );
        }
    }
    Ok(())
}
