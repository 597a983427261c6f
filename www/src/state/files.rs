//! Files that the page fetches when they are first needed (texts of lessons, the dictionary of links), and the actions
//! that wait for them. Knows no network.

use std::rc::Rc;

use offset_lab::base::SmallMap;
use offset_lab::lessons::{self, Lesson};

use super::{Action, AppState};
use crate::link;

/// What was fetched, and what is waited for.
#[derive(Clone, Debug, Default)]
pub struct FetchedFiles {
    /// Texts by the name of their file.
    texts: SmallMap<Rc<str>, Rc<str>>,
    /// Why files were not to be had, where that is shown until they are asked for again.
    failures: SmallMap<Rc<str>, Rc<str>>,
    waiting: Vec<PendingAction>,
    /// Files asked for so far.
    pub asked: u64,
    /// Whether the page's address says what is to be opened, and was not followed yet.
    pub has_address: bool,
}

/// An action that is done once a file is there; none where something shows what becomes of the file.
#[derive(Clone, Debug)]
struct PendingAction {
    number: u64,
    file: Rc<str>,
    action: Option<Action>,
    opens: bool,
}

impl FetchedFiles {
    /// Files that were asked for after so many others.
    pub fn asked_after(&self, number: u64) -> impl Iterator<Item = &Rc<str>> {
        let young = self.waiting.iter().filter(move |w| w.number > number);
        young.map(|waiting| &waiting.file)
    }

    /// Whether something is to be opened once its file is there, or once the page's address is followed.
    #[must_use]
    pub fn is_opening(&self) -> bool {
        self.has_address || self.waiting.iter().any(|waiting| waiting.opens)
    }

    /// The dictionary of links, once it is there.
    #[must_use]
    pub fn dictionary(&self) -> Option<&Rc<str>> {
        self.texts.get(link::DICTIONARY_FILE)
    }

    /// Why the dictionary of links was not to be had.
    #[must_use]
    pub fn no_dictionary(&self) -> Option<&Rc<str>> {
        self.failures.get(link::DICTIONARY_FILE)
    }
}

/// The file of a lesson, as the page finds it.
fn file_of(lesson: &Lesson) -> Rc<str> {
    ["lessons/", lesson.slug, ".lab"].concat().into()
}

/// Whether a file is that of this version. Some servers answer with a page where there is no file.
fn is_ours(file: &str, text: &str) -> bool {
    let known = lessons::all().chain(lessons::QUESTIONS);
    let mut all = known.chain(lessons::TEMPLATES);
    match all.find(|lesson| *file_of(lesson) == *file) {
        Some(lesson) => lesson.is_written(text),
        None => file != link::DICTIONARY_FILE || lessons::mark(text) == link::DICTIONARY_MARK,
    }
}

impl AppState {
    /// The text of a lesson as it was written. When it is not here yet, the action is done once it is.
    pub(super) fn written(&mut self, lesson: &Lesson, action: Action) -> Option<Rc<str>> {
        self.file(&file_of(lesson), action)
    }

    /// The text of a lesson is known already.
    pub(super) fn know(&mut self, lesson: &Lesson, text: &Rc<str>) {
        let files = Rc::make_mut(&mut self.files);
        files.texts.insert(file_of(lesson), Rc::clone(text));
    }

    /// The text of a file. When it is not here yet, the action is done once it is.
    pub(super) fn file(&mut self, file: &str, action: Action) -> Option<Rc<str>> {
        if let Some(text) = self.files.texts.get(file) {
            return Some(Rc::clone(text));
        }
        let opens = matches!(
            action,
            Action::Open(_) | Action::Visit(_) | Action::OpenLink(_) | Action::Revert
        );
        self.wait(file, Some(action), opens);
        None
    }

    /// The dictionary of links is wanted by something that shows whether it is there.
    pub(super) fn want_dictionary(&mut self) {
        if self.files.dictionary().is_none() {
            let files = Rc::make_mut(&mut self.files);
            files.failures.remove(link::DICTIONARY_FILE);
            self.wait(link::DICTIONARY_FILE, None, false);
        }
    }

    fn wait(&mut self, file: &str, action: Option<Action>, opens: bool) {
        let asked = self.files.waiting.iter().find(|w| *w.file == *file);
        let asked = asked.map(|waiting| waiting.number);
        if opens {
            self.open_no_more();
        }
        let files = Rc::make_mut(&mut self.files);
        let number = asked.unwrap_or(files.asked + 1);
        files.asked = files.asked.max(number);
        files.waiting.push(PendingAction {
            number,
            file: file.into(),
            action,
            opens,
        });
    }

    /// Something else was opened or written: what was still to be opened is wanted no more.
    pub(super) fn open_no_more(&mut self) {
        if self.files.is_opening() {
            let files = Rc::make_mut(&mut self.files);
            files.has_address = false;
            files.waiting.retain(|waiting| !waiting.opens);
        }
    }

