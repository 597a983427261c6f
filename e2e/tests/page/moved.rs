//! The element in places where a page may put it: a closed shadow root, a frame of the page's own, another document, what
//! is hidden or has no size; copied; beside others of other kinds.

use offset_lab_e2e::POLICY;
use offset_lab_e2e::lab::CRASH;
use serde_json::json;

use crate::somewhere::{FIRST, Somewhere, click_in, inside, live};

#[test]
fn in_a_closed_shadow_root_it_is_seen_led_and_heard() -> anyhow::Result<()> {
    let script = format!(
        "const root = document.getElementById('host').attachShadow({{ mode: 'closed' }});
         window.lab = document.createElement('offset-lab'); lab.text = {}; lab.id = 'inner'; lab.step = 9; root.append(lab);",
        json!(CRASH)
    );
    let page = Somewhere::new("<div id=\"host\"></div>", &script)?.open()?;
    live(&page, "window.lab")?;
    click_in(&page, "window.lab", "[aria-label=Forward]")?;
    page.wait_until("lab.step > 9")?;
    let before = page.eval("(keys.splice(0), lab.step)")?;
    page.press("ArrowRight")?;
    assert!(page.eval("lab.step")?.as_u64() > before.as_u64());
    assert_eq!(page.eval("keys")?, json!([]), "the arrow was the lab's");
    let heard = page.eval("heard.filter(h => h.kind === 'step').length > 2")?;
    assert_eq!(heard, true);
    // What is inside is not shown to the page: it hears of the host.
    assert_eq!(page.eval("heard.at(-1).from")?, "host");
    page.expect_clean()
}

#[test]
fn in_a_frame_that_the_page_writes_itself() -> anyhow::Result<()> {
    let inner = format!(
        "<script type='module' src='./app/offset-lab.js'></script><offset-lab src='./crash.lab' step='9'></offset-lab>\
        <offset-lab controls='full'><pre>{CRASH}</pre></offset-lab>"
    );
    let body = format!(
        "<iframe title=\"A lab\" width=\"900\" height=\"700\" srcdoc=\"{}\"></iframe>",
        inner.replace('&', "&amp;").replace('"', "&quot;")
    );
    let page = Somewhere::new(&body, "")?
        .file("crash.lab", CRASH)?
        .policy(&format!("{POLICY}; frame-src 'self'"))
        .open()?;
    page.in_frame(|page| {
        live(page, FIRST)?;
        let second = "document.querySelectorAll('offset-lab')[1]";
        page.eval(&format!("{second}.scrollIntoView()"))?;
        live(page, second)
    })?;
    page.expect_clean()
}

#[test]
fn in_another_document_it_is_dressed_and_goes_on() -> anyhow::Result<()> {
    let body = format!(
        "<offset-lab id=\"lab\" step=\"9\"><pre>{CRASH}</pre></offset-lab><offset-lab id=\"later\"><pre>{CRASH}</pre></offset-lab>\
         <iframe title=\"Another\" width=\"900\" height=\"900\"></iframe>"
    );
    let page = Somewhere::new(&body, "")?.open()?;
    live(&page, FIRST)?;
    let look = "(() => { const look = getComputedStyle(root.querySelector('.player'));
        return [look.borderTopStyle, look.display, getComputedStyle(root.querySelector('.stage .actor')).cursor]; })()";
    let before = inside(&page, FIRST, look)?;
    page.eval("(window.lab = document.getElementById('lab'), window.other = document.querySelector('iframe').contentDocument,
        lab.step = 12, other.documentElement.dataset.theme = 'dark', other.body.append(lab), 0)")?;
    assert_eq!(inside(&page, "window.lab", look)?, before);
    assert_eq!(page.eval("lab.step")?, 12);
    page.eval("document.querySelector('iframe').scrollIntoView()")?;
    // The colours of that page, also when they change.
    let ground = "getComputedStyle(lab.shadowRoot.querySelector('.player')).backgroundColor";
    page.wait_until(&format!("{ground} === 'rgb(28, 33, 44)'"))?;
    page.eval("(other.documentElement.dataset.theme = 'light', 0)")?;
    page.wait_until(&format!("{ground} !== 'rgb(28, 33, 44)'"))?;
    // By hand, there.
    page.eval("(lab.shadowRoot.querySelector('[aria-label=Forward]').click(), 0)")?;
    page.wait_until("lab.step > 12")?;
    // One that has not run yet begins there; and back again.
    page.eval("(window.later = document.getElementById('later'), other.body.append(later), later.scrollIntoView(), 0)")?;
    live(&page, "window.later")?;
    assert_eq!(inside(&page, "window.later", look)?, before);
    page.eval("(document.body.prepend(lab), scrollTo(0, 0), 0)")?;
    assert_eq!(inside(&page, "window.lab", look)?, before);
    // A document that nobody sees does no harm.
    page.eval("(document.implementation.createHTMLDocument('x').body.append(lab), document.body.prepend(lab), 0)")?;
    live(&page, "window.lab")?;
    assert_eq!(inside(&page, "window.lab", look)?, before);
    page.expect_clean()
}

