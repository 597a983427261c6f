//! The state of the app and the one function that changes it. Pure: no yew, no browser, no clock.
//!
//! The text and the cursor are the state; timeline and frame are derived from them and memoised. What a
//! host has to do (read and run a text, beat while playing, keep drafts) stands here as data: see [`Job`] and
//! [`work::RunWork`].

pub mod action;
pub mod acts;
pub mod address;
pub mod answer;
pub mod blocks;
pub mod derived;
pub mod document;
pub mod drafts;
pub mod drag;
mod edit;
pub mod export;
pub mod files;
pub mod glance;
pub mod hidden;
mod history;
pub mod inline_markdown;
pub mod kept;
pub mod keys;
mod learned;
mod linking;
pub mod mark_element;
pub mod marks;
pub mod moment;
mod opening;
pub mod paint;
pub mod plain;
pub mod popup;
pub mod progress;
mod run;
mod same;
pub mod seek;
pub mod select;
pub mod settings;
pub mod slices;
pub mod slots;
pub mod steps;
#[cfg(test)]
pub(crate) mod tests;
mod verdict;
pub mod visit;
pub mod walk;
pub mod why;
pub mod work;

use std::rc::Rc;
use std::sync::Arc;

use offset_lab::engine::Run;
use offset_lab::language::Parsed;
use offset_lab::learn::Verdict;
use offset_lab::view::stage::LaneArea;
use offset_lab::view::why::Reason;
use offset_lab::view::{Frame, PicturePart, Target, ways_to};
use offset_lab::world::{Cursor, Timeline};

use crate::link::ShareLink;
pub use action::{Action, CardSide, Dialog, PageView, Seek, Tab};
use acts::Acts;
use address::{AddressedView, UnknownAddress};
pub use answer::{Answer, OpenQuestion};
use derived::Drawn;
use document::Document;
use drafts::Drafts;
use files::FetchedFiles;
use hidden::Hidden;
use history::History;
use moment::RunMoment;
use progress::CourseProgress;
pub use run::{ActRequest, Aim, Job, RunFindings};
use settings::Preferences;

/// The name under which a text that is no lesson is kept.
pub const OWN: &str = "own";

/// The whole app.
#[derive(Clone, Debug)]
pub struct AppState {
    /// The text and its caret.
    pub doc: Document,
    /// The name of the scenario: a lesson's slug, or [`OWN`].
    pub name: Rc<str>,
    /// The moment.
    pub cursor: Cursor,
    /// What can be undone.
    pub history: Rc<History>,
    /// What the text says, once it was read.
    pub parsed: Option<Rc<Parsed>>,
    /// What a host has to read and run.
    pub job: Option<Job>,
    /// The last text that ran, and what happened.
    pub good: Option<Good>,
    /// The world at the moment.
    moment: Option<Rc<RunMoment>>,
    /// The picture of the moment.
    pub frame: Option<Rc<Frame>>,
    /// What it was drawn from.
    drawn: Option<Rc<Drawn>>,
    /// What can be done at the moment.
    pub acts: Rc<Acts>,
    /// Changed texts.
    pub drafts: Drafts,
    /// Whether it plays.
    pub playing: bool,
    /// The pause of the story that it plays to, in events; `None`: on and on.
    pub until: Option<u32>,
    /// How it is liked.
    pub settings: Preferences,
    /// How far one has come in the lessons.
    pub progress: CourseProgress,
    /// What is looked at.
    pub look: ViewState,
    /// The open question, and what could be answered.
    pub open: Option<OpenQuestion>,
    /// What was answered last.
    pub answer: Option<Answer>,
    /// Files of the page that were fetched, and those that are waited for.
    pub files: Rc<FetchedFiles>,
    /// The moment at which the text that is opened next begins.
    begin_with: Option<Cursor>,
    /// Something to be read.
    pub notice: Option<Rc<str>>,
    /// Jobs so far.
    pub jobs: u64,
    /// Grows when the app itself places the caret.
    pub placed: u32,
    /// Whether the text cannot be changed here.
    pub locked: bool,
    /// The link by which the text was opened, until its run was compared with the one that the link was made from.
    pub linked: Option<Rc<ShareLink>>,
}

