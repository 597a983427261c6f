//! How each deed is done: with the mouse and the keyboard, where a person would. What is not there cannot be
//! done, and that is fine. It judges nothing.

use anyhow::bail;
use serde_json::json;

use super::Deed;
use crate::{Lab, Page};

/// What may lie above a control because it is there for a moment only.
const FLEETING: &str = ".completion, .anchor, .menu, .picker";

/// Does it.
pub(super) fn perform(lab: &Lab, deed: &Deed) -> anyhow::Result<()> {
    let page = &lab.page;
    match deed {
        Deed::Press(key) => {
            rest(page)?;
            page.press(key)
        }
        Deed::Scrub(part) => scrub(page, *part),
        Deed::DragScrub(from, to) => drag_scrub(page, *from, *to),
        Deed::Row(nth) => within(lab, 1, ".events .go", *nth),
        Deed::Console(nth) => within(lab, 0, ".console .time", *nth),
        Deed::Gutter(nth) => click(page, ".lines .gutter", *nth),
        Deed::RunToLine(nth) => {
            caret(lab, *nth)?;
            click(page, ".editor-bar > .button:last-child", 0)
        }
        Deed::Play(tenth) => play(page, *tenth),
        Deed::Speed(power) => set_range(page, ".speed input", i64::from(*power)),
        Deed::Act { menu, act, values } => {
            open_menu(page, *menu)?;
            fill_and_press(lab, ".menu .act", *act, values)
        }
        Deed::ActThere { act, values } => {
            click(page, ".tables [role=tab]", 5)?;
            fill_and_press(lab, ".inspector .act", *act, values)
        }
        Deed::Quick => click(page, ".actions > .row > .act > .button", 0),
        Deed::Mark(nth) => mark(page, *nth),
        Deed::MarkByKeys(nth) => mark_by_keys(page, *nth),
        Deed::Child(nth) => within(lab, 5, ".children .button", *nth),
        Deed::DragLane(nth, by) => drag_lane(page, *nth, *by),
        Deed::Type { line, keys } => {
            caret(lab, *line)?;
            page.press("End")?;
            page.type_keys(keys)
        }
        Deed::Write { line, text } => {
            caret(lab, *line)?;
            page.press("End")?;
            page.insert_text(&format!("\n{text}"))
        }
        Deed::Keys { line, key, times } => {
            caret(lab, *line)?;
            (0..*times).try_for_each(|_| page.press(key))
        }
        Deed::Fix(nth) => click(page, ".problems li .button", *nth),
        Deed::Undo => click(page, "[aria-label='Undo']", 0),
        Deed::Redo => click(page, "[aria-label='Redo']", 0),
        Deed::Paste(text) => {
            lab.show_text()?;
            page.fill("textarea", text)
        }
        Deed::Lesson(slug) => page.choose(".picker select", slug),
        Deed::Revert => click(page, ".story .link", 0),
        Deed::Resize(width, height) => page.resize(*width, *height),
        Deed::Theme => click(page, ".header [aria-label^='Theme']", 0),
        Deed::Tab(nth) => click(page, ".tables [role=tab]", *nth),
        Deed::Side(nth) => click(page, ".side [role=tab]", *nth),
        Deed::Help => help(page),
        Deed::Reload => page.reload(),
    }
}

fn click(page: &Page, selector: &str, nth: u64) -> anyhow::Result<()> {
    page.click_nth(selector, nth, FLEETING).map(|_| ())
}

/// Clicks something of a table, which is chosen first.
fn within(lab: &Lab, table: u64, selector: &str, nth: u64) -> anyhow::Result<()> {
    click(&lab.page, ".tables [role=tab]", table)?;
    lab.settled()?;
    click(&lab.page, selector, nth)
}

/// Clicks where nothing is, so that no control has the focus.
fn rest(page: &Page) -> anyhow::Result<()> {
    click(page, ".actions .do", 0)
}

fn scrub(page: &Page, part: u32) -> anyhow::Result<()> {
    if let Some(spot) = page.spot_at(".scrubber input", 0, part)? {
        page.click_at(spot)?;
    }
    Ok(())
}