#[test]
fn what_is_hidden_or_has_no_size_costs_nothing_until_it_is_shown() -> anyhow::Result<()> {
    let body = format!(
        "<div id=\"none\" hidden><offset-lab id=\"a\"><img loading=\"lazy\" src=\"./poster.svg\" alt=\"A picture\">\
         <script type=\"text/plain\">{CRASH}</script></offset-lab></div>\
         <details><summary>More</summary><offset-lab id=\"b\"><pre>{CRASH}</pre></offset-lab></details>\
         <div id=\"flat\"><offset-lab id=\"c\" step=\"9\"><pre>{CRASH}</pre></offset-lab></div>"
    );
    let page = Somewhere::new(&body, "")?
        .poster(CRASH, 9)?
        .file("page.css", "#flat { width: 0; height: 0; overflow: hidden; } #flat.wide { width: auto; height: auto; }")?
        .open()?;
    page.wait_until("customElements.get('offset-lab') !== undefined")?;
    page.run_async(
        "requestAnimationFrame(() => setTimeout(arguments[0], 100));",
        Vec::new(),
    )?;
    assert_eq!(page.eval("[a, b].map(each => each.steps)")?, json!([0, 0]));
    // A script may have it loaded while it is hidden: that waits for no picture which nobody sees.
    let loaded = page.run_async(
        "const done = arguments[0]; a.load().then(() => done('loaded'), error => done(error.message));",
        Vec::new(),
    )?;
    assert_eq!(loaded, "loaded");
    for (id, show) in [
        ("a", "document.getElementById('none').hidden = false"),
        ("b", "document.querySelector('details').open = true"),
        ("c", "document.getElementById('flat').className = 'wide'"),
    ] {
        page.eval(&format!("({show}, {id}.scrollIntoView(), 0)"))?;
        live(&page, id)?;
        let size = format!(
            "(box => box.width > 300 && box.height > 150)({id}.shadowRoot.querySelector('.stage').getBoundingClientRect())"
        );
        page.wait_until(&size)?;
    }
    // Hidden again, and narrow again, it keeps its moment.
    page.eval("(c.step = 12, document.getElementById('flat').className = '', 0)")?;
    page.run_async(
        "requestAnimationFrame(() => setTimeout(arguments[0], 30));",
        Vec::new(),
    )?;
    page.eval("(document.getElementById('flat').className = 'wide', 0)")?;
    assert_eq!(page.eval("c.step")?, 12);
    page.wait_until("c.shadowRoot.querySelector('.stage').getBoundingClientRect().width > 300")?;
    page.expect_clean()
}

#[test]
fn a_copy_runs_by_itself_and_each_has_its_own_controls() -> anyhow::Result<()> {
    let body = format!(
        "<offset-lab id=\"none\" controls=\"none\" step=\"9\"><pre>{CRASH}</pre></offset-lab>\
         <offset-lab id=\"full\" controls=\"full\" step=\"9\"><pre>{CRASH}</pre></offset-lab>\
         <offset-lab id=\"mini\" step=\"9\"><pre>{CRASH}</pre></offset-lab>"
    );
    let page = Somewhere::new(&body, "")?.open()?;
    let has =
        "['.transport', '.header', 'textarea'].map(name => root.querySelector(name) !== null)";
    for (id, parts) in [
        ("none", [false, false, false]),
        ("full", [true, true, true]),
        ("mini", [true, false, false]),
    ] {
        page.eval(&format!("{id}.scrollIntoView()"))?;
        live(&page, id)?;
        assert_eq!(inside(&page, id, has)?, json!(parts), "{id}");
    }
    page.eval("(mini.step = 12, window.copy = mini.cloneNode(true), copy.id = 'copy', mini.after(copy), copy.scrollIntoView(), 0)")?;
    live(&page, "copy")?;
    assert_eq!(
        page.eval("[copy.step, mini.step, copy.text === mini.text]")?,
        json!([9, 12, true])
    );
    page.eval("(copy.step = 15, 0)")?;
    assert_eq!(
        page.eval("[copy.step, mini.step, full.step, none.step]")?,
        json!([15, 12, 9, 9])
    );
    // Out of a template, as frameworks do it.
    page.eval(
        "(() => { const template = document.createElement('template');
            template.content.append(mini.cloneNode(true)); const made = document.importNode(template.content, true);
            made.firstChild.id = 'made'; document.body.append(made); document.getElementById('made').scrollIntoView(); })()",
    )?;
    live(&page, "document.getElementById('made')")?;
    page.expect_clean()
}
