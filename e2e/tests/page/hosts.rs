//! The app in pages that are not its own: in a shadow root, twice on one page, with keys off, in a tab that
//! nobody looks at. All under the strict policy and from a sub-folder, like every page of these tests.

use std::fs;
use std::os::unix::fs::symlink;
use std::path::Path;

use offset_lab_e2e::{Page, Theme, dist};
use serde_json::json;
use tempfile::TempDir;

use crate::lab::{CRASH, digest_here};

/// A page with places for instances, and what it does with them in a file of its own.
const PAGE: &str = r#"<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Host</title>
    <link rel="icon" href="data:,"><script type="module" src="./host.js"></script></head>
    <body><p id="before">A page of somebody else. <a href="./index.html">A link</a></p>
    <div id="one"></div><div id="two"></div></body></html>"#;

/// What every host begins with: `sheets` are the app's style sheets in a root.
const START: &str = r#"import init, { mount } from "./app/offset-lab-app.js";
    const html = await (await fetch("./app/index.html")).text();
    const sheets = root => [...new DOMParser().parseFromString(html, "text/html")
        .querySelectorAll("link[rel=stylesheet]")].map(link => { const copy = document.createElement("link");
            copy.rel = "stylesheet"; copy.href = "./app/" + link.getAttribute("href").replace("./", "");
            root.append(copy); return new Promise(done => { copy.onload = done; }); });
    const one = document.getElementById("one"), two = document.getElementById("two");
    await init();
    "#;

/// The host of a script, with the built app in a folder beside it.
fn host(script: &str) -> anyhow::Result<TempDir> {
    let folder = tempfile::tempdir()?;
    symlink(dist(), folder.path().join("app"))?;
    fs::write(folder.path().join("index.html"), PAGE)?;
    fs::write(
        folder.path().join("host.js"),
        [START, script, "\nwindow.ready = true;"].concat(),
    )?;
    Ok(folder)
}

fn open(folder: &Path) -> anyhow::Result<Page> {
    Page::open_until("window.ready === true", folder, 1280, 800, Theme::Light)
}

/// Reads `what` in the shadow root or the element that `root` names.
fn in_root(page: &Page, root: &str, what: &str) -> anyhow::Result<serde_json::Value> {
    page.eval(&format!("(root => {what})({root})"))
}

/// Clicks the middle of the first match in a root, with the mouse, once it stands still.
fn click_in(page: &Page, root: &str, selector: &str) -> anyhow::Result<()> {
    page.wait_until(&format!(
        "{root}.querySelector({}) !== null",
        json!(selector)
    ))?;
    let still = format!(
        "const done = arguments[0], found = {root}.querySelector({}); let last = null;
         found.scrollIntoView({{ block: 'center' }});
         const look = () => {{ const box = found.getBoundingClientRect();
             const at = {{ x: box.x + Math.min(box.width / 2, 60), y: box.y + box.height / 2 }};
             if (last && last.x === at.x && last.y === at.y) return done(at);
             last = at; requestAnimationFrame(() => requestAnimationFrame(look)); }};
         look();",
        json!(selector)
    );
    page.click_at(serde_json::from_value(page.run_async(&still, Vec::new())?)?)
}

fn settled(page: &Page, root: &str) -> anyhow::Result<()> {
    page.wait_until(&format!(
        "{root}.querySelector('.editor-state:not(.busy)') && {root}.querySelector('.stage .actor')"
    ))
}

fn text_in(page: &Page, root: &str, selector: &str) -> anyhow::Result<String> {
    page.wait_until(&format!(
        "{root}.querySelector({}) !== null",
        json!(selector)
    ))?;
    let text = in_root(
        page,
        root,
        &format!("root.querySelector({}).textContent", json!(selector)),
    )?;
    Ok(text.as_str().unwrap_or_default().trim().to_owned())
}

fn value_in(page: &Page, root: &str) -> anyhow::Result<String> {
    let text = in_root(page, root, "root.querySelector('textarea').value")?;
    Ok(text.as_str().unwrap_or_default().to_owned())
}

