//! Pages whose policies, addresses and maps of modules are of other kinds: Trusted Types, a base elsewhere, an import map,
//! scripts that are trusted one by one, no server at all.

use offset_lab_e2e::lab::CRASH;
use offset_lab_e2e::{POLICY, Page, Theme, dist};
use serde_json::json;

use crate::lab::Lab;
use crate::somewhere::{FIRST, Somewhere, click_in, live, text_in};

const TRUSTED: &str = "; require-trusted-types-for 'script'; trusted-types offset-lab";

fn all_live(page: &crate::somewhere::Open, count: usize) -> anyhow::Result<()> {
    for n in 0..count {
        let element = format!("document.querySelectorAll('offset-lab')[{n}]");
        page.eval(&format!("{element}.scrollIntoView()"))?;
        live(page, &element)?;
    }
    Ok(())
}

#[test]
fn under_trusted_types_everything_works_and_nothing_is_a_sink() -> anyhow::Result<()> {
    let body = format!(
        "<offset-lab src=\"./crash.lab\" step=\"20\"></offset-lab><offset-lab lesson=\"three-offsets\" controls=\"none\"></offset-lab>\
         <offset-lab controls=\"full\"><pre>{CRASH}</pre></offset-lab><offset-lab editable><pre>{CRASH}</pre></offset-lab>"
    );
    let page = Somewhere::new(&body, "")?
        .file("crash.lab", CRASH)?
        .policy(
            &[
                POLICY,
                "; require-trusted-types-for 'script'; trusted-types 'none'",
            ]
            .concat(),
        )
        .open()?;
    all_live(&page, 4)?;
    let last = "document.querySelectorAll('offset-lab')[3]";
    click_in(&page, last, "textarea")?;
    page.press("Control+End")?;
    page.type_keys("crash billing")?;
    page.wait_until(&format!("{last}.text.endsWith('crash billing')"))?;
    click_in(&page, last, ".stage .actor")?;
    page.expect_clean()
}

#[test]
fn frames_and_the_app_itself_have_one_policy_with_a_name() -> anyhow::Result<()> {
    let frame = |sandbox: &str| {
        format!(
            "<iframe {sandbox} title=\"A lab\" width=\"700\" height=\"400\" src=\"./app/embed.html?lesson=quorum\"></iframe>"
        )
    };
    for sandbox in ["", "sandbox=\"allow-scripts\""] {
        let page = Somewhere::new(&frame(sandbox), "")?
            .policy(&[POLICY, "; frame-src 'self'", TRUSTED].concat())
            .open()?;
        page.in_frame(|page| live(page, FIRST))?;
        page.expect_clean()?;
    }
    let policy = [POLICY, "; manifest-src 'self'", TRUSTED].concat();
    let ready = "document.querySelector('#offset-lab main') !== null";
    let page = Page::open_under(&policy, ready, &dist(), (1280, 800), Theme::Light)?;
    page.wait_until("navigator.serviceWorker.controller !== null || document.querySelector('link[rel=manifest]') !== null")?;
    let lab = Lab { page };
    lab.page.go("#lesson/deduplication")?;
    lab.settled()?;
    lab.write(CRASH)?;
    lab.click(".header [title^='Share']")?;
    lab.page
        .wait_until("document.querySelector('.copied textarea')?.value.includes('#s1:')")?;
    lab.page.expect_clean()
}

