//! Addresses: each place of the app has one, the browser's back and forward walk through them, and what does not exist
//! says so.

use offset_lab_e2e::{Page, Theme};

use crate::lab::{CRASH, Lab};

fn open(fragment: &str) -> anyhow::Result<Lab> {
    let page = Page::open_at(fragment, 1280, 800, Theme::Light)?;
    Ok(Lab { page })
}

/// The fragment of the page's address, once it is this one.
fn address(lab: &Lab, fragment: &str) -> anyhow::Result<()> {
    lab.page
        .wait_until(&format!("location.hash === '{fragment}'"))?;
    Ok(())
}

fn go(lab: &Lab, direction: &str) -> anyhow::Result<()> {
    lab.page.eval(&format!("(history.{direction}(), 0)"))?;
    Ok(())
}

/// The scenario that is chosen in the header, once it is this one.
fn chosen(lab: &Lab, name: &str) -> anyhow::Result<()> {
    lab.page.wait_until(&format!(
        "document.querySelector('.picker select')?.value === '{name}'"
    ))?;
    lab.settled()
}

#[test]
fn a_newcomer_comes_home_begins_and_walks_back_and_forth() -> anyhow::Result<()> {
    let lab = open("")?;
    lab.page.wait_for(".home .track-lesson")?;
    address(&lab, "#home")?;
    assert_eq!(lab.page.count(".stage")?, 0);
    assert!(lab.page.text_of(".hero .primary")?.contains("first lesson"));
    lab.page.click(".hero .primary")?;
    chosen(&lab, "what-an-offset-is")?;
    address(&lab, "#lesson/what-an-offset-is")?;
    // By the list in the header: a place of its own.
    lab.choose_lesson("by-hand")?;
    address(&lab, "#exercise/by-hand")?;
    go(&lab, "back")?;
    chosen(&lab, "what-an-offset-is")?;
    go(&lab, "back")?;
    lab.page.wait_for(".home .track-lesson")?;
    assert!(lab.page.text_of(".hero .primary")?.contains("Go on: "));
    go(&lab, "forward")?;
    go(&lab, "forward")?;
    chosen(&lab, "by-hand")?;
    address(&lab, "#exercise/by-hand")?;
    // Whoever comes again without an address goes on there.
    lab.page.reload()?;
    chosen(&lab, "by-hand")?;
    address(&lab, "#exercise/by-hand")?;
    lab.page.expect_clean()
}

#[test]
fn an_address_that_does_not_exist_says_so_and_shows_what_is_near() -> anyhow::Result<()> {
    for (fragment, words) in [
        (
            "#lesson/crash-and-redelivry",
            "There is no lesson crash-and-redelivry.",
        ),
        ("#exercise/crash", "There is no exercise crash."),
        ("#lab/own-9", "is kept on this machine"),
        ("#nowhere", "There is no place nowhere in the lab."),
        ("#lesson/<img src=x>%20`*", "There is no lesson"),
    ] {
        let lab = open(fragment)?;
        lab.page.wait_for_text(".missing", words)?;
        lab.page.wait_for(".home .track-lesson")?;
        lab.page.expect_clean()?;
    }
    let lab = open("#lesson/crash-and-redelivry")?;
    lab.page.click(".missing a")?;
    chosen(&lab, "crash-and-redelivery")?;
    address(&lab, "#lesson/crash-and-redelivery")?;
    // While something is open.
    lab.page.eval("(location.hash = 'question', 0)")?;
    lab.page.wait_for(".missing")?;
    go(&lab, "back")?;
    chosen(&lab, "crash-and-redelivery")?;
    assert_eq!(lab.page.count(".missing")?, 0);
    lab.page.expect_clean()
}

#[test]
fn the_empty_lab_is_one_click_away_and_what_is_written_there_has_an_address() -> anyhow::Result<()>
{
    let lab = open("")?;
    lab.page.click(".hero a[href='#lab']")?;
    lab.settled()?;
    address(&lab, "#lab")?;
    assert_eq!(lab.text()?, "");
    lab.write(CRASH)?;
    address(&lab, "#lab/own")?;
    lab.page.go("#lab")?;
    lab.settled()?;
    assert_eq!(lab.text()?, "");
    lab.page.go("#lab/own")?;
    lab.settled()?;
    assert_eq!(lab.text()?, CRASH);
    lab.page.expect_clean()
}

#[test]
fn with_the_keyboard_alone_one_goes_from_home_into_a_lesson_and_back() -> anyhow::Result<()> {
    let lab = open("")?;
    lab.page.wait_for(".home .track-lesson")?;
    // Keys of time are the page's own here.
    lab.page.eval("document.querySelector('.home').focus()")?;
    lab.page.press("End")?;
    lab.page.wait_until("scrollY > 200")?;
    lab.page.focus(".track-lesson a")?;
    lab.page.press("Enter")?;
    chosen(&lab, "what-an-offset-is")?;
    lab.page
        .wait_until("document.activeElement.matches('.lab main') && scrollY === 0")?;
    let clock = lab.clock()?;
    lab.press(&["Enter"])?;
    lab.page.wait_until(&format!(
        "document.querySelector('.transport .clock').textContent !== '{clock}'"
    ))?;
    lab.page.press("Shift+Tab")?;
    lab.page.focus(".brand a")?;
    lab.page.press("Enter")?;
    lab.page
        .wait_until("document.activeElement.matches('.home')")?;
    address(&lab, "#home")?;
    lab.page.expect_clean()
}

#[test]
fn only_what_an_address_names_is_fetched() -> anyhow::Result<()> {
    let fetched = "performance.getEntriesByType('resource').map(entry => entry.name)
        .filter(name => name.endsWith('.lab')).map(name => name.split('/').pop())";
    let lab = open("#lesson/quorum")?;
    chosen(&lab, "quorum")?;
    assert_eq!(lab.page.eval(fetched)?, serde_json::json!(["quorum.lab"]));
    // Whoever comes again, to another lesson or to none.
    lab.page.go("#lesson/credits")?;
    chosen(&lab, "credits")?;
    assert_eq!(lab.page.eval(fetched)?, serde_json::json!(["credits.lab"]));
    lab.page.go("#home")?;
    lab.page.wait_for(".home .track-lesson")?;
    assert_eq!(lab.page.eval(fetched)?, serde_json::json!([]));
    // What was open is one click away.
    lab.page.click(".hero .primary")?;
    chosen(&lab, "credits")?;
    lab.page.wait_for(".stage .actor")?;
    lab.page.expect_clean()
}
