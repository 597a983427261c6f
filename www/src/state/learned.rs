//! Notes what one has come to in what is open, and takes over what a file says of it.

use offset_lab::lessons::{self, LessonKind};

use super::progress::{CourseProgress, LessonMark};
use super::{AppState, PageView};

impl AppState {
    /// Notes how far one has come in what is open, once it rests.
    pub(super) fn note_progress(&mut self) {
        let good = self.good.as_ref().filter(|good| {
            !self.playing
                && self.job.is_none()
                && good.name == self.name
                && good.is_of(&self.doc.text)
        });
        let Some(good) = good.filter(|_| self.look.view == PageView::Scenario) else {
            return;
        };
        let Some(lesson) = lessons::find(&self.name) else {
            return;
        };
        let (at, of) = (self.cursor.event, self.events());
        let mark = match lesson.kind {
            LessonKind::Exercise if good.verdict.as_ref().is_some_and(|v| v.is_solved()) => {
                LessonMark::Done
            }
            LessonKind::Lesson if !self.is_changed_lesson() && of > 0 && at >= of => {
                LessonMark::Done
            }
            LessonKind::Exercise | LessonKind::Lesson => {
                let part = u64::from(at) * 100 / u64::from(of.max(1));
                LessonMark::Part(u8::try_from(part).unwrap_or(99).min(99))
            }
            LessonKind::Question | LessonKind::Template => return,
        };
        self.progress.note(lesson.slug, mark);
    }

    /// Takes over what a file says.
    #[inline(never)]
    pub(super) fn import(&mut self, text: &str) {
        self.notice = Some(match CourseProgress::read(text) {
            Ok(theirs) => {
                self.progress = self.progress.with(&theirs);
                "The progress of the file was taken over; where one had come further here, that stays.".into()
            }
            Err(unread) => unread.words().into(),
        });
    }
}
