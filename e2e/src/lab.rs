//! The page in the words of the lab: its text, its moment, its digest. Knows selectors; judges nothing.

use anyhow::Context;
use offset_lab::{Run, Timeline};

use crate::{Page, Theme};

/// The open page.
pub struct Lab {
    /// The page.
    pub page: Page,
}

impl Lab {
    /// Opens the page; it shows its first picture.
    pub fn open(width: u32) -> anyhow::Result<Self> {
        let lab = Self {
            page: Page::open(width, 800, Theme::Light)?,
        };
        lab.page.wait_for(".stage .actor")?;
        lab.settled()?;
        Ok(lab)
    }

    /// Waits until the text was read and run.
    pub fn settled(&self) -> anyhow::Result<()> {
        self.page.wait_until(
            "(() => { const s = document.querySelector('.editor-state');
               return s && !s.classList.contains('busy'); })()",
        )
    }

    /// Clicks and waits until what follows is done.
    pub fn click(&self, selector: &str) -> anyhow::Result<()> {
        self.page.click(selector)?;
        self.settled()
    }

    /// Presses keys one after the other and waits until what follows is done.
    pub fn press(&self, keys: &[&str]) -> anyhow::Result<()> {
        for key in keys {
            self.page.press(key)?;
        }
        self.settled()
    }

    /// Opens a lesson.
    pub fn choose_lesson(&self, slug: &str) -> anyhow::Result<()> {
        self.page.choose(".picker select", slug)?;
        self.settled()
    }

    /// Shows the text where it waits behind its tab: on a phone.
    pub fn show_text(&self) -> anyhow::Result<()> {
        self.page.eval(
            "(tab => { if (tab?.offsetParent) tab.click(); })(document.querySelector('.side .tab:nth-of-type(4)'))",
        )?;
        self.page
            .wait_until("document.querySelector('.editor').offsetParent !== null")
    }

    /// Puts a text in place of what the editor holds.
    pub fn write(&self, text: &str) -> anyhow::Result<()> {
        self.page.fill("textarea", text)?;
        self.settled()
    }

    /// What the editor holds.
    pub fn text(&self) -> anyhow::Result<String> {
        self.page.value_of("textarea")
    }

    /// Goes to the moment after the statement of a line.
    pub fn run_to(&self, line: usize) -> anyhow::Result<()> {
        let hidden = "document.querySelector('.editor').offsetParent === null";
        if self.page.eval(hidden)? == true {
            self.show_text()?;
            self.run_to(line)?;
            return self.click(".side .tab:nth-of-type(1)");
        }
        self.click(&format!(".lines .gutter[data-line='{line}']"))
    }

    /// The sentence below the stage.
    pub fn narration(&self) -> anyhow::Result<String> {
        self.page.text_of(".narration p")
    }

    /// Where the moment is.
    pub fn clock(&self) -> anyhow::Result<String> {
        self.page.text_of(".transport .clock")
    }

    /// Problems listed under the text.
    pub fn problems(&self) -> anyhow::Result<u64> {
        // Notes on what had no effect are no problems.
        self.page.count(".problems ul:not(.notes) > li")
    }

    /// The digest of the run that the picture shows: it stands under the table of events, which is shown for it and
    /// left again.
    pub fn digest(&self) -> anyhow::Result<String> {
        let script = "const done = arguments[0], tabs = [...document.querySelectorAll('.tables [role=tab]')];
            const was = tabs.find(tab => tab.ariaSelected === 'true'); tabs[1].click();
            const look = () => { const found = document.querySelector('.digest code');
                if (!found?.textContent) return setTimeout(look, 2); was.click(); done(found.textContent); };
            setTimeout(look, 0);";
        let digest = self.page.run_async(script, Vec::new())?;
        Ok(digest.as_str().unwrap_or_default().to_owned())
    }

    /// Opens a menu of actions.
    pub fn open_menu(&self, menu: &str) -> anyhow::Result<()> {
        let menus = self.page.texts_of(".actions > .row > .button")?;
        let menu = menus.iter().position(|name| name == menu);
        let menu = menu.context("there is no such menu")? as u64;
        self.page.click_nth(".actions > .row > .button", menu, "")?;
        self.page.wait_for(".menu .act")
    }

    /// Opens a menu of actions and presses its act whose line is this, having chosen whom it is about.
    pub fn menu(&self, menu: &str, act: &str, whom: &str) -> anyhow::Result<()> {
        self.open_menu(menu)?;
        let acts = self.page.texts_of(".menu .act > .button")?;
        let act = acts.iter().position(|name| name == act);
        let act = act.context("there is no such act")? + 1;
        self.page
            .choose(&format!(".menu .act:nth-of-type({act}) select"), whom)?;
        self.click(&format!(".menu .act:nth-of-type({act}) > .button"))
    }
}

