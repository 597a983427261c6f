//! The element `<offset-lab>` in a page of somebody else: where its text comes from, what it costs, what a page can do
//! with it. All under the strict policy and from a sub-folder.

use offset_lab_e2e::lab::CRASH;
use offset_lab_e2e::{Theme, lab};
use serde_json::json;

use crate::somewhere::{FIRST, Somewhere, click_in, inside, live, text_in};

const LESSON: &str = "crash-and-redelivery";

#[test]
fn a_page_pays_when_it_is_looked_at_and_the_picture_takes_the_place_of_the_poster()
-> anyhow::Result<()> {
    let lesson = offset_lab::lessons::find(LESSON).map_or("", |lesson| lesson.text());
    let body = format!(
        "<div class=\"far\"></div><offset-lab lesson=\"{LESSON}\" step=\"30\">\
         <img src=\"./poster.svg\" width=\"868\" height=\"300\" alt=\"A picture\"></offset-lab><p>After</p>"
    );
    let page = Somewhere::new(&body, "")?
        .poster(lesson, 30)?
        .file(
            "page.css",
            ".far { height: 4000px; } img { height: auto; max-width: 100%; }",
        )?
        .open()?;
    page.wait_until("customElements.get('offset-lab') !== undefined")?;
    let height = || page.eval(&format!("{FIRST}.getBoundingClientRect().height"));
    let before = height()?;
    assert!(before.as_f64() > Some(100.0), "{before}");
    let loaded = |page: &offset_lab_e2e::Page| {
        let requests = page.requests();
        let of_ours = requests.iter().filter(|name| name.starts_with("app/"));
        of_ours.cloned().collect::<Vec<_>>()
    };
    assert_eq!(loaded(&page), ["app/offset-lab.js"]);
    page.eval("scrollTo(0, 3500)")?;
    live(&page, FIRST)?;
    let all = loaded(&page);
    assert!(
        all.contains(&format!("app/lessons/{LESSON}.lab")) && all.len() == 4,
        "{all:?}"
    );
    assert_eq!(height()?, before, "it has the size of the poster");
    assert_eq!(page.eval("window.shifts")?, 0);
    assert_eq!(page.eval(&format!("{FIRST}.step"))?, 30);
    let poster = "getComputedStyle(root.querySelector('.poster')).visibility";
    assert_eq!(inside(&page, FIRST, poster)?, "hidden");
    // What a reader does makes room for sentence and line of time.
    click_in(&page, FIRST, ".player-begin")?;
    page.wait_until(&format!(
        "{FIRST}.shadowRoot.querySelector('[aria-label=Pause]')"
    ))?;
    assert_ne!(height()?, before);
    page.wait_until(&format!("{FIRST}.step > 30"))?;
    page.expect_clean()
}

#[test]
fn the_text_comes_from_inside_from_a_file_or_from_a_script() -> anyhow::Result<()> {
    let body = format!(
        "<offset-lab id=\"script\" step=\"9999\"><script type=\"text/plain\">\n{CRASH}</script></offset-lab>\
         <offset-lab id=\"pre\" step=\"9999\"><pre>{CRASH}</pre></offset-lab>\
         <offset-lab id=\"src\" src=\"./crash.lab\" step=\"9999\"></offset-lab>\
         <offset-lab id=\"attribute\" text=\"{}\" step=\"9999\"></offset-lab>\
         <div id=\"made\"></div>",
        CRASH.replace('"', "&quot;")
    );
    // The element is there before its module is: what a script does to it then holds.
    let early = "const made = document.createElement('offset-lab'); made.id = 'early';";
    let script = format!(
        "{early} made.text = {}; made.step = 9999; document.getElementById('made').append(made);",
        json!(CRASH)
    );
    let somewhere = Somewhere::new(&body, &script)?.file("crash.lab", CRASH)?;
    let page = somewhere.open()?;
    let end = lab::timeline_here(CRASH).map(|timeline| timeline.len());
    for id in ["script", "pre", "src", "attribute", "early"] {
        let element = format!("document.getElementById('{id}')");
        page.eval(&format!("{element}.scrollIntoView()"))?;
        live(&page, &element)?;
        assert_eq!(page.eval(&format!("{element}.step"))?, json!(end), "{id}");
        assert_eq!(page.eval(&format!("{element}.text"))?, json!(CRASH), "{id}");
    }
    let wasm = |name: &&String| name.ends_with(".wasm");
    let requests = page.requests();
    assert_eq!(
        requests.iter().filter(wasm).count(),
        1,
        "compiled once for all"
    );
    page.expect_clean()
}

