//! How readers see the element who need it otherwise: without movement, in colours of their own, twice as large, on paper.

use offset_lab_e2e::lab::CRASH;
use serde_json::json;

use crate::somewhere::{FIRST, Open, Somewhere, inside, live};

fn page(attributes: &str) -> anyhow::Result<Open> {
    let body = format!("<offset-lab {attributes}><pre>{CRASH}</pre></offset-lab>");
    let page = Somewhere::new(&body, "")?.open()?;
    live(&page, FIRST)?;
    Ok(page)
}

#[test]
fn who_wants_no_movement_sees_none() -> anyhow::Result<()> {
    let page = page("step=\"5\"")?;
    // The most that moves at once while it is led on, step by step.
    let moves = |page: &Open| {
        let script = format!(
            "const done = arguments[0], lab = {FIRST}; let most = 0, count = 0; lab.step = 0;
             const look = () => {{ most = Math.max(most, lab.shadowRoot.getAnimations({{ subtree: true }}).length);
                 if (++count > 60) return done(most);
                 if (count % 3 === 0) lab.shadowRoot.querySelector('[aria-label=Forward]').click();
                 requestAnimationFrame(look); }};
             look();"
        );
        page.run_async(&script, Vec::new())
    };
    page.prefer(&[("prefers-reduced-motion", "reduce")])?;
    assert_eq!(moves(&page)?, 0);
    // It is the wish that makes the difference.
    page.prefer(&[("prefers-reduced-motion", "no-preference")])?;
    assert!(moves(&page)?.as_u64() > Some(0));
    page.expect_clean()
}

/// Whether the picture and what leads it can be told from the ground that they lie on.
const SEEN: &str = "(() => {
    const parse = colour => (colour.match(/[\\d.]+/g) ?? []).map(Number);
    const light = ([r, g, b]) => { const part = value => (value /= 255) <= 0.03928 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
        return 0.2126 * part(r) + 0.7152 * part(g) + 0.0722 * part(b); };
    const contrast = (one, two) => { const [a, b] = [light(parse(one)), light(parse(two))].sort((a, b) => b - a); return (a + 0.05) / (b + 0.05); };
    const ground = getComputedStyle(root.querySelector('.player')).backgroundColor;
    const weak = [];
    for (const text of root.querySelectorAll('.stage text')) {
        const look = getComputedStyle(text);
        if (look.visibility !== 'hidden' && contrast(look.fill, ground) < 3) weak.push(text.textContent + ' ' + look.fill + ' on ' + ground);
    }
    for (const text of root.querySelectorAll('.narration p, .clock, .button')) {
        const look = getComputedStyle(text);
        if (contrast(look.color, ground) < 3) weak.push(text.className + ' ' + look.color + ' on ' + ground);
    }
    return weak; })()";

#[test]
fn in_colours_that_a_reader_forces_everything_can_be_read() -> anyhow::Result<()> {
    for scheme in ["light", "dark"] {
        // The page says one thing, the reader another: the reader is right.
        let page = page("step=\"40\" theme=\"light\"")?;
        page.prefer(&[
            ("forced-colors", "active"),
            ("prefers-color-scheme", scheme),
        ])?;
        page.wait_until("matchMedia('(forced-colors: active)').matches")?;
        assert_eq!(inside(&page, FIRST, SEEN)?, json!([]), "{scheme}");
        page.expect_clean()?;
    }
    Ok(())
}

#[test]
fn twice_as_large_nothing_is_cut_off() -> anyhow::Result<()> {
    for attributes in [
        "step=\"20\"",
        "step=\"20\" controls=\"full\"",
        "step=\"20\" controls=\"none\"",
    ] {
        let page = page(attributes)?;
        // 200 and 400 per cent of a window 1280 wide.
        for (width, factor) in [(640, 2), (320, 4)] {
            page.zoom(width, 800 / factor, factor)?;
            page.wait_until(&format!("innerWidth === {width}"))?;
            page.run_async(
                "requestAnimationFrame(() => setTimeout(arguments[0], 60));",
                Vec::new(),
            )?;
            assert_eq!(page.overflow()?, 0, "{attributes} at {width}");
            let right = "Math.max(...[...root.querySelectorAll('.button, .clock, .stage')].map(e => e.getBoundingClientRect().right)) <= innerWidth";
            assert_eq!(
                inside(&page, FIRST, right)?,
                true,
                "{attributes} at {width}"
            );
        }
        page.expect_clean()?;
    }
    Ok(())
}

#[test]
fn on_paper_stands_what_is_shown_or_the_picture_that_was_there() -> anyhow::Result<()> {
    let body = format!(
        "<offset-lab id=\"near\" controls=\"full\" step=\"9\"><pre>{CRASH}</pre></offset-lab><div class=\"far\"></div>\
         <offset-lab id=\"far\"><img src=\"./poster.svg\" width=\"868\" alt=\"A picture\"></offset-lab>"
    );
    let page = Somewhere::new(&body, "")?
        .poster(CRASH, 9)?
        .file("page.css", ".far { height: 5000px; }")?
        .open()?;
    live(&page, FIRST)?;
    page.as_printed(true)?;
    let height = |element: &str, selector: &str| {
        format!("{element}.querySelector('{selector}')?.getBoundingClientRect().height > 60")
    };
    page.wait_until(&height("near.shadowRoot", ".stage"))?;
    page.wait_until(&height("document.getElementById('far')", "img"))?;
    assert_eq!(page.eval("document.getElementById('far').steps")?, 0);
    assert_eq!(page.overflow()?, 0);
    page.as_printed(false)?;
    page.expect_clean()
}
