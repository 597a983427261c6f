//! A lesson as a learner goes through it: beat by beat, with right and wrong answers, and an exercise that is solved.

use crate::lab::Lab;

/// Goes on until a question is open.
fn to_the_question(lab: &Lab) -> anyhow::Result<()> {
    for _ in 0..20 {
        if lab.page.count(".question")? > 0 {
            return Ok(());
        }
        lab.click(".go-on .button")?;
        lab.page.wait_for(".transport [aria-label='Play']")?;
    }
    anyhow::bail!("no question comes")
}

#[test]
fn a_wrong_answer_plays_to_what_decides_it_and_is_told_what_would_make_it_right()
-> anyhow::Result<()> {
    let lab = Lab::open(1280)?;
    lab.choose_lesson("crash-and-redelivery")?;
    to_the_question(&lab)?;
    assert_eq!(
        lab.page.count(".time-marks .unusual")?,
        0,
        "nothing is given away"
    );
    let choices = lab.page.texts_of(".question .choices .button")?;
    let wrong = choices.iter().position(|words| words == "3");
    let wrong = wrong.ok_or_else(|| anyhow::anyhow!("3 is not offered: {choices:?}"))? as u64;
    lab.page
        .click_nth(".question .choices .button", wrong, "")?;
    lab.page
        .wait_for_text(".answered", "3 would be right if it stored every 5.")?;
    assert!(lab.page.text_of(".answered .wrong")?.contains("it is 8"));
    assert_eq!(lab.page.count(".question")?, 0);
    // A reason leads to its moment.
    let clock = lab.clock()?;
    lab.page.click_nth(".answered .reasons .link", 1, "")?;
    lab.settled()?;
    assert_ne!(lab.clock()?, clock);
    lab.page.expect_clean()
}

#[test]
fn with_the_keyboard_alone_a_lesson_is_gone_through_with_right_and_strange_answers()
-> anyhow::Result<()> {
    let lab = Lab::open(1280)?;
    for (given, kind) in [
        ("8", ".right"),
        ("-99999999999999999999", ".wrong"),
        ("acht <b>", ".wrong"),
    ] {
        lab.choose_lesson("quorum")?;
        lab.choose_lesson("crash-and-redelivery")?;
        lab.page
            .eval("document.querySelector('.lab main').focus()")?;
        for _ in 0..20 {
            if lab.page.count(".question")? > 0 {
                break;
            }
            lab.press(&["Enter", "Enter"])?;
        }
        lab.page.focus(".question input")?;
        lab.page.type_keys(given)?;
        lab.press(&["Enter"])?;
        lab.page.wait_for(&format!(".answered {kind}"))?;
        lab.page.wait_for(".answered .reasons")?;
    }
    // To its end, by Enter alone.
    for _ in 0..20 {
        lab.press(&["Enter", "Enter"])?;
    }
    assert_eq!(lab.page.text_of(".go-on .button")?, "The end");
    assert!(lab.page.text_of(".story")?.contains("It resumes at 20"));
    lab.page.expect_clean()
}

#[test]
fn an_exercise_is_solved_by_changing_its_text() -> anyhow::Result<()> {
    let lab = Lab::open(1280)?;
    lab.choose_lesson("resume-where-it-stopped")?;
    lab.page.wait_for(".exercise .goals .open")?;
    lab.page
        .wait_for_text(".exercise .hint", "processed 20 messages again")?;
    let text = lab.text()?;
    lab.write(&text.replace("from first", "from first store every 10"))?;
    lab.page
        .wait_for_text(".exercise .right", "Solved, with 1 line.")?;
    assert_eq!(lab.page.count(".exercise .goals .open")?, 0);
    // A goal that is made easier solves nothing.
    lab.write(&text.replace("redelivered == 0", "redelivered >= 0"))?;
    lab.page
        .wait_for_text(".exercise .hint", "belongs to the exercise")?;
    lab.page.expect_clean()
}

#[test]
fn the_detail_of_the_log_is_chosen() -> anyhow::Result<()> {
    let lab = Lab::open(1280)?;
    lab.choose_lesson("crash-and-redelivery")?;
    lab.click("[aria-label='Last']")?;
    lab.click(".tables .tab:nth-of-type(2)")?;
    let mut rows = Vec::new();
    for level in ["story", "messages", "everything"] {
        lab.page.choose(".transport .detail select", level)?;
        lab.settled()?;
        let count = lab.page.attribute(".events", "aria-rowcount")?;
        rows.push(count.unwrap_or_default().parse::<u32>()?);
    }
    assert!(rows[0] < rows[1] && rows[1] < rows[2], "{rows:?}");
    lab.page.expect_clean()
}
