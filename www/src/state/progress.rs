//! How far one has come in lessons and exercises: kept on this machine, as a file, and read without trust. Nothing that
//! another version wrote is thrown away. Knows no storage.

use std::fmt::Write as _;
use std::rc::Rc;

use offset_lab::base::SmallMap;

use super::drafts::{PREFIX, is_name};

/// The first line of what is written; its number changes with the format.
const HEAD: &str = "offset-lab progress ";
/// The format that is written, and the latest that is read.
const FORMAT: u32 = 1;
/// Marks and foreign lines that are taken over at most: more than any version has lessons.
const MOST: usize = 1_000;
/// A file longer than this is no progress.
pub const BYTES: usize = 256 * 1024;

/// How far one has come in one lesson. The further one is the greater.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum LessonMark {
    /// So many hundredths of it were seen.
    Part(u8),
    /// It was seen to its end, or solved.
    Done,
}

/// How far one has come in all of them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CourseProgress {
    marks: Rc<SmallMap<Rc<str>, LessonMark>>,
    /// Lines that this version does not understand, as they are.
    foreign: Rc<[Rc<str>]>,
}

/// Why a text is not taken over as progress.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unread {
    /// It is something else.
    NoProgress,
    /// A later version wrote it.
    Later,
}

impl Unread {
    /// What is said then.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::NoProgress => {
                "This file holds no progress of Offset Lab: such a file begins with `offset-lab progress 1`. Nothing was changed."
            }
            Self::Later => {
                "A later version of Offset Lab wrote this progress: open it with that one. Nothing was changed."
            }
        }
    }
}

/// The key under which it is kept.
#[must_use]
pub fn key() -> String {
    [PREFIX, "progress"].concat()
}

/// The key under which what cannot be read is set aside.
#[must_use]
pub fn aside_key() -> String {
    [PREFIX, "unread-progress"].concat()
}

impl CourseProgress {
    /// From text.
    ///
    /// # Errors
    /// When it is none that this version can read.
    pub fn read(text: &str) -> Result<Self, Unread> {
        let mut lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
        let head = lines.next().unwrap_or_default();
        let format = head.strip_prefix(HEAD).and_then(|f| f.parse::<u32>().ok());
        match format.filter(|_| text.len() <= BYTES) {
            Some(0) | None => return Err(Unread::NoProgress),
            Some(FORMAT) => {}
            Some(_) => return Err(Unread::Later),
        }
        let mut marks = SmallMap::new();
        let mut foreign = Vec::new();
        for line in lines.take(MOST) {
            match mark(line) {
                Some((name, mark)) => {
                    let before = marks.get(name).copied();
                    marks.insert(Rc::from(name), before.max(Some(mark)).unwrap_or(mark));
                }
                None => foreign.push(Rc::from(line)),
            }
        }
        Ok(Self {
            marks: Rc::new(marks),
            foreign: foreign.into(),
        })
    }

    /// As text.
    #[must_use]
    pub fn write(&self) -> String {
        let mut out = format!("{HEAD}{FORMAT}\n");
        for (name, mark) in self.marks.iter() {
            let _ = match mark {
                LessonMark::Done => writeln!(out, "done {name}"),
                LessonMark::Part(hundredths) => writeln!(out, "part {hundredths} {name}"),
            };
        }
        for line in &*self.foreign {
            let _ = writeln!(out, "{line}");
        }
        out
    }

    /// How far one has come in one lesson, if it was begun.
    #[must_use]
    pub fn of(&self, lesson: &str) -> Option<LessonMark> {
        self.marks.get(lesson).copied()
    }

    /// Whether nothing was begun.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.marks.is_empty() && self.foreign.is_empty()
    }

    /// One has come so far; nobody goes back.
    pub(super) fn note(&mut self, lesson: &str, mark: LessonMark) {
        if self.of(lesson) < Some(mark) {
            Rc::make_mut(&mut self.marks).insert(lesson.into(), mark);
        }
    }

    /// With what someone else has come to: a file, another tab.
    #[must_use]
    pub fn with(&self, other: &Self) -> Self {
        let mut both = self.clone();
        for (name, mark) in other.marks.iter() {
            both.note(name, *mark);
        }
        let new = other
            .foreign
            .iter()
            .filter(|line| !self.foreign.contains(line));
        both.foreign = self.foreign.iter().chain(new).take(MOST).cloned().collect();
        both
    }
}

