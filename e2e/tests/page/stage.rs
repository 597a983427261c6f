//! The stage by keys and by mouse: walked along, dragged, turned over; what it leaves out and how it moves.

use offset_lab_e2e::lab::CRASH;
use offset_lab_e2e::{Lab, Page, Theme};
use serde_json::json;

/// A stream far longer than its window, with a consumer in the middle of it.
const LONG: &str = "stream s\nproducer p on s\npublish p 2_000 \"m{n}\"\nrun\n\
    consumer c on s from first store every 50 takes 1ms\nrun until c.last == 800\n";

/// The name of what has the focus.
fn focused(page: &Page) -> anyhow::Result<String> {
    let name = page.eval("document.activeElement.getAttribute('aria-label') || ''")?;
    Ok(name.as_str().unwrap_or_default().to_owned())
}

/// The window on the first long stream, in words.
fn window(page: &Page) -> anyhow::Result<String> {
    let words = page.attribute(".stage [role=slider]", "aria-valuetext")?;
    Ok(words.unwrap_or_default())
}

/// The buttons where something is left out.
fn ways(page: &Page) -> anyhow::Result<Vec<String>> {
    let names =
        "[...document.querySelectorAll('.stage .turn')].map(e => e.getAttribute('aria-label'))";
    Ok(serde_json::from_value(page.eval(names)?)?)
}

fn focus_cell(lab: &Lab, nth: u32) -> anyhow::Result<()> {
    lab.page.eval(&format!(
        "document.querySelectorAll('.stage .cell[data-mark]')[{nth}].focus()"
    ))?;
    Ok(())
}

#[test]
fn arrow_keys_walk_along_cells_and_time_stands_still() -> anyhow::Result<()> {
    let lab = Lab::open(1280)?;
    lab.write(CRASH)?;
    lab.run_to(6)?;
    let clock = lab.clock()?;
    focus_cell(&lab, 3)?;
    let number = |name: &str| -> u64 {
        let digits: String = name.chars().filter(char::is_ascii_digit).take(2).collect();
        digits.parse().unwrap_or(u64::MAX)
    };
    let start = number(&focused(&lab.page)?);
    for (key, to) in [("ArrowRight", 1), ("ArrowRight", 2), ("ArrowLeft", 1)] {
        lab.press(&[key])?;
        assert_eq!(number(&focused(&lab.page)?), start + to);
    }
    // Behind the window the row goes on, and at the ends of the stream it ends.
    lab.press(&["Home"])?;
    assert!(
        focused(&lab.page)?.starts_with("message 0:"),
        "{}",
        focused(&lab.page)?
    );
    lab.press(&["ArrowLeft"])?;
    assert!(focused(&lab.page)?.starts_with("message 0:"));
    for _ in 0..40 {
        lab.press(&["ArrowRight"])?;
    }
    assert!(
        focused(&lab.page)?.starts_with("message 40:"),
        "{}",
        focused(&lab.page)?
    );
    assert_eq!(lab.clock()?, clock, "time stood still");
    assert!(
        ways(&lab.page)?
            .iter()
            .any(|way| way.contains("follow the action"))
    );
    lab.page.expect_clean()
}

#[test]
fn down_and_up_reach_everything_and_escape_leads_back_to_time() -> anyhow::Result<()> {
    let lab = Lab::open(1280)?;
    lab.write(CRASH)?;
    lab.run_to(6)?;
    lab.page
        .eval("document.querySelector('.stage [tabindex=\"0\"]').focus()")?;
    let mut names = vec![focused(&lab.page)?];
    for _ in 0..12 {
        lab.press(&["ArrowDown"])?;
        names.push(focused(&lab.page)?);
    }
    for what in [
        "stream s",
        "producer p",
        "message ",
        "chunk ",
        "20–27 would",
        "consumer billing",
        "window",
    ] {
        assert!(
            names
                .iter()
                .any(|name| name.to_lowercase().starts_with(what)),
            "{what}: {names:?}"
        );
    }
    lab.press(&["ArrowUp", "ArrowUp", "Enter"])?;
    assert_eq!(lab.page.text_of(".inspector h3")?, "consumer billing");
    let clock = lab.clock()?;
    lab.press(&["Escape"])?;
    assert_eq!(lab.page.count(".inspector")?, 0);
    lab.press(&["ArrowLeft"])?;
    assert_ne!(lab.clock()?, clock, "the keys of time are back");
    lab.press(&["ArrowDown"])?;
    assert!(!focused(&lab.page)?.is_empty());
    lab.page.expect_clean()
}

