//! The state of a player and what changes it. Pure: no yew, no browser, no clock.

use std::rc::Rc;
use std::sync::Arc;

use offset_lab::engine::Run;
use offset_lab::language::Parsed;
use offset_lab::trace::Level;
use offset_lab::view::{FrameOptions, PicturePart, Target, beats, scene_of};
use offset_lab::world::Cursor;

use super::wish::Wish;
use crate::effects::store::State;
use crate::state::answer::{Answer, OpenQuestion};
use crate::state::glance::Glance;
use crate::state::seek::target;
use crate::state::settings::{Preferences, Theme};
use crate::state::slices::Timing;
use crate::state::{Action, Aim, Good, Job, steps};

/// A player.
#[derive(Clone, Debug)]
pub struct Player {
    /// How it is wanted.
    pub wish: Wish,
    /// What is to be read and run.
    pub job: Option<Job>,
    /// Jobs so far.
    pub jobs: u64,
    /// What the text says, once it was read.
    pub parsed: Option<Rc<Parsed>>,
    /// Its run.
    pub good: Option<Good>,
    /// The moment.
    pub cursor: Cursor,
    /// The picture of the moment.
    pub frame: Option<Rc<offset_lab::view::Frame>>,
    /// Whether it plays.
    pub playing: bool,
    /// The pause of the story that it plays to, in events; `None`: on and on.
    pub until: Option<u32>,
    /// How fast, and how much is shown.
    pub settings: Preferences,
    /// The open question, and what could be answered.
    pub asked: Option<OpenQuestion>,
    /// What was answered last.
    pub answer: Option<Answer>,
    /// Whether a reader has done something.
    pub open: bool,
    /// Whether it is in view.
    pub seen: bool,
    options: FrameOptions,
}

impl Player {
    /// A player of a text that is to be run.
    #[must_use]
    pub fn new(wish: Wish) -> Self {
        let mut player = Self {
            wish,
            job: None,
            jobs: 0,
            parsed: None,
            good: None,
            cursor: Cursor::default(),
            frame: None,
            playing: false,
            until: None,
            settings: Preferences::default(),
            asked: None,
            answer: None,
            open: false,
            seen: true,
            options: FrameOptions::default(),
        };
        player.start();
        player
    }

    fn start(&mut self) {
        let step = self.wish.step;
        self.jobs += 1;
        self.job = Some(Job {
            number: self.jobs,
            text: Rc::clone(&self.wish.text),
            act: None,
            base: None,
            aim: step.map_or(Aim::Opening, |step| Aim::To(Cursor::at(step))),
            events: None,
            like: None,
        });
    }

    fn open_text(&mut self, text: Rc<str>) {
        self.wish.text = text;
        self.wish.step = None;
        self.playing = false;
        self.answer = None;
        self.options.selected = None;
        self.start();
    }

    fn parsed(&mut self, job: u64, parsed: Rc<Parsed>) {
        if self.job.as_ref().is_some_and(|j| j.number == job) {
            if !parsed.is_ok() {
                self.job = None;
                self.playing = false;
            }
            self.parsed = Some(parsed);
        }
    }

    fn ran(&mut self, job: u64, run: Arc<Run>) {
        let Some(done) = self.job.take_if(|j| j.number == job) else {
            return;
        };
        let timeline = run.timeline();
        let cursor = match done.aim {
            Aim::Stay => self.cursor,
            Aim::To(cursor) => cursor,
            Aim::After(line) => steps::after_line(timeline, line),
            // A player's text is no question.
            Aim::Opening | Aim::Words => beats::opening(timeline),
        };
        self.cursor = steps::clamp(timeline, cursor);
        self.options.windows.clear();
        self.good = Some(Good {
            name: Rc::clone(&self.wish.name),
            text: done.text,
            run,
            found: None,
            verdict: None,
        });
        self.draw();
    }

    fn draw(&mut self) {
        let Some(good) = &self.good else {
            return;
        };
        let timeline = good.timeline();
        let mut options = self.options.clone();
        if self.is_compact() {
            options.width = self.wish.poster;
        }
        let world = timeline.world(self.cursor);
        let frame = scene_of(timeline, self.cursor, &world, &options);
        self.frame = Some(Rc::new(frame));
    }

    /// Whether it stands in for a picture of the page, as large as that.
    #[must_use]
    pub fn is_compact(&self) -> bool {
        self.wish.poster > 0 && !self.open && self.has_no_problem()
    }

    /// Whether the text, as far as it was read, is sound.
    #[must_use]
    pub fn has_no_problem(&self) -> bool {
        self.parsed.as_ref().is_none_or(|parsed| parsed.is_ok())
    }

    fn go(&mut self, to: Cursor) {
        if to != self.cursor {
            self.cursor = to;
            self.draw();
        }
    }

    fn seek(&mut self, seek: crate::state::Seek) {
        self.playing = false;
        match (&self.good, &mut self.job) {
            (Some(good), _) => {
                let level = self.settings.level;
                let to = target(good.timeline(), self.cursor, seek, level);
                self.go(to);
            }
            // Before anything has run, the moment is where it is to begin.
            (None, Some(job)) => {
                if let crate::state::Seek::To(cursor) = seek {
                    job.aim = Aim::To(cursor);
                }
            }
            (None, None) => {}
        }
    }

    fn play_pause(&mut self) {
        let events = self.events();
        if !self.playing && events > 0 && self.cursor.event >= events {
            self.go(Cursor::default());
        }
        self.playing = !self.playing && self.has_no_problem();
        self.until = None;
    }

