//! The built page from end to end, under the strict policy and in a sub-folder of a server.

use offset_lab_e2e::{Page, Theme};

#[test]
fn the_page_starts_cleanly_at_every_width() -> anyhow::Result<()> {
    for (width, theme) in [
        (1280, Theme::Light),
        (768, Theme::Dark),
        (360, Theme::Light),
    ] {
        let page = Page::open(width, 800, theme)?;
        assert!(
            page.text_of("h1")?.contains("Offset Lab"),
            "the page does not name itself"
        );
        assert_eq!(page.overflow()?, 0, "the page is wider than {width} px");
        page.expect_clean()?;
    }
    Ok(())
}
