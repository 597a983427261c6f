//! Links and the dialogs that give them: what is copied, what it opens, what an author takes into a page.

use anyhow::Context;
use offset_lab_e2e::lab::{CRASH, Lab};
use offset_lab_e2e::{Page, Theme};
use serde_json::json;

/// The text in the dialog that is to be copied, once it is there.
fn shown(lab: &Lab) -> anyhow::Result<String> {
    lab.page
        .wait_until("document.querySelector('.copied .primary')?.disabled === false")?;
    lab.page.value_of(".copied textarea")
}

/// Waits until what can be copied contains `text`.
fn shows(lab: &Lab, text: &str) -> anyhow::Result<()> {
    let text = serde_json::Value::from(text);
    let has = format!("document.querySelector('.copied textarea').value.includes({text})");
    lab.page
        .wait_until(&has)
        .with_context(|| format!("{:?}", shown(lab)))
}

#[test]
fn a_link_opens_text_moment_and_selection_in_another_browser() -> anyhow::Result<()> {
    let lab = Lab::open(1280)?;
    lab.write(CRASH)?;
    lab.click("[aria-label='Last']")?;
    lab.click("[aria-label='Back']")?;
    lab.click(".stage .consumer")?;
    let clock = lab.page.text_of(".clock")?;
    lab.page.wait_for(".inspector")?;
    lab.click(".header [title^='Share']")?;
    let address = shown(&lab)?;
    let (_, link) = address.rsplit_once('#').unwrap_or_default();
    assert!(link.starts_with("s1:") && link.len() < 500, "{address}");
    let count = format!("in {} characters", address.len());
    assert!(lab.page.text_of(".dialog-panel p")?.contains(&count));
    lab.click(".copied .primary")?;
    lab.page
        .wait_until("document.querySelector('.copied-words').textContent.length > 4")?;
    lab.page.press("Escape")?;
    lab.page
        .wait_until("document.querySelector('.dialog') === null")?;
    let there = Lab::open(1280)?;
    there.page.go(&format!("#{link}"))?;
    there.settled()?;
    there.page.wait_for_text(".clock", &clock)?;
    assert_eq!(there.text()?, CRASH);
    assert_eq!(there.page.text_of(".inspector h3")?, "consumer billing");
    assert_eq!(there.page.count(".notice")?, 0);
    // Put into the address of a page that is open, and cut on the way.
    there.page.eval(&format!(
        "(location.hash = '{}', 0)",
        &link[..link.len() / 2]
    ))?;
    there.page.wait_for_text(".notice", "not whole")?;
    assert_eq!(there.text()?, CRASH);
    there.page.eval("(location.hash = 's4:AAAA', 0)")?;
    there.page.wait_for_text(".notice", "later version")?;
    there.page.expect_clean()?;
    lab.page.expect_clean()
}

#[test]
fn a_link_takes_no_draft_away() -> anyhow::Result<()> {
    let lab = Lab::open(1280)?;
    lab.write("stream mine\n")?;
    lab.click(".header [title^='Share']")?;
    let address = shown(&lab)?;
    let (_, link) = address.rsplit_once('#').unwrap_or_default();
    lab.page.press("Escape")?;
    lab.write(CRASH)?;
    lab.page.go(&format!("#{link}"))?;
    lab.settled()?;
    assert_eq!(lab.text()?, "stream mine\n");
    let first = offset_lab::lessons::TRACKS[0].lessons[0].slug;
    lab.choose_lesson(first)?;
    assert_eq!(lab.text()?, CRASH, "the draft is there");
    lab.page.expect_clean()
}

/// Keeps whatever is fetched whose address holds `window.held` until `window.answer` says whether it is had.
const HOLD: &str = "const really = window.fetch, waiting = [];
    window.answer = fine => waiting.splice(0).forEach(each => each(fine));
    Object.defineProperty(window, 'waits', { get: () => waiting.length });
    window.fetch = (...what) => window.held && String(what[0]).includes(window.held)
        ? new Promise((done, failed) => waiting.push(fine =>
            fine ? really(...what).then(done, failed) : failed(new TypeError('no network'))))
        : really(...what);";

