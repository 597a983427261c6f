//! The open question and a learner's prediction. The answers are the core's; nothing is computed here.

use std::rc::Rc;
use std::sync::Arc;

use offset_lab::engine::Run;
use offset_lab::language::ast::Subject;
use offset_lab::learn::{Prediction, predict, prediction};
use offset_lab::view::{Frame, Target};
use offset_lab::world::Cursor;

use super::AppState;

/// The open question of a run, with what could be answered.
#[derive(Clone, Debug)]
pub struct OpenQuestion {
    run: Arc<Run>,
    /// Line of the `ask`, from 1.
    pub line: u32,
    /// The answers.
    pub prediction: Rc<Prediction>,
}

impl PartialEq for OpenQuestion {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.prediction, &other.prediction)
    }
}

/// A question that was answered, or given up.
#[derive(Clone, Debug)]
pub struct Answer {
    /// Line of the `ask`, from 1.
    pub line: u32,
    /// The words of the question.
    pub question: Rc<str>,
    /// What was predicted; empty when the learner asked to be shown.
    pub given: Rc<str>,
    /// What could be answered.
    pub prediction: Rc<Prediction>,
}

impl PartialEq for Answer {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.prediction, &other.prediction) && self.given == other.given
    }
}

impl Answer {
    /// Whether the prediction came true.
    #[must_use]
    pub fn is_right(&self) -> bool {
        self.prediction.is_right(&self.given)
    }
}

/// The question that is open in a picture, with what could be answered; `known` is the one that was known before.
#[must_use]
pub fn foreseen(
    known: Option<&OpenQuestion>,
    frame: Option<&Frame>,
    run: Option<&Arc<Run>>,
    cursor: Cursor,
) -> Option<OpenQuestion> {
    let line = frame?.story.question.as_ref()?.line;
    let run = run?;
    let is_known = |open: &&OpenQuestion| open.line == line && Arc::ptr_eq(&open.run, run);
    if let Some(known) = known.filter(is_known) {
        return Some(known.clone());
    }
    let prediction = predict(run, cursor)?;
    Some(OpenQuestion {
        run: Arc::clone(run),
        line,
        prediction: Rc::new(prediction),
    })
}

impl OpenQuestion {
    /// What becomes of an answer; no words at all ask to be shown.
    #[must_use]
    pub fn answered(&self, words: &str) -> Answer {
        let question = prediction::question(self.run.timeline(), &self.prediction.asked);
        Answer {
            line: self.line,
            question: question.into(),
            given: words.chars().take(60).collect::<String>().into(),
            prediction: Rc::clone(&self.prediction),
        }
    }

    /// Events beyond which nothing is told while it waits for its answer.
    #[must_use]
    pub fn veil(&self, answer: Option<&Answer>, cursor: Cursor) -> Option<u32> {
        let answered = answer.is_some_and(|a| a.line == self.line);
        let opened = self.prediction.asked.opened;
        (!answered).then(|| opened.max(cursor.event))
    }
}

impl Answer {
    /// Whether it is to be read at a moment: until another question comes, or the check behind it has been seen.
    #[must_use]
    pub fn is_shown(&self, open: Option<&OpenQuestion>, cursor: Cursor) -> bool {
        let asked = &self.prediction.asked;
        let is_there = (asked.opened..=asked.closes).contains(&cursor.event);
        is_there && open.is_none_or(|open| open.line == self.line)
    }
}

impl AppState {
    /// Knows what could be answered to the question that is open.
    pub(super) fn foresee(&mut self) {
        let run = self.good.as_ref().map(|good| &good.run);
        let frame = self.frame.as_deref();
        self.open = foreseen(self.open.as_ref(), frame, run, self.cursor);
    }

