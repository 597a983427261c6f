//! Notes of MkDocs with Material: pages come in the place of others without being loaded.

use std::fs;

use offset_lab_e2e::element::{FIRST, live};

use crate::{
    CRASH, ORDERS, TEN, built, follow, is_dark, keys_stay_inside, nth, open,
    pictures_without_scripts, runs,
};

#[test]
fn fences_are_runs_also_where_a_page_comes_without_loading() -> anyhow::Result<()> {
    let page = open("mkdocs")?;
    // Material takes over the links to what its map names, by whole addresses: where the site is is known only now.
    let origin = page.eval("location.origin")?;
    let map = built("mkdocs")?.join("sitemap.xml");
    let there = format!("<loc>{}/", origin.as_str().unwrap_or_default());
    let text = fs::read_to_string(&map)?.replace("<loc>http://127.0.0.1/", &there);
    fs::write(&map, text)?;
    page.reload()?;
    runs(&page, FIRST, CRASH, Some(30))?;
    runs(&page, &nth(1), ORDERS, Some(9999))?;
    assert_eq!(page.count("li offset-lab")?, 1);
    assert_eq!(
        page.count(".highlight .kc")?,
        1,
        "other fences are left alone"
    );
    keys_stay_inside(&page)?;
    follow(&page, "article a[href*=offsets]", "/guide/offsets/")?;
    page.wait_for_text("article h1", "Offsets")?;
    runs(&page, FIRST, TEN, None)?;
    follow(&page, "article a[href*=plain]", "/guide/plain/")?;
    page.wait_for_text("article h1", "Plain")?;
    assert_eq!(page.count("offset-lab")?, 0);
    follow(&page, "article p a", "/some/folder/")?;
    page.wait_for_text("article h1", "Crashes")?;
    runs(&page, FIRST, CRASH, Some(30))?;
    page.expect_clean()
}

#[test]
fn it_follows_the_scheme_of_the_notes() -> anyhow::Result<()> {
    let page = open("mkdocs")?;
    live(&page, FIRST)?;
    is_dark(&page, false)?;
    for dark in [true, false] {
        page.click("form[data-md-component=palette] label:not([hidden])")?;
        is_dark(&page, dark)?;
    }
    page.expect_clean()
}

#[test]
fn without_scripts_its_pictures_are_there() -> anyhow::Result<()> {
    let page = open("mkdocs")?;
    pictures_without_scripts(&page, "", 2)?;
    pictures_without_scripts(&page, "guide/offsets/", 1)
}
