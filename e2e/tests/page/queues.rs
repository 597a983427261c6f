//! What the page does with a text about queues, groups and members: the same as with one about streams.

use crate::lab::{Lab, QUEUES, digest_here};

#[test]
fn a_text_about_queues_is_drawn_tabled_and_looked_into() -> anyhow::Result<()> {
    let lab = Lab::open(1280)?;
    lab.write(QUEUES)?;
    assert_eq!(lab.problems()?, 0);
    lab.run_to(7)?;
    let words = lab.page.texts_of(".stage text")?.join("|");
    for said in [
        "orders.q0",
        "orders.q1",
        "min 0",
        "max 30",
        "owns q0 and q1",
        "commit log",
    ] {
        assert!(words.contains(said), "{said}: {words}");
    }
    lab.click(".tables .tab:nth-of-type(3)")?;
    let columns = lab
        .page
        .texts_of(".tables .data th[scope='col']")?
        .join("|");
    let progress = "Group|Topic|QID|Broker Offset|Consumer Offset|Client|Diff|Inflight|LastTime";
    assert!(columns.starts_with(progress), "{columns}");
    lab.click(".tables .tab:nth-of-type(5)")?;
    let columns = lab
        .page
        .texts_of(".tables .data th[scope='col']")?
        .join("|");
    let status = "Topic|QID|Min Offset|Max Offset|Last Updated";
    assert!(columns.starts_with(status), "{columns}");
    // A file of the commit log opens to the queues whose messages it holds, and these to a message.
    lab.click(".stage .file")?;
    assert!(lab.page.text_of(".inspector h3")?.starts_with("file 0"));
    lab.click(".inspector .children .button")?;
    assert!(lab.page.text_of(".inspector h3")?.starts_with("message 0"));
    // From there to its queue and to its topic, whose queues lead back.
    lab.click(".inspector .parents .link")?;
    assert_eq!(lab.page.text_of(".inspector h3")?, "topic orders");
    assert_eq!(lab.page.count(".inspector .children .button")?, 2);
    lab.click(".inspector .children .button")?;
    assert!(
        lab.page
            .text_of(".inspector h3")?
            .starts_with("queue orders.q0")
    );
    lab.click(".stage .reader")?;
    assert_eq!(lab.page.text_of(".inspector h3")?, "group billing");
    lab.page.expect_clean()
}

#[test]
fn a_group_is_reset_in_the_past_and_that_is_undone() -> anyhow::Result<()> {
    let lab = Lab::open(1280)?;
    lab.write(QUEUES)?;
    lab.run_to(7)?;
    lab.click("[aria-label='Back']")?;
    let (moment, before) = (lab.clock()?, lab.digest()?);
    lab.menu("Reset", "Reset to offset", "billing")?;
    let text = lab.text()?;
    assert!(text.contains("reset billing to offset 0"), "{text}");
    assert_eq!(Some(lab.digest()?), digest_here(&text));
    assert_ne!(lab.digest()?, before);
    lab.click("[aria-label='Undo']")?;
    assert_eq!(lab.text()?, QUEUES);
    assert_eq!((lab.clock()?, lab.digest()?), (moment, before));
    lab.page.expect_clean()
}

#[test]
fn the_words_of_queues_and_groups_complete() -> anyhow::Result<()> {
    let lab = Lab::open(1280)?;
    lab.write("broker rocketmq 5.3\ntopic orders queues 2\n")?;
    lab.page.focus("textarea")?;
    lab.page.press("Control+End")?;
    lab.page.type_keys("grou")?;
    lab.page.wait_for(".completion li")?;
    let offered = lab.page.texts_of(".completion li")?.join("|");
    assert!(offered.contains("group"), "{offered}");
    lab.page.type_keys("p billing on or")?;
    lab.page.wait_for(".completion li")?;
    lab.page.press("Tab")?;
    lab.settled()?;
    assert!(
        lab.text()?.contains("group billing on orders"),
        "{}",
        lab.text()?
    );
    lab.page.expect_clean()
}

/// Two members of a group, one of which hangs, and a delayed message.
const MEMBERS: &str = "broker rocketmq 5.3\ntopic orders queues 2\nproducer p on orders\n\
    publish p 12 \"order {n}\"\npublish p \"later\" delay 4\ngroup billing on orders from first\n\
    member anna in billing takes 20ms fails at \"order 4\"\nmember bert in billing hangs at \"order 7\"\n\
    run for 5s\nrun for 40s\n";

#[test]
fn a_member_that_joins_in_the_past_gets_queues_of_the_others() -> anyhow::Result<()> {
    let lab = Lab::open(1280)?;
    lab.write(QUEUES)?;
    lab.run_to(7)?;
    lab.click("[aria-label='Back']")?;
    lab.menu("New", "Member", "billing")?;
    let text = lab.text()?;
    assert!(text.contains("member worker in billing"), "{text}");
    assert_eq!(Some(lab.digest()?), digest_here(&text));
    lab.click("[aria-label='Last']")?;
    let words = lab.page.texts_of(".stage text")?.join("|");
    assert!(words.contains("owns q1"), "{words}");
    // The table of who has got how far names the one that reads each queue.
    lab.click(".tables .tab:nth-of-type(3)")?;
    lab.page.wait_for_text(".tables .table-panel", "worker")?;
    lab.page.expect_clean()
}

#[test]
fn what_is_delayed_and_what_hangs_is_seen_and_looked_into() -> anyhow::Result<()> {
    let lab = Lab::open(1280)?;
    lab.write(MEMBERS)?;
    assert_eq!(lab.problems()?, 0);
    lab.run_to(9)?;
    let words = lab.page.texts_of(".stage text")?.join("|");
    for said in ["1 delayed, next at 30", "q1 3, hangs", "%RETRY%billing.q0"] {
        assert!(words.contains(said), "{said}: {words}");
    }
    // What hangs is opened where its member has it, and says whose it is.
    lab.click(".stage [aria-label^='in flight: offset 3 of orders.q1']")?;
    let inspected = lab.page.text_of(".tables .inspector")?;
    assert!(inspected.contains("message 3 of orders.q1"), "{inspected}");
    assert!(inspected.contains("hangs"), "{inspected}");
    lab.click("[aria-label='Last']")?;
    let words = lab.page.texts_of(".stage text")?.join("|");
    assert!(!words.contains("next at 30"), "{words}");
    lab.page.expect_clean()
}

#[test]
fn a_question_about_a_group_is_answered_wrongly_and_explained() -> anyhow::Result<()> {
    let lab = Lab::open(1280)?;
    lab.choose_lesson("a-message-that-hangs")?;
    for _ in 0..20 {
        if lab.page.count(".question")? > 0 {
            break;
        }
        lab.click(".go-on .button")?;
        lab.page.wait_for(".transport [aria-label='Play']")?;
    }
    let choices = lab.page.texts_of(".question .choices .button")?;
    let wrong = choices.iter().position(|words| words == "30");
    let wrong = wrong.ok_or_else(|| anyhow::anyhow!("30 is not offered: {choices:?}"))? as u64;
    lab.page
        .click_nth(".question .choices .button", wrong, "")?;
    lab.page
        .wait_for_text(".answered", "30 would be right if no message hung.")?;
    assert!(lab.page.text_of(".answered .wrong")?.contains("it is 3"));
    lab.page.expect_clean()
}
