//! What a script does to an element before its module is there, while it loads, and in the middle of being taken away:
//! nothing of it may be lost.

use offset_lab_e2e::lab::{self, CRASH, QUEUES};
use serde_json::json;

use crate::somewhere::{FIRST, Open, Somewhere, inside, live};

/// A page whose module comes last, behind a script that works on elements which are none yet.
fn page(body: &str, early: &str) -> anyhow::Result<Somewhere> {
    let page = format!(
        "<!DOCTYPE html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>Early</title>\
         <link rel=\"icon\" href=\"data:,\"><script src=\"./hearing.js\"></script></head><body>{body}\
         <script src=\"./early.js\"></script><script type=\"module\" src=\"./app/offset-lab.js\"></script></body></html>"
    );
    Somewhere::new("", "")?
        .file("index.html", &page)?
        .file("early.js", early)
}

/// Holds back what is fetched until `go()`; `held` is how much that is.
const HOLD: &str = "const really = fetch, waiting = []; let isOpen = false;
    Object.defineProperty(window, 'held', { get: () => waiting.length });
    window.go = () => { isOpen = true; waiting.splice(0).forEach(each => each()); };
    window.hold = () => { isOpen = false; };
    window.fetch = (...what) => new Promise((done, failed) => {
        const ask = () => really(...what).then(done, failed); isOpen ? ask() : waiting.push(ask); });";

fn is_live(page: &Open, element: &str) -> anyhow::Result<()> {
    page.eval(&format!("{element}.scrollIntoView()"))?;
    live(page, element)
}

#[test]
fn properties_that_are_set_before_the_module_is_loaded_hold() -> anyhow::Result<()> {
    let early = format!(
        "a.text = {}; a.step = 9999; b.lesson = 'deduplication'; b.theme = 'dark'; b.controls = 'none'; b.step = 4;
         c.editable = true; c.keys = 'off'; d.src = './crash.lab'; d.step = 'none'; window.faults = [];
         addEventListener('error', event => {{ faults.push(event.message); event.preventDefault(); }});",
        json!(CRASH)
    );
    let body = format!(
        "<offset-lab id=\"a\" lesson=\"quorum\"></offset-lab><offset-lab id=\"b\"></offset-lab>\
         <offset-lab id=\"c\"><pre>{CRASH}</pre></offset-lab><offset-lab id=\"d\" step=\"5\"></offset-lab>"
    );
    let page = page(&body, &early)?.file("crash.lab", CRASH)?.open()?;
    for id in ["a", "b", "c", "d"] {
        is_live(&page, id)?;
        let own = format!("Object.getOwnPropertyNames({id})");
        assert_eq!(
            page.eval(&own)?,
            json!([]),
            "nothing hides the element's own"
        );
    }
    let end = lab::timeline_here(CRASH).map(|timeline| timeline.len());
    assert_eq!(page.eval("[a.step, a.text]")?, json!([end, CRASH]));
    let of_b = "[b.step, b.getAttribute('lesson'), b.getAttribute('theme'), b.controls, b.keys,
        b.shadowRoot.querySelector('.transport')]";
    let wanted = json!([4, "deduplication", "dark", "none", "", null]);
    assert_eq!(page.eval(of_b)?, wanted);
    let ground = "getComputedStyle(root.querySelector('.player')).backgroundColor";
    assert_eq!(inside(&page, "b", ground)?, "rgb(28, 33, 44)");
    assert_eq!(
        inside(&page, "c", "root.querySelector('textarea').readOnly")?,
        false
    );
    // What is wrong is said where a script's faults are said, and the element goes on.
    assert_eq!(page.eval("d.step")?, 5);
    assert!(
        page.eval("faults.join()")?
            .to_string()
            .contains("step: none is no whole number")
    );
    // Set later they do what the attributes do, and nothing takes them back.
    page.eval("(b.theme = 'light', b.lesson = 'quorum', 0)")?;
    page.wait_until("b.text.includes('nodes 3')")?;
    is_live(&page, "b")?;
    assert_ne!(inside(&page, "b", ground)?, "rgb(28, 33, 44)");
    page.eval("(b.lesson = null, b.text = 'stream s\\n', 0)")?;
    page.wait_until("b.hasAttribute('lesson') === false && b.text === 'stream s\\n'")?;
    page.eval("(c.editable = false, 0)")?;
    page.wait_until("c.shadowRoot.querySelector('.player') && !c.hasAttribute('editable')")?;
    page.expect_clean()
}