/// A text that ran.
#[derive(Clone, Debug)]
pub struct Good {
    /// The name of its scenario.
    pub name: Rc<str>,
    /// The text.
    pub text: Rc<str>,
    /// Its run, which is done.
    pub run: Arc<Run>,
    /// What was found in it, once it was looked through.
    pub found: Option<Rc<RunFindings>>,
    /// What became of the attempt, when it is one at an exercise and was looked through.
    pub verdict: Option<Rc<Verdict>>,
}

impl Good {
    /// What happened.
    #[must_use]
    pub fn timeline(&self) -> &Timeline {
        self.run.timeline()
    }

    /// Whether this is the run of that text: mostly they share it, so that nothing is compared.
    #[must_use]
    pub fn is_of(&self, text: &Rc<str>) -> bool {
        Rc::ptr_eq(&self.text, text) || self.text == *text
    }
}

/// View state: it never influences a run.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ViewState {
    /// What the page shows.
    pub view: PageView,
    /// The address that does not exist, if one led here.
    pub missing: Option<Rc<UnknownAddress>>,
    /// Where a share link led.
    pub by_link: Option<AddressedView>,
    /// What was answered so far, where answers are hidden until they are asked for.
    pub hidden: Option<Hidden>,
    /// What is selected.
    pub selected: Option<Target>,
    /// The answer to what was asked last.
    pub why: Option<Rc<Reason>>,
    /// The table shown.
    pub tab: Tab,
    /// The side of the left card shown.
    pub side: CardSide,
    /// Width of the stage in abstract units; 0 until it was measured.
    pub width: u32,
    /// Parts of the picture that were moved by hand, and where they start.
    pub windows: Vec<(PicturePart, u64)>,
    /// Tables that were turned over, and the first row shown.
    pub tables: Vec<(&'static str, usize)>,
    /// Whether the stage is out of view.
    pub unseen: bool,
    /// Whether the list of keys is shown.
    pub help: bool,
    /// The dialog that is open.
    pub dialog: Option<Dialog>,
    /// The menu of actions that is open.
    pub menu: Option<&'static str>,
    /// Why the last action was refused.
    pub refused: Option<Rc<str>>,
    /// The act that was filled in last, until it is clear what becomes of it.
    pub filled: Option<Arc<str>>,
    /// What is wrong with the act that was filled in last.
    pub mistake: Option<acts::Mistake>,
}

impl Default for AppState {
    fn default() -> Self {
        Self {
            doc: Document::new(""),
            name: OWN.into(),
            cursor: Cursor::default(),
            history: Rc::default(),
            parsed: None,
            job: None,
            good: None,
            moment: None,
            frame: None,
            drawn: None,
            acts: Rc::default(),
            drafts: Drafts::default(),
            playing: false,
            until: None,
            settings: Preferences::default(),
            progress: CourseProgress::default(),
            look: ViewState::default(),
            open: None,
            answer: None,
            files: Rc::default(),
            begin_with: None,
            notice: None,
            jobs: 0,
            placed: 0,
            locked: false,
            linked: None,
        }
    }
}

impl AppState {
    /// The state after an action.
    #[must_use]
    pub fn reduce(&self, action: Action) -> Self {
        let mut next = self.clone();
        next.apply(action);
        next.foresee();
        next.note_progress();
        next.derive_acts(self);
        next
    }

