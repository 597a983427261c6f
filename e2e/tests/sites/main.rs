//! The element in documentation sites, each built by the tool that it is for. Knows the pages of `e2e/sites`.

mod docusaurus;
mod mdbook;
mod mkdocs;
mod sphinx;

use std::path::PathBuf;

use anyhow::Context;
use offset_lab::view::beats;
use offset_lab_e2e::element::{FIRST, click_in, live};
use offset_lab_e2e::{Page, Theme, lab};
use serde_json::json;

/// What tools of documentation need, and no other host: what is asked of one is reported, and no site is clean then.
const POLICY: &str = "default-src 'none'; script-src 'self' 'unsafe-inline' 'wasm-unsafe-eval'; \
                      style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; \
                      connect-src 'self'; manifest-src 'self'; worker-src 'self'; frame-src 'self'";

/// The folder of a tool's site as it was built.
fn built(name: &str) -> anyhow::Result<PathBuf> {
    let sites = std::env::var_os("OFFSET_LAB_SITES")
        .context("OFFSET_LAB_SITES names no folder; run `cargo xtask test --only sites`")?;
    Ok(PathBuf::from(sites).join(name).join("built"))
}

/// Opens it.
fn open(name: &str) -> anyhow::Result<Page> {
    let ready = "document.readyState === 'complete'";
    Page::open_under(POLICY, ready, &built(name)?, (1280, 800), Theme::Light)
}

/// The element of a number on a page.
fn nth(number: usize) -> String {
    format!("document.querySelectorAll('offset-lab')[{number}]")
}

/// Fails unless a page without its scripts shows so many elements with their pictures, and no words beside them.
fn pictures_without_scripts(page: &Page, after: &str, count: usize) -> anyhow::Result<()> {
    let pictures = "[...document.querySelectorAll('offset-lab img')].map(image => image.complete
        && image.naturalWidth > 300 && image.getBoundingClientRect().height > 60 && image.alt.includes('Stream'))";
    let seen = page.without_scripts(after, pictures)?;
    assert_eq!(seen, json!(vec![true; count]), "{after}");
    let words =
        "[...document.querySelectorAll('offset-lab')].map(lab => lab.innerText.trim()).join('')";
    assert_eq!(page.without_scripts(after, words)?, "", "{after}");
    Ok(())
}

/// Fails unless an element runs this text from this moment.
fn runs(page: &Page, element: &str, text: &str, step: Option<u32>) -> anyhow::Result<()> {
    page.eval(&format!("({element}.scrollIntoView(), 0)"))?;
    live(page, element)?;
    assert_eq!(page.eval(&format!("{element}.text"))?, json!(text));
    let timeline = lab::timeline_here(text).with_context(|| format!("it does not run: {text}"))?;
    let opening = beats::opening(&timeline).event;
    let wanted = step.unwrap_or(opening).min(timeline.len());
    assert_eq!(page.eval(&format!("{element}.step"))?, json!(wanted));
    Ok(())
}

/// Waits until the first element is in dark colours, or in light ones.
fn is_dark(page: &Page, dark: bool) -> anyhow::Result<()> {
    page.wait_until(&format!(
        "(getComputedStyle({FIRST}.shadowRoot.querySelector('.player')).backgroundColor === 'rgb(28, 33, 44)') === {dark}"
    ))
}

/// Goes through the first run by keys, forward and back; the page does not hear them.
fn keys_stay_inside(page: &Page) -> anyhow::Result<()> {
    let path = page.eval("location.pathname")?;
    click_in(page, FIRST, ".player-begin")?;
    click_in(page, FIRST, "[aria-label=Pause]")?;
    page.press("Home")?;
    page.wait_until(&format!("{FIRST}.step === 0"))?;
    page.press("ArrowRight")?;
    page.wait_until(&format!("{FIRST}.step > 0"))?;
    page.press("ArrowLeft")?;
    page.wait_until(&format!("{FIRST}.step === 0"))?;
    assert_eq!(page.eval("location.pathname")?, path);
    Ok(())
}

/// Follows a link whose page comes without loading anew, to an end of an address.
fn follow(page: &Page, link: &str, end: &str) -> anyhow::Result<()> {
    page.eval("(window.mark = true, 0)")?;
    page.click(link)?;
    page.wait_until(&format!("location.pathname.endsWith('{end}')"))?;
    assert_eq!(
        page.eval("window.mark === true")?,
        true,
        "the page was loaded anew"
    );
    Ok(())
}

/// The scenarios of the sites.
const CRASH: &str = include_str!("../../sites/mdbook/src/crash.lab");
const ORDERS: &str = "stream orders\nproducer shop on orders\n\npublish shop 3 \"<order {n}> & \\\"more\\\"\"\nrun\n";
const TEN: &str = "stream s\nproducer p on s\npublish p 10 \"a\"\nrun\n";
