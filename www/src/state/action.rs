//! Everything that can change the app, as one closed list. Knows no component.

use std::rc::Rc;
use std::sync::Arc;

use offset_lab::act::Refusal;
use offset_lab::engine::Run;
use offset_lab::language::Parsed;
use offset_lab::lessons::Lesson;
use offset_lab::trace::Level;
use offset_lab::view::why::WhyTarget;
use offset_lab::view::{PicturePart, Target};
use offset_lab::world::Cursor;

use super::RunFindings;
use super::acts::Act;
use super::kept::Kept;
use super::settings::{Speed, Theme};

/// Something that happens to the app.
#[derive(Clone, Debug)]
pub enum Action {
    // The text.
    /// The editor holds this now.
    Type {
        /// All of it.
        text: Rc<str>,
        /// Where the caret is, in bytes.
        caret: usize,
    },
    /// The caret moved.
    Caret(usize),
    /// Show this byte of the text, with the caret there.
    GoTo(usize),
    /// Replace some bytes: a fix, a completion.
    Replace {
        /// First byte.
        start: usize,
        /// Behind the last.
        end: usize,
        /// What stands there instead.
        with: Rc<str>,
    },
    /// Write a line of the language at the present moment and step into it.
    Act(Rc<str>),
    /// Write the line of an act with its blanks as they were filled in.
    Fill {
        /// The act.
        act: Arc<Act>,
        /// What stands in its blanks.
        values: Rc<[String]>,
    },
    /// Back to the text and moment before the last edit.
    Undo,
    /// Forth again.
    Redo,
    /// Open a scenario: a lesson by its slug, or one's own.
    Open(Rc<str>),
    /// Go where an address leads: the fragment of one.
    Visit(Rc<str>),
    /// Open a text as one's own scenario.
    OpenText(Rc<str>),
    /// Open what a link holds: the fragment of an address.
    OpenLink(Rc<str>),
    /// Back to the lesson as it was written.
    Revert,
    /// Start from a text in an empty lab.
    Begin(&'static Lesson),

    // What runs report.
    /// A text was read.
    Parsed {
        /// Which job it was.
        job: u64,
        /// What it says.
        parsed: Rc<Parsed>,
    },
    /// A scenario is running and takes a while.
    Running {
        /// Which job it is.
        job: u64,
        /// Events so far.
        events: u32,
    },
    /// A scenario has run.
    Ran {
        /// Which job it was.
        job: u64,
        /// The run.
        run: Arc<Run>,
    },
    /// An act was written into the text, and its run goes on.
    Acted {
        /// Which job it was.
        job: u64,
        /// The text with the act.
        text: Rc<str>,
        /// The line of the act, from 1.
        line: u32,
        /// What it says.
        parsed: Rc<Parsed>,
    },
    /// An act cannot be written at its moment.
    Refused {
        /// Which job it was.
        job: u64,
        /// Why.
        refusal: Refusal,
    },
    /// A run was looked through.
    Found {
        /// The run.
        run: Arc<Run>,
        /// What was found.
        found: Rc<RunFindings>,
    },
    /// A file of the page was fetched.
    Fetched {
        /// Its name.
        file: Rc<str>,
        /// Its text, or why there is none.
        text: Result<Rc<str>, Rc<str>>,
    },

    // Time.
    /// Move the moment.
    Seek(Seek),
    /// Play, or pause.
    PlayPause,
    /// Play to the next pause of the story.
    Continue,
    /// A beat of the player.
    Beat,

    // What is looked at.
    /// Select something, or nothing.
    Select(Option<Target>),
    /// Explain something: `None` is what is selected, or what happened last.
    Why(Option<WhyTarget>),
    /// Show a table.
    Tab(Tab),
    /// Show a side of the left card.
    Side(CardSide),
    /// The stage has this width, in abstract units.
    Width(u32),
    /// Look at a part of the picture from there on; `None` follows the action again.
    Look(PicturePart, Option<u64>),
    /// Look at a table from this row on.
    Rows(&'static str, usize),
    /// The stage came into view, or left it.
    Shown(bool),
    /// Open a menu of actions, or close it.
    Menu(Option<&'static str>),
    /// Show or hide the list of keys.
    ToggleHelp,
    /// Open a dialog, or close it.
    Dialog(Option<Dialog>),
    /// Light or dark.
    Theme(Theme),
    /// How fast.
    Speed(Speed),
    /// How much is shown.
    Detail(Level),
    /// Reveal the answer of the open question, or judge a prediction.
    Answer(Rc<str>),
    /// Hide no answers any more.
    ShowAnswers,
    /// Take over the progress that a file holds.
    Import(Rc<str>),
    /// Forget how far one has come.
    ForgetProgress,
    /// Say something.
    Notice(Rc<str>),
    /// It has been read.
    Dismiss,
    /// The draft of this scenario is not what this app kept: someone else changed it.
    Part {
        /// What is there now.
        theirs: Option<Rc<str>>,
    },
    /// What was kept on this machine.
    Restore(Kept),
}

impl Action {
    /// Whether a hand that does so most likely goes on doing so: it moves through a run.
    #[must_use]
    pub const fn goes_on(&self) -> bool {
        matches!(self, Self::Seek(_) | Self::Look(..) | Self::Rows(..))
    }
}

/// Where to move the moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Seek {
    /// Before everything.
    First,
    /// Behind everything.
    Last,
    /// So many steps forward, or back.
    Steps(i32),
    /// One step forward, into a range however long.
    Into,
    /// The start of the next chapter.
    NextChapter,
    /// The start of this chapter, or of the one before.
    PreviousChapter,
    /// So many tenths of the timeline.
    Tenth(u8),
    /// This moment.
    To(Cursor),
    /// After the statement of this line, from 1.
    Line(u32),
}

/// What the page shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum PageView {
    /// A text and what happens in it.
    #[default]
    Scenario,
    /// Tracks, lessons, and where one is in them.
    Home,
    /// What learners ask.
    Questions,
}

/// A table below the stage.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tab {
    /// What the programs printed.
    #[default]
    Console,
    /// Everything that happened.
    Events,
    /// Consumers.
    Consumers,
    /// Producers.
    Producers,
    /// Streams.
    Streams,
    /// What is selected.
    Inspector,
    /// What led to something, and what was unusual.
    Why,
}

/// A dialog over everything else.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dialog {
    /// Links, and what an author puts into a page.
    Share,
    /// Files.
    Export,
}

/// A side of the left card.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum CardSide {
    /// The story of this scenario.
    #[default]
    Story,
    /// All lessons.
    Lessons,
    /// The language.
    Syntax,
    /// The text itself, where there is no room for it beside the rest.
    Text,
}
