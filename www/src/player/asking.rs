//! Questions in a player: which one is open, what could be answered, what becomes of an answer. Knows no element.

use super::state::Player;
use crate::state::answer::foreseen;

impl Player {
    /// Judges a prediction, and plays to what decides it.
    pub(super) fn answered(&mut self, words: &str) {
        if let Some(asked) = &self.asked {
            let decided = asked.prediction.decided;
            self.answer = Some(asked.answered(words));
            self.until = Some(decided);
            self.playing = self.cursor.event < decided;
        }
    }

    /// Events beyond which nothing is told while a question waits for its answer.
    #[must_use]
    pub fn veil(&self) -> Option<u32> {
        self.asked.as_ref()?.veil(self.answer.as_ref(), self.cursor)
    }

    /// Knows what could be answered to the question that is open.
    pub(super) fn foresee(&mut self) {
        let run = self.good.as_ref().map(|good| &good.run);
        let frame = self.frame.as_deref();
        self.asked = foreseen(self.asked.as_ref(), frame, run, self.cursor);
    }
}
