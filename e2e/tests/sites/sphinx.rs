//! A manual of Sphinx with Furo: a directive, a code block, and arrow keys that turn its pages.

use offset_lab_e2e::element::{FIRST, live};

use crate::{
    CRASH, ORDERS, TEN, is_dark, keys_stay_inside, nth, open, pictures_without_scripts, runs,
};

#[test]
fn directives_and_code_blocks_are_runs() -> anyhow::Result<()> {
    let page = open("sphinx")?;
    runs(&page, FIRST, CRASH, Some(30))?;
    runs(&page, &nth(1), ORDERS, Some(9999))?;
    assert_eq!(page.count("li offset-lab")?, 1);
    assert_eq!(
        page.count(".highlight-python")?,
        1,
        "other code is left alone"
    );
    page.go("guide/offsets.html")?;
    runs(&page, FIRST, TEN, None)?;
    page.go("guide/plain.html")?;
    assert_eq!(
        page.count("script[src*=offset-lab]")?,
        0,
        "pages without a run load nothing"
    );
    page.expect_clean()
}

#[test]
fn keys_turn_the_pages_outside_of_a_run_and_walk_through_it_inside() -> anyhow::Result<()> {
    let page = open("sphinx")?;
    live(&page, FIRST)?;
    page.click("h1")?;
    page.press("ArrowRight")?;
    page.wait_until("location.pathname.endsWith('/guide/offsets.html')")?;
    page.wait_until("document.readyState === 'complete'")?;
    runs(&page, FIRST, TEN, None)?;
    keys_stay_inside(&page)?;
    page.expect_clean()
}

#[test]
fn it_follows_the_theme_of_the_manual() -> anyhow::Result<()> {
    let page = open("sphinx")?;
    live(&page, FIRST)?;
    is_dark(&page, false)?;
    for (theme, dark) in [("dark", true), ("light", false), ("dark", true)] {
        let turned = "(() => { for (let turns = 0; turns < 3 && document.body.dataset.theme !== theme; turns++)
            document.querySelector('.theme-toggle').click(); return document.body.dataset.theme; })()";
        let now = page.eval(&turned.replace("!== theme", &format!("!== '{theme}'")))?;
        assert_eq!(now, theme);
        is_dark(&page, dark)?;
    }
    page.expect_clean()
}

#[test]
fn without_scripts_its_pictures_are_there() -> anyhow::Result<()> {
    let page = open("sphinx")?;
    pictures_without_scripts(&page, "", 2)?;
    pictures_without_scripts(&page, "guide/offsets.html", 1)
}