    /// Plays to the next pause of the story; when it is on its way there, it is there at once.
    fn go_on(&mut self) {
        let Some(good) = &self.good else {
            return;
        };
        match (self.playing, self.until) {
            (true, Some(until)) => {
                self.playing = false;
                self.go(Cursor::at(until));
            }
            (true | false, _) => {
                let pause = beats::after(good.timeline(), self.cursor);
                self.playing = self.cursor.event < pause;
                self.until = Some(pause);
            }
        }
    }

    fn beat(&mut self) {
        let Some(good) = self.good.clone().filter(|_| self.playing && self.seen) else {
            return;
        };
        let asked = self.question();
        let (timeline, level) = (good.timeline(), self.settings.level);
        let mut beat = self.settings.speed.beat();
        if level == Level::Story {
            beat = beat.told(steps::in_beat(timeline, self.cursor, level));
        }
        let mut to = steps::forward_by(timeline, self.cursor, level, beat.steps.max(1));
        let end = self.until.unwrap_or(timeline.len());
        if to.event >= end {
            to = Cursor::at(end);
        }
        self.go(to);
        let asks = self.question().is_some() && self.question() != asked;
        self.playing = to.event < end && !asks;
    }

    fn question(&self) -> Option<u32> {
        let question = self.frame.as_ref()?.story.question.as_ref()?;
        Some(question.line)
    }

    fn look(&mut self, part: PicturePart, from: Option<u64>) {
        self.options.windows.retain(|(p, _)| *p != part);
        self.options.windows.extend(from.map(|from| (part, from)));
        self.draw();
    }

    fn select(&mut self, selected: Option<Target>) {
        match selected {
            Some(Target::Look(part, from)) => self.look(part, from),
            Some(Target::Window(_)) => {}
            selected => {
                self.options.selected = selected;
                self.draw();
            }
        }
    }

    fn set_width(&mut self, width: u32) {
        if width > 0 && self.options.width != width {
            self.options.width = width;
            self.draw();
        }
    }

    /// Events of its run.
    #[must_use]
    pub fn events(&self) -> u32 {
        self.good.as_ref().map_or(0, |good| good.timeline().len())
    }

    /// What the line of time and its buttons show.
    #[must_use]
    pub fn timing(&self) -> Timing {
        Timing {
            cursor: self.cursor,
            playing: self.playing,
            speed: self.settings.speed,
            level: self.settings.level,
            veil: self.veil(),
            frame: self.frame.clone(),
            good: self.good.clone(),
        }
    }

    /// A reader has done something: from now on everything is shown, as large as it needs to be.
    pub(super) fn opened(&self) -> Self {
        let mut next = self.clone();
        next.open = true;
        next.draw();
        next
    }

    /// The same in other colours.
    #[must_use]
    pub fn with_theme(&self, theme: Theme) -> Self {
        let mut next = self.clone();
        next.wish.theme = theme;
        next
    }

    fn apply(&mut self, action: Action) {
        match action {
            Action::OpenText(text) => self.open_text(text),
            Action::Parsed { job, parsed } => self.parsed(job, parsed),
            Action::Ran { job, run } => self.ran(job, run),
            Action::Seek(seek) => self.seek(seek),
            Action::PlayPause => self.play_pause(),
            Action::Beat => self.beat(),
            Action::Select(target) => self.select(target),
            Action::Width(width) => self.set_width(width),
            Action::Look(part, from) => self.look(part, from),
            Action::Shown(seen) => self.seen = seen,
            Action::Theme(theme) => self.wish.theme = theme,
            Action::Speed(speed) => self.settings.speed = speed,
            Action::Detail(level) => self.settings.level = level,
            Action::Continue => self.go_on(),
            Action::Answer(words) => {
                self.answered(&words);
            }
            // A player has no text to be changed, no table, no menu, and keeps nothing.
            Action::Type { .. }
            | Action::Caret(_)
            | Action::GoTo(_)
            | Action::Replace { .. }
            | Action::Act(_)
            | Action::Fill { .. }
            | Action::Undo
            | Action::Redo
            | Action::Open(_)
            | Action::Visit(_)
            | Action::OpenLink(_)
            | Action::Revert
            | Action::Begin(_)
            | Action::Running { .. }
            | Action::Acted { .. }
            | Action::Refused { .. }
            | Action::Found { .. }
            | Action::Fetched { .. }
            | Action::Tab(_)
            | Action::Side(_)
            | Action::Rows(..)
            | Action::Menu(_)
            | Action::ToggleHelp
            | Action::Dialog(_)
            | Action::ShowAnswers
            | Action::Import(_)
            | Action::ForgetProgress
            | Action::Notice(_)
            | Action::Dismiss
            | Action::Part { .. }
            | Action::Why(_)
            | Action::Restore(_) => {}
        }
    }
}

impl State for Player {
    fn after(this: &Rc<Self>, action: Action) -> Rc<Self> {
        let mut next = Self::clone(this);
        next.apply(action);
        next.foresee();
        Rc::new(next)
    }

    fn glance(&self) -> Glance {
        Glance {
            text: Rc::clone(&self.wish.text),
            cursor: self.cursor,
            good: self.good.clone(),
            frame: self.frame.clone(),
            parsed: self.parsed.clone(),
            answer: self.answer.clone(),
        }
    }

    fn is_playing(&self) -> bool {
        self.playing
    }
}