/// One line, if this version understands it.
fn mark(line: &str) -> Option<(&str, LessonMark)> {
    let (word, rest) = line.split_once(' ')?;
    let (name, mark) = match word {
        "done" => (rest, LessonMark::Done),
        "part" => {
            let (part, name) = rest.split_once(' ')?;
            (
                name,
                LessonMark::Part(part.parse::<u8>().ok().filter(|part| *part <= 100)?),
            )
        }
        _ => return None,
    };
    is_name(name).then_some((name, mark))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::state::tests::act;
    use crate::state::{Action, AppState, Seek};

    fn read(text: &str) -> CourseProgress {
        CourseProgress::read(text).expect("progress")
    }

    #[test]
    fn what_is_written_is_read_and_what_is_not_understood_is_kept() {
        let text =
            "offset-lab progress 1\ndone quorum\npart 40 credits\nstars 3 quorum\ndone ../x\n";
        let progress = read(text);
        assert_eq!(progress.of("quorum"), Some(LessonMark::Done));
        assert_eq!(progress.of("credits"), Some(LessonMark::Part(40)));
        assert_eq!(read(&progress.write()), progress);
        for kept in ["stars 3 quorum", "done ../x"] {
            assert!(progress.write().contains(kept), "{kept}");
        }
        // A lesson that only another version has.
        let other = read("offset-lab progress 1\ndone of-the-future\n");
        assert!(
            progress
                .with(&other)
                .write()
                .contains("done of-the-future\n")
        );
    }

    #[test]
    fn what_is_no_progress_changes_nothing() {
        for (text, why) in [
            ("", Unread::NoProgress),
            ("stream s\n", Unread::NoProgress),
            ("offset-lab progress one\n", Unread::NoProgress),
            ("offset-lab progress -1\n", Unread::NoProgress),
            ("offset-lab progress 2\ndone quorum\n", Unread::Later),
        ] {
            assert_eq!(CourseProgress::read(text), Err(why), "{text}");
            let state = act(&AppState::default(), Action::Import(text.into()));
            assert!(state.progress.of("quorum").is_none());
            assert_eq!(state.notice.as_deref(), Some(why.words()));
        }
        let long = format!("offset-lab progress 1\n{}", "done a\n".repeat(BYTES));
        assert_eq!(CourseProgress::read(&long), Err(Unread::NoProgress));
    }

    #[test]
    fn nobody_goes_back() {
        let one = read("offset-lab progress 1\ndone a\npart 10 b\n");
        let other = read("offset-lab progress 1\npart 99 a\npart 20 b\npart 20 b\npart 5 b\n");
        for both in [one.with(&other), other.with(&one)] {
            assert_eq!(both.of("a"), Some(LessonMark::Done));
            assert_eq!(both.of("b"), Some(LessonMark::Part(20)));
        }
        assert!(CourseProgress::default().is_empty() && !one.is_empty());
    }

    #[test]
    fn a_lesson_is_done_at_its_end_and_an_exercise_when_it_is_solved() {
        let state = act(&AppState::default(), Action::Open("quorum".into()));
        let begun = state.progress.of("quorum");
        assert!(
            begun.is_some_and(|mark| mark < LessonMark::Done),
            "{begun:?}"
        );
        let text: Rc<str> = [&state.doc.text, "\n"].concat().into();
        let changed = act(&state, Action::Type { text, caret: 0 });
        let changed = act(&changed, Action::Seek(Seek::Last));
        assert!(
            changed.progress.of("quorum") < Some(LessonMark::Done),
            "another text"
        );
        let done = act(&state, Action::Seek(Seek::Last));
        assert_eq!(done.progress.of("quorum"), Some(LessonMark::Done));
        let back = act(&done, Action::Seek(Seek::First));
        assert_eq!(back.progress.of("quorum"), Some(LessonMark::Done));

        let name = "resume-where-it-stopped";
        let state = act(&AppState::default(), Action::Open(name.into()));
        let end = act(&state, Action::Seek(Seek::Last));
        assert!(end.progress.of(name) < Some(LessonMark::Done));
        let text = end
            .doc
            .text
            .replace("from first", "from first store every 10")
            .into();
        let solved = act(&end, Action::Type { text, caret: 0 });
        assert_eq!(solved.progress.of(name), Some(LessonMark::Done));
        let forgotten = act(&solved, Action::ForgetProgress);
        // What is open is where one is.
        assert!(forgotten.progress.of("quorum").is_none());
    }
}