#[test]
fn the_base_of_a_page_may_be_elsewhere() -> anyhow::Result<()> {
    let script = format!(
        "const at = name => new URL(name, location.href).href;
         const base = document.createElement('base'); base.href = 'http://localhost:1/elsewhere/';
         document.head.prepend(base);
         document.body.innerHTML = `<offset-lab src=\"${{at('crash.lab')}}\"></offset-lab><offset-lab src=\"crash.lab\"></offset-lab>
           <offset-lab lesson=\"quorum\" controls=\"full\"></offset-lab><offset-lab text=\"{}\"></offset-lab>`;",
        CRASH.replace('\\', "\\\\").replace('"', "&quot;").replace('\n', "&#10;")
    );
    let page = Somewhere::new("", &script)?
        .file("crash.lab", CRASH)?
        .open()?;
    page.wait_until("document.querySelectorAll('offset-lab').length === 4")?;
    for n in [0, 2, 3] {
        let element = format!("document.querySelectorAll('offset-lab')[{n}]");
        page.eval(&format!("{element}.scrollIntoView()"))?;
        live(&page, &element)?;
    }
    let second = "document.querySelectorAll('offset-lab')[1]";
    page.eval(&format!("{second}.scrollIntoView()"))?;
    page.wait_until(&format!(
        "{second}.shadowRoot.querySelector('.message').textContent !== ''"
    ))?;
    let words = text_in(&page, second, ".message")?;
    assert!(
        words.contains("another origin (http://localhost:1)"),
        "{words}"
    );
    // What is linked to lies beside the lab, and nowhere below the page.
    let chip = "document.querySelectorAll('offset-lab')[2].shadowRoot.querySelector('a.chip').href";
    let chip = page.eval(chip)?;
    assert!(
        chip.as_str()
            .is_some_and(|chip| chip.ends_with("/app/fidelity.md")),
        "{chip}"
    );
    page.expect_clean()
}

#[test]
fn by_an_import_map_and_by_scripts_that_are_trusted_one_by_one() -> anyhow::Result<()> {
    let html = |scripts: &str| {
        format!(
            "<!DOCTYPE html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>Map</title><link rel=\"icon\" href=\"data:,\">\
             {scripts}</head><body><offset-lab step=\"9\"><pre>{CRASH}</pre></offset-lab></body></html>"
        )
    };
    let map = "<script type=\"importmap\" nonce=\"abc\">{ \"imports\": { \"offset-lab\": \"./app/offset-lab.js\" } }</script>\
        <script type=\"module\" src=\"./page.js\"></script>";
    let page = Somewhere::new("", "import 'offset-lab';")?
        .file("index.html", &html(map))?
        .policy(&POLICY.replace("'wasm-unsafe-eval'", "'wasm-unsafe-eval' 'nonce-abc'"))
        .open()?;
    live(&page, FIRST)?;
    page.expect_clean()?;
    // Whoever was trusted may bring others; `'self'` counts for nothing. The address has a version in it.
    let trusted = "<script type=\"module\" nonce=\"abc\" src=\"./app/offset-lab.js?v=3\"></script>";
    let page = Somewhere::new("", "")?
        .file("index.html", &html(trusted))?
        .policy(&POLICY.replace(
            "'wasm-unsafe-eval'",
            "'wasm-unsafe-eval' 'nonce-abc' 'strict-dynamic'",
        ))
        .open()?;
    live(&page, FIRST)?;
    page.expect_clean()
}

#[test]
fn without_a_server_the_script_that_holds_all_runs_and_the_module_leaves_the_picture()
-> anyhow::Result<()> {
    let html = |script: &str| {
        format!(
            "<!DOCTYPE html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>File</title></head><body>\
             <offset-lab id=\"a\" step=\"9\"><pre>{CRASH}</pre></offset-lab><offset-lab id=\"b\" src=\"./crash.lab\"></offset-lab>\
             {script}</body></html>"
        )
    };
    let page = Somewhere::new("", "")?
        .file("crash.lab", CRASH)?
        .file(
            "whole.html",
            &html("<script src=\"./app/offset-lab.inline.js\"></script>"),
        )?
        .file(
            "module.html",
            &html("<script type=\"module\" src=\"./app/offset-lab.js\"></script>"),
        )?
        .open()?;
    page.go_to_file("whole.html")?;
    live(&page, "a")?;
    assert_eq!(page.eval("a.step")?, 9);
    page.wait_until("b.shadowRoot.querySelector('.message').textContent !== ''")?;
    let words = text_in(&page, "b", ".message")?;
    assert!(
        words.contains("cannot be fetched from a page that was opened as a file"),
        "{words}"
    );
    // A browser loads no module from a file: what is inside the element stays, as without JavaScript.
    page.go_to_file("module.html")?;
    assert_eq!(
        page.eval("[a.shadowRoot, a.querySelector('pre').getBoundingClientRect().height > 50]")?,
        json!([null, true])
    );
    Ok(())
}
