//! The element in pages that make it hard: styles for everything, keys of their own, frames without an origin, policies
//! without WebAssembly, many instances, elements that come and go.

use offset_lab_e2e::POLICY;
use offset_lab_e2e::lab::CRASH;
use serde_json::{Value, json};

use crate::somewhere::{FIRST, Somewhere, click_in, inside, live, text_in};

fn of_crash(attributes: &str) -> String {
    format!("<offset-lab {attributes}><pre>{CRASH}</pre></offset-lab>")
}

/// With a poster, and in its place nothing else to be seen.
fn with_poster(attributes: &str) -> String {
    format!(
        "<offset-lab {attributes}><img src=\"./poster.svg\" alt=\"A picture\">\
         <script type=\"text/plain\">{CRASH}</script></offset-lab>"
    )
}

#[test]
fn where_webassembly_is_blocked_the_poster_stays_with_words_over_it() -> anyhow::Result<()> {
    let policy = POLICY.replace(" 'wasm-unsafe-eval'", "");
    let page = Somewhere::new(&with_poster("step=\"9\""), "")?
        .poster(CRASH, 9)?
        .policy(&policy)
        .open()?;
    page.wait_until("heard.some(h => h.kind === 'error')")?;
    let words = text_in(&page, FIRST, ".message")?;
    assert!(
        words.contains("policy of this page blocks WebAssembly"),
        "{words}"
    );
    let seen = "(() => { const [poster, words] = [document.querySelector('img'), root.querySelector('.message')]
        .map(found => found.getBoundingClientRect()); return [poster.height > 100, words.height > 20,
        words.top >= poster.top, words.bottom <= poster.bottom + 8,
        getComputedStyle(root.querySelector('.message')).color]; })()";
    assert_eq!(
        inside(&page, FIRST, seen)?,
        json!([true, true, true, true, "rgb(29, 36, 51)"])
    );
    assert_eq!(page.overflow()?, 0);
    Ok(())
}

#[test]
fn in_a_sandboxed_frame_it_runs_and_the_frame_is_as_high_as_it() -> anyhow::Result<()> {
    let body = "<iframe sandbox=\"allow-scripts\" title=\"A lab\" width=\"700\" height=\"150\" \
         src=\"./app/embed.html?lesson=crash-and-redelivery&amp;step=30&amp;theme=dark\"></iframe>\
         <script src=\"./app/resize.js\"></script>";
    let page = Somewhere::new(body, "")?
        .policy(&format!("{POLICY}; frame-src 'self'"))
        .open()?;
    page.in_frame(|page| {
        live(page, FIRST)?;
        assert_eq!(page.eval("self.origin")?, "null");
        assert_eq!(page.eval(&format!("{FIRST}.step"))?, 30);
        click_in(page, FIRST, "[aria-label=Forward]")?;
        page.wait_until(&format!("{FIRST}.step > 30"))
    })?;
    let height = "document.querySelector('iframe').getBoundingClientRect().height";
    page.wait_until(&format!("{height} > 300"))?;
    let needed = page.in_frame(|page| page.eval("document.documentElement.scrollHeight"))?;
    let given = page.in_frame(|page| page.eval("innerHeight"))?;
    assert_eq!(needed, given, "nothing is cut off and nothing scrolls");
    page.expect_clean()
}

#[test]
fn styles_that_reset_enlarge_and_recolour_everything_stay_outside() -> anyhow::Result<()> {
    let styles = "* { all: unset !important; }
        * { font: 900 40px/3 fantasy !important; color: lime !important; background: red !important;
            letter-spacing: 9px !important; text-transform: uppercase !important; margin: 31px !important;
            padding: 17px !important; border: 9px solid blue !important; box-sizing: content-box !important;
            direction: rtl !important; text-align: right !important; visibility: visible !important; }
        button, svg, rect, section, div { display: none !important; } html { font-size: 300%; }";
    let plain = Somewhere::new(&of_crash("step=\"20\""), "")?.open()?;
    let hostile = Somewhere::new(&of_crash("step=\"20\""), "")?
        .file("page.css", styles)?
        .open()?;
    let look = |page: &crate::somewhere::Open| -> anyhow::Result<Value> {
        live(page, FIRST)?;
        inside(
            page,
            FIRST,
            "['.player', '.narration p', '.transport', '.clock', '[aria-label=Play]', '.stage text.f-name',
              '.stage .actor'].map(name => { const style = getComputedStyle(root.querySelector(name));
              return ['color', 'fontSize', 'fontFamily', 'fontWeight', 'letterSpacing', 'textTransform', 'display',
                'direction', 'textAlign', 'backgroundColor', 'borderTopWidth', 'marginTop', 'paddingTop', 'fill',
                'visibility'].map(property => style[property]); })",
        )
    };
    assert_eq!(look(&hostile)?, look(&plain)?);
    let block = format!("getComputedStyle({FIRST}).display");
    assert_eq!(hostile.eval(&block)?, "block");
    hostile.expect_clean()
}

