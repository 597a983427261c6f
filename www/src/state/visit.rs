//! Going from place to place: where an address leads, and which address a state has. Knows no browser.

use std::rc::Rc;

use offset_lab::lessons::{self, LessonKind};

use super::address::{AddressedView, UnknownAddress, read};
use super::hidden::Hidden;
use super::kept::Kept;
use super::{Action, AppState, OWN, PageView};

/// What becomes of the page's address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// It is right.
    Stay,
    /// It is another name of the same place.
    Replace(String),
    /// Another place was gone to: the browser leads back.
    Push(String),
}

impl AppState {
    /// Where the app is.
    #[must_use]
    pub fn here(&self) -> AddressedView {
        match (self.look.view, lessons::find(&self.name)) {
            (PageView::Home, _) => AddressedView::Home,
            (PageView::Questions, _) => AddressedView::Questions,
            (PageView::Scenario, Some(lesson)) if self.look.hidden.is_some() => {
                AddressedView::Hidden(lesson)
            }
            (PageView::Scenario, Some(lesson)) => AddressedView::Lesson(lesson),
            (PageView::Scenario, None) if self.doc.text.is_empty() => AddressedView::Empty,
            (PageView::Scenario, None) => AddressedView::Own(self.name.clone()),
        }
    }

    /// The address of the lesson that is open, with its answers hidden until they are asked for.
    #[must_use]
    pub fn hidden_address(&self) -> Option<String> {
        let lesson = lessons::find(&self.name).filter(|lesson| lesson.kind == LessonKind::Lesson);
        lesson.and_then(|lesson| AddressedView::Hidden(lesson).write())
    }

    /// What becomes of the page's address, whose fragment is this one.
    #[must_use]
    pub fn change_of_address(&self, fragment: &str) -> Change {
        if self.files.is_opening() {
            return Change::Stay;
        }
        let place = self.here();
        let Some(address) = place.write().filter(|address| address != fragment) else {
            return Change::Stay;
        };
        let led_here = self.look.by_link.as_ref() == Some(&place);
        match read(fragment) {
            // It is right that nothing is there.
            AddressedView::Nowhere(_) | AddressedView::Own(_) if self.look.missing.is_some() => {
                Change::Stay
            }
            // A link stays in the address until the text is another one.
            AddressedView::Linked if led_here && !self.history.can_undo() => Change::Stay,
            AddressedView::Linked if led_here => Change::Replace(address),
            AddressedView::Anywhere => Change::Replace(address),
            // An empty text has no name, and gets one when it is written.
            AddressedView::Empty if matches!(place, AddressedView::Own(_)) => {
                Change::Replace(address)
            }
            AddressedView::Own(_) if place == AddressedView::Empty => Change::Replace(address),
            there if there == place => Change::Replace(address),
            AddressedView::Home
            | AddressedView::Questions
            | AddressedView::Empty
            | AddressedView::Own(_)
            | AddressedView::Lesson(_)
            | AddressedView::Hidden(_)
            | AddressedView::Linked
            | AddressedView::Nowhere(_) => Change::Push(address),
        }
    }

    /// Begins with what was kept on this machine and, where the page's address says what to open, with the view that it
    /// leads to. What is to be seen in it is opened when the address is followed: nothing else is fetched before.
    pub fn begin(&mut self, fragment: Option<&str>, kept: Option<Kept>) {
        if fragment.is_some() {
            Rc::make_mut(&mut self.files).has_address = true;
        }
        if let Some(kept) = kept {
            *self = self.reduce(Action::Restore(kept));
        }
        let Some(fragment) = fragment else {
            return;
        };
        let current = self.drafts.current.as_deref();
        let goes_on = current.is_some_and(|name| self.is_known(name) || name.starts_with(OWN));
        self.look.view = match read(fragment) {
            AddressedView::Anywhere if goes_on => PageView::Scenario,
            AddressedView::Anywhere | AddressedView::Home | AddressedView::Nowhere(_) => {
                PageView::Home
            }
            AddressedView::Questions => PageView::Questions,
            AddressedView::Empty
            | AddressedView::Own(_)
            | AddressedView::Lesson(_)
            | AddressedView::Hidden(_)
            | AddressedView::Linked => PageView::Scenario,
        };
    }

