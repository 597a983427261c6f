//! Pages of somebody else that hold the element: their files, and what a test sees inside of an instance.

use std::fs;
use std::os::unix::fs::symlink;

use anyhow::Context;
use offset_lab::Cursor;
use offset_lab::view::{FrameOptions, frame_at, svg};
use offset_lab_e2e::{POLICY, Page, Theme, dist, lab};
use serde_json::{Value, json};
use tempfile::TempDir;

/// A page under construction.
pub(crate) struct Somewhere {
    folder: TempDir,
    policy: String,
    size: (u32, u32),
    theme: Theme,
}

impl Somewhere {
    /// A page with this body, the element's module, and a script of its own.
    pub(crate) fn new(body: &str, script: &str) -> anyhow::Result<Self> {
        let folder = tempfile::tempdir()?;
        symlink(dist(), folder.path().join("app"))?;
        let page = format!(
            "<!DOCTYPE html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>Somewhere</title>\
             <link rel=\"icon\" href=\"data:,\"><link rel=\"stylesheet\" href=\"./page.css\">\
             <script type=\"module\" src=\"./app/offset-lab.js\"></script>\
             <script type=\"module\" src=\"./page.js\"></script></head><body>{body}</body></html>"
        );
        let this = Self {
            folder,
            policy: POLICY.to_owned(),
            size: (1280, 800),
            theme: Theme::Light,
        };
        this.file("index.html", &page)?
            .file("page.js", &format!("{HEARING}{script}"))?
            .file("page.css", "")
    }

    /// With a further file, or another one in the place of one.
    pub(crate) fn file(self, name: &str, text: &str) -> anyhow::Result<Self> {
        fs::write(self.folder.path().join(name), text)?;
        Ok(self)
    }

    /// With `poster.svg`: the picture of a text after so many events.
    pub(crate) fn poster(self, text: &str, step: u32) -> anyhow::Result<Self> {
        let timeline = lab::timeline_here(text).unwrap_or_else(|| panic!("{text}"));
        let frame = frame_at(&timeline, Cursor::at(step), &FrameOptions::default());
        let styles = include_str!("../../../www/styles/stage.css");
        let picture = svg::write(&frame.stage, svg::Theme::Light, styles);
        self.file("poster.svg", &picture)
    }

    /// Sent with another policy.
    pub(crate) fn policy(mut self, policy: &str) -> Self {
        policy.clone_into(&mut self.policy);
        self
    }

    /// In a window of this size, in these colours.
    pub(crate) fn window(mut self, size: (u32, u32), theme: Theme) -> Self {
        (self.size, self.theme) = (size, theme);
        self
    }

    /// Opens it.
    pub(crate) fn open(self) -> anyhow::Result<Open> {
        let ready = "document.readyState === 'complete'";
        let folder = self.folder.path();
        let page = Page::open_under(&self.policy, ready, folder, self.size, self.theme)?;
        Ok(Open {
            page,
            _folder: self.folder,
        })
    }
}

/// A page that is open, with its files.
pub(crate) struct Open {
    page: Page,
    _folder: TempDir,
}

impl std::ops::Deref for Open {
    type Target = Page;

    fn deref(&self) -> &Page {
        &self.page
    }
}

/// What every page does: it notes what it hears.
const HEARING: &str = "window.heard = []; window.keys = []; window.shifts = 0;
    for (const kind of ['step', 'answer', 'solved', 'error']) document.addEventListener('offset-lab:' + kind,
        event => window.heard.push({ kind, ...event.detail, from: event.target.id }));
    for (const kind of ['keydown', 'keyup']) document.addEventListener(kind, event => window.keys.push(event.key));
    new PerformanceObserver(list => { for (const entry of list.getEntries())
        if (!entry.hadRecentInput) window.shifts += entry.value; }).observe({ type: 'layout-shift', buffered: true });
";

/// The first element, or that of an id.
pub(crate) const FIRST: &str = "document.querySelector('offset-lab')";

/// Waits until an element shows its own picture.
pub(crate) fn live(page: &Page, element: &str) -> anyhow::Result<()> {
    page.wait_until(&format!(
        "{element}.shadowRoot.querySelector('.frame.live .stage .actor, .frame.live .stage .lane') !== null"
    ))
    .with_context(|| {
        let inside = inside(page, element, "root.innerHTML.slice(0, 600)");
        format!("{inside:?}; console: {:?}", page.console_errors())
    })
}

/// What is found in an element, as the value of an expression over `root`, its shadow root.
pub(crate) fn inside(page: &Page, element: &str, expression: &str) -> anyhow::Result<Value> {
    page.eval(&format!("(root => {expression})({element}.shadowRoot)"))
}

/// The text of what is found in an element.
pub(crate) fn text_in(page: &Page, element: &str, selector: &str) -> anyhow::Result<String> {
    let found = format!("root.querySelector({})", json!(selector));
    page.wait_until(&format!(
        "{element}.shadowRoot.querySelector({}) !== null",
        json!(selector)
    ))?;
    let text = inside(page, element, &format!("{found}.textContent"))?;
    Ok(text.as_str().unwrap_or_default().trim().to_owned())
}

/// Clicks what is found in an element, with the mouse.
pub(crate) fn click_in(page: &Page, element: &str, selector: &str) -> anyhow::Result<()> {
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
