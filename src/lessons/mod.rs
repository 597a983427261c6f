//! The built-in tracks, lessons and exercises, the questions that learners ask, and texts to start from: what they are
//! called and, for hosts that ask, their texts; one line of the registry each. Must not know the language.

pub(crate) mod built_in;

use built_in::Contents;
pub use built_in::mark;

use crate::family;

/// Lessons that follow each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Track {
    /// Its name in addresses.
    pub slug: &'static str,
    /// What it is called.
    pub title: &'static str,
    /// What it is about, in a sentence.
    pub about: &'static str,
    /// In the order of learning.
    pub lessons: &'static [Lesson],
}

/// A lesson or an exercise.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Lesson {
    /// Its name in addresses and on disk, without `.lab`.
    pub slug: &'static str,
    /// Whether it is to be read or to be solved.
    pub kind: LessonKind,
    pub(crate) title: &'static str,
    pub(crate) summary: &'static str,
    pub(crate) reading: Contents,
    pub(crate) mark: u64,
}

/// How fast a text is read that is new to its reader.
const WORDS_A_MINUTE: u16 = 150;
/// How long one tries at an exercise.
const TRYING_SECONDS: u16 = 180;

/// What a lesson asks of its reader.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LessonKind {
    /// To read, and to predict.
    Lesson,
    /// To change its text until its goals hold.
    Exercise,
    /// To look something up: its summary is the answer, and where its first words are read, one sees it.
    Question,
    /// To go on from: nothing to learn, and little in it.
    Template,
}

/// All tracks.
pub const TRACKS: &[Track] = &[STREAMS, family::PROGRESS];

const STREAMS: Track = Track {
    slug: "streams",
    title: "Streams and their offsets",
    about: "From what an offset is to what happens when something breaks: one idea a lesson.",
    lessons: STREAM_LESSONS,
};

built_in::lessons! {
    STREAM_LESSONS, STREAM_TEXTS, "":
    lesson "what-an-offset-is"
    lesson "browse-a-stream"
    lesson "last-is-a-chunk"
    lesson "from-a-point-in-time"
    lesson "publishing-and-confirms"
    lesson "a-consumer-that-stores"
    lesson "next-does-not-resume"
    exercise "only-what-comes"
    lesson "resume-where-you-left-off"
    exercise "resume-where-it-stopped"
    lesson "stored-zero"
    lesson "the-loop-that-never-ends"
    lesson "stored-beats-the-spec"
    lesson "half-a-million"
    lesson "automatic-tracking"
    lesson "storing-takes-offsets"
    lesson "the-third-wave"
    lesson "store-often-or-seldom"
    lesson "crash-and-redelivery"
    exercise "the-window-of-a-crash"
    lesson "a-broker-restart"
    lesson "a-lost-store"
    exercise "by-hand"
    lesson "exactly-once-in-the-program"
    exercise "book-it-once"
    lesson "a-marker-that-never-comes"
    lesson "same-name-twice"
    exercise "two-services-one-stream"
    lesson "retention-moves-the-first-offset"
    lesson "retention-passes-the-stored-offset"
    exercise "away-for-too-long"
    lesson "old-messages-that-stay"
    lesson "stored-beyond-the-end"
    lesson "deduplication"
    lesson "lost-confirm"
    exercise "a-confirm-that-got-lost"
    lesson "credits"
    lesson "lag-is-not-what-is-left"
    lesson "quorum"
    exercise "alone-is-no-majority"
    lesson "who-is-active"
    lesson "a-filter-finds-chunks"
}

built_in::lessons! {
    QUESTION_LESSONS, QUESTION_TEXTS, "":
    question "what-is-offset-tracking"
    question "are-offsets-stored-by-themselves"
    question "can-a-consumer-go-on-where-it-left-off"
    question "must-tracking-be-restarted"
    question "do-consumers-track-independently"
    question "why-not-set-offsets-by-hand"
    question "can-a-consumer-skip-ahead"
    question "can-tracking-detect-duplicates"
    question "does-tracking-grow-the-stream"
    question "are-offsets-contiguous"
    question "why-a-marker"
    question "what-if-no-marker-comes"
    question "must-markers-be-unique"
    question "how-to-stop-a-consumer"
    question "why-wait-for-confirms"
    question "does-a-confirm-mean-stored"
    question "are-messages-kept"
    question "is-this-possible-with-a-queue"
    question "what-does-the-client-do"
    question "do-all-clients-do-the-same"
}

/// What learners ask, each answered in two sentences and shown by a scenario.
pub const QUESTIONS: &[Lesson] = QUESTION_LESSONS;

built_in::lessons! {
    TEMPLATE_LESSONS, TEMPLATE_TEXTS, "":
    template "one-stream"
    template "three-nodes"
    template "one-topic"
}