#[test]
fn the_focus_survives_steps_and_is_not_taken_from_elsewhere() -> anyhow::Result<()> {
    let lab = Lab::open(1280)?;
    lab.write(CRASH)?;
    lab.run_to(6)?;
    lab.page.focus(".stage .consumer")?;
    for key in ["[", "9", "Alt+ArrowRight", "4", "Shift+ArrowRight"] {
        lab.press(&[key])?;
        let inside = lab
            .page
            .eval("document.activeElement.closest('svg.stage') !== null")?;
        assert_eq!(inside, true, "{key}");
    }
    focus_cell(&lab, 2)?;
    lab.page.focus(".transport .primary")?;
    lab.press(&["Home", "End"])?;
    assert_eq!(focused(&lab.page)?, "Play");
    lab.page.expect_clean()
}

#[test]
fn a_window_is_moved_by_strip_by_cells_by_keys_and_follows_again() -> anyhow::Result<()> {
    let lab = Lab::open(1280)?;
    lab.write(LONG)?;
    lab.run_to(6)?;
    let page = &lab.page;
    let following = window(page)?;
    let right = page.spot_at(".stage .strip", 0, 900)?.expect("a strip");
    page.click_at(right)?;
    let pressed = window(page)?;
    assert_ne!(pressed, following, "a press on the strip jumps");
    let left = page.spot_at(".stage .strip", 0, 300)?.expect("a strip");
    page.drag(right, left, 6)?;
    let dragged = window(page)?;
    assert_ne!(dragged, pressed);
    let from = page.spot_at(".stage .chunk", 0, 700)?.expect("a chunk");
    let to = page.spot_at(".stage .chunk", 0, 300)?.expect("a chunk");
    page.drag(from, to, 6)?;
    assert_ne!(window(page)?, dragged, "cells can be dragged");
    page.focus(".stage [role=slider]")?;
    lab.press(&["Home"])?;
    assert!(
        window(page)?.starts_with("offsets 0 to "),
        "{}",
        window(page)?
    );
    lab.press(&["ArrowRight", "PageDown", "End"])?;
    let now = page.attribute(".stage [role=slider]", "aria-valuenow")?;
    assert_eq!(
        now,
        page.attribute(".stage [role=slider]", "aria-valuemax")?
    );
    // Time moves on, and the window stays until the action is followed again.
    let stays = window(page)?;
    lab.click("[aria-label='Back']")?;
    assert_eq!(window(page)?, stays);
    lab.click("[aria-label='Forward']")?;
    assert!(page.click_nth(".stage .turn", 0, "text")?);
    assert_eq!(window(page)?, following);
    assert!(ways(page)?.is_empty());
    page.expect_clean()
}

#[test]
fn what_is_left_out_is_reached_by_buttons_by_keys_and_from_the_tables() -> anyhow::Result<()> {
    let lab = Lab::open(1280)?;
    let mut text = String::new();
    for k in 0..40 {
        text.push_str(&format!("stream s{k}\nproducer p{k} on s{k}\n"));
    }
    for k in 0..120 {
        text.push_str(&format!("consumer c{k} on s39 from first\n"));
    }
    lab.write(&(text + "run\n"))?;
    let page = &lab.page;
    assert!(
        ways(page)?.contains(&"34 streams behind: draw those".into()),
        "{:?}",
        ways(page)?
    );
    let marks = page.count(".stage > *")?;
    assert!(marks < 700, "{marks}");
    page.eval("[...document.querySelectorAll('.stage .turn')].find(e => e.getAttribute('aria-label').includes('streams')).focus()")?;
    lab.press(&["Enter"])?;
    assert!(
        ways(page)?.contains(&"6 streams before: draw those".into()),
        "{:?}",
        ways(page)?
    );
    lab.click(".tables .tab:nth-of-type(5)")?;
    // Beside the question mark that the cell shows to a mouse.
    page.eval(
        "document.querySelector('.data tbody tr:nth-of-type(40) td:nth-of-type(2)').click()",
    )?;
    lab.settled()?;
    assert_eq!(page.text_of(".inspector h3")?, "stream s39");
    let drawn = page.texts_of(".stage .f-name")?;
    assert!(drawn.iter().any(|name| name == "s39"), "{drawn:?}");
    lab.click("[aria-label='Last']")?;
    lab.click(".tables .tab:nth-of-type(3)")?;
    assert!(page.text_of(".pager span")?.ends_with("of 120"));
    lab.click(".pager .button:nth-of-type(3)")?;
    page.focus(".data tbody tr:nth-of-type(20) .link")?;
    lab.press(&["Enter"])?;
    assert_eq!(page.text_of(".inspector h3")?, "consumer c119");
    let drawn = page.texts_of(".stage .f-name")?;
    assert!(drawn.iter().any(|name| name == "c119"), "{drawn:?}");
    page.expect_clean()
}

