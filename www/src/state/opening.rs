//! Opening scenarios, and keeping what was changed: under which name, and what is said. Knows no storage.

use std::rc::Rc;

use offset_lab::world::Cursor;
use offset_lab::{lessons, limits};

use super::document::{self, Document};
use super::edit::too_long;
use super::history::EditKind;
use super::kept::Kept;
use super::{Action, Aim, AppState, OWN};

impl AppState {
    /// Opens a scenario as it was left, or as it was written.
    pub(super) fn open(&mut self, name: &str) {
        let text = match (self.drafts.texts.get(name), lessons::find(name)) {
            (Some(draft), _) => Some(Rc::clone(draft)),
            (None, Some(lesson)) => self.written(lesson, Action::Open(name.into())),
            (None, None) => {
                self.notice = Some("There is no such scenario.".into());
                None
            }
        };
        if let Some(text) = text {
            self.show(name, text);
        }
    }

    /// Nothing else was opened after all: where one was, or home.
    pub(super) fn stay(&mut self) {
        match self.drafts.current.clone() {
            // Its text was still on its way.
            Some(name) if !self.is_open(&name) && self.is_known(&name) => self.open(&name),
            Some(_) => {}
            None => self.go_home(None),
        }
    }

    /// Opens a text as a scenario of one's own, beside those that there are.
    pub(super) fn open_text(&mut self, text: &Rc<str>) {
        if text.len() > limits::TEXT_BYTES {
            self.notice = Some(too_long(text.len()).into());
            return;
        }
        let text = document::with_plain_ends(text);
        let name = self.free_name(&text);
        self.show(&name, text);
        self.keep_draft();
    }

    /// From now on the text can be read, and not changed.
    pub fn lock(&mut self) {
        self.locked = true;
    }

    /// The moment after so many events is to be shown once the text has run.
    pub fn begin_at(&mut self, step: u32) {
        let cursor = Cursor::at(step);
        match &mut self.job {
            Some(job) => job.aim = Aim::To(cursor),
            None => self.begin_with = Some(cursor),
        }
    }

    /// The first name of one's own that is not taken, or that this very text has.
    fn free_name(&self, text: &str) -> Rc<str> {
        let names = (1..).map(|n| match n {
            1 => OWN.to_owned(),
            n => format!("{OWN}-{n}"),
        });
        let is_free = |name: &String| match self.drafts.texts.get(name.as_str()) {
            Some(kept) => **kept == *text,
            None => true,
        };
        let mut free = names.filter(is_free);
        free.next().expect("names never end").into()
    }

    fn show(&mut self, name: &str, text: Rc<str>) {
        self.look_at_scenario();
        self.look.hidden = None;
        self.name = name.into();
        self.drafts.current = Some(name.into());
        self.doc = Document { text, caret: 0 };
        self.placed += 1;
        self.history = Rc::default();
        self.playing = false;
        self.answer = None;
        self.look.selected = None;
        self.cursor = Cursor::default();
        let beginning = self.beginning();
        let begin = self.begin_with.take();
        self.start_job(begin.map_or(beginning, Aim::To));
    }

    /// Back to the lesson as it was written; the changed text is one undo away.
    #[inline(never)]
    pub(super) fn revert(&mut self) {
        let lesson = lessons::find(&self.name);
        if let Some(text) = lesson.and_then(|lesson| self.written(lesson, Action::Revert)) {
            self.placed += 1;
            let beginning = self.beginning();
            self.change(text, 0, EditKind::Whole, beginning);
        }
    }

    /// Puts a text to start from into an empty lab.
    #[inline(never)]
    pub(super) fn begin_from(&mut self, template: &'static lessons::Lesson) {
        if let Some(text) = self.written(template, Action::Begin(template)) {
            self.replace(0, 0, &text);
        }
    }

    /// Where one begins to look: at what decides a question, else after what is set up.
    fn beginning(&self) -> Aim {
        match lessons::find(&self.name).map(|lesson| lesson.kind) {
            Some(lessons::LessonKind::Question) => Aim::Words,
            Some(_) | None => Aim::Opening,
        }
    }

