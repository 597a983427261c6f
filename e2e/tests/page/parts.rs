//! The app in two parts: the first shows and runs a scenario by itself, the second comes when nobody waits, or at once
//! when it is needed before.

use offset_lab_e2e::lab::CRASH;
use serde_json::json;

use crate::somewhere::{Open, Somewhere, live};

/// Behind it stands the mark of the build.
const REST: &str = "app/offset-lab-app_rest.wasm?";
const EVENTS: &str = "[...document.querySelectorAll('.tables [role=tab]')].find(tab => tab.textContent.startsWith('Events'))";

/// An app in a page that holds its second part back until `go()`, with a script of its own before anything else.
fn app(early: &str, mounts: &str) -> anyhow::Result<Open> {
    let early = format!(
        "const really = fetch; const waiting = [];
         window.go = () => waiting.splice(0).forEach(each => each());
         window.fetch = (...what) => String(what[0]).includes('_rest')
             ? new Promise((done, failed) => waiting.push(() => really(...what).then(done, failed))) : really(...what);
         {early}"
    );
    let page = "<!DOCTYPE html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>Parts</title>\
         <link rel=\"icon\" href=\"data:,\"><script src=\"./early.js\"></script>\
         <script type=\"module\" src=\"./page.js\"></script></head><body><div id=\"lab\"></div></body></html>";
    let script = format!(
        "import init, {{ mount }} from './app/offset-lab-app.js';
         await init(); window.handle = mount(document.getElementById('lab'), {mounts});"
    );
    let page = Somewhere::new("", &script)?
        .file("index.html", page)?
        .file("early.js", &early)?
        .open()?;
    page.wait_for(".stage .actor, .home a")?;
    page.wait_until("document.querySelector('.editor-state.busy') === null")?;
    Ok(page)
}

fn crash() -> String {
    format!("{{ scenario: {} }}", json!(CRASH))
}

fn asked_for_rest(page: &Open) -> usize {
    let requests = page.requests();
    requests
        .iter()
        .filter(|name| name.starts_with(REST))
        .count()
}

/// Opens the list of events, which lies in the second part.
fn opens_events(page: &Open) -> anyhow::Result<()> {
    page.eval(&format!("({EVENTS}.click(), 0)"))?;
    page.wait_until("document.querySelectorAll('.events [role=row]').length > 3")
}

#[test]
fn a_picture_needs_the_first_part_alone_and_what_needs_more_gets_it_at_once() -> anyhow::Result<()>
{
    let page = app("", &crash())?;
    assert_eq!(asked_for_rest(&page), 0);
    opens_events(&page)?;
    assert_eq!(asked_for_rest(&page), 1);
    // What was on its way comes too late, and changes nothing.
    page.eval("(go(), 0)")?;
    let before = page.eval("handle.step")?;
    page.eval("(document.querySelector('[aria-label=Forward]').click(), 0)")?;
    page.wait_until(&format!("handle.step > {before}"))?;
    page.expect_clean()
}

#[test]
fn home_lessons_exercises_questions_and_an_empty_lab_begin_with_the_first_part_alone()
-> anyhow::Result<()> {
    let lessons =
        offset_lab::lessons::all().map(|lesson| format!("{{ lesson: '{}' }}", lesson.slug));
    let page = app("", "{ fragment: '' }")?;
    for mounts in
        lessons.chain(["{ fragment: '' }", "{ fragment: '#questions' }"].map(str::to_owned))
    {
        page.eval("(handle.destroy(), 0)")?;
        page.run_async(
            &format!(
                "const done = arguments[0]; import('./app/offset-lab-app.js').then(app => {{
                     window.handle = app.mount(document.getElementById('lab'), {mounts}); done(0); }});"
            ),
            Vec::new(),
        )?;
        page.wait_for(".stage .actor, .stage .lane, .home a, .questions a")?;
        page.wait_until("document.querySelector('.editor-state.busy') === null")?;
        assert_eq!(asked_for_rest(&page), 0, "{mounts}");
    }
    page.expect_clean()
}

#[test]
fn it_comes_by_itself_once_nobody_waits() -> anyhow::Result<()> {
    let page = app("", &crash())?;
    page.wait_until("waiting.length === 1")?;
    page.eval("(go(), 0)")?;
    page.wait_until("performance.getEntriesByType('resource').some(file => file.name.includes('_rest') && file.responseEnd > 0)")?;
    page.run_async("setTimeout(arguments[0], 300)", Vec::new())?;
    opens_events(&page)?;
    assert_eq!(asked_for_rest(&page), 1);
    page.expect_clean()
}

#[test]
fn where_it_cannot_be_loaded_the_reader_is_asked_and_nothing_is_lost() -> anyhow::Result<()> {
    let page = app(
        "let tries = 0; window.asked = [];
         window.confirm = words => { asked.push(words); return true; };
         const open = XMLHttpRequest.prototype.open;
         XMLHttpRequest.prototype.open = function (kind, address, later) {
             tries += 1;
             const other = tries === 1 ? 'gone.wasm' : tries === 2 ? 'http://127.0.0.1:9/closed.wasm' : address;
             open.call(this, kind, other, later); };",
        &crash(),
    )?;
    opens_events(&page)?;
    let words = "[asked.length, asked[0].includes('404'), asked[1].includes('no connection'), asked[1].endsWith('Try again?')]";
    assert_eq!(page.eval(words)?, json!([2, true, true, true]));
    assert_eq!(asked_for_rest(&page), 1);
    assert_eq!(page.eval("handle.text")?, json!(CRASH));
    Ok(())
}

#[test]
fn parts_of_two_builds_are_refused_in_words() -> anyhow::Result<()> {
    let page = app(
        "window.told = []; window.alert = words => told.push(words);
         const open = XMLHttpRequest.prototype.open;
         XMLHttpRequest.prototype.open = function (kind, address, later) {
             open.call(this, kind, './app/offset-lab-links_bg.wasm', later); };",
        &crash(),
    )?;
    page.eval(&format!("({EVENTS}.click(), 0)"))?;
    page.wait_until("told.length === 1 && told[0].endsWith('Reload the page.')")?;
    Ok(())
}

#[test]
fn an_element_takes_in_both_parts_before_it_shows_anything() -> anyhow::Result<()> {
    let body = format!(
        "<offset-lab id=\"lab\" editable controls=\"full\" step=\"9\"><pre>{CRASH}</pre></offset-lab>"
    );
    let page = Somewhere::new(&body, "")?.open()?;
    live(&page, "lab")?;
    page.wait_until("lab.step === 9 && heard.some(each => each.kind === 'step')")?;
    assert_eq!(asked_for_rest(&page), 1);
    page.expect_clean()
}