    /// Judges a prediction, and plays to what decides it; no words at all ask to be shown.
    #[inline(never)]
    pub(super) fn answered(&mut self, words: &str) {
        let Some(open) = self.open.clone() else {
            return;
        };
        if self.keeps_hidden(&open, words) {
            return;
        }
        let prediction = Rc::clone(&open.prediction);
        self.answer = Some(open.answered(words));
        self.until = Some(prediction.decided);
        self.playing = self.cursor.event < prediction.decided;
        // What was asked about is marked in the picture.
        self.look.selected = match prediction.asked.fact.subject {
            Subject::Program(program) | Subject::Progress(program, _) => {
                Some(Target::Actor(program))
            }
            Subject::Log(log) => Some(Target::Stream(log)),
            Subject::Set(_) | Subject::World => None,
        };
        self.draw();
    }

    /// The answer to be read at the moment.
    #[must_use]
    pub fn answer_shown(&self) -> Option<&Answer> {
        let answer = self.answer.as_ref()?;
        answer
            .is_shown(self.open.as_ref(), self.cursor)
            .then_some(answer)
    }

    /// Whether the open question waits for its answer.
    #[must_use]
    pub fn is_asked(&self) -> bool {
        let open = self.open.as_ref();
        open.is_some_and(|open| open.veil(self.answer.as_ref(), self.cursor).is_some())
    }

    /// Events beyond which nothing is told while a question waits for its answer.
    #[must_use]
    pub fn veil(&self) -> Option<u32> {
        let open = self.open.as_ref();
        let asked = open.and_then(|open| open.veil(self.answer.as_ref(), self.cursor));
        asked.or_else(|| self.waits())
    }
}

#[cfg(test)]
mod tests {
    use crate::state::tests::{act, open};
    use crate::state::{Action, AppState, Seek};

    const TEXT: &str = "stream s\nproducer p on s\npublish p 100 \"m{n}\"\nrun\n\
        consumer c on s from first store every 10 takes 1ms\nrun until c.last == 27\ncrash c\nrun\n\
        ask \"How many again?\" c.redelivered\nrestart c\nrun\nexpect c.redelivered == 8\n";

    fn asked() -> AppState {
        let state = act(&open(TEXT), Action::Seek(Seek::Line(9)));
        assert!(state.open.is_some() && state.veil().is_some());
        state
    }

    #[test]
    fn an_answer_plays_to_what_decides_it_and_is_explained_there() {
        let state = asked();
        let mut state = state.reduce(Action::Answer("3".into()));
        assert!(state.playing && state.veil().is_none());
        while state.playing {
            state = state.reduce(Action::Beat);
        }
        let answer = state
            .answer_shown()
            .expect("it stands where it was decided");
        assert_eq!(state.cursor.event, answer.prediction.decided);
        assert!(!answer.is_right());
        let why = answer.prediction.said_of("3");
        assert_eq!(why, Some("3 would be right if it stored every 5."));
        assert!(!answer.prediction.reasons.is_empty());
        assert!(state.look.selected.is_some());
    }

    #[test]
    fn answers_of_every_kind_are_judged_by_what_they_say() {
        for (given, right) in [
            ("8", true),
            (" 8 ", true),
            ("\"8\"", true),
            ("", false),
            ("-8", false),
            ("99999999999999999999999999999999", false),
            ("acht\u{0}", false),
        ] {
            let state = asked().reduce(Action::Answer(given.into()));
            assert_eq!(
                state.answer.as_ref().map(super::Answer::is_right),
                Some(right),
                "{given:?}"
            );
        }
        let long = "x".repeat(1_000_000);
        let state = asked().reduce(Action::Answer(long.as_str().into()));
        assert!(state.answer.is_some_and(|answer| answer.given.len() <= 60));
    }

    #[test]
    fn nothing_is_asked_where_no_question_is_open() {
        let state = open(TEXT).reduce(Action::Answer("8".into()));
        assert_eq!(state.answer, None);
        // Edited into nonsense in the midst of a question: the last good picture and its question stay.
        let text = TEXT.replace("restart", "restrt").into();
        let broken = act(&asked(), Action::Type { text, caret: 0 });
        assert!(broken.open.is_some() && !broken.problems().is_empty());
        assert!(broken.reduce(Action::Answer("8".into())).answer.is_some());
    }
}