    /// A file was fetched, or was not and why: whoever waited for it goes on.
    pub(super) fn fetched(&mut self, file: &Rc<str>, text: Result<Rc<str>, Rc<str>>) {
        let files = Rc::make_mut(&mut self.files);
        let (done, waiting) = (files.waiting.drain(..)).partition(|w| w.file == *file);
        let done: Vec<PendingAction> = done;
        files.waiting = waiting;
        let words = match text {
            Ok(text) if is_ours(file, &text) => {
                files.texts.insert(Rc::clone(file), text);
                for action in done.into_iter().filter_map(|waiting| waiting.action) {
                    self.apply(action);
                }
                return;
            }
            Ok(_) => Rc::from(format!(
                "The file {file} is not the one that belongs to this version of the lab. Load the page anew."
            )),
            Err(words) => words,
        };
        // Who waits no more is not told.
        let (acting, showing): (Vec<_>, Vec<_>) =
            (done.iter()).partition(|waiting| waiting.action.is_some());
        if !showing.is_empty() {
            files.failures.insert(Rc::clone(file), Rc::clone(&words));
        }
        if !acting.is_empty() {
            self.notice = Some(words);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::rc::Rc;

    use super::super::tests::{act, open, read};
    use crate::link::{DICTIONARY, DICTIONARY_FILE};
    use crate::state::drafts::Drafts;
    use crate::state::kept::Kept;
    use crate::state::progress::CourseProgress;
    use crate::state::settings::Preferences;
    use crate::state::{Action, AppState, Dialog, PageView};

    const FILE: &str = "lessons/deduplication.lab";

    fn asked(state: &AppState) -> Vec<&str> {
        state.files.asked_after(0).map(|file| &**file).collect()
    }

    #[test]
    fn a_lesson_is_asked_for_once_and_shown_when_it_is_there() {
        let before = open("stream s\n");
        let state = before.reduce(Action::Open("deduplication".into()));
        assert_eq!(asked(&state), [FILE]);
        assert!(state.files.is_opening() && !before.files.is_opening());
        assert_eq!(state.doc, before.doc, "what is open stays");
        let there = state.reduce(Action::Fetched {
            file: FILE.into(),
            text: Ok(read(FILE)),
        });
        assert_eq!(
            (&*there.name, &there.doc.text),
            ("deduplication", &read(FILE))
        );
        let other = act(&there, Action::OpenText("stream t\n".into()));
        let again = other.reduce(Action::Open("deduplication".into()));
        assert_eq!(asked(&again), [""; 0], "it is remembered");
        assert_eq!(again.doc.text, read(FILE));
    }

    #[test]
    fn what_cannot_be_fetched_is_said_and_what_is_open_stays() {
        let before = open("stream s\n");
        let wanted = before.reduce(Action::Open("deduplication".into()));
        let answer = |text: Result<&str, &str>| Action::Fetched {
            file: FILE.into(),
            text: text.map(Into::into).map_err(Into::into),
        };
        let refused = wanted.reduce(answer(Err("It is not there.")));
        assert_eq!(refused.notice.as_deref(), Some("It is not there."));
        let page = wanted.reduce(answer(Ok("<!doctype html>")));
        assert!(page.notice.is_some_and(|words| words.contains(FILE)));
        assert_eq!((page.doc, refused.doc), (before.doc.clone(), before.doc));
    }

    #[test]
    fn the_dialog_of_links_opens_at_once_and_says_why_there_is_none_until_asked_again() {
        let share = || Action::Dialog(Some(Dialog::Share));
        let dialog = open("stream s\n").reduce(share());
        assert_eq!(dialog.look.dialog, Some(Dialog::Share));
        assert_eq!(asked(&dialog), [DICTIONARY_FILE]);
        let answer = |text: Result<&str, &str>| Action::Fetched {
            file: DICTIONARY_FILE.into(),
            text: text.map(Into::into).map_err(Into::into),
        };
        let failed = dialog.reduce(answer(Err("There is no connection.")));
        let words = failed.files.no_dictionary().map(|words| &**words);
        assert_eq!(words, Some("There is no connection."));
        assert_eq!(failed.notice, None, "the dialog says it");
        let again = failed.reduce(share());
        assert_eq!(again.files.no_dictionary(), None);
        assert_eq!(again.files.asked_after(1).count(), 1, "it is fetched again");
        // Who has closed the dialog does not see it again.
        let closed = again
            .reduce(Action::Dialog(None))
            .reduce(answer(Ok(DICTIONARY)));
        assert!(closed.files.dictionary().is_some() && closed.look.dialog.is_none());
    }

    #[test]
    fn whoever_opens_or_writes_something_else_is_not_carried_away() {
        let wanted = open("stream s\n").reduce(Action::Open("deduplication".into()));
        let typed = wanted.reduce(Action::Type {
            text: "stream t\n".into(),
            caret: 0,
        });
        let late = typed.reduce(Action::Fetched {
            file: FILE.into(),
            text: Ok(read(FILE)),
        });
        assert_eq!(&*late.doc.text, "stream t\n");
        let other = wanted.reduce(Action::Open("quorum".into()));
        assert_eq!(asked(&other), ["lessons/quorum.lab"]);
    }

    #[test]
    fn a_link_that_cannot_be_opened_leads_back_to_the_lesson_that_one_was_at() {
        let kept = Kept {
            drafts: Drafts {
                texts: Rc::default(),
                current: Some("by-hand".into()),
            },
            settings: Preferences::default(),
            progress: CourseProgress::default(),
            words: None,
        };
        let state = AppState::default().reduce(Action::Restore(kept));
        let there = act(&state, Action::Visit("#s1:AAAA".into()));
        assert_eq!(
            (&*there.name, there.look.view),
            ("by-hand", PageView::Scenario)
        );
        assert!(
            there
                .notice
                .is_some_and(|words| words.contains("not whole"))
        );
    }
}