    /// Goes where a fragment leads.
    pub(super) fn visit(&mut self, fragment: &str) {
        self.look.by_link = None;
        if self.files.has_address {
            Rc::make_mut(&mut self.files).has_address = false;
        }
        match read(fragment) {
            AddressedView::Anywhere => match self.drafts.current.clone() {
                Some(name) if self.is_known(&name) => self.open_once(&name),
                // An empty one is not kept, and is as good as any other.
                Some(name) if name.starts_with(OWN) => self.open_text(&"".into()),
                Some(_) | None => self.go_home(None),
            },
            AddressedView::Home => self.go_home(None),
            AddressedView::Questions => self.leave_for(PageView::Questions, None),
            AddressedView::Empty => self.open_text(&"".into()),
            AddressedView::Own(name) if self.is_known(&name) => self.open_once(&name),
            AddressedView::Own(name) => {
                let words = format!("No scenario `{name}` of your own is kept on this machine.");
                self.go_home(Some(UnknownAddress {
                    words: words.into(),
                    near: Vec::new(),
                }));
            }
            AddressedView::Lesson(lesson) => {
                self.open_once(lesson.slug);
                self.look.hidden = None;
            }
            AddressedView::Hidden(lesson) => {
                let has_draft = self.drafts.texts.contains_key(lesson.slug);
                let again = Action::Visit(fragment.into());
                if has_draft || self.written(lesson, again).is_some() {
                    self.open(lesson.slug);
                    self.look.hidden = Some(Hidden::default());
                }
            }
            AddressedView::Linked => self.follow_link(fragment),
            AddressedView::Nowhere(missing) => self.go_home(Some(missing)),
        }
    }

    pub(super) fn is_known(&self, name: &str) -> bool {
        self.drafts.texts.contains_key(name) || lessons::find(name).is_some()
    }

    /// Back to what is open at the moment that it shows; anything else is opened.
    fn open_once(&mut self, name: &str) {
        match self.is_open(name) {
            true => self.look_at_scenario(),
            false => self.open(name),
        }
    }

    /// Whether it is this scenario that is open, with the text that is kept of it.
    pub(super) fn is_open(&self, name: &str) -> bool {
        let kept = self.drafts.texts.get(name);
        *self.name == *name
            && self.drafts.current.as_deref() == Some(name)
            && kept.is_none_or(|kept| *kept == self.doc.text)
    }

    fn follow_link(&mut self, link: &str) {
        let again = Action::Visit(link.into());
        if self.file(crate::link::DICTIONARY_FILE, again).is_none() {
            return;
        }
        let before = self.linked.clone();
        self.open_link(link);
        let is_open = match (&before, &self.linked) {
            (_, None) => false,
            (None, Some(_)) => true,
            (Some(before), Some(now)) => !Rc::ptr_eq(before, now),
        };
        if is_open {
            self.look.by_link = Some(self.here());
        } else {
            self.stay();
        }
    }

    pub(super) fn go_home(&mut self, missing: Option<UnknownAddress>) {
        self.leave_for(PageView::Home, missing);
    }

    fn leave_for(&mut self, view: PageView, missing: Option<UnknownAddress>) {
        self.open_no_more();
        self.look.view = view;
        self.look.missing = missing.map(Rc::new);
        self.look.menu = None;
        self.playing = false;
    }

