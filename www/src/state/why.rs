//! What was asked about, and the answer: it stays while one follows it through time, until something else is asked or
//! another text ran. The answers are the core's.

use std::rc::Rc;

use offset_lab::ids::EventId;
use offset_lab::view::Target;
use offset_lab::view::why::{WhyTarget, reason};
use offset_lab::world::Cursor;

use super::{AppState, Tab};

/// What happened last at a moment.
#[must_use]
pub fn happened(cursor: Cursor) -> Option<EventId> {
    let behind = cursor.event.saturating_add(u32::from(cursor.part > 0));
    behind.checked_sub(1).map(EventId)
}

impl AppState {
    /// Explains something: what is selected, or what happened last, when nothing is named.
    #[inline(never)]
    pub(super) fn ask_why(&mut self, asked: Option<WhyTarget>) {
        let selected = self.look.selected.map(WhyTarget::Thing);
        let here = || selected.or_else(|| happened(self.cursor).map(WhyTarget::Event));
        let Some((asked, good)) = asked.or_else(here).zip(self.good.as_ref()) else {
            return;
        };
        let found = reason(good.timeline(), self.cursor, &asked);
        self.playing = false;
        self.look.tab = Tab::Why;
        self.look.why = found.map(Rc::new);
        // What is explained is marked in the picture.
        match asked {
            WhyTarget::Thing(target) | WhyTarget::Fact(target, _) => self.mark(target),
            WhyTarget::Event(_) | WhyTarget::Cell { .. } => {}
        }
    }

    fn mark(&mut self, target: Target) {
        if self.look.selected != Some(target) {
            self.look.selected = Some(target);
            self.bring_into_view(target);
        }
        self.draw();
    }
}

#[cfg(test)]
mod tests {
    use offset_lab::ids::{ActorId, EventId};
    use offset_lab::view::Target;
    use offset_lab::view::why::WhyTarget;

    use crate::state::tests::{act, open};
    use crate::state::{Action, Seek, Tab};

    const TEXT: &str = "stream s\nproducer p on s\npublish p 30 \"m{n}\"\nrun\n\
        consumer c on s from first store every 10 takes 1ms\nrun\n";

    #[test]
    fn an_answer_stays_while_one_follows_it_and_goes_with_its_run() {
        let state = act(&open(TEXT), Action::Seek(Seek::Last));
        let consumer = Target::Actor(ActorId(1));
        let asked = WhyTarget::Fact(consumer, "stored".into());
        let state = state.reduce(Action::Why(Some(asked)));
        let why = state.look.why.clone().expect("an answer");
        assert_eq!(why.about, "stored of consumer c is 29");
        assert_eq!(
            (state.look.tab, state.look.selected),
            (Tab::Why, Some(consumer))
        );
        let back = state.reduce(Action::Seek(Seek::First));
        assert_eq!(back.look.why, Some(why));
        let text = [TEXT, "run for 1s\n"].concat().into();
        assert_eq!(act(&back, Action::Type { text, caret: 0 }).look.why, None);
    }

    #[test]
    fn without_a_name_it_is_what_is_selected_or_what_happened_last() {
        let state = act(&open(TEXT), Action::Seek(Seek::Last));
        let about = |state: &crate::state::AppState| {
            let why = state.reduce(Action::Why(None)).look.why;
            why.map(|why| why.about.clone()).unwrap_or_default()
        };
        let last = state.events();
        assert_eq!(about(&state), format!("what happened at step {last}"));
        let selected = state.reduce(Action::Select(Some(Target::Actor(ActorId(1)))));
        assert_eq!(about(&selected), "consumer c is as it is");
        assert_eq!(about(&state.reduce(Action::Seek(Seek::First))), "");
        let beyond = WhyTarget::Event(EventId(u32::MAX));
        assert_eq!(state.reduce(Action::Why(Some(beyond))).look.why, None);
    }
}
