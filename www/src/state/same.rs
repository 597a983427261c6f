//! Whether an action has changed anything: states are compared by what they share, never by what is in it.

use std::rc::Rc;
use std::sync::Arc;

use super::{Action, AppState, Good, Job};

impl AppState {
    /// The state after an action: this very one when the action changes nothing, so that nobody looks again.
    #[must_use]
    pub fn after(self: &Rc<Self>, action: Action) -> Rc<Self> {
        let next = self.reduce(action);
        match next.is_same(self) {
            true => Rc::clone(self),
            false => Rc::new(next),
        }
    }

    /// Field by field, so that a new field does not compile until it is compared too.
    fn is_same(&self, other: &Self) -> bool {
        let Self {
            doc,
            name,
            cursor,
            history,
            parsed,
            job,
            good,
            moment,
            frame,
            drawn,
            acts,
            drafts,
            playing,
            until,
            settings,
            progress,
            look,
            open,
            answer,
            files,
            begin_with,
            notice,
            jobs,
            placed,
            locked,
            linked,
        } = self;
        *doc == other.doc
            && *name == other.name
            && *cursor == other.cursor
            && Rc::ptr_eq(history, &other.history)
            && is_shared(parsed.as_ref(), other.parsed.as_ref())
            && *job == other.job
            && *good == other.good
            && is_shared(moment.as_ref(), other.moment.as_ref())
            && is_shared(frame.as_ref(), other.frame.as_ref())
            && is_shared(drawn.as_ref(), other.drawn.as_ref())
            && is_shared(linked.as_ref(), other.linked.as_ref())
            && Rc::ptr_eq(acts, &other.acts)
            && *drafts == other.drafts
            && (*playing, *until) == (other.playing, other.until)
            && *settings == other.settings
            && *progress == other.progress
            && *look == other.look
            && *open == other.open
            && *answer == other.answer
            && Rc::ptr_eq(files, &other.files)
            && (begin_with, notice) == (&other.begin_with, &other.notice)
            && (*jobs, *placed, *locked) == (other.jobs, other.placed, other.locked)
    }
}

/// Whether both are the same place in memory.
fn is_shared<T>(one: Option<&Rc<T>>, other: Option<&Rc<T>>) -> bool {
    match (one, other) {
        (Some(one), Some(other)) => Rc::ptr_eq(one, other),
        (None, None) => true,
        (Some(_), None) | (None, Some(_)) => false,
    }
}

/// A run never changes: the same one is the same place in memory.
impl PartialEq for Good {
    fn eq(&self, other: &Self) -> bool {
        let Self {
            name,
            text,
            run,
            found,
            verdict,
        } = self;
        Arc::ptr_eq(run, &other.run)
            && is_shared(found.as_ref(), other.found.as_ref())
            && is_shared(verdict.as_ref(), other.verdict.as_ref())
            && (name, text) == (&other.name, &other.text)
    }
}

/// A job is one of its number; what it starts from never changes.
impl PartialEq for Job {
    fn eq(&self, other: &Self) -> bool {
        let Self {
            number,
            text,
            act,
            base: _,
            aim,
            events,
            like: _,
        } = self;
        *number == other.number
            && (text, act, aim, events) == (&other.text, &other.act, &other.aim, &other.events)
    }
}

#[cfg(test)]
mod tests {
    use std::rc::Rc;

    use offset_lab::ids::LogId;
    use offset_lab::view::Target;

    use crate::state::settings::{Speed, Theme};
    use crate::state::tests::{act, open};
    use crate::state::{Action, CardSide, Seek, Tab};

    const TEXT: &str = "stream s\nproducer p on s\npublish p 3 \"m{n}\"\nrun\n";

    #[test]
    fn an_action_that_changes_nothing_gives_the_state_itself() {
        let state = act(&open(TEXT), Action::Seek(Seek::Last));
        let state = act(&state, Action::Select(Some(Target::Stream(LogId(0)))));
        let state = act(&state, Action::Width(640));
        let state = Rc::new(act(&state, Action::Caret(7)));
        let good = state.good.clone().expect("it has run");
        let text = Rc::clone(&state.doc.text);
        let nothing = [
            Action::Caret(7),
            Action::Type { text, caret: 7 },
            Action::Undo,
            Action::Redo,
            Action::Seek(Seek::Last),
            Action::Seek(Seek::Steps(5)),
            Action::Seek(Seek::To(state.cursor)),
            Action::Beat,
            Action::Select(Some(Target::Stream(LogId(0)))),
            Action::Tab(Tab::Inspector),
            Action::Side(CardSide::Story),
            Action::Width(640),
            Action::Shown(true),
            Action::Menu(None),
            Action::Theme(Theme::Auto),
            Action::Speed(Speed::default()),
            Action::Dismiss,
            Action::Running { job: 0, events: 9 },
            Action::Ran {
                job: 0,
                run: good.run,
            },
        ];
        for action in nothing {
            let after = state.after(action.clone());
            assert!(Rc::ptr_eq(&after, &state), "{action:?}");
        }
    }

    #[test]
    fn an_action_that_changes_something_gives_another_state() {
        let state = act(&open(TEXT), Action::Seek(Seek::Last));
        let state = Rc::new(act(&state, Action::Width(640)));
        let text: Rc<str> = [TEXT, "\n"].concat().into();
        let changes = [
            Action::Caret(8),
            Action::GoTo(state.doc.caret),
            Action::Type { text, caret: 0 },
            Action::Act("run for 1ms".into()),
            Action::Seek(Seek::First),
            Action::PlayPause,
            Action::Select(Some(Target::Stream(LogId(0)))),
            Action::Tab(Tab::Streams),
            Action::Side(CardSide::Syntax),
            Action::Width(641),
            Action::Rows("streams", 1),
            Action::Shown(false),
            Action::Menu(Some("New")),
            Action::ToggleHelp,
            Action::Theme(Theme::Dark),
            Action::Notice("words".into()),
        ];
        for action in changes {
            let after = state.after(action.clone());
            assert!(!Rc::ptr_eq(&after, &state), "{action:?}");
        }
    }
}