#[test]
fn it_leaves_the_styles_of_the_page_as_they_are() -> anyhow::Result<()> {
    let body = format!("<p class=\"card lab\">Text</p>{}", of_crash(""));
    let page = Somewhere::new(&body, "")?.open()?;
    let look = "JSON.stringify([...['p', 'body', 'pre']].map(name => {
        const style = getComputedStyle(document.querySelector(name));
        return [style.border, style.background, style.font, style.color, style.margin]; }))";
    let before = page.eval(look)?;
    live(&page, FIRST)?;
    assert_eq!(page.eval(look)?, before);
    assert_eq!(
        page.eval("document.head.querySelectorAll('style, link[href*=app]').length")?,
        0
    );
    page.expect_clean()
}

#[test]
fn the_page_has_its_keys_and_the_lab_its_own() -> anyhow::Result<()> {
    let body = format!(
        "<a id=\"link\" href=\"#\">A link</a>{}{}",
        of_crash("id=\"on\" step=\"9\""),
        of_crash("id=\"off\" step=\"9\" keys=\"off\"")
    );
    let page = Somewhere::new(&body, "")?.open()?;
    let (on, off) = (
        "document.getElementById('on')",
        "document.getElementById('off')",
    );
    live(&page, on)?;
    page.eval(&format!("{off}.scrollIntoView()"))?;
    live(&page, off)?;
    let reached = |page: &crate::somewhere::Open| page.eval("keys.splice(0)");
    let all = ["ArrowRight", "?", "s", "/"];
    // Nobody is in the lab: everything is the page's.
    page.focus("#link")?;
    for key in all {
        page.press(key)?;
    }
    let heard = reached(&page)?;
    for key in all {
        assert!(
            heard.to_string().matches(&format!("\"{key}\"")).count() >= 2,
            "{key}: {heard}"
        );
    }
    assert_eq!(page.eval(&format!("{on}.step"))?, 9);
    // In the lab the arrows are the lab's, also when they are let go; what it does not know is the page's.
    click_in(&page, on, "[aria-label=Forward]")?;
    page.wait_until(&format!("{on}.step > 9"))?;
    reached(&page)?;
    let before = page.eval(&format!("{on}.step"))?;
    for key in all {
        page.press(key)?;
    }
    assert!(page.eval(&format!("{on}.step"))?.as_u64() > before.as_u64());
    let heard = reached(&page)?.to_string();
    assert!(!heard.contains("ArrowRight"), "{heard}");
    for key in ["?", "s", "/"] {
        assert!(heard.contains(&format!("\"{key}\"")), "{key}: {heard}");
    }
    // With keys off it takes none.
    click_in(&page, off, "[aria-label=Forward]")?;
    page.wait_until(&format!("{off}.step > 9"))?;
    reached(&page)?;
    let before = page.eval(&format!("{off}.step"))?;
    page.press("ArrowRight")?;
    assert_eq!(page.eval(&format!("{off}.step"))?, before);
    assert_eq!(reached(&page)?, json!(["ArrowRight", "ArrowRight"]));
    page.expect_clean()
}

#[test]
fn what_is_typed_into_an_answer_is_not_heard_by_the_page() -> anyhow::Result<()> {
    let text = format!("{CRASH}ask \"Which?\" billing.stored\nwait 1ms\nrun\n");
    let body = format!("<offset-lab><pre>{text}</pre></offset-lab>");
    let page = Somewhere::new(&body, "")?.open()?;
    live(&page, FIRST)?;
    let question = format!("{FIRST}.shadowRoot.querySelector('.question .field') !== null");
    page.eval(&format!("({FIRST}.step = 0, {FIRST}.steps)"))?;
    let steps = page.eval(&format!("{FIRST}.steps"))?.as_u64().unwrap_or(0);
    for step in (0..=steps).rev() {
        page.eval(&format!("{FIRST}.step = {step}"))?;
        page.run_async(
            "const done = arguments[0]; setTimeout(() => done(0), 30);",
            Vec::new(),
        )?;
        if page.eval(&question)? == true {
            break;
        }
    }
    click_in(&page, FIRST, ".question .field")?;
    page.eval("keys.splice(0)")?;
    page.type_keys("s/?5")?;
    let typed = inside(&page, FIRST, "root.querySelector('.question .field').value")?;
    assert_eq!(typed, "s/?5");
    let heard = page.eval("keys.filter(key => key !== 'Shift')")?;
    assert_eq!(heard, json!([]));
    page.expect_clean()
}

#[test]
fn twenty_are_compiled_once_and_those_out_of_view_do_not_move() -> anyhow::Result<()> {
    let each: String = (0..20)
        .map(|n| of_crash(&format!("id=\"n{n}\" step=\"5\"")))
        .collect();
    let page = Somewhere::new(&each, "")?.open()?;
    for n in 0..20 {
        let element = format!("document.getElementById('n{n}')");
        page.eval(&format!("{element}.scrollIntoView()"))?;
        live(&page, &element)?;
    }
    let count = |end: &str| page.requests().iter().filter(|r| r.ends_with(end)).count();
    assert_eq!((count(".wasm"), count("offset-lab-player.js")), (1, 1));
    assert_eq!(
        page.eval("new Set([...document.querySelectorAll('offset-lab')].map(e => e.shadowRoot.adoptedStyleSheets[1])).size")?,
        1,
        "one sheet for all"
    );
    // The last is in view, the first is far above it: both are told to play.
    page.eval("(n0.play(), n19.play(), 0)")?;
    page.wait_until("n19.step >= 7")?;
    assert_eq!(page.eval("n0.step")?, 5);
    page.eval("n0.scrollIntoView()")?;
    page.wait_until("n0.step > 5")?;
    page.expect_clean()
}

