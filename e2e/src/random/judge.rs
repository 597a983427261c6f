//! What must hold after every deed: the digest and the moment are this machine's for the same text, a text with
//! problems leaves the last good picture and says so, nothing is in the console. It does nothing to the page.

use std::collections::BTreeMap;
use std::rc::Rc;

use anyhow::{Context, bail, ensure};
use offset_lab::view::{FrameOptions, frame_at};
use offset_lab::{Cursor, Timeline};
use serde::Deserialize;
use serde_json::json;

use super::Deed;
use crate::lab::timeline_here;
use crate::{DEADLINE, Lab};

/// Texts beyond this, and runs beyond that, are left for another one.
const TEXT: usize = 5_000;
const EVENTS: u32 = 60_000;
/// Runs remembered.
const KNOWN: usize = 300;

/// What the page shows, once it has read and run its text. The digest stands under the table of events, which is
/// shown for it and left again.
const REPORT: &str = "const done = arguments[arguments.length - 1], end = performance.now() + arguments[0];
    const words = selector => document.querySelector(selector)?.textContent.trim() ?? '';
    const table = () => [...document.querySelectorAll('.tables [role=tab]')];
    const until = (fine, then) => { const look = () => {
        if (fine()) then(); else if (performance.now() > end) done(null); else setTimeout(look, 2); };
        setTimeout(look, 0); };
    until(() => document.querySelector('.editor-state:not(.busy)') && document.querySelector('.stage .actor, .stage-place p.empty'), () => {
        const focus = document.activeElement?.tagName ?? '';
        const was = table().findIndex(tab => tab.ariaSelected === 'true');
        table()[1].click();
        until(() => words('.digest code') || words('.stage-place p.empty'), () => {
            const digest = words('.digest code');
            table()[was].click();
            // What had the focus may have been in the table that was left for a moment.
            if (document.activeElement === document.body) document.querySelector('.lab main').focus();
            setTimeout(() => done({ digest, text: document.querySelector('textarea').value,
                clock: words('.clock'), narration: words('.narration p'), state: words('.editor-state'),
                problems: document.querySelectorAll('.problems ul:not(.notes) > li').length,
                wider: document.documentElement.scrollWidth - document.documentElement.clientWidth, focus }), 0); }); });";

/// What the page shows.
#[derive(Clone, Debug, Deserialize)]
struct Report {
    digest: String,
    text: String,
    clock: String,
    narration: String,
    state: String,
    problems: u64,
    wider: i64,
    focus: String,
}

/// What is known of texts and of the page before.
#[derive(Default)]
pub(super) struct Judge {
    known: BTreeMap<String, Option<Rc<Timeline>>>,
    before: Option<Report>,
    restarts: usize,
    too_far: bool,
}

impl Judge {
    /// The deed that has to come first, where the text has grown too long to go on with.
    pub(super) fn instead(&mut self) -> Option<Deed> {
        std::mem::take(&mut self.too_far).then(|| {
            self.restarts += 1;
            Deed::anew(self.restarts)
        })
    }

    /// Looks at the page after a deed.
    pub(super) fn look(&mut self, lab: &Lab, deed: &Deed) -> anyhow::Result<()> {
        let limit = json!(u64::try_from(DEADLINE.as_millis()).unwrap_or(u64::MAX));
        let found = lab.page.run_async(REPORT, vec![limit])?;
        let now: Option<Report> = serde_json::from_value(found)?;
        let now = now.context("the page does not come to rest")?;
        match self.here(&now.text) {
            Some(timeline) => sound(&now, &timeline)?,
            None => broken(&now, self.before.as_ref(), deed)?,
        }
        ensure!(
            now.wider <= 0,
            "the page is {} px wider than the window",
            now.wider
        );
        // What a narrower window hides cannot keep the focus.
        let moved = matches!(deed, Deed::Reload | Deed::Resize(..));
        let had = self.before.is_some() && !moved;
        ensure!(!had || now.focus != "BODY", "the focus is lost");
        lab.page.expect_clean()?;
        self.too_far |= now.text.len() > TEXT || steps(&now.clock)?.events > EVENTS;
        self.before = Some(now);
        Ok(())
    }

    /// The text's run on this machine; `None` when it has problems.
    fn here(&mut self, text: &str) -> Option<Rc<Timeline>> {
        if self.known.len() > KNOWN {
            self.known.clear();
        }
        let run = || timeline_here(text).map(Rc::new);
        self.known
            .entry(text.to_owned())
            .or_insert_with(run)
            .clone()
    }
}

/// The page shows the run of its text.
fn sound(now: &Report, timeline: &Timeline) -> anyhow::Result<()> {
    let here = timeline.digest();
    ensure!(
        now.digest == here,
        "the digest is {}, this machine's is {here}",
        now.digest
    );
    ensure!(
        now.problems == 0,
        "a sound text is said to have problems: {}",
        now.state
    );
    let steps = steps(&now.clock)?;
    ensure!(
        steps.events == timeline.len(),
        "{}: there are {} events",
        now.clock,
        timeline.len()
    );
    let Steps { at, .. } = steps;
    let inside = at.part == 0 || at.part < timeline.parts(at.event);
    ensure!(
        at.event <= timeline.len() && inside,
        "{}: there is no such moment",
        now.clock
    );
    let frame = frame_at(timeline, at, &FrameOptions::default());
    ensure!(
        now.narration == frame.narration.trim(),
        "the page says {:?}, this machine {:?}",
        now.narration,
        frame.narration
    );
    ensure!(
        now.clock.ends_with(&frame.time.to_string()),
        "{}: it is {}",
        now.clock,
        frame.time
    );
    Ok(())
}

/// The page says that its text has problems and shows the last good picture.
fn broken(now: &Report, before: Option<&Report>, deed: &Deed) -> anyhow::Result<()> {
    ensure!(now.problems > 0, "no problem is listed: {}", now.state);
    ensure!(
        now.state.contains("problem"),
        "the editor says {}",
        now.state
    );
    // A page that opens with such a text has no picture yet.
    let none = now.digest.is_empty();
    let opens = *deed == Deed::Reload || before.is_none_or(|before| before.digest.is_empty());
    ensure!(!none || opens, "the picture is gone: {now:?}");
    let words = ["before it had problems", "this one has problems"];
    let says = words.iter().any(|words| now.narration.contains(words));
    ensure!(none || says, "the narration does not say so: {now:?}");
    if let Some(before) = before.filter(|_| !none && !deed.types()) {
        ensure!(
            now.digest == before.digest,
            "another picture than the last good one"
        );
    }
    Ok(())
}

/// What the clock says.
struct Steps {
    at: Cursor,
    events: u32,
}

/// Reads `step 37+2 / 68 · 5 ms`.
fn steps(clock: &str) -> anyhow::Result<Steps> {
    let read = || {
        let (at, rest) = clock.strip_prefix("step ")?.split_once(" / ")?;
        let (event, part) = at.split_once('+').unwrap_or((at, "0"));
        let events = rest.split_whitespace().next()?.parse().ok()?;
        let at = Cursor {
            event: event.parse().ok()?,
            part: part.parse().ok()?,
        };
        Some(Steps { at, events })
    };
    match read() {
        Some(steps) => Ok(steps),
        None => bail!("the clock says {clock:?}"),
    }
}
