//! A lesson whose answers are hidden until they are asked for: a wrong answer is only said to be wrong, nobody gets behind a
//! question that waits, and the text, in which the answers stand, is out of view. Knows no address.

use std::rc::Rc;

use offset_lab::ids::StatementId;
use offset_lab::language::StatementKind;
use offset_lab::world::{Cursor, Timeline};

use super::AppState;
use super::answer::OpenQuestion;

/// What became of the questions so far.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Hidden {
    /// Questions that open before so many events are answered.
    answered: u32,
    /// The last wrong answer, and the line of its question.
    tried: Option<(u32, Rc<str>)>,
}

impl Hidden {
    /// Where the first question opens that waits for its answer, in events.
    fn waits(&self, timeline: &Timeline) -> Option<u32> {
        let statements = timeline.scenario().statements.iter().enumerate();
        let asks = statements.filter(|(_, s)| matches!(s.kind, StatementKind::Ask { .. }));
        let mut opened = asks.filter_map(|(at, _)| timeline.end_of(StatementId::at(at)));
        opened.find(|opened| *opened >= self.answered)
    }
}

impl AppState {
    /// The moment that one gets to who wants to be at another: not behind a question that waits.
    pub(super) fn within_reach(&self, to: Cursor) -> Cursor {
        match self.waits() {
            Some(opened) if to > Cursor::at(opened) => Cursor::at(opened),
            Some(_) | None => to,
        }
    }

    /// Where the first question opens that waits for its answer, where answers are hidden.
    pub(super) fn waits(&self) -> Option<u32> {
        let (hidden, good) = (self.look.hidden.as_ref()?, self.good.as_ref()?);
        hidden.waits(good.timeline())
    }

    /// Whether an answer is only said to be wrong; otherwise its question is answered.
    pub(super) fn keeps_hidden(&mut self, open: &OpenQuestion, words: &str) -> bool {
        let Some(hidden) = &mut self.look.hidden else {
            return false;
        };
        let is_wrong = !words.trim().is_empty() && !open.prediction.is_right(words);
        if is_wrong {
            let words: String = words.trim().chars().take(60).collect();
            hidden.tried = Some((open.line, words.into()));
        } else {
            hidden.answered = open.prediction.asked.opened + 1;
            hidden.tried = None;
        }
        is_wrong
    }

    /// The last wrong answer to the open question.
    #[must_use]
    pub fn tried(&self) -> Option<Rc<str>> {
        let (line, words) = self.look.hidden.as_ref()?.tried.as_ref()?;
        (self.open.as_ref()?.line == *line).then(|| Rc::clone(words))
    }
}

#[cfg(test)]
mod tests {
    use crate::state::tests::act;
    use crate::state::{Action, AppState, Seek};

    #[test]
    fn nobody_gets_behind_a_question_before_it_is_answered_or_asked_for() {
        let address = "#lesson/crash-and-redelivery/answers-hidden";
        let lesson = act(&AppState::default(), Action::Visit(address.into()));
        assert_eq!(lesson.here().write().as_deref(), Some(address));
        let at = |state: &AppState| state.cursor.event;
        let waiting = act(&lesson, Action::Seek(Seek::Last));
        assert!(waiting.open.is_some() && at(&waiting) < waiting.events());
        assert_eq!(waiting.veil(), Some(at(&waiting)));
        for action in [
            Action::Continue,
            Action::PlayPause,
            Action::Seek(Seek::Steps(9)),
        ] {
            let mut state = act(&waiting, action.clone());
            for _ in 0..3 {
                state = act(&state, Action::Beat);
            }
            assert_eq!(at(&state), at(&waiting), "{action:?}");
            assert!(!state.playing, "{action:?}");
        }
        let wrong = act(&waiting, Action::Answer(" 3 ".into()));
        assert_eq!((wrong.answer.is_some(), at(&wrong)), (false, at(&waiting)));
        assert_eq!(wrong.tried().as_deref(), Some("3"));
        for given in ["8", ""] {
            let told = act(&wrong, Action::Answer(given.into()));
            assert!(told.answer.is_some() && told.tried().is_none(), "{given}");
            let end = act(&told, Action::Seek(Seek::Last));
            assert_eq!(at(&end), end.events(), "{given}");
        }
        let shown = act(&wrong, Action::ShowAnswers);
        let end = act(&shown, Action::Seek(Seek::Last));
        assert_eq!(at(&end), end.events());
        assert_eq!(
            end.here().write().as_deref(),
            Some("#lesson/crash-and-redelivery")
        );
    }
}
