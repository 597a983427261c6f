//! Docs of Docusaurus: rendered on a server, taken over by React, and pages that come without being loaded.

use offset_lab_e2e::element::{FIRST, live};

use crate::{
    CRASH, ORDERS, TEN, follow, is_dark, keys_stay_inside, nth, open, pictures_without_scripts,
    runs,
};

/// Its own tag, in MDX.
const TWO: &str = "stream t\nproducer q on t\npublish q 2 \"b\"\nrun\n";

#[test]
fn fences_and_tags_are_runs_also_where_react_makes_the_page() -> anyhow::Result<()> {
    let page = open("docusaurus")?;
    runs(&page, FIRST, CRASH, Some(30))?;
    runs(&page, &nth(1), ORDERS, Some(9999))?;
    runs(&page, &nth(2), TWO, Some(4))?;
    assert_eq!(page.count("li offset-lab")?, 1);
    assert_eq!(
        page.count("div.language-js")?,
        1,
        "other fences are left alone"
    );
    keys_stay_inside(&page)?;
    follow(&page, "article a[href*=offsets]", "/guide/offsets")?;
    page.wait_for_text("article h1", "Offsets")?;
    runs(&page, FIRST, TEN, None)?;
    follow(&page, "article a[href*=plain]", "/guide/plain")?;
    page.wait_for_text("article h1", "Plain")?;
    assert_eq!(page.count("offset-lab")?, 0);
    // Here React makes the elements itself, with properties where the server wrote attributes.
    follow(&page, "article p a", "/some/folder/")?;
    page.wait_for_text("article h1", "Crashes")?;
    runs(&page, FIRST, CRASH, Some(30))?;
    runs(&page, &nth(1), ORDERS, Some(9999))?;
    runs(&page, &nth(2), TWO, Some(4))?;
    page.expect_clean()
}

#[test]
fn it_follows_the_theme_of_the_docs() -> anyhow::Result<()> {
    let page = open("docusaurus")?;
    live(&page, FIRST)?;
    is_dark(&page, false)?;
    for (theme, dark) in [("dark", true), ("light", false)] {
        page.wait_until(&format!(
            "document.documentElement.dataset.theme === '{theme}'
             || (document.querySelector('[class*=colorModeToggle] button').click(), false)"
        ))?;
        is_dark(&page, dark)?;
    }
    page.expect_clean()
}

#[test]
fn without_scripts_its_pictures_are_there() -> anyhow::Result<()> {
    let page = open("docusaurus")?;
    pictures_without_scripts(&page, "", 2)?;
    pictures_without_scripts(&page, "guide/offsets/", 1)
}
