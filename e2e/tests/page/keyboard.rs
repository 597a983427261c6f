//! The same with the keyboard alone: no element is clicked here.

use crate::lab::{CRASH, Lab};

/// Tabs until an element that matches has the focus.
fn tab_to(lab: &Lab, selector: &str) -> anyhow::Result<()> {
    for _ in 0..120 {
        lab.page.press("Tab")?;
        let found = format!("document.activeElement.matches({selector:?})");
        if lab.page.eval(&found)? == true {
            return Ok(());
        }
    }
    anyhow::bail!("Tab never comes to {selector}")
}

fn type_text(lab: &Lab, text: &str) -> anyhow::Result<()> {
    lab.page.type_into("textarea", text)
}

#[test]
fn with_the_keyboard_alone_a_consumer_is_crashed_in_the_past_and_undone() -> anyhow::Result<()> {
    let lab = Lab::open(1280)?;
    tab_to(&lab, "textarea")?;
    lab.press(&["Control+a", "Delete"])?;
    type_text(&lab, CRASH)?;
    lab.settled()?;
    assert_eq!(lab.text()?, CRASH);
    tab_to(&lab, ".transport .primary")?;
    lab.press(&["End"])?;
    let end = lab.clock()?;
    lab.press(&["ArrowLeft"])?;
    assert_ne!(lab.clock()?, end);
    lab.press(&["Home"])?;
    assert!(lab.clock()?.starts_with("step 0 "), "{}", lab.clock()?);
    lab.press(&["Shift+ArrowRight", "5"])?;
    lab.page.press("Space")?;
    lab.page.wait_for("[aria-label='Pause']")?;
    lab.page.press("Space")?;
    lab.page.wait_for("[aria-label='Play']")?;

    // To line 6, then the first act of the row.
    tab_to(&lab, "textarea")?;
    lab.press(&["Control+End", "ArrowUp", "ArrowUp"])?;
    lab.press(&["Control+Enter"])?;
    tab_to(&lab, ".actions > .row > .act .button")?;
    lab.press(&["Enter"])?;
    let text = lab.text()?;
    assert!(text.contains("== 27\ncrash billing\nrun"), "{text}");
    lab.press(&["Control+z"])?;
    assert_eq!(lab.text()?, CRASH);
    lab.press(&["Shift+Control+Z"])?;
    assert_eq!(lab.text()?, text);
    lab.page.expect_clean()
}

#[test]
fn with_the_keyboard_alone_a_problem_is_mended_and_a_word_completed() -> anyhow::Result<()> {
    let lab = Lab::open(1280)?;
    tab_to(&lab, "textarea")?;
    lab.press(&["Control+a", "Delete"])?;
    type_text(&lab, "stream s\nproducr p on s\n")?;
    lab.settled()?;
    lab.press(&["Control+."])?;
    assert_eq!(lab.problems()?, 0, "{}", lab.text()?);
    type_text(&lab, "publ")?;
    lab.page.wait_for(".completion")?;
    lab.press(&["ArrowDown", "Enter"])?;
    assert!(lab.text()?.ends_with("publish"), "{}", lab.text()?);
    // Tab leaves the text: it traps nobody.
    lab.page.press("Escape")?;
    lab.page.press("Tab")?;
    assert_eq!(
        lab.page
            .eval("document.activeElement.tagName === 'TEXTAREA'")?,
        false
    );
    lab.page.expect_clean()
}

#[test]
fn the_help_lists_the_keys_and_gives_the_focus_back_to_the_page() -> anyhow::Result<()> {
    let lab = Lab::open(1280)?;
    tab_to(&lab, ".transport .primary")?;
    lab.press(&["?"])?;
    lab.page.wait_for(".help")?;
    assert_eq!(lab.page.count(".help .keys:first-of-type kbd")?, 10);
    lab.press(&["Escape"])?;
    assert_eq!(lab.page.count(".help")?, 0);
    let before = lab.clock()?;
    lab.press(&["ArrowRight"])?;
    assert_ne!(lab.clock()?, before, "the keys still work");
    lab.page.expect_clean()
}