/// What a person may want to do with a scenario: go behind a line, and from there back a step, and crash a consumer.
pub struct Story {
    /// The scenario.
    pub text: &'static str,
    /// The line of a statement that moves time.
    pub line: usize,
    /// Who crashes; it is at work in that line.
    pub whom: &'static str,
}

/// One stream and a `run until`, three nodes, two streams, queues of a topic.
pub const STORIES: &[Story] = &[
    Story {
        text: CRASH,
        line: 6,
        whom: "billing",
    },
    Story {
        text: THREE_NODES,
        line: 7,
        whom: "billing",
    },
    Story {
        text: TWO_STREAMS,
        line: 10,
        whom: "checker",
    },
    Story {
        text: QUEUES,
        line: 7,
        whom: "billing",
    },
];

impl Story {
    /// What is wrong with the text in which the crash was written in the past, if anything: the lines before stand as
    /// they were, then comes the crash, then what is left of the line and all that stood behind it.
    #[must_use]
    pub fn fault(&self, acted: &str) -> Option<String> {
        let crash = format!("crash {}", self.whom);
        let (old, new): (Vec<&str>, Vec<&str>) =
            (self.text.lines().collect(), acted.lines().collect());
        let at = new.iter().position(|line| *line == crash);
        let before = self.line - 1;
        let rest = old.len() - self.line;
        let fine = at.is_some_and(|at| at > before)
            && new.iter().filter(|line| **line == crash).count() == 1
            && new[..before] == old[..before]
            && new[new.len() - rest..] == old[self.line..];
        (!fine).then(|| format!("{crash} was written as\n{acted}"))
    }
}

/// A sound text's run on this machine; `None` when it has problems.
#[must_use]
pub fn timeline_here(text: &str) -> Option<Timeline> {
    let parsed = offset_lab::parse(text);
    parsed
        .is_ok()
        .then(|| Run::new(&parsed.scenario).complete())
}

/// The digest of a sound text's run on this machine; `None` when it has problems.
#[must_use]
pub fn digest_here(text: &str) -> Option<String> {
    timeline_here(text).map(|timeline| timeline.digest())
}

/// A scenario with a consumer that stores every tenth offset, and a `run until`.
pub const CRASH: &str = "stream s\nproducer p on s\npublish p 100 \"m{n}\"\nrun\n\
    consumer billing on s from first store every 10 takes 1ms\nrun until billing.last == 27\nrun\n";

/// A stream of several segments, and a consumer.
pub const SEGMENTS: &str = "stream s segment 5kB\nproducer p on s\npublish p 40 \"m{n}\" size 500B one by one\nrun\n\
    consumer billing on s from first store every 10 takes 1ms\nrun until billing.last == 27\nrun\n";

/// Three nodes whose leader crashes while a consumer is at work.
pub const THREE_NODES: &str = "broker rabbitmq-streams 4.0 nodes 3\nstream s\nproducer p on s\n\
    publish p 60 \"m{n}\"\nrun\nconsumer billing on s from first store every 10 takes 1ms\nwait 30ms\n\
    crash leader\nrun\n";

/// A topic of two queues and a group that is at work.
pub const QUEUES: &str = "broker rocketmq 5.3\ntopic orders queues 2\nproducer p on orders\n\
    publish p 60 \"o{n}\"\nrun\ngroup billing on orders from first takes 100ms\nwait 2s\nrun\n";

/// Two streams with a producer and a consumer each.
pub const TWO_STREAMS: &str = "stream orders\nstream audit\nproducer p on orders\nproducer q on audit\n\
    publish p 40 \"o{n}\"\npublish q 30 \"a{n}\"\nrun\n\
    consumer billing on orders from first store every 10 takes 1ms\n\
    consumer checker on audit from first store every 5 takes 2ms\nwait 12ms\nrun\n";
