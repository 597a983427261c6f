//! A deck of slides: a page that snaps as it scrolls, shrinks what it shows, leads by keys and wheel, keeps what is not shown
//! inert, and has the strictest policy. Every attribute of the element stands on one of its slides.

use offset_lab_e2e::lab::{CRASH, QUEUES};
use offset_lab_e2e::{POLICY, Theme};
use serde_json::json;

use crate::somewhere::{Open, Somewhere, inside, live};

const STYLES: &str = "html, body { margin: 0; height: 100%; overflow: hidden; }
    main { display: flex; height: 100vh; overflow-x: scroll; scroll-snap-type: x mandatory; overscroll-behavior: contain; }
    section { flex: 0 0 100vw; height: 100vh; overflow: hidden; scroll-snap-align: start; scroll-snap-stop: always;
        display: grid; place-content: center; contain: strict; }
    section > div { width: 900px; transform: scale(.7) rotate(0.01deg); transform-origin: center; }
    section button { all: unset; cursor: none; } :focus-visible { outline: none !important; }";

/// Keys lead, as in such programs; what is not shown is inert.
const SCRIPT: &str = "const deck = document.querySelector('main'), slides = [...document.querySelectorAll('section')];
    window.at = 0; window.moves = 0;
    const show = to => { if (to < 0 || to >= slides.length) return; window.at = to; window.moves += 1;
        slides.forEach((each, n) => { each.inert = n !== to; });
        deck.scrollTo({ left: slides[to].offsetLeft, behavior: 'instant' }); };
    document.addEventListener('keydown', event => {
        if (['ArrowRight', 'PageDown', ' ', 'n', 'j', 'l'].includes(event.key)) show(window.at + 1);
        if (['ArrowLeft', 'PageUp', 'p', 'k', 'h'].includes(event.key)) show(window.at - 1);
        if (event.key === 'Home') show(0);
        if (event.key === 'End') show(slides.length - 1); });
    window.show = show; show(0); window.moves = 0;";

fn deck() -> anyhow::Result<Open> {
    let text = CRASH.replace('"', "&quot;").replace('\n', "&#10;");
    let question = format!("{CRASH}ask \"Which?\" billing.stored\nwait 1ms\nrun\n");
    let slides = [
        "<offset-lab id=\"lesson\" lesson=\"crash-and-redelivery\" step=\"12\"></offset-lab>".to_owned(),
        "<offset-lab id=\"src\" src=\"./crash.lab\" theme=\"dark\" keys=\"off\" step=\"12\"></offset-lab>".to_owned(),
        format!("<offset-lab id=\"attribute\" text=\"{text}\" controls=\"none\" theme=\"light\"></offset-lab>"),
        format!("<offset-lab id=\"inside\" step=\"9\"><script type=\"text/plain\">{QUEUES}</script></offset-lab>"),
        format!("<offset-lab id=\"full\" controls=\"full\"><pre>{CRASH}</pre></offset-lab>"),
        format!("<offset-lab id=\"edit\" editable><pre>{CRASH}</pre></offset-lab>"),
        format!("<offset-lab id=\"ask\"><pre>{question}</pre></offset-lab>"),
        "<offset-lab id=\"link\"></offset-lab>".to_owned(),
        "<offset-lab id=\"faulty\" text=\"stream s&#10;producr p on s&#10;\"></offset-lab>".to_owned(),
    ];
    let slides: String = slides
        .iter()
        .map(|slide| format!("<section><div><h2>A slide</h2>{slide}</div></section>"))
        .collect();
    let policy = [
        POLICY,
        "; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; \
        require-trusted-types-for 'script'; trusted-types 'none'",
    ]
    .concat();
    Somewhere::new(&format!("<main>{slides}</main>"), SCRIPT)?
        .file("page.css", STYLES)?
        .file("crash.lab", CRASH)?
        .policy(&policy)
        .window((1280, 800), Theme::Light)
        .open()
}

/// Shows the slide of an element, and waits until the element runs.
fn slide(page: &Open, id: &str) -> anyhow::Result<String> {
    let element = format!("document.getElementById('{id}')");
    page.eval(&format!(
        "(show([...document.querySelectorAll('section')].indexOf({element}.closest('section'))), 0)"
    ))?;
    Ok(element)
}

/// The deck stands where it was led to, and nowhere between.
fn stands(page: &Open) -> anyhow::Result<()> {
    let off = "Math.abs(deck.scrollLeft - innerWidth * at) < 2 && document.documentElement.scrollTop === 0
        && [...document.querySelectorAll('section')].every(each => each.scrollTop === 0 && each.scrollLeft === 0)";
    let off = off.replace("deck.", "document.querySelector('main').");
    assert_eq!(page.eval(&off)?, true);
    Ok(())
}

#[test]
fn every_attribute_works_on_a_slide_of_its_own() -> anyhow::Result<()> {
    let page = deck()?;
    let lesson = slide(&page, "lesson")?;
    live(&page, &lesson)?;
    assert_eq!(page.eval("document.getElementById('lesson').step")?, 12);
    // Neighbours are near, what is far costs nothing.
    assert_eq!(page.eval("document.getElementById('edit').steps")?, 0);
    let of_app = |name: &String| name.contains("offset-lab-app");
    assert!(!page.requests().iter().any(of_app));
    for (id, controls, dark) in [
        ("src", true, true),
        ("attribute", false, false),
        ("inside", true, false),
    ] {
        let element = slide(&page, id)?;
        live(&page, &element)?;
        let has = "root.querySelector('.transport') !== null";
        assert_eq!(inside(&page, &element, has)?, json!(controls), "{id}");
        let ground =
            "getComputedStyle(root.querySelector('.player')).backgroundColor === 'rgb(28, 33, 44)'";
        assert_eq!(inside(&page, &element, ground)?, json!(dark), "{id}");
        stands(&page)?;
    }
    for (id, is_fixed) in [("full", true), ("edit", false)] {
        let element = slide(&page, id)?;
        live(&page, &element)?;
        let fixed = "root.querySelector('textarea').readOnly";
        assert_eq!(inside(&page, &element, fixed)?, json!(is_fixed), "{id}");
        stands(&page)?;
    }
    let link = slide(&page, "link")?;
    page.wait_until(&format!(
        "{link}.shadowRoot.querySelector('.message').textContent.includes('nothing to show')"
    ))?;
    let faulty = slide(&page, "faulty")?;
    page.wait_until(&format!(
        "{faulty}.shadowRoot.querySelector('.player-problems pre') !== null"
    ))?;
    page.expect_clean()
}
