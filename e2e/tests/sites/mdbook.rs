//! A book of mdBook: arrow keys turn its pages, and one page holds all of it for print.

use offset_lab_e2e::element::{FIRST, inside, live};

use crate::{
    CRASH, ORDERS, TEN, is_dark, keys_stay_inside, nth, open, pictures_without_scripts, runs,
};

#[test]
fn fences_of_a_book_are_runs() -> anyhow::Result<()> {
    let page = open("mdbook")?;
    // The book includes it from a file.
    runs(&page, FIRST, CRASH, Some(30))?;
    runs(&page, &nth(1), ORDERS, Some(9999))?;
    // In a list, whose Markdown goes on behind it.
    let item = page.text_of("li:has(offset-lab)")?;
    assert!(item.ends_with("after which the list goes on."), "{item}");
    assert_eq!(
        page.count("code.language-rust")?,
        1,
        "other fences are left alone"
    );
    page.expect_clean()
}

#[test]
fn keys_turn_the_pages_outside_of_a_run_and_walk_through_it_inside() -> anyhow::Result<()> {
    let page = open("mdbook")?;
    live(&page, FIRST)?;
    page.click("h1")?;
    page.press("ArrowRight")?;
    page.wait_until("location.pathname.endsWith('/more/offsets.html')")?;
    page.wait_until("document.readyState === 'complete'")?;
    assert_eq!(page.count("blockquote offset-lab")?, 1);
    runs(&page, FIRST, TEN, None)?;
    keys_stay_inside(&page)?;
    page.expect_clean()
}

#[test]
fn it_follows_the_theme_of_the_book() -> anyhow::Result<()> {
    let page = open("mdbook")?;
    live(&page, FIRST)?;
    for (theme, dark) in [
        ("navy", true),
        ("rust", false),
        ("coal", true),
        ("light", false),
    ] {
        page.eval(&format!(
            "(document.querySelector('#mdbook-theme-{theme}').click(), 0)"
        ))?;
        is_dark(&page, dark)?;
    }
    page.expect_clean()
}

#[test]
fn on_the_page_for_print_every_run_is_a_picture() -> anyhow::Result<()> {
    let page = open("mdbook")?;
    page.go("print.html")?;
    assert_eq!(page.count("offset-lab")?, 3);
    page.as_printed(true)?;
    for number in 0..3 {
        let lab = nth(number);
        page.eval(&format!("({lab}.scrollIntoView(), 0)"))?;
        live(&page, &lab)?;
        let height = page.eval(&format!("{lab}.getBoundingClientRect().height"))?;
        assert!(height.as_f64() > Some(100.0), "{height}");
        assert_eq!(
            inside(&page, &lab, "root.querySelectorAll('.stage').length")?,
            1
        );
    }
    page.expect_clean()
}

#[test]
fn without_scripts_its_pictures_are_there() -> anyhow::Result<()> {
    let page = open("mdbook")?;
    pictures_without_scripts(&page, "", 2)?;
    pictures_without_scripts(&page, "more/offsets.html", 1)?;
    pictures_without_scripts(&page, "print.html", 3)
}