#[test]
fn a_segment_opens_to_its_chunks_and_a_message_leads_back() -> anyhow::Result<()> {
    let lab = Lab::open(1280)?;
    lab.write(CRASH)?;
    lab.click("[aria-label='Last']")?;
    let page = &lab.page;
    lab.page.focus(".stage [aria-label^='Stream s']")?;
    lab.press(&["Enter"])?;
    for title in ["segment 0", "chunk 0", "message 0"] {
        lab.click(".children li:first-of-type .button")?;
        assert_eq!(page.text_of(".inspector h3")?, title);
    }
    lab.click(".parents .link:nth-of-type(2)")?;
    let chunks = page.texts_of(".children li")?;
    let sum: u64 = chunks
        .iter()
        .filter_map(|words| {
            words
                .split(", ")
                .last()?
                .split(' ')
                .next()?
                .replace(',', "")
                .parse::<u64>()
                .ok()
        })
        .sum();
    let facts = page.text_of(".facts")?;
    let timeline = offset_lab_e2e::lab::timeline_here(CRASH).expect("a sound text");
    let bytes = timeline
        .trace()
        .arenas
        .stream(offset_lab::ids::LogId(0))
        .end()
        .bytes;
    assert_eq!(sum + 8, bytes, "{chunks:?} {facts}");
    assert!(chunks[0].contains("header 48 + data "), "{chunks:?}");
    page.expect_clean()
}

#[test]
fn marks_on_the_line_of_time_say_what_they_are_and_lead_there() -> anyhow::Result<()> {
    let lab = Lab::open(1280)?;
    lab.write(&format!(
        "{CRASH}chapter \"End\"\nexpect billing.received == 1\n"
    ))?;
    lab.click("[aria-label='First']")?;
    let titles = lab.page.texts_of(".time-marks title")?;
    assert!(
        titles
            .iter()
            .any(|words| words.starts_with("failed check: line 9")),
        "{titles:?}"
    );
    let spot = lab
        .page
        .spot(".time-marks .failed", 0)?
        .expect("a failed check");
    lab.page.click_at(spot)?;
    let (at, all) = (lab.clock()?, lab.page.attribute(".scrubber input", "max")?);
    assert!(
        at.starts_with(&format!("step {} ", all.unwrap_or_default())),
        "{at}"
    );
    lab.page.expect_clean()
}

#[test]
fn a_phone_gets_big_marks_and_controls_and_the_page_scrolls_under_the_thumb() -> anyhow::Result<()>
{
    let page = Page::open(360, 800, Theme::Dark)?;
    page.wait_for(".stage .actor")?;
    page.fill("textarea", LONG)?;
    page.wait_until("document.querySelector('.editor-state:not(.busy)') !== null")?;
    page.click("[aria-label='Last']")?;
    page.wait_for(".stage [role=slider]")?;
    let small = page.run(
        "const small = (selector, size) => [...document.querySelectorAll(selector)].filter(e => {
             const box = e.getBoundingClientRect();
             return box.width > 1 && (box.width < size || box.height < size); })
             .map(e => `${e.tagName} ${e.getAttribute('aria-label') || e.textContent}`);
         return small('.stage [data-mark]', 23.5).concat(
             small('.transport button, .actions button, .tab, .header button, .transport input', 43.5));",
        Vec::new(),
    )?;
    assert_eq!(small, json!([]));
    let touch = page.eval("getComputedStyle(document.querySelector('svg.stage')).touchAction")?;
    assert_eq!(touch, "pan-y");
    page.expect_clean()
}

#[test]
fn nothing_moves_out_of_view_and_the_first_width_is_no_motion() -> anyhow::Result<()> {
    let page = Page::open(360, 640, Theme::Light)?;
    page.wait_for(".stage .actor")?;
    let moving =
        page.eval("document.querySelector('svg.stage').getAnimations({ subtree: true }).length")?;
    assert_eq!(moving, 0);
    page.click("[aria-label='Play']")?;
    page.wait_for("[aria-label='Pause']")?;
    page.eval("window.scrollTo(0, document.documentElement.scrollHeight)")?;
    page.wait_for("[aria-label='Play']")?;
    let moving =
        page.eval("document.querySelector('svg.stage').getAnimations({ subtree: true }).length")?;
    assert_eq!(moving, 0);
    page.expect_clean()
}

#[test]
fn a_step_is_a_motion_and_a_jump_to_a_far_moment_is_none() -> anyhow::Result<()> {
    let lab = Lab::open(1280)?;
    lab.write(
        "stream s\nproducer p on s\npublish p 200 \"m{n}\" one by one\nrun\n\
         consumer c on s from first store every 10 takes 1ms\nrun\n",
    )?;
    let moves = || {
        let script = "getComputedStyle(document.querySelector('.stage text')).transitionDuration";
        anyhow::Ok(lab.page.eval(script)? != "0s")
    };
    // Keys are those of the timeline where no text has the focus.
    lab.click(".actions .do")?;
    lab.press(&["9"])?;
    assert!(!moves()?, "a jump");
    lab.press(&["ArrowRight"])?;
    assert!(moves()?, "a step");
    lab.press(&["Home"])?;
    assert!(!moves()?, "a jump back");
    lab.press(&["ArrowRight"])?;
    assert!(moves()?, "another step");
    lab.page.expect_clean()
}