#[test]
fn taken_out_and_put_back_it_is_where_it_was() -> anyhow::Result<()> {
    let page = Somewhere::new(&of_crash("id=\"lab\" step=\"5\""), "")?.open()?;
    live(&page, FIRST)?;
    page.eval("(window.lab = document.querySelector('offset-lab'), lab.step = 12, 0)")?;
    // Moved within the page it does not even blink.
    page.eval(
        "(document.body.prepend(lab), lab.shadowRoot.querySelector('.stage').id = 'same', 0)",
    )?;
    assert_eq!(
        inside(&page, "lab", "root.querySelector('.stage').id")?,
        "same"
    );
    for _ in 0..30 {
        page.eval("(lab.remove(), 0)")?;
        page.wait_until("lab.shadowRoot.querySelector('.stage') === null")?;
        page.eval("(document.body.append(lab), 0)")?;
        live(&page, "lab")?;
    }
    assert_eq!(page.eval("lab.step")?, 12);
    assert_eq!(
        inside(&page, "lab", "root.querySelectorAll('.place').length")?,
        1
    );
    page.eval(
        "(lab.text = 'stream t\\nproducer q on t\\npublish q 3 \"x\"\\nrun\\n', lab.remove(), 0)",
    )?;
    page.eval("(document.body.append(lab), 0)")?;
    page.wait_until("lab.facts()?.t !== undefined")?;
    page.expect_clean()
}

#[test]
fn in_a_page_from_right_to_left_and_on_paper_it_stands_upright() -> anyhow::Result<()> {
    let page = Somewhere::new(
        &of_crash("step=\"20\""),
        "document.documentElement.dir = 'rtl';",
    )?
    .open()?;
    live(&page, FIRST)?;
    let order = "(() => { const [first, last] = ['First', 'Last'].map(name =>
        root.querySelector(`[aria-label=${name}]`).getBoundingClientRect().left); return first < last; })()";
    assert_eq!(inside(&page, FIRST, order)?, true);
    assert_eq!(page.overflow()?, 0);
    page.as_printed(true)?;
    let seen = "['.stage', '.narration', '.transport'].map(name =>
        root.querySelector(name).getBoundingClientRect().height > 0)";
    page.wait_until(&format!(
        "{FIRST}.shadowRoot.querySelector('.transport').getBoundingClientRect().height === 0"
    ))?;
    assert_eq!(inside(&page, FIRST, seen)?, json!([true, true, false]));
    page.as_printed(false)?;
    page.expect_clean()
}

#[test]
fn nothing_is_asked_of_any_other_host() -> anyhow::Result<()> {
    let body = format!(
        "{}{}<offset-lab lesson=\"deduplication\"></offset-lab>",
        of_crash("controls=\"full\""),
        with_poster("")
    );
    // Without any policy: nothing but the element itself keeps it from asking.
    let page = Somewhere::new(&body, "")?
        .poster(CRASH, 3)?
        .policy("script-src 'self' 'wasm-unsafe-eval'")
        .open()?;
    for n in 0..3 {
        let element = format!("document.querySelectorAll('offset-lab')[{n}]");
        page.eval(&format!("{element}.scrollIntoView()"))?;
        live(&page, &element)?;
    }
    let foreign = "performance.getEntriesByType('resource').map(e => e.name).filter(name => !name.startsWith('data:')
        && new URL(name).origin !== location.origin)";
    assert_eq!(page.eval(foreign)?, json!([]));
    assert!(
        page.eval("performance.getEntriesByType('resource').length")?
            .as_u64()
            > Some(8)
    );
    page.expect_clean()
}

#[test]
fn of_two_versions_on_a_page_the_first_stays_and_the_other_says_so() -> anyhow::Result<()> {
    let script = "window.warned = []; const warn = console.warn; console.warn = (...words) => window.warned.push(words.join(' '));
        await import('./other.js'); window.done = true;";
    // As it is written: in the built one its names are others.
    let module = include_str!("../../../www/static/offset-lab.js");
    let other = module
        .replace("const VERSION = \"", "const VERSION = \"99.")
        .replace(
            "import.meta.url",
            "new URL('./app/offset-lab.js', import.meta.url)",
        );
    let page = Somewhere::new(&of_crash("step=\"9\""), script)?
        .file("other.js", &other)?
        .open()?;
    page.wait_until("window.done === true")?;
    let warned = page.eval("window.warned.join()")?;
    assert!(
        warned
            .as_str()
            .is_some_and(|words| words.contains("is on this page already; 99.")),
        "{warned}"
    );
    live(&page, FIRST)?;
    page.expect_clean()
}
