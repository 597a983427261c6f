//! What single cards see of the state: values that compare cheaply, so that a card is drawn anew only when
//! something that it shows has changed.

use std::fmt;
use std::rc::Rc;

use offset_lab::learn::Verdict;
use offset_lab::lessons::{self, LessonKind};
use offset_lab::trace::Level;
use offset_lab::view::Frame;
use offset_lab::view::frame::{Story, Table};
use offset_lab::world::Cursor;

use super::acts::{Acts, Mistake};
use super::settings::Speed;
use super::{Answer, AppState, Good, OpenQuestion};

/// A part of a picture: two are equal when these parts are, whatever else their pictures show.
pub struct Of<T: 'static> {
    frame: Rc<Frame>,
    part: fn(&Frame) -> Option<&T>,
}

impl<T> Of<T> {
    /// This part of that picture.
    #[must_use]
    pub fn new(frame: &Rc<Frame>, part: fn(&Frame) -> Option<&T>) -> Self {
        Self {
            frame: Rc::clone(frame),
            part,
        }
    }

    /// The part, if the picture has it.
    #[must_use]
    pub fn get(&self) -> Option<&T> {
        (self.part)(&self.frame)
    }
}

impl<T> Clone for Of<T> {
    fn clone(&self) -> Self {
        Self::new(&self.frame, self.part)
    }
}

impl<T: PartialEq> PartialEq for Of<T> {
    fn eq(&self, other: &Self) -> bool {
        self.get() == other.get()
    }
}

impl<T: fmt::Debug> fmt::Debug for Of<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.get().fmt(f)
    }
}

/// The table of that id.
#[must_use]
pub fn table<'a>(frame: &'a Frame, id: &str) -> Option<&'a Table> {
    frame.tables.iter().find(|table| table.id == id)
}

/// What the story shows.
#[derive(Clone, Debug, PartialEq)]
pub struct StorySlice {
    /// The words of the author, once the text has run.
    pub story: Option<Of<Story>>,
    /// What could be answered to the open question, unless it was answered.
    pub open: Option<OpenQuestion>,
    /// The last wrong answer to it, where answers are hidden.
    pub tried: Option<Rc<str>>,
    /// What came of the last answer.
    pub answer: Option<Answer>,
    /// Events that have happened.
    pub at: u32,
    /// Whether it is that of a lesson that was changed.
    pub is_changed: bool,
    /// Whether the story goes on behind the moment.
    pub goes_on: bool,
    /// What became of an attempt at an exercise.
    pub verdict: Option<Rc<Verdict>>,
    /// Whether it answers a question that learners ask.
    pub is_question: bool,
    /// Whether it is a lab in which nothing was written yet.
    pub is_empty: bool,
}

/// What menus and forms of actions show.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ActingSlice {
    /// What can be done.
    pub acts: Rc<Acts>,
    /// The menu that is open.
    pub menu: Option<&'static str>,
    /// Why the last action was refused.
    pub refused: Option<Rc<str>>,
    /// What is wrong with the act that was filled in last.
    pub mistake: Option<Mistake>,
}

/// What the line of time and its buttons show.
#[derive(Clone, Debug, PartialEq)]
pub struct Timing {
    /// The moment.
    pub cursor: Cursor,
    /// Whether it plays.
    pub playing: bool,
    /// How fast.
    pub speed: Speed,
    /// How much is shown.
    pub level: Level,
    /// The picture of the moment.
    pub frame: Option<Rc<Frame>>,
    /// The run.
    pub good: Option<Good>,
    /// Beyond how many events nothing is told.
    pub veil: Option<u32>,
}

impl AppState {
    /// What the story shows.
    #[must_use]
    pub fn telling(&self) -> StorySlice {
        let frame = self.frame.as_ref();
        StorySlice {
            story: frame.map(|frame| Of::new(frame, |frame| Some(&frame.story))),
            open: self.open.clone().filter(|_| self.is_asked()),
            tried: self.tried(),
            answer: self.answer_shown().cloned(),
            // Other moments tell the same story, unless an answer waits for its own.
            at: self.answer_shown().map_or(0, |_| self.cursor.event),
            is_changed: self.is_changed_lesson(),
            goes_on: self.cursor.event < self.events(),
            verdict: self.good.as_ref().and_then(|good| good.verdict.clone()),
            is_question: lessons::find(&self.name).is_some_and(|l| l.kind == LessonKind::Question),
            is_empty: self.doc.text.is_empty()
                && !self.files.is_opening()
                && lessons::find(&self.name).is_none(),
        }
    }