    fn apply(&mut self, action: Action) {
        match action {
            Action::Type { text, caret } => self.typed(text, caret),
            Action::Caret(caret) => self.doc.caret = document::floor_char(&self.doc.text, caret),
            Action::GoTo(caret) => {
                self.doc.caret = document::floor_char(&self.doc.text, caret);
                self.placed += 1;
            }
            Action::Replace { start, end, with } => self.replace(start, end, &with),
            Action::Act(line) => self.act(&line),
            Action::Fill { act, values } => self.fill(&act, &values),
            Action::Undo => self.undo(),
            Action::Redo => self.redo(),
            Action::Open(name) => self.open(&name),
            Action::Visit(fragment) => self.visit(&fragment),
            Action::OpenText(text) => self.open_text(&text),
            Action::OpenLink(link) => self.open_link(&link),
            Action::Revert => self.revert(),
            Action::Begin(template) => self.begin_from(template),
            Action::Parsed { job, parsed } => self.parsed(job, parsed),
            Action::Running { job, events } => self.running(job, events),
            Action::Acted {
                job,
                text,
                line,
                parsed,
            } => self.acted(job, text, line, parsed),
            Action::Refused { job, refusal } => self.refused(job, &refusal),
            Action::Ran { job, run } => self.ran(job, run),
            Action::Found { run, found } => self.found(&run, found),
            Action::Fetched { file, text } => self.fetched(&file, text),
            Action::Seek(seek) => self.seek(seek),
            Action::PlayPause => self.play_pause(),
            Action::Continue => self.go_on(),
            Action::Beat => self.beat(),
            Action::Select(target) => self.select(target),
            Action::Why(asked) => self.ask_why(asked),
            Action::Tab(tab) => self.look.tab = tab,
            Action::Side(side) => self.look.side = side,
            Action::Width(width) => self.set_width(width),
            Action::Look(part, from) => self.look_at(part, from),
            Action::Rows(table, from) => self.look_at_rows(table, from),
            Action::Shown(shown) => self.shown(shown),
            Action::Menu(menu) => self.open_menu(menu),
            Action::ToggleHelp => self.look.help = !self.look.help,
            Action::Dialog(dialog) => self.open_dialog(dialog),
            Action::Theme(theme) => self.settings.theme = theme,
            Action::Speed(speed) => self.settings.speed = speed,
            Action::Detail(level) => self.settings.level = level,
            Action::Answer(words) => self.answered(&words),
            Action::ShowAnswers => self.look.hidden = None,
            Action::Import(text) => self.import(&text),
            Action::ForgetProgress => self.progress = CourseProgress::default(),
            Action::Notice(words) => self.notice = Some(words),
            Action::Dismiss => self.notice = None,
            Action::Part { theirs } => self.part(theirs.as_deref()),
            Action::Restore(kept) => self.restore(kept),
        }
    }

    #[inline(never)]
    fn select(&mut self, target: Option<Target>) {
        if let Some(Target::Look(part, from)) = target {
            return self.look_at(part, from);
        }
        // Nothing but its place is to be known of a handle.
        if let Some(Target::Window(_)) = target {
            return;
        }
        if self.look.selected != target {
            self.look.tables.retain(|(table, _)| *table != "children");
        }
        self.look.selected = target;
        if let Some(target) = target {
            self.look.tab = Tab::Inspector;
            self.bring_into_view(target);
        }
        self.draw();
    }

    /// What is selected elsewhere is looked at: what is in view already moves nothing.
    fn bring_into_view(&mut self, target: Target) {
        let (Some(good), Some(frame)) = (&self.good, &self.frame) else {
            return;
        };
        let marks = &frame.stage.marks;
        if marks.iter().any(|mark| mark.target == Some(target)) {
            return;
        }
        for (part, from) in ways_to(good.timeline(), self.cursor, target) {
            let lanes = &frame.stage.lanes;
            let is_drawn = |lane: &LaneArea| u64::from(lane.stream.0) == from;
            if part != PicturePart::Streams || !lanes.iter().any(is_drawn) {
                self.look.windows.retain(|(p, _)| *p != part);
                self.look.windows.push((part, from));
            }
        }
    }

    #[inline(never)]
    fn open_menu(&mut self, menu: Option<&'static str>) {
        self.look.menu = menu;
        self.look.refused = None;
        self.look.mistake = None;
        self.look.filled = None;
        if menu.is_some() {
            self.playing = false;
        }
    }

    #[inline(never)]
    fn open_dialog(&mut self, dialog: Option<Dialog>) {
        self.look.dialog = dialog;
        match dialog {
            // It shows a link.
            Some(Dialog::Share) => self.want_dictionary(),
            Some(Dialog::Export) | None => {}
        }
    }

    fn set_width(&mut self, width: u32) {
        if self.look.width != width {
            self.look.width = width;
            self.draw();
        }
    }

    fn look_at(&mut self, part: PicturePart, from: Option<u64>) {
        self.look.windows.retain(|(p, _)| *p != part);
        self.look.windows.extend(from.map(|from| (part, from)));
        self.draw();
    }

    fn look_at_rows(&mut self, table: &'static str, from: usize) {
        self.look.tables.retain(|(t, _)| *t != table);
        self.look.tables.push((table, from));
        self.draw();
    }

    /// Nothing moves where nobody sees it: leaving the view pauses.
    fn shown(&mut self, shown: bool) {
        self.look.unseen = !shown;
        self.playing &= shown;
    }
}
