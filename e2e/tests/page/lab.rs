//! The page in the words of these tests. Knows selectors; judges nothing.

use offset_lab_e2e::{Page, Theme};

/// The open page.
pub(crate) struct Lab {
    /// The page.
    pub(crate) page: Page,
}

impl Lab {
    /// Opens the page; it shows its first picture.
    pub(crate) fn open(width: u32) -> anyhow::Result<Self> {
        let lab = Self {
            page: Page::open(width, 800, Theme::Light)?,
        };
        lab.page.wait_for(".stage .actor")?;
        lab.settled()?;
        Ok(lab)
    }

    /// Waits until the text was read and run.
    pub(crate) fn settled(&self) -> anyhow::Result<()> {
        self.page.wait_until(
            "(() => { const s = document.querySelector('.editor-state');
               return s && !s.classList.contains('busy'); })()",
        )
    }

    /// Clicks and waits until what follows is done.
    pub(crate) fn click(&self, selector: &str) -> anyhow::Result<()> {
        self.page.click(selector)?;
        self.settled()
    }

    /// Presses keys one after the other and waits until what follows is done.
    pub(crate) fn press(&self, keys: &[&str]) -> anyhow::Result<()> {
        for key in keys {
            self.page.press(key)?;
        }
        self.settled()
    }

    /// Opens a lesson.
    pub(crate) fn choose_lesson(&self, slug: &str) -> anyhow::Result<()> {
        self.page.choose(".picker select", slug)?;
        self.settled()
    }

    /// Puts a text in place of what the editor holds.
    pub(crate) fn write(&self, text: &str) -> anyhow::Result<()> {
        self.page.fill("textarea", text)?;
        self.settled()
    }

    /// What the editor holds.
    pub(crate) fn text(&self) -> anyhow::Result<String> {
        self.page.value_of("textarea")
    }

    /// Goes to the moment after the statement of a line.
    pub(crate) fn run_to(&self, line: usize) -> anyhow::Result<()> {
        self.click(&format!(".lines .gutter[data-line='{line}']"))
    }

    /// The sentence below the stage.
    pub(crate) fn narration(&self) -> anyhow::Result<String> {
        self.page.text_of(".narration p")
    }

    /// Where the moment is.
    pub(crate) fn clock(&self) -> anyhow::Result<String> {
        self.page.text_of(".transport .clock")
    }

    /// Problems listed under the text.
    pub(crate) fn problems(&self) -> anyhow::Result<u64> {
        self.page.count(".problems li")
    }

    /// The digest of the run that the picture shows.
    pub(crate) fn digest(&self) -> anyhow::Result<String> {
        self.page.text_of(".digest code")
    }
}

/// The digest of a sound text's run on this machine; `None` when it has problems.
pub(crate) fn digest_here(text: &str) -> Option<String> {
    let parsed = offset_lab::parse(text);
    if !parsed.is_ok() {
        return None;
    }
    let mut run = offset_lab::Run::new(&parsed.scenario);
    while let offset_lab::Progress::More = run.advance(10_000) {}
    Some(run.into_timeline().digest())
}

/// A scenario with a consumer that stores every tenth offset.
pub(crate) const CRASH: &str = "stream s\nproducer p on s\npublish p 100 \"m{n}\"\nrun\n\
    consumer billing on s from first store every 10 takes 1ms\nrun until billing.last == 27\nrun\n";
