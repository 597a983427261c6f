//! Moving the moment: steps, chapters, lines, playing. Knows the timeline, never how it came about.

use std::sync::Arc;

use offset_lab::trace::Level;
use offset_lab::view::beats;
use offset_lab::world::{Cursor, Timeline};

use super::{AppState, Seek, steps};

impl AppState {
    /// Moves the moment. Whoever moves it by hand pauses the player.
    #[inline(never)]
    pub(super) fn seek(&mut self, seek: Seek) {
        self.playing = false;
        let Some(good) = &self.good else {
            return;
        };
        let to = target(good.timeline(), self.cursor, seek, self.settings.level);
        self.go(self.within_reach(to));
    }

    #[inline(never)]
    pub(super) fn play_pause(&mut self) {
        let at_end = self.good.is_some() && self.cursor.event >= self.events();
        if at_end && !self.playing {
            self.go(Cursor::default());
        }
        self.playing = !self.playing && self.events() > 0;
        self.until = None;
    }

    /// Plays to the next pause of the story; when it is on its way there, it is there at once.
    #[inline(never)]
    pub(super) fn go_on(&mut self) {
        let Some(good) = &self.good else {
            return;
        };
        let pause = beats::after(good.timeline(), self.cursor);
        match (self.playing, self.until) {
            (true, Some(until)) => {
                self.playing = false;
                self.go(self.within_reach(Cursor::at(until)));
            }
            (true | false, _) => {
                self.playing = self.cursor.event < pause;
                self.until = Some(pause);
                self.beat();
            }
        }
    }

    /// A beat of the player. It stops at the end, at an open question, and at the pause that it was to play to.
    #[inline(never)]
    pub(super) fn beat(&mut self) {
        let Some(good) = self.good.as_ref().filter(|_| self.playing) else {
            return;
        };
        let run = Arc::clone(&good.run);
        let timeline = run.timeline();
        let level = self.settings.level;
        let asked = self.question_line();
        let mut beat = self.settings.speed.beat();
        if level == Level::Story {
            beat = beat.told(steps::in_beat(timeline, self.cursor, level));
        }
        let from = self.cursor;
        let mut to = steps::forward_by(timeline, from, level, beat.steps.max(1));
        let end = self.until.unwrap_or(timeline.len());
        if to.event >= end {
            to = Cursor::at(end);
        }
        let to = self.within_reach(to);
        self.go(to);
        let asks = self.question_line().is_some() && self.question_line() != asked;
        self.playing = to.event < end && !asks && to != from;
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

/// Where a way to move the moment leads.
#[must_use]
pub fn target(timeline: &Timeline, from: Cursor, seek: Seek, level: Level) -> Cursor {
    let events = timeline.len();
    match seek {
        Seek::First => Cursor::default(),
        Seek::Last => Cursor::at(events),
        Seek::Steps(steps @ 1..) => steps::forward_by(timeline, from, level, steps.unsigned_abs()),
        Seek::Steps(steps) => {
            (0..steps.unsigned_abs()).fold(from, |at, _| steps::back(timeline, at, level))
        }
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

#[cfg(test)]
mod tests {
    use offset_lab::lessons;
    use offset_lab::trace::Level;
    use offset_lab::view::beats;
    use offset_lab::world::Cursor;

    use crate::state::tests::{act, open};
    use crate::state::{Action, AppState, Seek};

    /// Plays to the next pause; answers how many beats of the player that takes.
    fn go_on(state: &mut AppState) -> u32 {
        *state = state.reduce(Action::Continue);
        let mut beats = 1;
        while state.playing {
            *state = state.reduce(Action::Beat);
            beats += 1;
        }
        beats
    }

    #[test]
    fn continue_plays_from_pause_to_pause_and_a_lesson_takes_no_longer_than_it_is_read() {
        for lesson in lessons::all() {
            let mut state = act(&AppState::default(), Action::Open(lesson.slug.into()));
            let run = state.good.clone().expect("it has run").run;
            let timeline = run.timeline();
            let mut beats = 0;
            while state.cursor.event < timeline.len() {
                let pause = beats::after(timeline, state.cursor);
                beats += go_on(&mut state);
                assert_eq!(state.cursor, Cursor::at(pause), "{}", lesson.slug);
            }
            let ms = beats * state.settings.speed.beat().every_ms;
            let lines = timeline.scenario().statements.len() as u32;
            assert!(
                ms < lines * 2_000,
                "{}: {ms} ms for {lines} lines",
                lesson.slug
            );
        }
    }

    #[test]
    fn whoever_goes_on_in_the_midst_of_a_beat_is_at_its_end_at_once() {
        let text = "stream s\nproducer p on s\npublish p 100 \"m{n}\"\nrun\n\
            consumer c on s from first store every 10 takes 1ms\nrun until c.last == 55\n> Read.\nrun\n";
        let state = act(&open(text), Action::Detail(Level::Everything));
        let state = act(&state, Action::Continue);
        assert!(state.playing);
        let there = act(&state, Action::Continue);
        let words = &there.frame.as_ref().expect("a picture").story.text;
        assert_eq!((there.playing, words.as_str()), (false, "Read."));
        // And whoever moves the moment by hand is not carried on.
        let back = act(&state, Action::Seek(Seek::First));
        assert_eq!(act(&back, Action::Beat).cursor, Cursor::default());
    }
}
