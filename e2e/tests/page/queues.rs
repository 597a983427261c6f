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
