//! The tests' own eyes: what the page must not do is seen when a page does it.

use offset_lab_e2e::{Page, Theme};

const BAD_PAGE: &str = r#"<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Bad</title>
    <link rel="icon" href="data:,"></head><body><div id="offset-lab"><main>Here</main></div>
    <script>document.title = "ran"</script><img src="./none.png" alt="none"></body></html>"#;

#[test]
fn blocked_scripts_and_missing_files_are_seen() -> anyhow::Result<()> {
    let folder = tempfile::tempdir()?;
    std::fs::write(folder.path().join("index.html"), BAD_PAGE)?;
    let page = Page::open_from(folder.path(), 800, 600, Theme::Light)?;
    page.wait_until("document.readyState === 'complete'")?;
    assert_eq!(
        page.eval("document.title")?,
        "Bad",
        "the policy let an inline script run"
    );
    let errors = page.console_errors()?.join("\n");
    assert!(
        errors.contains("Content Security Policy"),
        "unseen: {errors}"
    );
    assert!(errors.contains("none.png"), "unseen: {errors}");
    Ok(())
}

#[test]
fn size_theme_and_keys_reach_the_page() -> anyhow::Result<()> {
    let folder = tempfile::tempdir()?;
    let html = BAD_PAGE.replace("<main>Here</main>", "<main><textarea></textarea></main>");
    std::fs::write(folder.path().join("index.html"), html)?;
    let page = Page::open_from(folder.path(), 360, 740, Theme::Dark)?;
    assert_eq!(page.eval("innerWidth")?, 360);
    assert_eq!(
        page.eval("matchMedia('(prefers-color-scheme: dark)').matches")?,
        true
    );
    page.focus("textarea")?;
    for key in ["a", "Shift+b", "Space", "+", "ArrowLeft", "Home", "c"] {
        page.press(key)?;
    }
    assert_eq!(page.value_of("textarea")?, "caB +");
    page.fill("textarea", "one\ntwo")?;
    assert_eq!(page.value_of("textarea")?, "one\ntwo");
    Ok(())
}
