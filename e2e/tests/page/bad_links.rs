//! Links that are no good: cut in half, of a later version, or with more in them than any text may be. In the app, in an
//! element, in a frame.

use offset_lab_e2e::lab::CRASH;
use offset_lab_e2e::{POLICY, Page};
use serde_json::json;

use crate::lab::Lab;
use crate::somewhere::{FIRST, Somewhere, live, text_in};

/// A link made by hand that holds a text so many times: what the browser itself packs, under a head of zeros.
const LINK: &str = "const [text, times, done] = arguments;
    const stream = new Blob([text.repeat(times)]).stream().pipeThrough(new CompressionStream('deflate-raw'));
    new Response(stream).arrayBuffer().then(packed => {
        const bytes = [0, 1, 0, 0, 0, 0, 0, 0, ...new Uint8Array(packed)];
        let one = 1, two = 0;
        for (const byte of bytes) { one = (one + byte) % 65521; two = (two + one) % 65521; }
        bytes.push(two >> 8, two & 255, one >> 8, one & 255);
        const letters = btoa(bytes.map(byte => String.fromCharCode(byte)).join(''));
        done('#s1:' + letters.replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', ''));
    });";

fn link(page: &Page, text: &str, times: u32) -> anyhow::Result<String> {
    let link = page.run_async(LINK, vec![json!(text), json!(times)])?;
    Ok(link.as_str().unwrap_or_default().to_owned())
}

/// Links that are refused, and words of what is said of them.
fn bad(page: &Page) -> anyhow::Result<Vec<(String, &'static str)>> {
    let whole = link(page, CRASH, 1)?;
    // 64 MiB in some 90,000 characters.
    let bomb = link(page, "        ", 8 * 1024 * 1024)?;
    assert!(bomb.len() < 100_000, "{}", bomb.len());
    Ok(vec![
        (whole[..whole.len() / 2].to_owned(), "not whole"),
        (whole[..whole.len() - 1].to_owned(), "not whole"),
        (whole.replacen("#s1:", "#s7:", 1), "later version"),
        (bomb, "more than a scenario may be long: 4 MiB"),
    ])
}

#[test]
fn a_link_brings_what_reads_it_and_the_player_of_its_family_alone() -> anyhow::Result<()> {
    let page = Somewhere::new("<p>No element yet.</p>", "")?.open()?;
    let text = "broker rocketmq 5.3\ntopic orders queues 1\nrun\n";
    let link = link(&page, text, 1)?;
    let put = "const lab = document.createElement('offset-lab');
        lab.setAttribute('link', arguments[0]);
        document.body.append(lab);";
    page.run(put, vec![json!(link)])?;
    live(&page, FIRST)?;
    assert_eq!(page.eval(&format!("{FIRST}.text"))?, json!(text));
    let files = page.requests();
    let files = files
        .iter()
        .filter_map(|file| Some(file.rsplit_once('/')?.1));
    let modules: Vec<&str> = files.filter(|file| file.ends_with(".wasm")).collect();
    assert_eq!(
        modules,
        [
            "offset-lab-links_bg.wasm",
            "offset-lab-player-rocketmq_bg.wasm"
        ]
    );
    Ok(())
}

#[test]
fn an_element_says_so_and_shows_the_next_link_that_is_whole() -> anyhow::Result<()> {
    let body = format!("<offset-lab id=\"lab\"><pre>{CRASH}</pre></offset-lab>");
    let page = Somewhere::new(&body, "")?.open()?;
    live(&page, FIRST)?;
    let all = bad(&page)?;
    for controls in ["mini", "full"] {
        for (bad, words) in &all {
            let put = "document.querySelector('offset-lab').setAttribute('controls', arguments[0]);
                document.querySelector('offset-lab').setAttribute('link', arguments[1]);";
            page.run(put, vec![json!(controls), json!(bad)])?;
            page.wait_until(&format!(
                "{FIRST}.shadowRoot.querySelector('.message').textContent.includes({})",
                json!(words)
            ))?;
            let failed = format!("{FIRST}.ready.then(() => 'shown', error => error.message)");
            let failed = page.run_async(&format!("{failed}.then(arguments[0]);"), Vec::new())?;
            assert!(failed.to_string().contains(words), "{failed}");
        }
        let good = link(&page, "stream other\n", 1)?;
        page.run(
            "document.querySelector('offset-lab').setAttribute('link', arguments[0]);",
            vec![json!(good)],
        )?;
        live(&page, FIRST)?;
        assert_eq!(page.eval(&format!("{FIRST}.text"))?, "stream other\n");
        assert_eq!(text_in(&page, FIRST, ".message")?, "");
    }
    page.expect_clean()
}

#[test]
fn the_app_keeps_what_is_open() -> anyhow::Result<()> {
    let lab = Lab::open(1280)?;
    lab.write(CRASH)?;
    let all = bad(&lab.page)?;
    for (bad, words) in &all {
        lab.page
            .run("location.hash = arguments[0];", vec![json!(bad)])?;
        lab.page.wait_for_text(".notice", words)?;
        assert_eq!(lab.text()?, CRASH);
        lab.page.click(".notice .button")?;
    }
    // Whoever comes by such an address comes home, and is told.
    lab.page.go(&all[3].0)?;
    lab.page.wait_for_text(".notice", "4 MiB")?;
    lab.page.expect_clean()
}

#[test]
fn a_frame_says_so_too() -> anyhow::Result<()> {
    let here = Somewhere::new("", "")?.open()?;
    let (bomb, words) = bad(&here)?.pop().unwrap_or_default();
    let body = format!(
        "<iframe sandbox=\"allow-scripts\" title=\"A lab\" width=\"700\" height=\"300\" \
         src=\"./app/embed.html{bomb}\"></iframe>"
    );
    let page = Somewhere::new(&body, "")?
        .policy(&format!("{POLICY}; frame-src 'self'"))
        .open()?;
    page.in_frame(|page| {
        page.wait_until(&format!(
            "{FIRST}.shadowRoot.querySelector('.message').textContent.includes({})",
            json!(words)
        ))
    })?;
    page.expect_clean()
}
