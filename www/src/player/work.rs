//! Reading and running a text, as a value that goes on in slices. Knows no clock.

use std::rc::Rc;
use std::sync::Arc;

use offset_lab::engine::{Progress, Run};
use offset_lab::language;

use crate::state::{Action, Job};

/// A job under way.
pub(crate) struct Work {
    job: u64,
    stage: Stage,
}

enum Stage {
    /// The text is to be read.
    Read(Rc<str>),
    /// It runs.
    Run(Box<Run>),
    /// Nothing is left to do.
    Over,
}

impl Work {
    /// Work that has not begun.
    pub(crate) fn new(job: &Job) -> Self {
        Self {
            job: job.number,
            stage: Stage::Read(Rc::clone(&job.text)),
        }
    }

    /// Whether nothing is left to do.
    pub(crate) const fn is_over(&self) -> bool {
        matches!(self.stage, Stage::Over)
    }

    /// Goes on for about `budget` steps; answers what there is to report.
    pub(crate) fn advance(&mut self, budget: u32) -> Option<Action> {
        let job = self.job;
        let stage = std::mem::replace(&mut self.stage, Stage::Over);
        match stage {
            Stage::Read(text) => {
                let parsed = Rc::new(language::parse(&text));
                if parsed.is_ok() {
                    self.stage = Stage::Run(Box::new(Run::new(&parsed.scenario)));
                }
                Some(Action::Parsed { job, parsed })
            }
            Stage::Run(mut run) => match run.advance(budget) {
                Progress::More => {
                    self.stage = Stage::Run(run);
                    None
                }
                Progress::Done => Some(Action::Ran {
                    job,
                    run: Arc::new(*run),
                }),
            },
            Stage::Over => None,
        }
    }
}