fn drag_scrub(page: &Page, from: u32, to: u32) -> anyhow::Result<()> {
    let ends = (
        page.spot_at(".scrubber input", 0, from)?,
        page.spot_at(".scrubber input", 0, to)?,
    );
    if let (Some(from), Some(to)) = ends {
        page.drag(from, to, 6)?;
    }
    Ok(())
}

/// Playing depends on the clock; the key after it does not.
fn play(page: &Page, tenth: u8) -> anyhow::Result<()> {
    let clock = page.text_of(".clock")?;
    click(page, "[aria-label='Play']", 0)?;
    page.wait_until(&format!(
        "document.querySelector('.clock').textContent !== {} || document.querySelector('[aria-label=Play]')",
        json!(clock)
    ))?;
    rest(page)?;
    page.press(&tenth.to_string())
}

fn set_range(page: &Page, selector: &str, value: i64) -> anyhow::Result<()> {
    page.run(
        "const field = document.querySelector(arguments[0]); field.value = arguments[1];
         field.dispatchEvent(new Event('input', { bubbles: true }));",
        vec![json!(selector), json!(value)],
    )?;
    Ok(())
}

fn open_menu(page: &Page, menu: u64) -> anyhow::Result<()> {
    let one = ".actions > .row > .button";
    let open = format!(
        "[...document.querySelectorAll('{one}')].findIndex(b => b.ariaExpanded === 'true')"
    );
    if page.eval(&open)?.as_u64() != Some(menu) {
        click(page, one, menu)?;
    }
    Ok(())
}

/// Writes the values into the fields of the `nth` act, from the first on, then presses its button.
fn fill_and_press(lab: &Lab, act: &str, nth: u64, values: &[String]) -> anyhow::Result<()> {
    let fill = "const [selector, nth, values] = arguments;
        const acts = [...document.querySelectorAll(selector)];
        if (!acts.length) return;
        [...acts[nth % acts.length].querySelectorAll('.field')].forEach((field, at) => {
            const value = values[at]; if (value === undefined) return;
            if (field.tagName === 'SELECT') field.selectedIndex = value.length % field.options.length;
            else field.value = value;
            field.dispatchEvent(new Event('input', { bubbles: true }));
            field.dispatchEvent(new Event('change', { bubbles: true })); });";
    lab.page
        .run(fill, vec![json!(act), json!(nth), json!(values)])?;
    click(&lab.page, &format!("{act} > .button"), nth)
}

/// Opens the list of keys and closes it. A click misses a button that moves away under it, which a person sees.
fn help(page: &Page) -> anyhow::Result<()> {
    let soon = "const done = arguments[0], end = performance.now() + 3000;
        const look = () => document.querySelector('.help') ? done(true)
            : performance.now() > end ? done(false) : setTimeout(look, 8);
        look();";
    for _ in 0..3 {
        click(page, ".header [aria-label='Keys']", 0)?;
        if page.run_async(soon, Vec::new())? == true {
            return page.press("Escape");
        }
    }
    bail!("the list of keys does not open")
}

fn mark(page: &Page, nth: u64) -> anyhow::Result<()> {
    // A mark may lie under another: whichever is hit is meant.
    if let Some(spot) = page.spot(".stage [data-mark]", nth)? {
        page.click_at(spot)?;
    }
    Ok(())
}

fn mark_by_keys(page: &Page, nth: u64) -> anyhow::Result<()> {
    page.eval("document.querySelector('.stage [tabindex=\"0\"]')?.focus()")?;
    for _ in 0..nth {
        page.press("ArrowDown")?;
    }
    page.press("Enter")
}

fn drag_lane(page: &Page, nth: u64, by: i32) -> anyhow::Result<()> {
    if let Some(from) = page.spot(".stage .lane", nth)? {
        let to = crate::Spot {
            x: from.x + f64::from(by),
            ..from
        };
        page.drag(from, to, 5)?;
    }
    Ok(())
}

/// Puts the caret into a visible line with the mouse.
fn caret(lab: &Lab, line: u64) -> anyhow::Result<()> {
    lab.show_text()?;
    let page = &lab.page;
    if let Some(spot) = page.spot_at(".lines .code", line, 50)? {
        page.click_at(spot)?;
    }
    // A list over the text takes the click; the focus stays in the text.
    page.press("Escape")
}