    pub(super) fn look_at_scenario(&mut self) {
        self.look.view = PageView::Scenario;
        self.look.missing = None;
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::act;
    use super::*;

    fn visit(state: &AppState, fragment: &str) -> AppState {
        act(state, Action::Visit(fragment.into()))
    }

    fn type_text(state: &AppState, text: &str) -> AppState {
        let text = text.into();
        act(state, Action::Type { text, caret: 0 })
    }

    #[test]
    fn what_does_not_exist_says_so_and_names_what_is_near() {
        for (fragment, words, first) in [
            (
                "#lesson/crash-and-redelivry",
                "There is no lesson `crash-and-redelivry`.",
                Some("crash-and-redelivery"),
            ),
            (
                "#lesson/Retention",
                "There is no lesson `Retention`.",
                Some("retention-moves-the-first-offset"),
            ),
            (
                "#exercise/by-hnd",
                "There is no exercise `by-hnd`.",
                Some("by-hand"),
            ),
            ("#exercise", "This address names no exercise.", None),
            ("#lesson/", "This address names no lesson.", None),
            ("#main", "There is no place `main` in the lab.", None),
            ("#home/x", "There is no place `home/x` in the lab.", None),
            ("#s1", "There is no place `s1` in the lab.", None),
        ] {
            let state = visit(&AppState::default(), fragment);
            assert_eq!(state.look.view, PageView::Home, "{fragment}");
            let missing = state.look.missing.clone().expect("it is missing");
            assert_eq!(&*missing.words, words);
            assert_eq!(missing.near.first().map(|l| l.slug), first, "{fragment}");
            assert_eq!(state.change_of_address(fragment), Change::Stay);
            let found = visit(&state, "#home");
            assert_eq!(found.look.missing, None);
        }
        let long = "#lesson/".to_owned() + &"ü".repeat(100_000);
        let missing = visit(&AppState::default(), &long).look.missing;
        assert!(missing.is_some_and(|m| m.words.len() < 200));
        let own = visit(&AppState::default(), "#lab/own-7").look.missing;
        assert!(own.is_some_and(|m| m.words.contains("`own-7`")));
    }

    #[test]
    fn a_newcomer_comes_home_and_others_go_on_where_they_were() {
        let state = visit(&AppState::default(), "");
        assert_eq!(state.here(), AddressedView::Home);
        assert_eq!(state.change_of_address(""), Change::Replace("#home".into()));
        let lesson = visit(&state, "#lesson/10-crash-and-redelivery");
        assert_eq!(&*lesson.name, "crash-and-redelivery");
        let there = Change::Replace("#lesson/crash-and-redelivery".into());
        assert_eq!(
            lesson.change_of_address("#lesson/10-crash-and-redelivery"),
            there
        );
        let moved = act(&lesson, Action::Seek(crate::state::Seek::Last));
        let back = visit(&visit(&moved, "#home"), "");
        assert_eq!(back.here(), lesson.here());
        assert_eq!(back.cursor, moved.cursor, "at the moment that was left");
    }

    #[test]
    fn what_is_opened_by_other_means_gets_its_address() {
        let state = visit(&AppState::default(), "#home");
        let opened = act(&state, Action::Open("by-hand".into()));
        assert_eq!(opened.look.view, PageView::Scenario);
        let pushed = Change::Push("#exercise/by-hand".into());
        assert_eq!(opened.change_of_address("#home"), pushed);
        let file = act(&state, Action::OpenText("stream s\n".into()));
        assert_eq!(
            file.change_of_address("#home"),
            Change::Push("#lab/own".into())
        );
    }

    #[test]
    fn the_empty_lab_gets_a_name_with_its_first_letter() {
        let lab = visit(&AppState::default(), "#lab");
        assert_eq!((&*lab.doc.text, lab.here()), ("", AddressedView::Empty));
        assert_eq!(lab.change_of_address("#lab"), Change::Stay);
        let typed = type_text(&lab, "s");
        let named = Change::Replace("#lab/own".into());
        assert_eq!(typed.change_of_address("#lab"), named);
        // Another empty one loses nothing.
        let another = visit(&typed, "#lab");
        assert_eq!((&*another.name, &*another.doc.text), ("own-2", ""));
        let back = visit(&another, "#lab/own");
        assert_eq!(&*back.doc.text, "s");
    }

    #[test]
    fn a_link_stays_in_the_address_until_the_text_is_another_one() {
        let made = act(&AppState::default(), Action::OpenText("stream s\n".into()));
        let link = ["#", &made.link().write(crate::link::DICTIONARY)].concat();
        let there = visit(&AppState::default(), &link);
        assert_eq!(&*there.doc.text, "stream s\n");
        assert_eq!(there.change_of_address(&link), Change::Stay);
        let changed = type_text(&there, "stream t\n");
        let named = Change::Replace("#lab/own".into());
        assert_eq!(changed.change_of_address(&link), named);
        let broken = visit(&AppState::default(), &link[..link.len() - 3]);
        assert_eq!(broken.look.view, PageView::Home);
        assert!(
            broken
                .notice
                .is_some_and(|words| words.contains("not whole"))
        );
        let kept = visit(&made, &link[..link.len() - 3]);
        assert_eq!(&*kept.doc.text, "stream s\n");
        assert_eq!(kept.look.view, PageView::Scenario);
    }
}
