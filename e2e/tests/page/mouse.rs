//! What a learner does with the mouse: open, type, play, go back, crash a consumer in the past, undo, mend.

use crate::lab::{CRASH, Lab};

#[test]
fn with_the_mouse_a_consumer_is_crashed_in_the_past_and_undone() -> anyhow::Result<()> {
    let lab = Lab::open(1280)?;
    lab.write(CRASH)?;
    lab.click("[aria-label='First']")?;
    lab.click("[aria-label='Play']")?;
    lab.page
        .wait_until("!document.querySelector('.clock').textContent.startsWith('step 0')")?;
    lab.click("[aria-label='Pause']")?;
    lab.click("[aria-label='Last']")?;
    let end = lab.clock()?;
    lab.click("[aria-label='Back']")?;
    assert_ne!(lab.clock()?, end);
    lab.run_to(6)?;
    lab.click(".actions > .row > .act .button")?;
    let text = lab.text()?;
    assert!(text.contains("== 27\ncrash billing\nrun"), "{text}");
    let narration = lab.narration()?;
    assert!(
        narration.contains("crashed") && narration.contains("20 to 27"),
        "{narration}"
    );
    lab.click("[aria-label='Undo']")?;
    assert_eq!(lab.text()?, CRASH);
    lab.click("[aria-label='Redo']")?;
    assert_eq!(lab.text()?, text);
    lab.page.expect_clean()
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
fn what_is_clicked_is_looked_into() -> anyhow::Result<()> {
    let lab = Lab::open(1280)?;
    lab.write(CRASH)?;
    lab.run_to(6)?;
    lab.click(".stage .consumer")?;
    assert_eq!(lab.page.text_of(".inspector h3")?, "consumer billing");
    lab.click(".tables .tab:nth-of-type(2)")?;
    lab.click(".events .go")?;
    assert!(lab.clock()?.starts_with("step "));
    lab.page.expect_clean()
}
