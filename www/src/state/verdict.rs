//! What becomes of an attempt at an exercise: the core judges it, as soon as the exercise is here as it was written.
//! Knows no element.

use std::rc::Rc;
use std::sync::Arc;

use offset_lab::engine::Run;
use offset_lab::learn::judge;
use offset_lab::lessons::Lesson;

use super::{Action, AppState, RunFindings};

impl AppState {
    /// Judges an attempt, as soon as the exercise is here as it was written.
    pub(super) fn judge(&mut self, exercise: &Lesson, run: &Arc<Run>, found: Rc<RunFindings>) {
        let again = Action::Found {
            run: Arc::clone(run),
            found: Rc::clone(&found),
        };
        let written = self.written(exercise, again);
        if let (Some(written), Some(good)) = (written, &mut self.good) {
            let verdict = judge(&written, &good.text, run.timeline(), &found.anomalies);
            good.verdict = Some(Rc::new(verdict));
        }
    }
}
