//! Reading and running the text: which job a host has, and what becomes of its reports.

use std::rc::Rc;
use std::sync::Arc;

use offset_lab::engine::Run;
use offset_lab::explain::Anomaly;
use offset_lab::language::Parsed;
use offset_lab::lessons;
use offset_lab::view::beats;
use offset_lab::world::Cursor;

use super::{AppState, Good, steps};
use crate::link::trail::Trail;

/// A text to be read and run. A job with a higher number cancels every older one.
#[derive(Clone, Debug)]
pub struct Job {
    /// Its number.
    pub number: u64,
    /// The text.
    pub text: Rc<str>,
    /// What is to be written into it before it runs.
    pub act: Option<ActRequest>,
    /// The last run that was done: what the texts have in common is not run again.
    pub base: Option<Arc<Run>>,
    /// Where the moment goes when it is done.
    pub aim: Aim,
    /// Events so far, once it takes a while.
    pub events: Option<u32>,
    /// The run is to be compared with one of so many events.
    pub like: Option<u32>,
}

/// A line of the language to be written at a moment of the last run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ActRequest {
    /// The moment.
    pub cursor: Cursor,
    /// The line.
    pub line: Rc<str>,
}

/// What was found in a run that is done.
#[derive(Clone, Debug)]
pub struct RunFindings {
    /// What went unusually.
    pub anomalies: Vec<Anomaly>,
    /// The digest of the run.
    pub digest: Rc<str>,
    /// The same in a few bytes, for links.
    pub trail: Trail,
    /// The run as one of another length was looked at, when it is to be compared with one.
    pub like: Option<Trail>,
}

/// Where the moment goes when a run is done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Aim {
    /// Where it is, as far as the new run reaches.
    Stay,
    /// There, as far as the new run reaches.
    To(Cursor),
    /// Behind the statement of this line: an action that was written there.
    After(u32),
    /// After what a scenario sets up, before time first moves.
    Opening,
    /// Where the first words of the story are read.
    Words,
}

impl AppState {
    /// Wants the text read and run. An older job is as good as cancelled.
    pub(super) fn start_job(&mut self, aim: Aim) {
        self.start(None, aim);
    }

    /// Wants a line written at the present moment, and what follows run.
    pub(super) fn start_act(&mut self, line: &str) {
        let act = ActRequest {
            cursor: self.cursor,
            line: line.into(),
        };
        self.start(Some(act), Aim::Stay);
    }

    fn start(&mut self, act: Option<ActRequest>, aim: Aim) {
        self.open_no_more();
        let number = self.jobs + 1;
        self.jobs = number;
        self.job = Some(Job {
            number,
            text: self.doc.text.clone(),
            act,
            base: self.good.as_ref().map(|good| Arc::clone(&good.run)),
            aim,
            events: None,
            like: self
                .link_of_text()
                .and_then(|link| Some(link.trail.as_ref()?.events)),
        });
    }

    /// A text was read: with problems, nothing runs, and the last good picture stays.
    pub(super) fn parsed(&mut self, job: u64, parsed: Rc<Parsed>) {
        if self.job.as_ref().is_none_or(|j| j.number != job) {
            return;
        }
        if !parsed.diagnostics.is_empty() {
            self.job = None;
            self.playing = false;
        }
        self.parsed = Some(parsed);
    }

    /// A run takes a while.
    pub(super) fn running(&mut self, job: u64, events: u32) {
        if let Some(j) = self.job.as_mut().filter(|j| j.number == job) {
            j.events = Some(events);
        }
    }

    /// A run is done: its picture replaces the last good one.
    pub(super) fn ran(&mut self, job: u64, run: Arc<Run>) {
        let Some(done) = self.job.take_if(|j| j.number == job) else {
            return;
        };
        let timeline = run.timeline();
        self.cursor = match done.aim {
            Aim::Stay => self.cursor,
            Aim::To(cursor) => cursor,
            Aim::After(line) => steps::after_line(timeline, line),
            Aim::Opening => beats::opening(timeline),
            Aim::Words => beats::first_words(timeline).map_or_else(Cursor::default, Cursor::at),
        };
        self.cursor = steps::clamp(timeline, self.cursor);
        self.good = Some(Good {
            name: self.name.clone(),
            text: done.text,
            run,
            found: None,
            verdict: None,
        });
        Rc::make_mut(&mut self.history).settle(self.cursor);
        self.playing &= self.cursor.event < self.events();
        self.drop_selection_of_nothing();
        self.look.windows.clear();
        self.look.why = None;
        self.draw();
    }

    /// A run was looked through.
    pub(super) fn found(&mut self, run: &Arc<Run>, found: Rc<RunFindings>) {
        let Some(good) = self.good.as_mut().filter(|g| Arc::ptr_eq(&g.run, run)) else {
            return;
        };
        good.found = Some(Rc::clone(&found));
        let exercise =
            lessons::find(&good.name).filter(|l| l.kind == lessons::LessonKind::Exercise);
        self.compare_with_link();
        if let Some(exercise) = exercise {
            self.judge(exercise, run, found);
        }
    }

    /// Events of the last good run.
    #[must_use]
    pub fn events(&self) -> u32 {
        self.good.as_ref().map_or(0, |good| good.timeline().len())
    }
}
