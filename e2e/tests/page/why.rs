//! Why: of what just happened, of an event, of a fact, of a cell, of a mark, by mouse and by keys, in both families.

use offset_lab_e2e::Lab;
use offset_lab_e2e::lab::CRASH;

/// The question that stands answered, and what it is answered with.
fn told(lab: &Lab) -> anyhow::Result<(String, Vec<String>)> {
    lab.page.wait_for(".why .reasons li")?;
    let about = lab.page.text_of(".why [role=status] h3")?;
    Ok((about, lab.page.texts_of(".why .reasons li")?))
}

#[test]
fn whatever_is_shown_can_be_asked_about_and_the_answer_leads_to_its_moments() -> anyhow::Result<()>
{
    let lab = Lab::open(1280)?;
    lab.write(&format!("{CRASH}crash billing\nrestart billing\nrun\n"))?;
    lab.click("[aria-label='Last']")?;
    // What just happened.
    lab.click(".narration .ask-why")?;
    let (about, chain) = told(&lab)?;
    assert!(about.starts_with("Why: what happened at step "), "{about}");
    assert!(
        chain
            .last()
            .is_some_and(|last| last.starts_with("It began with line "))
    );
    // An event of the log.
    lab.click(".tables .tab:nth-of-type(2)")?;
    let row = lab.page.text_of(".event .what")?;
    lab.click(".event .ask-why")?;
    assert_eq!(told(&lab)?.1[0], row);
    // A fact of what is selected, by a mark of the picture.
    lab.click(".stage .consumer")?;
    lab.click(".facts [aria-label='Why: stored']")?;
    let (about, chain) = told(&lab)?;
    assert_eq!(about, "Why: stored of consumer billing is 99");
    assert!(chain.len() > 3, "{chain:?}");
    // A cell of a table says the same.
    lab.click(".tables .tab:nth-of-type(3)")?;
    lab.click(".data tbody td [aria-label='Why: Stored']")?;
    let (cell, of_cell) = told(&lab)?;
    assert_eq!((&*cell, of_cell), ("Why: Stored of billing is 99", chain));
    // A link leads to its moment, and the answer stays.
    let clock = lab.clock()?;
    lab.click(".why .reasons li:first-child .link")?;
    assert_ne!(lab.clock()?, clock);
    assert_eq!(told(&lab)?.0, cell);
    // Another text, another run: no answer is left over.
    lab.write("stream s\nrun\n")?;
    lab.page.wait_for(".why .empty")?;
    lab.page.expect_clean()
}

#[test]
fn the_key_asks_about_the_mark_that_has_the_focus_and_else_about_what_happened()
-> anyhow::Result<()> {
    let lab = Lab::open(1280)?;
    lab.choose_lesson("crash-and-redelivery")?;
    lab.click("[aria-label='Last']")?;
    lab.page.focus(".lab main")?;
    lab.press(&["w"])?;
    assert!(told(&lab)?.0.starts_with("Why: what happened at step "));
    lab.page.focus(".stage .consumer")?;
    lab.press(&["w"])?;
    let (about, _) = told(&lab)?;
    assert_eq!(about, "Why: consumer billing is as it is");
    // From there Tab comes to the answer.
    let inside = "document.activeElement.closest('.why, .table-panel') !== null";
    lab.page.focus(".table-panel")?;
    lab.press(&["Tab"])?;
    assert_eq!(lab.page.eval(inside)?, true);
    // In the text it is a letter.
    lab.page.focus("textarea")?;
    lab.press(&["Control+End", "w"])?;
    assert!(lab.text()?.ends_with('w'));
    lab.page.expect_clean()
}

#[test]
fn what_was_unusual_is_listed_with_its_causes_and_an_open_question_hides_it() -> anyhow::Result<()>
{
    let lab = Lab::open(1280)?;
    lab.choose_lesson("crash-and-redelivery")?;
    lab.run_to(18)?;
    lab.page.wait_for(".question")?;
    lab.click(".tables .tab:nth-of-type(7)")?;
    assert!(!lab.page.text_of(".why")?.contains("redelivered"));
    lab.click(".question .row .button:nth-of-type(2)")?;
    lab.click("[aria-label='Last']")?;
    lab.page.wait_for_text(".unusual-list", "redelivered")?;
    lab.click(".unusual-list li:first-child .ask-why")?;
    assert!(told(&lab)?.1.len() > 2);
    // A lag that lies, of either family.
    lab.choose_lesson("lag-is-not-what-is-left")?;
    lab.run_to(14)?;
    lab.page.wait_for_text(
        ".unusual-list",
        "The lag of slow is 0, and it has not processed",
    )?;
    lab.choose_lesson("two-readings-of-lag")?;
    lab.run_to(20)?;
    lab.page.wait_for_text(
        ".unusual-list",
        "For mqadmin audit is 20 behind, for the metrics of the broker 0.",
    )?;
    lab.click(".unusual-list li:last-child .ask-why")?;
    assert_eq!(told(&lab)?.0, "Why: diff of group audit is 20");
    lab.page.expect_clean()
}
