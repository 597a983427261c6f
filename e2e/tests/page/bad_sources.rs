//! An element whose text is missing, none, too long, elsewhere or wrong: words in its place.

use offset_lab_e2e::lab::CRASH;
use serde_json::json;

use crate::somewhere::{FIRST, Somewhere, live, text_in};

#[test]
fn what_cannot_be_shown_is_said_in_words() -> anyhow::Result<()> {
    let huge = "x".repeat(4 * 1024 * 1024 + 1);
    let cases = [
        ("src=\"./none.lab\"", "not there (404)"),
        ("src=\"./page.html\"", "HTML page"),
        ("src=\"./html.lab\"", "HTML page"),
        ("src=\"./huge.lab\"", "too long"),
        ("src=\"http://localhost:1/x.lab\"", "another origin"),
        ("src=\"data:text/plain,stream%20s\"", "another origin"),
        ("src=\"javascript:alert(1)\"", "another origin"),
        ("src=\"\"", "no address"),
        ("src=\"http://[\"", "no address"),
        ("lesson=\"no-such-lesson\"", "no such lesson"),
        ("lesson=\"../offset-lab\"", "no such lesson"),
        ("link=\"#s1:AAAA\"", "not whole"),
        ("link=\"#s9:AAAA\"", "later version"),
        ("link=\"#other\"", "no link"),
        ("", "nothing to show"),
        ("step=\"-1\" lesson=\"deduplication\"", "whole number"),
    ];
    let body: String = cases
        .iter()
        .map(|(attributes, _)| format!("<offset-lab {attributes}></offset-lab>"))
        .collect();
    let page = Somewhere::new(&body, "")?
        .file("page.html", "<!DOCTYPE html><title>x</title>")?
        .file("html.lab", "  <!doctype html><title>x</title>")?
        .file("huge.lab", &huge)?
        .open()?;
    for (n, (attributes, words)) in cases.iter().enumerate() {
        let element = format!("document.querySelectorAll('offset-lab')[{n}]");
        page.eval(&format!("{element}.scrollIntoView()"))?;
        page.wait_until(&format!(
            "{element}.shadowRoot.querySelector('.message').textContent.includes({})",
            json!(words)
        ))
        .map_err(|error| {
            let said = text_in(&page, &element, ".message");
            error.context(format!("{attributes}: {said:?}"))
        })?;
    }
    assert_eq!(
        page.eval("heard.filter(h => h.kind === 'error').length")?,
        json!(cases.len())
    );
    // Another source is shown as soon as it is named.
    let first = "document.querySelectorAll('offset-lab')[0]";
    page.eval(&format!("({first}.scrollIntoView(), {first}.removeAttribute('src'), {first}.setAttribute('lesson', 'deduplication'), 0)"))?;
    live(&page, first)
}

#[test]
fn a_scenario_with_problems_is_drawn_as_the_command_line_draws_it() -> anyhow::Result<()> {
    let text = "stream s\nproducr p on s\npublish p 3 \"x\"\n";
    let body = format!("<offset-lab><pre>{text}</pre></offset-lab>");
    let page = Somewhere::new(&body, "")?.open()?;
    let drawn = text_in(&page, FIRST, ".player-problems pre")?;
    assert!(
        drawn.contains("--> scenario:2:1\n  |\n2 | producr p on s\n  | ^^^^^^^"),
        "{drawn}"
    );
    let error = page.eval("heard.find(h => h.kind === 'error')")?;
    assert_eq!(error["problems"][0]["line"], 2);
    assert_eq!(page.overflow()?, 0);
    // Mended by a script, it runs.
    page.eval(&format!("({FIRST}.text = {}, 0)", json!(CRASH)))?;
    live(&page, FIRST)?;
    page.expect_clean()
}