#[test]
fn in_a_shadow_root_everything_works() -> anyhow::Result<()> {
    let folder = host(&format!(
        "const root = one.attachShadow({{ mode: 'open' }}); await Promise.all(sheets(root));
         const place = document.createElement('div'); root.append(place);
         mount(place, {{ scenario: {} }});",
        json!(CRASH)
    ))?;
    let page = open(folder.path())?;
    let root = "document.getElementById('one').shadowRoot";
    settled(&page, root)?;
    assert_eq!(
        in_root(
            &page,
            root,
            "getComputedStyle(root.querySelector('.card')).borderTopStyle"
        )?,
        "solid",
        "the sheets reach the app"
    );
    // The editor: a consumer is written, with a completion taken on the way.
    click_in(&page, root, "textarea")?;
    page.press("Control+End")?;
    page.type_keys("publ")?;
    page.wait_until(&format!("{root}.querySelector('.completion') !== null"))?;
    page.press("ArrowDown")?;
    page.press("Enter")?;
    page.type_keys(" p 5 \"late\"\nrun\n")?;
    settled(&page, root)?;
    let text = value_in(&page, root)?;
    assert_eq!(text, format!("{CRASH}publish p 5 \"late\"\nrun\n"));
    // Time, by the mouse and by keys.
    click_in(&page, root, "[aria-label='First']")?;
    click_in(&page, root, ".actions .do")?;
    page.press("Shift+ArrowRight")?;
    let clock = text_in(&page, root, ".clock")?;
    assert!(!clock.starts_with("step 0"), "{clock}");
    // An act from a menu, with a field filled in, at a moment of the past.
    click_in(&page, root, ".lines .gutter[data-line='6']")?;
    click_in(&page, root, ".actions > .row > .button:nth-of-type(5)")?;
    click_in(&page, root, ".menu .act:nth-of-type(2) .field")?;
    page.press("Control+a")?;
    page.type_keys("3ms")?;
    page.press("Enter")?;
    settled(&page, root)?;
    let acted = value_in(&page, root)?;
    assert!(acted.contains("== 27\nwait 3ms\nrun"), "{acted}");
    // A mark is looked into, and acted on from there.
    click_in(&page, root, ".stage .consumer")?;
    assert_eq!(text_in(&page, root, ".inspector h3")?, "consumer billing");
    click_in(&page, root, ".inspector .act .button")?;
    settled(&page, root)?;
    assert!(value_in(&page, root)?.contains("crash billing"));
    click_in(&page, root, ".tables [role=tab]:nth-of-type(2)")?;
    let digest = text_in(&page, root, ".digest code")?;
    assert_eq!(Some(digest), digest_here(&value_in(&page, root)?));
    assert!(page.overflow()? <= 0);
    page.expect_clean()
}