#[test]
fn a_page_can_read_and_lead_it_and_hears_what_happens() -> anyhow::Result<()> {
    let text = format!(
        "{CRASH}ask \"Which offset is stored?\" billing.stored\ncrash billing\nrun\n\
         goal \"It has crashed\" billing.state == \"crashed\"\n"
    );
    let body = format!("<offset-lab id=\"lab\" step=\"0\"><pre>{text}</pre></offset-lab>");
    let page = Somewhere::new(&body, "")?.open()?;
    page.wait_until("customElements.get('offset-lab') !== undefined")?;
    assert_eq!(
        page.eval("document.createElement('offset-lab').facts() === undefined")?,
        true
    );
    page.eval(&format!(
        "{FIRST}.ready.then(e => {{ window.first = e.id; }})"
    ))?;
    live(&page, FIRST)?;
    page.wait_until("window.first === 'lab'")?;
    // The facts are what the same core says here.
    page.eval(&format!("{FIRST}.step = 99999"))?;
    let facts = page.eval(&format!("{FIRST}.facts()"))?;
    assert_eq!(facts["billing"]["state"], "crashed");
    assert_eq!(
        facts["s"]["next"],
        page.eval(&format!("{FIRST}.facts().s.next"))?
    );
    let timeline = lab::timeline_here(&text).unwrap_or_else(|| panic!("{text}"));
    assert_eq!(facts["world"]["time"], json!(timeline.end().now.0));
    assert_eq!(
        page.eval("heard.filter(h => h.kind === 'solved').map(h => [h.goals, h.from])")?,
        json!([[1, "lab"]])
    );
    let last = page.eval("heard.filter(h => h.kind === 'step').at(-1)")?;
    assert_eq!(last["step"], json!(timeline.len()));
    assert_eq!(last["steps"], json!(timeline.len()));
    assert_ne!(last["narration"], "");
    // A question is answered by hand.
    let line = page.eval(&format!(
        "(() => {{ for (let s = {FIRST}.steps; s > 0; s--) {{ {FIRST}.step = s;
            if ({FIRST}.facts().billing.state === 'running') return s; }} }})()"
    ))?;
    assert!(line.is_number(), "{line}");
    click_in(&page, FIRST, ".question .field")?;
    page.type_keys("99")?;
    page.press("Enter")?;
    page.wait_until("heard.some(h => h.kind === 'answer')")?;
    let answer = page.eval("heard.find(h => h.kind === 'answer')")?;
    assert_eq!(
        (&answer["given"], &answer["right"], &answer["fact"]),
        (&json!("99"), &json!(true), &json!("billing.stored"))
    );
    // Playing and pausing; a step that is none is refused in words.
    page.eval(&format!("({FIRST}.step = 0, {FIRST}.play())"))?;
    page.wait_until(&format!("{FIRST}.step > 0"))?;
    page.eval(&format!("{FIRST}.pause()"))?;
    assert_eq!(
        inside(
            &page,
            FIRST,
            "root.querySelector('[aria-label=Play]') !== null"
        )?,
        true
    );
    let refused =
        format!("(() => {{ try {{ {FIRST}.step = -1; }} catch (e) {{ return e.message; }} }})()");
    assert_eq!(page.eval(&refused)?, "step: -1 is no whole number from 0");
    page.expect_clean()
}

#[test]
fn it_follows_the_colours_of_the_page() -> anyhow::Result<()> {
    let body = format!("<offset-lab><pre>{CRASH}</pre></offset-lab>");
    let page = Somewhere::new(&body, "")?
        .window((768, 800), Theme::Dark)
        .open()?;
    live(&page, FIRST)?;
    let is_dark = || {
        let ground = "getComputedStyle(root.querySelector('.player')).backgroundColor";
        Ok::<_, anyhow::Error>(inside(&page, FIRST, ground)? == "rgb(28, 33, 44)")
    };
    assert!(is_dark()?, "as the system");
    let changes = [
        ("document.documentElement.dataset.theme = 'light'", false),
        ("document.documentElement.dataset.theme = 'dark'", true),
        ("delete document.documentElement.dataset.theme", true),
        ("document.documentElement.className = 'light'", false),
        ("document.documentElement.className = 'navy'", true),
        ("document.documentElement.className = 'rust'", false),
        ("document.documentElement.className = ''", true),
        ("document.body.dataset.mdColorScheme = 'default'", false),
        ("document.body.dataset.mdColorScheme = 'slate'", true),
        (
            "document.querySelector('offset-lab').setAttribute('theme', 'light')",
            false,
        ),
    ];
    for (change, dark) in changes {
        page.eval(&format!("({change}, 0)"))?;
        page.wait_until(&format!(
            "(getComputedStyle({FIRST}.shadowRoot.querySelector('.player')).backgroundColor === 'rgb(28, 33, 44)') === {dark}"
        ))?;
    }
    page.expect_clean()
}

#[test]
fn full_and_editable_bring_the_app() -> anyhow::Result<()> {
    let body = format!(
        "<offset-lab id=\"full\" controls=\"full\"><pre>{CRASH}</pre></offset-lab>\
         <offset-lab id=\"edit\" editable><pre>{CRASH}</pre></offset-lab>"
    );
    let page = Somewhere::new(&body, "")?.open()?;
    for id in ["full", "edit"] {
        let element = format!("document.getElementById('{id}')");
        page.eval(&format!("{element}.scrollIntoView()"))?;
        live(&page, &element)?;
        let area = |what: &str| {
            inside(
                &page,
                &element,
                &format!("root.querySelector('textarea').{what}"),
            )
        };
        assert_eq!(area("value")?, json!(CRASH));
        assert_eq!(area("readOnly")?, json!(id == "full"), "{id}");
        let card = "getComputedStyle(root.querySelector('.card')).borderTopStyle";
        assert_eq!(
            inside(&page, &element, card)?,
            "solid",
            "the sheets reach it"
        );
        let header = "root.querySelector('.header') !== null";
        assert_eq!(inside(&page, &element, header)?, json!(id == "full"));
    }
    let edit = "document.getElementById('edit')";
    click_in(&page, edit, "textarea")?;
    page.press("Control+End")?;
    page.type_keys("s")?;
    page.wait_until(&format!("{edit}.text.endsWith('s')"))?;
    page.wait_until("heard.some(h => h.kind === 'error' && h.from === 'edit')")?;
    assert_eq!(
        page.eval("keys.includes('s')")?,
        false,
        "what is typed stays inside"
    );
    // A text that can only be read is not changed by a key.
    let full = "document.getElementById('full')";
    click_in(&page, full, "textarea")?;
    page.press("Control+End")?;
    page.type_keys("s")?;
    assert_eq!(page.eval(&format!("{full}.text"))?, json!(CRASH));
    assert!(text_in(&page, full, ".editor-state")?.contains("events"));
    page.expect_clean()
}