    /// What menus and forms of actions show.
    #[must_use]
    pub fn acting(&self) -> ActingSlice {
        ActingSlice {
            acts: Rc::clone(&self.acts),
            menu: self.look.menu,
            refused: self.look.refused.clone(),
            mistake: self.look.mistake.clone(),
        }
    }

    /// What the line of time and its buttons show.
    #[must_use]
    pub fn timing(&self) -> Timing {
        Timing {
            cursor: self.cursor,
            playing: self.playing,
            speed: self.settings.speed,
            level: self.settings.level,
            frame: self.frame.clone(),
            good: self.good.clone(),
            veil: self.veil(),
        }
    }
}

impl Timing {
    /// Events of the run.
    #[must_use]
    pub fn events(&self) -> u32 {
        self.good.as_ref().map_or(0, |good| good.timeline().len())
    }

    /// Where the moment is: `step 37 of 68`, and within a range which message.
    #[must_use]
    pub fn step_words(&self) -> String {
        let Cursor { event, part } = self.cursor;
        let inside = match part {
            0 => String::new(),
            part => format!(", message {part}"),
        };
        format!("step {event} of {}{inside}", self.events())
    }

    /// The same, short, with the simulated time.
    #[must_use]
    pub fn clock(&self) -> String {
        let Cursor { event, part } = self.cursor;
        let time = self
            .frame
            .as_ref()
            .map_or_else(String::new, |f| format!(" · {}", f.time));
        let inside = match part {
            0 => String::new(),
            part => format!("+{part}"),
        };
        format!("step {event}{inside} / {}{time}", self.events())
    }
}

#[cfg(test)]
mod tests {
    use std::rc::Rc;

    use super::Of;
    use crate::state::tests::{act, open};
    use crate::state::{Action, AppState, Seek};

    const TEXT: &str = "title \"A\"\nstream s\nproducer p on s\npublish p 3 \"m{n}\"\nrun\n\
        consumer c on s from first\nrun\n";

    /// Whether the slices of story, actions and time are what they were.
    fn same(before: &AppState, after: &AppState) -> [bool; 3] {
        [
            before.telling() == after.telling(),
            before.acting() == after.acting(),
            before.timing() == after.timing(),
        ]
    }

    #[test]
    fn a_slice_changes_with_what_its_card_shows_and_with_nothing_else() {
        let state = act(&open(TEXT), Action::Seek(Seek::Steps(3)));
        let after = |action| same(&state, &act(&state, action));
        assert_eq!(after(Action::Caret(3)), [true, true, true]);
        assert_eq!(after(Action::ToggleHelp), [true, true, true]);
        assert_eq!(after(Action::Menu(Some("New"))), [true, false, true]);
        assert_eq!(after(Action::PlayPause), [true, true, false]);
        assert_eq!(after(Action::Seek(Seek::Steps(1))), [true, true, false]);
        let text: Rc<str> = ["chapter \"B\"\n", TEXT].concat().into();
        let [told, _, _] = after(Action::Type { text, caret: 0 });
        assert!(!told, "the story has a chapter");
    }

    #[test]
    fn a_part_of_a_picture_equals_that_of_another_picture() {
        let state = act(&open(TEXT), Action::Seek(Seek::Steps(3)));
        let later = act(&state, Action::Seek(Seek::Steps(1)));
        let frames = [state, later].map(|s| s.frame.expect("a picture"));
        assert_ne!(frames[0], frames[1]);
        let story = |at: usize| Of::new(&frames[at], |frame| Some(&frame.story));
        let stage = |at: usize| Of::new(&frames[at], |frame| Some(&frame.stage));
        assert_eq!(story(0), story(1));
        assert_ne!(stage(0), stage(1));
    }
}