#[test]
fn what_is_set_while_it_loads_is_what_is_shown() -> anyhow::Result<()> {
    let body = "<offset-lab id=\"a\" src=\"./crash.lab\"></offset-lab><offset-lab id=\"b\" src=\"./crash.lab\" step=\"3\"></offset-lab>\
         <offset-lab id=\"c\" lesson=\"quorum\"></offset-lab>";
    let page = page(body, HOLD)?.file("crash.lab", CRASH)?.open()?;
    page.wait_until("window.held >= 3")?;
    // The text of another family, and a moment, while the file is on its way; a further file; another lesson.
    page.eval(&format!(
        "(window.loads = [a, b, c].map(each => each.load()), a.text = {}, a.step = 20, b.setAttribute('step', 7),
          b.src = './other.lab', c.lesson = 'deduplication', c.controls = 'none', 0)",
        json!(QUEUES)
    ))?;
    page.eval("(go(), 0)")?;
    // Who waited for the first waits for what came in its place.
    page.run_async(
        "const done = arguments[0]; Promise.allSettled(window.loads).then(all => {
            window.ends = all.map(each => each.status); done(0); });",
        Vec::new(),
    )?;
    assert_eq!(
        page.eval("ends")?,
        json!(["fulfilled", "rejected", "fulfilled"])
    );
    is_live(&page, "a")?;
    assert_eq!(page.eval("[a.step, a.text]")?, json!([20, QUEUES]));
    page.wait_until("b.shadowRoot.querySelector('.message').textContent.includes('404')")?;
    is_live(&page, "c")?;
    assert!(
        page.eval("c.text")?
            .as_str()
            .is_some_and(|text| text.contains("A named producer"))
    );
    assert_eq!(
        page.eval("c.shadowRoot.querySelectorAll('.place').length")?,
        1
    );
    // Mended, it is ready, for who asks now.
    page.eval("(b.src = './crash.lab', b.ready.then(lab => { window.mended = lab.step; }), 0)")?;
    page.wait_until("window.mended === 7")?;
    Ok(())
}

#[test]
fn taken_away_in_the_middle_of_loading_it_does_nothing_and_loads_when_it_is_back()
-> anyhow::Result<()> {
    let body = "<offset-lab id=\"lab\" src=\"./crash.lab\"></offset-lab>";
    let early = [HOLD, "window.lab = document.querySelector('offset-lab');"].concat();
    let page = page(body, &early)?.file("crash.lab", CRASH)?.open()?;
    for _ in 0..3 {
        page.wait_until("window.held > 0")?;
        page.eval("(window.lab.remove(), 0)")?;
        page.eval("(go(), 0)")?;
        page.wait_until("window.held === 0")?;
        page.run_async("setTimeout(arguments[0], 60);", Vec::new())?;
        let shown = "lab.shadowRoot.querySelectorAll('.place').length";
        assert_eq!(
            page.eval(&format!("[{shown}, heard.length]"))?,
            json!([0, 0])
        );
        page.eval("(hold(), document.body.append(window.lab), 0)")?;
    }
    page.wait_until("window.held > 0")?;
    page.eval("(go(), 0)")?;
    live(&page, FIRST)?;
    assert_eq!(
        page.eval("lab.shadowRoot.querySelectorAll('.place').length")?,
        1
    );
    page.expect_clean()
}
