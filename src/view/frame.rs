//! One frame: everything that a host shows of one moment. Plain data; equal moments give equal frames.

use alloc::string::String;
use alloc::vec::Vec;

use super::stage::{PicturePart, Stage, Target};
use crate::units::SimTime;
use crate::world::Cursor;

/// How a host wants a frame. View state: it never influences a run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FrameOptions {
    /// Width of the stage in abstract units: 868 on a desktop, about 340 on a phone.
    pub width: u32,
    /// Parts of the picture whose window was moved, and where it starts; all others follow the action.
    pub windows: Vec<(PicturePart, u64)>,
    /// Tables by their ids, and the first of the rows to show; of all others it is the very first. The
    /// inspector's children are the table `children`.
    pub tables: Vec<(&'static str, usize)>,
    /// What is selected.
    pub selected: Option<Target>,
}

impl Default for FrameOptions {
    fn default() -> Self {
        Self {
            width: 868,
            windows: Vec::new(),
            tables: Vec::new(),
            selected: None,
        }
    }
}

/// Everything that a host shows of one moment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Frame {
    /// The moment.
    pub cursor: Cursor,
    /// Events of the whole timeline.
    pub events: u32,
    /// Simulated time.
    pub time: SimTime,
    /// The line of the statement in effect, from 1; `None` before the first.
    pub line: Option<u32>,
    /// What just happened and why, in one sentence.
    pub narration: String,
    /// The story around it.
    pub story: Story,
    /// The picture.
    pub stage: Stage,
    /// The youngest console lines, oldest first; at most 200.
    pub console: Vec<ConsoleLine>,
    /// Results of the checks up to here.
    pub checks: Vec<CheckMark>,
    /// Statements up to here that had no effect, or a part of them.
    pub notes: Vec<NoteMark>,
    /// Tables in the words of the real tools.
    pub tables: Vec<Table>,
    /// Lags that say something else than what is left to do.
    pub lags: Vec<LagMark>,
    /// All facts of what is selected.
    pub inspector: Option<Inspector>,
}

/// The words of the author at this moment.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Story {
    /// Title of the scenario.
    pub title: String,
    /// Its summary.
    pub summary: String,
    /// Title of the present chapter.
    pub chapter: Option<String>,
    /// Narration before the statement in effect; inline Markdown, paragraphs separated by an empty line.
    pub text: String,
    /// The open question.
    pub question: Option<StoryQuestion>,
}

/// An open question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoryQuestion {
    /// Line of the `ask`, from 1.
    pub line: u32,
    /// The question.
    pub text: String,
    /// What it asks for: `billing.redelivered`.
    pub fact: String,
    /// The computed answer, for whoever asks to see it.
    pub answer: String,
}

/// A printed line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConsoleLine {
    /// When.
    pub time_us: u64,
    /// Who.
    pub actor: String,
    /// What.
    pub text: String,
    /// The event that printed it.
    pub event: u32,
}

/// The result of a check.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CheckMark {
    /// Its line, from 1.
    pub line: u32,
    /// The check as the text says it.
    pub text: String,
    /// Whether it holds.
    pub passed: bool,
    /// What was seen.
    pub actual: String,
}

/// A statement without effect.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NoteMark {
    /// Its line, from 1.
    pub line: u32,
    /// Why it had none.
    pub text: String,
}

/// A lag that says something else than what is left to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LagMark {
    /// Whose it is.
    pub target: Target,
    /// The fact that says it, by the name that the inspector gives it.
    pub fact: String,
    /// What it says, and what is so.
    pub text: String,
}

/// A table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    /// Which: `consumers`, `producers`, `streams`, `nodes`.
    pub id: &'static str,
    /// Its caption.
    pub title: &'static str,
    /// Column names, those of the real tools first.
    pub columns: Vec<&'static str>,
    /// Rows of as many cells; a page of them when there are many.
    pub rows: Vec<TableRow>,
    /// The place of the first of these rows among all.
    pub from: usize,
    /// How many rows there are in all.
    pub all: usize,
}

/// A row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TableRow {
    /// What the row is about.
    pub target: Target,
    /// Its cells.
    pub cells: Vec<String>,
}

/// Rows of a table that are shown at once.
pub const TABLE_ROWS: usize = 100;
/// Things to be opened that an inspector lists at once.
pub const CHILDREN: usize = 60;

/// All facts of what is selected.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Inspector {
    /// What it is.
    pub target: Target,
    /// Its heading: `consumer billing`.
    pub title: String,
    /// Names and values.
    pub facts: Vec<(String, String)>,
    /// What it is a part of, the widest first: a message's log, section and block.
    pub parents: Vec<(Target, String)>,
    /// What can be opened from here: a section's blocks, a block's messages; a page of them when there are many.
    pub children: Vec<(Target, String)>,
    /// The place of the first of these children among all.
    pub from: usize,
    /// How many children there are in all.
    pub all: usize,
}
