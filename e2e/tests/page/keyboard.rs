//! The same with the keyboard alone: no element is clicked here, and none is given the focus but by Tab.

use crate::lab::{Lab, STORIES, Story, digest_here};

/// What Tab has to come to: all that can be pressed, chosen from or written into. Of rows of tabs and of the marks of
/// the picture one is in the order; arrow keys lead to the others.
const CONTROLS: &str = "[...document.querySelectorAll(
    'a[href], button, input, select, textarea, summary, [tabindex]')].filter(found =>
    found.tabIndex >= 0 && !found.closest('[hidden]') && found.getClientRects().length > 0)";

/// Tabs until an element that matches has the focus.
fn tab_to(lab: &Lab, selector: &str) -> anyhow::Result<()> {
    for _ in 0..160 {
        lab.page.press("Tab")?;
        let found = format!("document.activeElement.matches({selector:?})");
        if lab.page.eval(&found)? == true {
            return Ok(());
        }
    }
    anyhow::bail!("Tab never comes to {selector}")
}

/// Types with the keyboard where the focus is.
fn type_text(lab: &Lab, text: &str) -> anyhow::Result<()> {
    lab.page.type_keys(text)
}

#[test]
fn with_the_keyboard_alone_a_consumer_is_crashed_in_the_past_and_undone() -> anyhow::Result<()> {
    let lab = Lab::open(1280)?;
    for story in STORIES {
        crash_in_the_past(&lab, story)?;
    }
    lab.page.expect_clean()
}

fn crash_in_the_past(lab: &Lab, story: &Story) -> anyhow::Result<()> {
    tab_to(lab, "textarea")?;
    lab.press(&["Control+a", "Delete"])?;
    type_text(lab, story.text)?;
    lab.press(&["Escape"])?;
    assert_eq!(lab.text()?, story.text);
    tab_to(lab, ".transport .primary")?;
    lab.press(&["End"])?;
    let end = lab.clock()?;
    lab.press(&["ArrowLeft"])?;
    assert_ne!(lab.clock()?, end);
    lab.press(&["Home"])?;
    assert!(lab.clock()?.starts_with("step 0 "), "{}", lab.clock()?);
    lab.page.press("Space")?;
    lab.page
        .wait_until("!document.querySelector('.clock').textContent.startsWith('step 0')")?;
    lab.page.press("Space")?;
    lab.page.wait_for("[aria-label='Play']")?;
    // Into the past by the text: the caret's line, then a step back.
    tab_to(lab, "textarea")?;
    lab.press(&["Control+End"])?;
    (story.line..=story.text.lines().count()).try_for_each(|_| lab.page.press("ArrowUp"))?;
    lab.press(&["Control+Enter"])?;
    tab_to(lab, ".transport .primary")?;
    lab.press(&["ArrowLeft"])?;
    let (moment, before) = (lab.clock()?, lab.digest()?);
    // The menu of programs, its first act, whom it is about.
    tab_to(lab, ".actions > .row > .button:nth-of-type(3)")?;
    lab.press(&["Enter"])?;
    tab_to(lab, ".menu .act:first-child .button")?;
    lab.page.press("Tab")?;
    let whom = "document.activeElement.closest('.act').querySelector('.field').value";
    for _ in 0..5 {
        if lab.page.eval(whom)? == story.whom {
            break;
        }
        lab.page.press("ArrowDown")?;
    }
    assert_eq!(lab.page.eval(whom)?, story.whom);
    lab.press(&["Shift+Tab", "Enter"])?;
    let text = lab.text()?;
    assert_eq!(story.fault(&text), None);
    assert!(lab.narration()?.contains("crashed"), "{}", lab.narration()?);
    assert_eq!(Some(lab.digest()?), digest_here(&text));
    let acted = lab.clock()?;
    assert_eq!(
        lab.page
            .eval("document.activeElement.closest('.actions') !== null")?,
        true,
        "the focus stays"
    );
    lab.press(&["Control+z"])?;
    assert_eq!(lab.text()?, story.text);
    assert_eq!((lab.clock()?, lab.digest()?), (moment, before));
    lab.press(&["Shift+Control+Z"])?;
    assert_eq!((lab.text()?, lab.clock()?), (text, acted));
    Ok(())
}

