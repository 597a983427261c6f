//! Blocks of code as runs, by one classic script in a page of any tool.

use offset_lab_e2e::lab::CRASH;
use serde_json::json;

use crate::somewhere::{FIRST, Somewhere, live};

#[test]
fn blocks_of_code_become_runs_also_those_that_come_later() -> anyhow::Result<()> {
    let written = CRASH.replace('"', "&quot;");
    let body = format!(
        "<script src=\"./app/offset-lab-fences.js\"></script>\
         <pre id=\"code\"><code class=\"language-offset-lab step=9\">{written}</code></pre>\
         <pre><code class=\"language-rust\">fn other() {{}}</code></pre>\
         <div class=\"highlight-offset-lab\"><div><pre><span>{written}</span></pre></div></div><div id=\"late\"></div>"
    );
    let page = Somewhere::new(&body, "")?.open()?;
    page.wait_until("document.querySelectorAll('offset-lab').length === 2")?;
    for (number, step) in [(0, json!(9)), (1, json!(null))] {
        let lab = format!("document.querySelectorAll('offset-lab')[{number}]");
        page.eval(&format!("({lab}.scrollIntoView(), 0)"))?;
        live(&page, &lab)?;
        assert_eq!(page.eval(&format!("{lab}.text"))?, json!(CRASH));
        assert!(step.is_null() || page.eval(&format!("{lab}.step"))? == step);
    }
    assert_eq!(page.count("pre > code.language-rust")?, 1);
    assert_eq!(
        page.eval("document.querySelector('offset-lab pre').id")?,
        "code"
    );
    page.eval(
        "(document.getElementById('late').innerHTML = '<pre><code class=\"lang-offset-lab\">stream s\\nrun\\n</code></pre>', 0)",
    )?;
    page.wait_until("document.querySelector('#late > offset-lab') !== null")?;
    page.eval(&format!(
        "({FIRST}.remove(), document.querySelector('#late > offset-lab').scrollIntoView())"
    ))?;
    live(&page, "document.querySelector('#late > offset-lab')")?;
    page.expect_clean()
}
