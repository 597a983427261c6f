//! What follows from the run, the moment and what is looked at: the world there, the picture, what can be done.
//! Each is derived once, when something that it follows from has changed, and shared by whoever shows it.

use std::rc::Rc;
use std::sync::Arc;

use offset_lab::engine::Run;
use offset_lab::view::{FrameOptions, frame_of};
use offset_lab::world::Cursor;

use super::AppState;
use super::acts::Acts;
use super::moment::RunMoment;

/// What a picture was drawn from.
#[derive(Debug)]
pub(super) struct Drawn {
    run: Arc<Run>,
    cursor: Cursor,
    options: FrameOptions,
}

impl AppState {
    /// Derives the picture of the moment anew, unless nothing of what it shows has changed.
    pub(super) fn draw(&mut self) {
        let Some(good) = &self.good else {
            return;
        };
        let default = FrameOptions::default();
        let next = Drawn {
            run: Arc::clone(&good.run),
            cursor: self.cursor,
            options: FrameOptions {
                width: match self.look.width {
                    0 => default.width,
                    width => width,
                },
                windows: self.look.windows.clone(),
                tables: self.look.tables.clone(),
                selected: self.look.selected,
            },
        };
        let is_same = |drawn: &Rc<Drawn>| {
            Arc::ptr_eq(&drawn.run, &next.run)
                && (drawn.cursor, &drawn.options) == (next.cursor, &next.options)
        };
        if self.drawn.as_ref().is_some_and(is_same) {
            return;
        }
        self.fold();
        let Some(moment) = &self.moment else {
            return;
        };
        let frame = frame_of(
            moment.timeline(),
            next.cursor,
            moment.world(),
            &next.options,
        );
        self.drawn = Some(Rc::new(next));
        // A run of another text may well look the same here: then nobody needs to look again.
        if self.frame.as_deref() != Some(&frame) {
            self.frame = Some(Rc::new(frame));
        }
    }

    /// Folds the world at the moment, unless that is done.
    fn fold(&mut self) {
        let Some(good) = &self.good else {
            return;
        };
        let is_there = |moment: &Rc<RunMoment>| {
            Arc::ptr_eq(&moment.run, &good.run) && moment.cursor == self.cursor
        };
        if !self.moment.as_ref().is_some_and(is_there) {
            self.moment = Some(Rc::new(RunMoment::fold(&good.run, self.cursor)));
        }
    }

    /// Derives what can be done from the state that an action has led to. `before` is the state before it.
    pub(super) fn derive_acts(&mut self, before: &Self) {
        self.fold();
        let is_new = match (&self.moment, &before.moment) {
            (Some(moment), Some(before)) => !Rc::ptr_eq(moment, before),
            (moment, _) => moment.is_some(),
        };
        let (can_act, selected) = (self.can_act(), self.look.selected);
        let follows = (before.can_act(), before.look.selected) != (can_act, selected);
        if (is_new || follows)
            && let Some(moment) = &self.moment
        {
            let acts = Acts::at(moment, can_act, selected);
            if acts != *self.acts {
                self.acts = Rc::new(acts);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::rc::Rc;

    use offset_lab::ids::{ActorId, LogId};
    use offset_lab::view::Target;

    use crate::state::moment::folds_of;
    use crate::state::tests::{act, open};
    use crate::state::{Action, AppState, Seek};

    const TEXT: &str = "stream s\nproducer p on s\npublish p 100 \"m{n}\"\nrun\n\
        consumer c on s from first store every 10 takes 1ms\nrun\n";

    fn folds(state: &AppState, action: Action) -> u32 {
        folds_of(|| drop(state.reduce(action)))
    }

    #[test]
    fn a_moment_is_folded_once_and_only_when_it_is_another() {
        let state = open(TEXT);
        assert_eq!(folds(&state, Action::Seek(Seek::Last)), 1);
        assert_eq!(folds(&state, Action::Seek(Seek::Steps(3))), 1);
        let playing = state.reduce(Action::PlayPause);
        assert_eq!(folds(&playing, Action::Beat), 1);
        let text: Rc<str> = [TEXT, "run for 1ms\n"].concat().into();
        let typing = Action::Type { text, caret: 0 };
        assert_eq!(
            folds_of(|| drop(act(&state, typing))),
            1,
            "its run is another"
        );
    }

    #[test]
    fn what_moves_no_moment_folds_nothing() {
        let state = act(&open(TEXT), Action::Seek(Seek::Last));
        let consumer = Target::Actor(ActorId(1));
        let text: Rc<str> = [TEXT, "x"].concat().into();
        let others = [
            Action::Caret(3),
            Action::Type { text, caret: 0 },
            Action::Menu(Some("Fault")),
            Action::Select(Some(consumer)),
            Action::Width(500),
            Action::Rows("consumers", 1),
            Action::Seek(Seek::Last),
            Action::ToggleHelp,
        ];
        for action in others {
            assert_eq!(folds(&state, action.clone()), 0, "{action:?}");
        }
    }

    #[test]
    fn the_picture_is_drawn_anew_only_for_what_it_shows() {
        let state = act(&open(TEXT), Action::Seek(Seek::Last));
        let frame = |state: &AppState| state.frame.clone().expect("a picture");
        let same = |action: Action| Rc::ptr_eq(&frame(&state.reduce(action)), &frame(&state));
        assert!(same(Action::Caret(3)));
        assert!(same(Action::Select(None)));
        assert!(same(Action::Menu(Some("New"))));
        assert!(!same(Action::Select(Some(Target::Stream(LogId(0))))));
        assert!(!same(Action::Seek(Seek::First)));
        // Another run of which the picture says the same.
        let text: Rc<str> = [TEXT, "# a remark\n"].concat().into();
        let typed = act(&state, Action::Type { text, caret: 0 });
        assert!(Rc::ptr_eq(&frame(&typed), &frame(&state)));
    }

    #[test]
    fn what_can_be_done_follows_moment_selection_and_text() {
        let state = act(&open(TEXT), Action::Seek(Seek::Last));
        let last = Rc::clone(&state.acts);
        assert_eq!(last.quick.as_ref().map(|act| &*act.name), Some("Crash c"));
        let first = state.reduce(Action::Seek(Seek::First));
        assert_eq!(first.acts.quick, None);
        let selected = state.reduce(Action::Select(Some(Target::Actor(ActorId(1)))));
        assert!(last.about.is_empty());
        assert!(!selected.acts.about.is_empty());
        let text: Rc<str> = [TEXT, "nonsense\n"].concat().into();
        let broken = act(&state, Action::Type { text, caret: 0 });
        assert!(
            broken
                .acts
                .quick
                .as_ref()
                .is_some_and(|act| act.possible.is_err())
        );
        assert!(Rc::ptr_eq(&state.reduce(Action::Caret(3)).acts, &last));
    }
}
