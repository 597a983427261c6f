//! The open question and a learner's prediction. The answer is the frame's; nothing is computed here.

use std::rc::Rc;

use super::AppState;

/// A question that was answered, or given up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// Line of the `ask`, from 1.
    pub line: u32,
    /// What was predicted; empty when the learner asked to be shown.
    pub given: Rc<str>,
    /// What it is.
    pub answer: Rc<str>,
}

impl Answer {
    /// Whether the prediction came true.
    #[must_use]
    pub fn is_right(&self) -> bool {
        let plain = |text: &str| text.trim().trim_matches('"').replace('_', "");
        plain(&self.given) == plain(&self.answer)
    }
}

impl AppState {
    /// Judges a prediction; no words at all ask to be shown.
    pub(super) fn answered(&mut self, words: &str) {
        let frame = self.frame.as_deref();
        let Some(question) = frame.and_then(|f| f.story.question.as_ref()) else {
            return;
        };
        self.answer = Some(Answer {
            line: question.line,
            given: words.into(),
            answer: question.answer.as_str().into(),
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_prediction_is_judged_by_what_it_says() {
        let answer = |given: &str, answer: &str| Answer {
            line: 1,
            given: given.into(),
            answer: answer.into(),
        };
        assert!(answer(" 500_000 ", "500000").is_right());
        assert!(answer("closed", "\"closed\"").is_right());
        assert!(!answer("", "8").is_right());
        assert!(!answer("7", "8").is_right());
    }
}