#[test]
fn with_the_keyboard_alone_a_problem_is_mended_and_a_word_completed() -> anyhow::Result<()> {
    let lab = Lab::open(1280)?;
    tab_to(&lab, "textarea")?;
    lab.press(&["Control+a", "Delete"])?;
    type_text(&lab, "stream s\nproducr p on s\n")?;
    lab.settled()?;
    assert_eq!(lab.problems()?, 1);
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
    assert_eq!(lab.page.count(".help .keys:first-of-type kbd")?, 12);
    lab.press(&["Escape"])?;
    assert_eq!(lab.page.count(".help")?, 0);
    let before = lab.clock()?;
    lab.press(&["ArrowRight"])?;
    assert_ne!(lab.clock()?, before, "the keys still work");
    lab.page.expect_clean()
}

#[test]
fn tab_comes_to_everything_and_back_and_shows_where_it_is() -> anyhow::Result<()> {
    for width in [1280, 360] {
        let lab = Lab::open(width)?;
        lab.show_text()?;
        // Everything there is to come to: a menu with fields, a changed lesson, a problem that can be mended.
        tab_to(&lab, ".actions > .row > .button:nth-of-type(2)")?;
        lab.press(&["Enter"])?;
        tab_to(&lab, "textarea")?;
        lab.press(&["Control+End"])?;
        type_text(&lab, "\nproducr x on letters")?;
        lab.press(&["Escape"])?;
        lab.page.eval("document.activeElement.blur()")?;
        lab.page.eval(&format!("window.controls = {CONTROLS}"))?;
        let all = lab.page.eval("controls.length")?.as_u64().unwrap_or(0);
        assert!(all > 30, "{all} controls");
        lab.page.eval("window.seen = []")?;
        for _ in 0..all + 5 {
            lab.page.press("Tab")?;
            lab.page.eval("seen.push(document.activeElement)")?;
            let shown = lab.page.eval(
                "(focused => { for (let e = focused; e && !e.matches('.card, body, header'); e = e.parentElement) {
                     const style = getComputedStyle(e);
                     if (style.outlineStyle !== 'none' || style.boxShadow !== 'none') return null; }
                   return focused === document.body ? null : focused.outerHTML.slice(0, 200); })(document.activeElement)",
            )?;
            assert_eq!(
                shown,
                serde_json::Value::Null,
                "one does not see that it has the focus"
            );
        }
        let missed = lab.page.eval(
            "controls.filter(found => !seen.includes(found)).map(found => found.outerHTML.slice(0, 160))",
        )?;
        assert_eq!(
            missed,
            serde_json::json!([]),
            "Tab never comes there at {width} px"
        );
        lab.page.expect_clean()?;
    }
    Ok(())
}

#[test]
fn marks_are_walked_and_looked_into_and_acted_on_by_keys() -> anyhow::Result<()> {
    let lab = Lab::open(1280)?;
    tab_to(&lab, "textarea")?;
    lab.press(&["Control+a", "Delete"])?;
    type_text(&lab, crate::lab::CRASH)?;
    lab.press(&["Escape", "ArrowUp", "ArrowUp", "Control+Enter"])?;
    tab_to(&lab, ".stage [data-mark]")?;
    let label = "document.activeElement.getAttribute('aria-label') ?? ''";
    for _ in 0..200 {
        lab.page.press("ArrowDown")?;
        if lab
            .page
            .eval(label)?
            .as_str()
            .is_some_and(|words| words.starts_with("consumer billing"))
        {
            break;
        }
    }
    let moment = lab.clock()?;
    lab.press(&["Enter"])?;
    assert_eq!(lab.page.text_of(".inspector h3")?, "consumer billing");
    tab_to(&lab, ".inspector .act > .button[title='pause billing']")?;
    lab.press(&["Enter"])?;
    assert!(lab.text()?.contains("pause billing"), "{}", lab.text()?);
    assert!(lab.page.text_of(".inspector .facts")?.contains("paused"));
    lab.press(&["Control+z"])?;
    assert_eq!(
        (lab.text()?.as_str(), lab.clock()?),
        (crate::lab::CRASH, moment)
    );
    lab.page.expect_clean()
}
