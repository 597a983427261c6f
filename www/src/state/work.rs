//! What a job takes, as a value that goes on in slices: reading, proving an act, running, and looking through what
//! happened. Knows no clock: whoever drives it says how much, and hands what it reports to the state.

use std::rc::Rc;
use std::sync::Arc;

use offset_lab::act::{Acted, Acting};
use offset_lab::engine::{Progress, Run};
use offset_lab::explain::Anomaly;
use offset_lab::explain::anomaly::Search;
use offset_lab::language::{Parsed, Reading};

use super::run::RunFindings;
use super::{Action, Job};
use crate::link::trail::Tracing;

/// A job under way.
#[derive(Debug)]
pub struct RunWork {
    job: u64,
    like: Option<u32>,
    stage: Stage,
}

#[derive(Debug)]
enum Stage {
    /// The text is being read.
    Read(Rc<str>, Option<Arc<Run>>, Box<Reading>),
    /// An act is to be written into the text.
    Prove(Box<Acting>),
    /// It runs.
    Run(Box<Run>),
    /// It has run; what stands along the line of time is looked for.
    Search(Arc<Run>, Box<Search>),
    /// Digest and trail are computed.
    Digest(Arc<Run>, Vec<Anomaly>, Box<Tracing>),
    /// It is looked at in the places of another run.
    Compare(Arc<Run>, Box<RunFindings>, Box<Tracing>),
    /// Nothing is left to do.
    Over,
}

impl RunWork {
    /// Work that has not begun.
    #[must_use]
    pub fn new(job: &Job) -> Self {
        let base = job.base.clone();
        let stage = match (&job.act, base) {
            (Some(act), Some(base)) => {
                let text = Arc::from(&*job.text);
                let acting = Acting::new(base, text, act.cursor, &[&act.line]);
                Stage::Prove(Box::new(acting))
            }
            (_, base) => {
                let reading = Box::new(Reading::new(&job.text));
                Stage::Read(Rc::clone(&job.text), base, reading)
            }
        };
        Self {
            job: job.number,
            like: job.like,
            stage,
        }
    }

    /// Whether nothing is left to do.
    #[must_use]
    pub const fn is_over(&self) -> bool {
        matches!(self.stage, Stage::Over)
    }

    /// Whether nobody waits for what is left to do: what is seen of the run is there.
    #[must_use]
    pub const fn is_aside(&self) -> bool {
        matches!(
            self.stage,
            Stage::Search(..) | Stage::Digest(..) | Stage::Compare(..)
        )
    }

    /// The run that it ends with, wherever it has come to.
    #[must_use]
    pub fn into_run(self) -> Option<Arc<Run>> {
        match self.stage {
            Stage::Run(run) => Some(Arc::new(*run)),
            Stage::Search(run, _) | Stage::Digest(run, ..) | Stage::Compare(run, ..) => Some(run),
            Stage::Read(..) | Stage::Prove(_) | Stage::Over => None,
        }
    }

    /// That it is at work, for when that takes a while.
    #[must_use]
    pub fn progress(&self) -> Option<Action> {
        let events = match &self.stage {
            Stage::Prove(acting) => acting.events(),
            Stage::Run(run) => run.timeline().len(),
            Stage::Read(..)
            | Stage::Search(..)
            | Stage::Digest(..)
            | Stage::Compare(..)
            | Stage::Over => return None,
        };
        let job = self.job;
        Some(Action::Running { job, events })
    }

    /// Goes on for about `budget` events; answers what there is to report.
    pub fn advance(&mut self, budget: u32) -> Option<Action> {
        let stage = std::mem::replace(&mut self.stage, Stage::Over);
        let (stage, report) = match stage {
            // A line takes no longer than some events.
            Stage::Read(text, base, mut reading) => match reading.advance(&text, budget) {
                Some(parsed) => self.read(parsed, base.as_deref()),
                None => (Stage::Read(text, base, reading), None),
            },
            Stage::Prove(acting) => self.prove(acting, budget),
            Stage::Run(mut run) => match run.advance(budget) {
                Progress::More => (Stage::Run(run), None),
                Progress::Done => self.ran(*run),
            },
            Stage::Search(run, mut search) => {
                let is_done = search.advance(run.timeline(), budget);
                (search_on(run, search, is_done), None)
            }
            Stage::Digest(run, anomalies, mut tracing) => {
                match tracing.advance(run.timeline(), budget) {
                    true => self.digested(run, anomalies, *tracing),
                    false => (Stage::Digest(run, anomalies, tracing), None),
                }
            }
            Stage::Compare(run, mut found, mut tracing) => {
                match tracing.advance(run.timeline(), budget) {
                    true => {
                        found.like = Some(tracing.finish().1);
                        done(run, *found)
                    }
                    false => (Stage::Compare(run, found, tracing), None),
                }
            }
            Stage::Over => (Stage::Over, None),
        };
        self.stage = stage;
        report
    }

    fn digested(
        &self,
        run: Arc<Run>,
        anomalies: Vec<Anomaly>,
        tracing: Tracing,
    ) -> (Stage, Option<Action>) {
        let (digest, trail) = tracing.finish();
        let other = self.like.filter(|events| *events != trail.events);
        let found = RunFindings {
            anomalies,
            digest: digest.into(),
            trail,
            like: None,
        };
        match other {
            None => done(run, found),
            Some(events) => {
                let tracing = Box::new(Tracing::new(events));
                (Stage::Compare(run, Box::new(found), tracing), None)
            }
        }
    }

    fn read(&self, parsed: Parsed, base: Option<&Run>) -> (Stage, Option<Action>) {
        let parsed = Rc::new(parsed);
        let stage = match (parsed.is_ok(), base) {
            (false, _) => Stage::Over,
            (true, Some(base)) => Stage::Run(Box::new(base.resume(&parsed.scenario))),
            (true, None) => Stage::Run(Box::new(Run::new(&parsed.scenario))),
        };
        let job = self.job;
        (stage, Some(Action::Parsed { job, parsed }))
    }

    fn prove(&self, mut acting: Box<Acting>, budget: u32) -> (Stage, Option<Action>) {
        let job = self.job;
        match acting.advance(budget) {
            None => (Stage::Prove(acting), None),
            Some(Err(refusal)) => (Stage::Over, Some(Action::Refused { job, refusal })),
            Some(Ok(acted)) => {
                let Acted {
                    text,
                    line,
                    parsed,
                    run,
                    ..
                } = acted;
                let acted = Action::Acted {
                    job,
                    text: text.into(),
                    line,
                    parsed: Rc::new(parsed),
                };
                (Stage::Run(Box::new(run)), Some(acted))
            }
        }
    }

    fn ran(&self, run: Run) -> (Stage, Option<Action>) {
        let run = Arc::new(run);
        let search = Box::new(Search::new(run.timeline()));
        let job = self.job;
        let ran = Action::Ran {
            job,
            run: Arc::clone(&run),
        };
        (Stage::Search(run, search), Some(ran))
    }
}

fn search_on(run: Arc<Run>, search: Box<Search>, is_done: bool) -> Stage {
    if !is_done {
        return Stage::Search(run, search);
    }
    let anomalies = search.finish(run.timeline());
    let tracing = Box::new(Tracing::new(run.timeline().len()));
    Stage::Digest(run, anomalies, tracing)
}

fn done(run: Arc<Run>, found: RunFindings) -> (Stage, Option<Action>) {
    let found = Rc::new(found);
    (Stage::Over, Some(Action::Found { run, found }))
}