#[test]
fn the_dialog_is_there_at_once_stays_where_it_is_and_says_what_becomes_of_the_link()
-> anyhow::Result<()> {
    for (width, height) in [(1280, 800), (360, 740)] {
        let page = Page::open_with(width, height, Theme::Light, HOLD)?;
        let lab = Lab { page };
        lab.settled()?;
        lab.page.eval("(window.held = 'dictionary.txt')")?;
        lab.click(".header [title^='Share']")?;
        lab.page
            .wait_for_text(".dialog-panel", "It is being made")?;
        assert_eq!(
            lab.page
                .eval("document.querySelector('.copied .primary').disabled")?,
            true
        );
        let places = "['.dialog', ...[1, 2, 3, 4, 5].map(n => `.dialog [role=tab]:nth-of-type(${n})`), '.dialog-panel']
            .map(name => { const { x, y, width } = document.querySelector(name).getBoundingClientRect(); return [x, y, width]; })";
        let before = lab.page.eval(places)?;
        lab.page.wait_until("window.waits === 1")?;
        lab.page.eval("(answer(false), 0)")?;
        lab.page
            .wait_for_text(".dialog-panel strong", "cannot be made")?;
        assert_eq!(lab.page.eval(places)?, before);
        // What needs no link is there all the same.
        lab.page.click_nth(".dialog [role=tab]", 1, "")?;
        shows(&lab, "<offset-lab lesson=")?;
        lab.page.click_nth(".dialog [role=tab]", 0, "")?;
        lab.click(".dialog-panel .link")?;
        lab.page
            .wait_for_text(".dialog-panel", "It is being made")?;
        let focus = "document.activeElement.closest('.dialog') !== null";
        assert_eq!(lab.page.eval(focus)?, true);
        lab.page.wait_until("window.waits === 1")?;
        lab.page.eval("(answer(true), 0)")?;
        shows(&lab, "#s1:")?;
        assert_eq!(lab.page.eval(places)?, before);
        assert_eq!(lab.page.count(".notice")?, 0);
        lab.page.expect_clean()?;
    }
    Ok(())
}

#[test]
fn a_lesson_that_cannot_be_had_is_not_said_to_be_open() -> anyhow::Result<()> {
    let page = Page::open_with(1280, 800, Theme::Light, HOLD)?;
    let lab = Lab { page };
    lab.settled()?;
    let chosen = || lab.page.value_of(".picker select");
    let before = (chosen()?, lab.text()?);
    lab.page.eval("(window.held = 'lessons/quorum.lab')")?;
    for _ in 0..2 {
        lab.page.choose(".picker select", "quorum")?;
        lab.page.wait_until("window.waits === 1")?;
        assert_eq!(chosen()?, "quorum", "it is on its way");
        lab.page.eval("(answer(false), 0)")?;
        lab.page
            .wait_for_text(".notice", "The file lessons/quorum.lab cannot be had")?;
        lab.page.wait_until(&format!(
            "document.querySelector('.picker select').value === {}",
            json!(before.0)
        ))?;
        assert_eq!(lab.text()?, before.1);
        lab.page.click(".notice .button")?;
    }
    lab.page.choose(".picker select", "quorum")?;
    lab.page.wait_until("window.waits === 1")?;
    lab.page.eval("(answer(true), 0)")?;
    lab.page
        .wait_until("document.querySelector('textarea').value.includes('nodes 3')")?;
    assert_eq!(chosen()?, "quorum");
    lab.page.expect_clean()
}

#[test]
fn a_long_link_says_so_and_offers_the_file() -> anyhow::Result<()> {
    let lab = Lab::open(1280)?;
    let mut text = String::from(CRASH);
    // Nothing that repeats.
    let mut state = 1_u64;
    for _ in 0..220 {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1);
        text.push_str(&format!("# {state:x}\n"));
    }
    lab.write(&text)?;
    lab.click(".header [title^='Share']")?;
    lab.page
        .wait_for_text(".dialog-panel", "longer than some programs")?;
    lab.click(".dialog-panel .link")?;
    lab.page.wait_for(".export-row")?;
    lab.page.expect_clean()
}