    /// Remembers the text under its name, unless it is the lesson as it was written, or an empty one of one's own.
    pub(super) fn keep_draft(&mut self) {
        self.drafts.current = Some(self.name.clone());
        let texts = Rc::make_mut(&mut self.drafts.texts);
        let needs_none = match lessons::find(&self.name) {
            Some(lesson) => lesson.is_written(&self.doc.text),
            None => self.doc.text.is_empty(),
        };
        if needs_none {
            texts.remove(&*self.name);
        } else {
            texts.insert(self.name.clone(), self.doc.text.clone());
        }
    }

    /// The same scenario was changed elsewhere, in another tab say: that text keeps its name, and the one here
    /// goes on under another.
    #[inline(never)]
    pub(super) fn part(&mut self, theirs: Option<&str>) {
        let before = self.name.clone();
        let texts = Rc::make_mut(&mut self.drafts.texts);
        match theirs {
            Some(theirs) => texts.insert(before, theirs.into()),
            None => texts.remove(&before),
        };
        self.name = self.free_name(&self.doc.text);
        self.keep_draft();
        self.notice = Some(
            "This scenario was changed in another tab too. That text keeps its name; yours goes on as a scenario of your own."
                .into(),
        );
    }

    /// Takes over what was kept on this machine.
    pub(super) fn restore(&mut self, kept: Kept) {
        self.settings = kept.settings;
        self.progress = kept.progress.with(&self.progress);
        if kept.words.is_some() {
            self.notice = kept.words;
        }
        let current = kept.drafts.current.clone();
        self.drafts = kept.drafts;
        // Where the page's address says what to open, that may be something else.
        if let Some(name) = current
            && !self.files.has_address
            && (lessons::find(&name).is_some() || self.drafts.texts.contains_key(&name))
        {
            self.open(&name);
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::state::tests::{act, open};
    use crate::state::{Action, AppState};

    fn typed(state: &AppState, text: &str) -> AppState {
        act(
            state,
            Action::Type {
                text: text.into(),
                caret: 0,
            },
        )
    }

    #[test]
    fn opening_a_file_loses_no_other_text() {
        let first = typed(&open("stream a\n"), "stream a1\n");
        let second = act(&first, Action::OpenText("stream b\r\nrun\r".into()));
        assert_eq!(
            (&*second.name, &*second.doc.text),
            ("own-2", "stream b\nrun\n")
        );
        let again = act(&second, Action::OpenText("stream b\nrun\n".into()));
        assert_eq!(&*again.name, "own-2", "the same file again");
        let back = act(&again, Action::Open("own".into()));
        assert_eq!(&*back.doc.text, "stream a1\n");
    }

    #[test]
    fn two_tabs_part_without_losing_either_text() {
        let state = act(&AppState::default(), Action::Open("deduplication".into()));
        let mine = typed(&state, "stream mine\n");
        let parted = act(
            &mine,
            Action::Part {
                theirs: Some("stream theirs\n".into()),
            },
        );
        assert_eq!((&*parted.name, &*parted.doc.text), ("own", "stream mine\n"));
        assert!(parted.notice.is_some());
        let theirs = act(&parted, Action::Open("deduplication".into()));
        assert_eq!(&*theirs.doc.text, "stream theirs\n");
        let mine = act(&theirs, Action::Open("own".into()));
        assert_eq!(&*mine.doc.text, "stream mine\n");
    }

    #[test]
    fn a_lesson_is_had_back_and_the_change_is_one_undo_away() {
        let state = act(&AppState::default(), Action::Open("deduplication".into()));
        let changed = typed(&state, "stream mine\n");
        let back = act(&changed, Action::Revert);
        assert_eq!(back.doc.text, state.doc.text);
        assert_eq!(&*act(&back, Action::Undo).doc.text, "stream mine\n");
    }
}
