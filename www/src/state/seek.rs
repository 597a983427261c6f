//! Moving the moment: steps, chapters, lines, playing. Knows the timeline, never how it came about.

use std::sync::Arc;

use offset_lab::world::{Cursor, Timeline};

use super::{AppState, Seek, steps};

impl AppState {
    /// Moves the moment. Whoever moves it by hand pauses the player.
    pub(super) fn seek(&mut self, seek: Seek) {
        self.playing = false;
        let Some(good) = &self.good else {
            return;
        };
        let to = target(good.timeline(), self.cursor, seek);
        self.go(to);
    }

    pub(super) fn play_pause(&mut self) {
        let at_end = self.good.is_some() && self.cursor.event >= self.events();
        if at_end && !self.playing {
            self.go(Cursor::default());
        }
        self.playing = !self.playing && self.events() > 0;
    }

    /// A beat of the player. It stops at the end, at an open question and at a failed check.
    pub(super) fn beat(&mut self) {
        let Some(good) = self.good.as_ref().filter(|_| self.playing) else {
            return;
        };
        let run = Arc::clone(&good.run);
        let timeline = run.timeline();
        let asked = self.question_line();
        let mut to = self.cursor;
        for _ in 0..self.settings.speed.beat().steps {
            to = steps::forward(timeline, to);
        }
        self.go(to);
        let asks = self.question_line().is_some() && self.question_line() != asked;
        self.playing = to.event < timeline.len() && !asks;
    }

    fn go(&mut self, to: Cursor) {
        if to == self.cursor && self.frame.is_some() {
            return;
        }
        self.cursor = to;
        self.draw();
    }

    fn question_line(&self) -> Option<u32> {
        let question = self.frame.as_ref()?.story.question.as_ref()?;
        Some(question.line)
    }
}

fn target(timeline: &Timeline, from: Cursor, seek: Seek) -> Cursor {
    let events = timeline.len();
    match seek {
        Seek::First => Cursor::default(),
        Seek::Last => Cursor::at(events),
        Seek::Steps(steps) => (0..steps.unsigned_abs()).fold(from, |at, _| match steps {
            1.. => steps::forward(timeline, at),
            _ => steps::back(timeline, at),
        }),
        Seek::Into => steps::into(timeline, from),
        Seek::NextChapter => steps::next_chapter(timeline, from),
        Seek::PreviousChapter => steps::previous_chapter(timeline, from),
        Seek::Tenth(tenth) => {
            let at = u64::from(events) * u64::from(tenth.min(10)) / 10;
            Cursor::at(u32::try_from(at).unwrap_or(events))
        }
        Seek::To(cursor) => steps::clamp(timeline, cursor),
        Seek::Line(line) => steps::after_line(timeline, line),
    }
}