#[test]
fn two_on_a_page_share_nothing() -> anyhow::Result<()> {
    let folder = host(
        "await Promise.all(sheets(document.head));
         mount(one, { lesson: 'crash-and-redelivery' }); mount(two, { lesson: 'deduplication' });",
    )?;
    let page = open(folder.path())?;
    let roots = [
        "document.getElementById('one')",
        "document.getElementById('two')",
    ];
    for root in roots {
        settled(&page, root)?;
    }
    let double = "(() => { const ids = [...document.querySelectorAll('[id]')].map(e => e.id);
        return ids.filter((id, at) => ids.indexOf(id) !== at); })()";
    assert_eq!(page.eval(double)?, json!([]), "ids that are there twice");
    // Every reference leads to something of the same instance.
    let astray = "[...document.querySelectorAll('.lab [aria-controls], .lab [for], .lab [aria-describedby]')]
        .filter(from => ['aria-controls', 'for', 'aria-describedby'].some(name => { const id = from.getAttribute(name);
            const to = id && document.getElementById(id);
            return id && (!to || to.closest('.lab') !== from.closest('.lab')); })).map(from => from.outerHTML)";
    assert_eq!(
        page.eval(astray)?,
        json!([]),
        "references that lead nowhere or elsewhere"
    );
    let clocks = || -> anyhow::Result<[String; 2]> {
        Ok([
            text_in(&page, roots[0], ".clock")?,
            text_in(&page, roots[1], ".clock")?,
        ])
    };
    let [first, second] = clocks()?;
    // Keys go where the focus is, and nowhere when it is in neither.
    click_in(&page, "document", "#before")?;
    page.press("ArrowRight")?;
    assert_eq!(clocks()?, [first.clone(), second.clone()]);
    click_in(&page, roots[0], ".actions .do")?;
    page.press("End")?;
    let [moved, still] = clocks()?;
    assert_ne!(moved, first);
    assert_eq!(still, second);
    click_in(&page, roots[1], ".actions .do")?;
    page.press("ArrowRight")?;
    let [still, moved_too] = clocks()?;
    assert_eq!(still, moved);
    assert_ne!(moved_too, second);
    // Typing and undoing in one leaves the other.
    let (one, two) = (value_in(&page, roots[0])?, value_in(&page, roots[1])?);
    click_in(&page, roots[1], "textarea")?;
    page.type_keys("# mine\n")?;
    settled(&page, roots[1])?;
    assert!(value_in(&page, roots[1])?.contains("# mine"));
    assert_eq!(value_in(&page, roots[0])?, one);
    click_in(&page, roots[0], ".actions .do")?;
    page.press("Control+z")?;
    assert!(value_in(&page, roots[1])?.contains("# mine"));
    click_in(&page, roots[1], ".actions .do")?;
    page.press("Control+z")?;
    page.press("Control+z")?;
    settled(&page, roots[1])?;
    assert_eq!(value_in(&page, roots[1])?, two);
    page.expect_clean()
}

#[test]
fn with_keys_off_the_page_keeps_its_keys_and_the_text_its_own() -> anyhow::Result<()> {
    let folder = host(&format!(
        "await Promise.all(sheets(document.head)); mount(one, {{ keys: 'off', scenario: {} }});
         window.heard = []; document.addEventListener('keydown', event => window.heard.push(event.key));",
        json!(CRASH)
    ))?;
    let page = open(folder.path())?;
    let root = "document.getElementById('one')";
    settled(&page, root)?;
    let clock = text_in(&page, root, ".clock")?;
    click_in(&page, root, ".actions .do")?;
    for key in ["End", "ArrowLeft", "Space", "7", "?", "Control+z"] {
        page.press(key)?;
    }
    assert_eq!(text_in(&page, root, ".clock")?, clock);
    assert_eq!(
        page.eval("window.heard.filter(key => key !== 'Control').length")?,
        6
    );
    assert_eq!(page.count(".help")?, 0);
    // Buttons and the text work as ever.
    click_in(&page, root, "[aria-label='Last']")?;
    assert_ne!(text_in(&page, root, ".clock")?, clock);
    click_in(&page, root, "textarea")?;
    page.press("Control+End")?;
    page.type_keys("publ")?;
    page.press("Control+Space")?;
    page.wait_until("document.querySelector('.completion') !== null")?;
    page.press("Escape")?;
    page.press("Control+z")?;
    settled(&page, root)?;
    assert_eq!(value_in(&page, root)?, CRASH);
    page.expect_clean()
}

#[test]
fn in_a_tab_that_nobody_looks_at_a_text_is_run_to_its_end() -> anyhow::Result<()> {
    let page = Page::open(1280, 800, Theme::Light)?;
    page.wait_for(".stage .actor")?;
    page.in_the_background(|page| {
        assert_eq!(page.eval("document.visibilityState")?, "hidden");
        let text = "stream s\nproducer p on s\npublish p 5_000 \"x\" one by one\nrun\n";
        page.fill("textarea", text)?;
        page.wait_until(
            "document.querySelector('.editor-state.fine')?.textContent === '30008 events'",
        )
    })?;
    assert_eq!(page.eval("document.visibilityState")?, "visible");
    page.click("[aria-label='Last']")?;
    page.wait_for_text(".clock", "step 30008 / 30008")?;
    page.expect_clean()
}
