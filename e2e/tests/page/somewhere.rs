//! Pages of somebody else that hold the element: their files, and how they are sent.

use std::fs;
use std::os::unix::fs::symlink;

use offset_lab::Cursor;
use offset_lab::view::{FrameOptions, frame_at, svg};
pub(crate) use offset_lab_e2e::element::{FIRST, click_in, inside, live, text_in};
use offset_lab_e2e::{POLICY, Page, Theme, dist, lab};
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
             <script src=\"./hearing.js\"></script>\
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
            .file("hearing.js", HEARING)?
            .file("page.js", script)?
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
        let styles = include_str!("../../../src/view/stage.css");
        let picture = svg::write(&frame.stage, svg::SvgTheme::Light, styles);
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
            folder: self.folder,
        })
    }
}

/// A page that is open, with its files.
pub(crate) struct Open {
    page: Page,
    folder: TempDir,
}

impl Open {
    /// Opens one of its files without the server.
    pub(crate) fn go_to_file(&self, name: &str) -> anyhow::Result<()> {
        self.page.open_file(&self.folder.path().join(name))
    }
}

impl std::ops::Deref for Open {
    type Target = Page;

    fn deref(&self) -> &Page {
        &self.page
    }
}

/// What every page does, before an element can say anything: it notes what it hears.
const HEARING: &str = "window.heard = []; window.keys = []; window.shifts = 0;
    for (const kind of ['step', 'answer', 'solved', 'error']) document.addEventListener('offset-lab:' + kind,
        event => window.heard.push({ kind, ...event.detail, from: event.target.id }));
    for (const kind of ['keydown', 'keyup']) document.addEventListener(kind, event => window.keys.push(event.key));
    new PerformanceObserver(list => { for (const entry of list.getEntries())
        if (!entry.hadRecentInput) window.shifts += entry.value; }).observe({ type: 'layout-shift', buffered: true });
";