#[test]
fn markup_for_a_page_comes_with_a_preview() -> anyhow::Result<()> {
    let lab = Lab::open(1280)?;
    lab.choose_lesson("deduplication")?;
    lab.click(".header [title^='Share']")?;
    // Whether the link is there or not: nothing moves.
    lab.page.click_nth(".dialog [role=tab]", 1, "")?;
    shows(&lab, "<offset-lab lesson=\"deduplication\" step=")?;
    let inside = "document.querySelector('.preview-place offset-lab')?.shadowRoot.querySelector('.frame.live .stage')";
    lab.page.wait_until(&format!("{inside} != null"))?;
    lab.page.choose(".dialog-options select", "none")?;
    shows(&lab, "controls=\"none\"")?;
    lab.page.wait_until(&format!(
        "{inside} && !document.querySelector('.preview-place offset-lab').shadowRoot.querySelector('.transport')"
    ))?;
    lab.page.click_nth(".dialog [role=tab]", 2, "")?;
    shows(&lab, "embed.html?lesson=deduplication&amp;step=")?;
    lab.page.click_nth(".dialog [role=tab]", 3, "")?;
    shows(&lab, "```offset-lab step=")?;
    lab.page.click_nth(".dialog [role=tab]", 4, "")?;
    shows(&lab, "<source srcset=\"deduplication-dark.svg\"")?;
    lab.page.expect_clean()
}

#[test]
fn files_of_a_run_are_what_the_core_says_here() -> anyhow::Result<()> {
    let lab = Lab::open(1280)?;
    lab.write(CRASH)?;
    lab.click("[aria-label='Last']")?;
    // What would be saved is caught on its way.
    lab.page.eval(
        "(window.saved = [], URL.createObjectURL = blob => { blob.text().then(text =>
            window.saved.push({ type: blob.type, size: blob.size, text })); return '#'; },
          HTMLAnchorElement.prototype.click = function () { window.named = this.download; }, 0)",
    )?;
    lab.click(".header [title^='Pictures']")?;
    let save = |name: &str| -> anyhow::Result<serde_json::Value> {
        lab.page.eval("(window.saved.length = 0, 0)")?;
        lab.page.eval(&format!(
            "([...document.querySelectorAll('.export-row .button')].find(b => b.textContent === {}).click(), 0)",
            json!(name)
        ))?;
        lab.page.wait_until("window.saved.length === 1")?;
        lab.page
            .eval("({ ...window.saved[0], name: window.named })")
    };
    let scenario = save("Scenario")?;
    assert_eq!(scenario["text"], CRASH);
    assert!(
        scenario["name"]
            .as_str()
            .is_some_and(|name| name.ends_with(".lab"))
    );
    let light = save("SVG, light")?;
    assert!(
        light["text"]
            .as_str()
            .is_some_and(|svg| svg.starts_with("<svg"))
    );
    assert_ne!(save("SVG, dark")?["text"], light["text"]);
    assert_eq!(save("PNG")?["type"], "image/png");
    let steps = save("Animated SVG")?;
    let count = steps["text"]
        .as_str()
        .map(|svg| svg.matches("<g class=\"step ").count());
    assert_eq!(count, Some(21));
    let trace = save("Trace")?;
    let trace: Vec<serde_json::Value> = serde_json::from_str(trace["text"].as_str().unwrap_or(""))?;
    let timeline = offset_lab_e2e::lab::timeline_here(CRASH);
    let events = timeline.map_or(0, |timeline| timeline.len());
    assert_eq!(trace.len(), events as usize);
    let lines = save("Transcript")?;
    let lines = lines["text"].as_str().map(|text| text.lines().count());
    assert_eq!(lines, Some(events as usize));
    // The preview is a picture.
    lab.page
        .wait_until("document.querySelector('.export-preview').naturalWidth > 300")?;
    lab.page.expect_clean()
}