/// Texts to start from in an empty lab.
pub const TEMPLATES: &[Lesson] = TEMPLATE_LESSONS;

/// The lessons of all tracks, in their order.
pub fn all() -> impl DoubleEndedIterator<Item = &'static Lesson> + Clone {
    TRACKS.iter().flat_map(|track| track.lessons)
}

/// The lesson or question of a name, also of one with the number that it once had: `10-crash-and-redelivery`.
#[must_use]
pub fn find(name: &str) -> Option<&'static Lesson> {
    let digits = name.trim_start_matches(|c: char| c.is_ascii_digit());
    let plain = digits.strip_prefix('-').unwrap_or(name);
    let mut known = all().chain(QUESTIONS);
    known.find(|lesson| lesson.slug == plain)
}

/// The lessons before and behind one in its track.
#[must_use]
pub fn beside(slug: &str) -> (Option<&'static Lesson>, Option<&'static Lesson>) {
    let place = |track: &&Track| track.lessons.iter().position(|lesson| lesson.slug == slug);
    let found = TRACKS
        .iter()
        .find_map(|track| Some((track, place(&track)?)));
    let Some((track, at)) = found else {
        return (None, None);
    };
    let before = at.checked_sub(1).and_then(|at| track.lessons.get(at));
    (before, track.lessons.get(at + 1))
}

impl Lesson {
    /// Its title: what stands in quotes in its first line.
    #[must_use]
    pub fn title(&self) -> &'static str {
        self.title
    }

    /// What it teaches: what stands in quotes in its second line.
    #[must_use]
    pub fn summary(&self) -> &'static str {
        self.summary
    }

    /// Its text. Whoever never asks does not carry the texts; the page fetches them from its own folder.
    #[must_use]
    pub fn text(&self) -> &'static str {
        let all = [
            (STREAM_LESSONS, STREAM_TEXTS),
            (family::PROGRESS.lessons, family::PROGRESS_TEXTS),
            (QUESTIONS, QUESTION_TEXTS),
            (TEMPLATES, TEMPLATE_TEXTS),
        ];
        let mut all = all
            .into_iter()
            .flat_map(|(lessons, texts)| lessons.iter().zip(texts));
        let found = all.find(|(lesson, _)| lesson.slug == self.slug);
        found.map_or("", |(_, text)| text)
    }

    /// Whether a text is that of the lesson as it was written.
    #[must_use]
    pub fn is_written(&self, text: &str) -> bool {
        built_in::mark(text) == self.mark
    }

    /// About how many minutes it takes: to read its words, and at each pause of the story to look, or to think.
    #[must_use]
    pub fn minutes(&self) -> usize {
        let Contents {
            words,
            thought,
            seen,
        } = self.reading;
        let tried = match self.kind {
            LessonKind::Exercise => TRYING_SECONDS,
            LessonKind::Lesson | LessonKind::Question | LessonKind::Template => 0,
        };
        let seconds = words * 60 / WORDS_A_MINUTE + thought * 30 + seen * 8 + tried;
        usize::from(seconds.div_ceil(60))
    }
}

#[cfg(test)]
mod tests {
    use alloc::format;

    use super::*;

    #[test]
    fn every_lesson_has_a_name_and_a_text_of_its_own() {
        let known = || all().chain(QUESTIONS).chain(TEMPLATES);
        for lesson in known() {
            let lines = [
                format!("title \"{}\"", lesson.title()),
                format!("summary \"{}\"", lesson.summary()),
            ];
            let text = lesson.text();
            assert!(text.lines().take(2).eq(lines), "{}", lesson.slug);
            assert!(lesson.is_written(text), "{}", lesson.slug);
            assert!((1..=20).contains(&lesson.minutes()), "{}", lesson.slug);
            let same = known().filter(|other| other.slug == lesson.slug || other.is_written(text));
            assert_eq!(same.count(), 1, "{}", lesson.slug);
        }
    }

    #[test]
    fn names_with_the_numbers_that_they_had_still_lead_to_their_lessons() {
        let name = |name| find(name).map(|lesson| lesson.slug);
        for known in ["crash-and-redelivery", "10-crash-and-redelivery"] {
            assert_eq!(name(known), Some("crash-and-redelivery"));
        }
        for unknown in ["", "10", "10-", "crash", "../crash-and-redelivery"] {
            assert_eq!(name(unknown), None, "{unknown}");
        }
    }

    #[test]
    fn lessons_lead_from_one_to_the_next() {
        for track in TRACKS {
            let mut at = track.lessons.first();
            let mut seen = 0;
            while let Some(lesson) = at {
                seen += 1;
                at = beside(lesson.slug).1;
                assert!(at.is_none_or(|next| beside(next.slug).0 == Some(lesson)));
            }
            assert_eq!(seen, track.lessons.len());
        }
        assert_eq!(beside("nobody"), (None, None));
    }
}
