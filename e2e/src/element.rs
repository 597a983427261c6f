//! What a test sees inside of an instance of `<offset-lab>`, in whatever page it is. Knows selectors; judges nothing.

use anyhow::Context;
use serde_json::{Value, json};

use crate::Page;

/// The first element of a page.
pub const FIRST: &str = "document.querySelector('offset-lab')";

/// Waits until an element shows its own picture.
pub fn live(page: &Page, element: &str) -> anyhow::Result<()> {
    page.wait_until(&format!(
        "{element}.shadowRoot.querySelector('.frame.live .stage .actor, .frame.live .stage .lane') !== null"
    ))
    .with_context(|| {
        let inside = inside(page, element, "root.innerHTML.slice(0, 600)");
        format!("{inside:?}; console: {:?}", page.console_errors())
    })
}

/// What is found in an element, as the value of an expression over `root`, its shadow root.
pub fn inside(page: &Page, element: &str, expression: &str) -> anyhow::Result<Value> {
    page.eval(&format!("(root => {expression})({element}.shadowRoot)"))
}

/// The text of what is found in an element.
pub fn text_in(page: &Page, element: &str, selector: &str) -> anyhow::Result<String> {
    let found = format!("root.querySelector({})", json!(selector));
    page.wait_until(&format!(
        "{element}.shadowRoot.querySelector({}) !== null",
        json!(selector)
    ))?;
    let text = inside(page, element, &format!("{found}.textContent"))?;
    Ok(text.as_str().unwrap_or_default().trim().to_owned())
}

/// Clicks what is found in an element, with the mouse.
pub fn click_in(page: &Page, element: &str, selector: &str) -> anyhow::Result<()> {
    let found = format!("{element}.shadowRoot.querySelector({})", json!(selector));
    page.wait_until(&format!("{found} !== null"))?;
    let still = format!(
        "const done = arguments[0]; let last = null; {found}.scrollIntoView({{ block: 'center' }});
         const look = () => {{ const box = {found}.getBoundingClientRect();
             const at = {{ x: box.x + Math.min(box.width / 2, 60), y: box.y + box.height / 2 }};
             if (last && last.x === at.x && last.y === at.y) return done(at);
             last = at; setTimeout(look, 40); }};
         look();"
    );
    page.click_at(serde_json::from_value(page.run_async(&still, Vec::new())?)?)
}
