//! What a learner does with the mouse: open, type, play, go back, crash a consumer in the past, undo, mend.

use crate::lab::{Lab, SEGMENTS, STORIES, Story, digest_here};

#[test]
fn with_the_mouse_a_consumer_is_crashed_in_the_past_and_undone() -> anyhow::Result<()> {
    let lab = Lab::open(1280)?;
    for story in STORIES {
        crash_in_the_past(&lab, story)?;
    }
    lab.page.expect_clean()
}

fn crash_in_the_past(lab: &Lab, story: &Story) -> anyhow::Result<()> {
    lab.write(story.text)?;
    lab.click("[aria-label='First']")?;
    assert!(lab.clock()?.starts_with("step 0 "), "{}", lab.clock()?);
    lab.click("[aria-label='Play']")?;
    lab.page
        .wait_until("!document.querySelector('.clock').textContent.startsWith('step 0')")?;
    lab.click("[aria-label='Pause']")?;
    lab.click("[aria-label='Last']")?;
    let end = lab.clock()?;
    lab.click("[aria-label='Back']")?;
    assert_ne!(lab.clock()?, end);
    // Into the past, where the consumer is at work.
    lab.run_to(story.line)?;
    lab.click("[aria-label='Back']")?;
    let (moment, before) = (lab.clock()?, lab.digest()?);
    lab.menu("Program", "Crash", story.whom)?;
    let text = lab.text()?;
    assert_eq!(story.fault(&text), None);
    assert!(lab.narration()?.contains("crashed"), "{}", lab.narration()?);
    assert_eq!(Some(lab.digest()?), digest_here(&text));
    assert_ne!(lab.digest()?, before);
    let acted = lab.clock()?;
    // One undo: the former continuation and the former moment. One redo: the other one.
    lab.click("[aria-label='Undo']")?;
    assert_eq!(lab.text()?, story.text);
    assert_eq!((lab.clock()?, lab.digest()?), (moment, before));
    lab.click("[aria-label='Redo']")?;
    assert_eq!((lab.text()?, lab.clock()?), (text, acted));
    Ok(())
}

#[test]
fn with_the_mouse_a_problem_is_mended() -> anyhow::Result<()> {
    let lab = Lab::open(1280)?;
    lab.write("stream s\nproducr p on s\n")?;
    assert_eq!(lab.problems()?, 1);
    assert!(lab.narration()?.contains("before it had problems"));
    assert_eq!(lab.page.count(".lines .wrong")?, 1);
    lab.click(".problems li .button")?;
    assert_eq!(lab.problems()?, 0);
    assert!(lab.text()?.contains("producer p on s"));
    lab.page.expect_clean()
}

#[test]
fn every_menu_says_what_is_possible_and_why_not() -> anyhow::Result<()> {
    let lab = Lab::open(1280)?;
    lab.write("stream s\n")?;
    lab.click(".actions > .row > .button:nth-of-type(1)")?;
    assert!(lab.page.text_of(".menu .why")?.contains("no producer"));
    lab.click(".actions > .row > .button:nth-of-type(2)")?;
    lab.page.click(".menu .act:nth-of-type(2) .button")?;
    lab.settled()?;
    assert!(
        lab.text()?.contains("producer writer on s"),
        "{}",
        lab.text()?
    );
    lab.page.expect_clean()
}

#[test]
fn what_is_clicked_is_looked_into_and_acted_on() -> anyhow::Result<()> {
    let lab = Lab::open(1280)?;
    lab.write(SEGMENTS)?;
    lab.run_to(6)?;
    let moment = lab.clock()?;
    // A segment opens to its chunks, a chunk to its header.
    lab.page.wait_still(".stage .segment")?;
    lab.page.click_nth(".stage .segment", 0, "")?;
    assert!(lab.page.text_of(".inspector h3")?.starts_with("segment"));
    lab.click(".inspector .children .button")?;
    let facts = lab.page.text_of(".inspector .facts")?;
    assert!(
        facts.contains("header") && facts.contains("trailer"),
        "{facts}"
    );
    lab.click(".stage .consumer")?;
    assert_eq!(lab.page.text_of(".inspector h3")?, "consumer billing");
    // From the inspector: pause it, and take it back.
    lab.page
        .click_nth(".inspector .act > .button[title='pause billing']", 0, "")?;
    lab.settled()?;
    assert!(
        lab.text()?.contains("== 27\npause billing\nrun"),
        "{}",
        lab.text()?
    );
    assert!(lab.page.text_of(".inspector .facts")?.contains("paused"));
    lab.click("[aria-label='Undo']")?;
    assert_eq!((lab.text()?.as_str(), lab.clock()?), (SEGMENTS, moment));
    lab.click(".tables .tab:nth-of-type(2)")?;
    lab.click(".events .go")?;
    assert!(lab.clock()?.starts_with("step "));
    lab.page.expect_clean()
}
