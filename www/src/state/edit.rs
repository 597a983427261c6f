//! Changing the text: typing, fixes, actions, undo. Every change is one entry of the history.

use std::rc::Rc;

use offset_lab::act::Refusal;
use offset_lab::language::{Diagnostic, Parsed};
use offset_lab::limits;

use super::document::{Document, floor_char, start_of_line};
use super::history::{CaretPlace, EditKind};
use super::keys::Press;
use super::{Action, Aim, AppState, Seek};

impl AppState {
    /// Keys pressed in the editor.
    #[inline(never)]
    pub(super) fn typed(&mut self, text: Rc<str>, caret: usize) {
        let caret = floor_char(&text, caret);
        self.change(text, caret, EditKind::Typing, Aim::Stay);
    }

    /// Some bytes give way to others; the caret stands behind them.
    #[inline(never)]
    pub(super) fn replace(&mut self, start: usize, end: usize, with: &str) {
        let text = &self.doc.text;
        let end = floor_char(text, end);
        let start = floor_char(text, start.min(end));
        let new = [&text[..start], with, &text[end..]].concat();
        self.placed += 1;
        let caret = match self.doc.caret {
            before if before < start => before,
            behind if behind > end => behind - (end - start) + with.len(),
            _ => start + with.len(),
        };
        self.change(new.into(), caret, EditKind::Whole, Aim::Stay);
    }

    /// Wants a line of the language written at the present moment. Only a text that has run has moments.
    #[inline(never)]
    pub(super) fn act(&mut self, line: &str) {
        self.look.refused = None;
        match self.can_act() {
            Ok(()) => self.start_act(line),
            Err(why) => self.refuse(why.into()),
        }
    }

    /// The line was written, and the text runs on from there.
    #[inline(never)]
    pub(super) fn acted(&mut self, job: u64, text: Rc<str>, line: u32, parsed: Rc<Parsed>) {
        if self.job.as_ref().is_none_or(|j| j.number != job) {
            return;
        }
        let caret = start_of_line(&text, line);
        self.placed += 1;
        self.open_menu(None);
        self.write(text, caret, EditKind::Whole);
        self.parsed = Some(parsed);
        if let Some(job) = &mut self.job {
            job.text = self.doc.text.clone();
            job.act = None;
            job.aim = Aim::After(line);
        }
    }

    /// The line cannot be written there.
    #[inline(never)]
    pub(super) fn refused(&mut self, job: u64, refusal: &Refusal) {
        if self.job.take_if(|j| j.number == job).is_some() {
            self.refuse(refusal_words(refusal).into());
        }
    }

    /// Whether a line can be written at the present moment, and if not, why.
    pub fn can_act(&self) -> Result<(), &'static str> {
        match (&self.good, &self.job) {
            _ if self.locked => {
                Err("This page shows the text as it is: it cannot be changed here.")
            }
            (_, Some(_)) => Err("Wait until the text has run."),
            (Some(good), None) if good.is_of(&self.doc.text) => {
                let stopped = good.timeline().stopped().is_some();
                if stopped && self.cursor.event >= self.events() {
                    return Err("A limit ended the run here: go back, and act before it.");
                }
                Ok(())
            }
            _ => Err("Mend the problems of the text first: actions write into it."),
        }
    }

    #[inline(never)]
    pub(super) fn undo(&mut self) {
        if self.history.can_undo() {
            let back = Rc::make_mut(&mut self.history).undo(&self.doc.text);
            self.travel(back);
        }
    }

    #[inline(never)]
    pub(super) fn redo(&mut self) {
        if self.history.can_redo() {
            let forth = Rc::make_mut(&mut self.history).redo(&self.doc.text);
            self.travel(forth);
        }
    }

    fn travel(&mut self, to: Option<(String, CaretPlace)>) {
        let Some((text, place)) = to else {
            return;
        };
        self.playing = false;
        self.placed += 1;
        self.doc = Document {
            text: text.into(),
            caret: place.caret,
        };
        self.keep_draft();
        self.start_job(Aim::To(place.cursor));
    }

    pub(super) fn change(&mut self, text: Rc<str>, caret: usize, kind: EditKind, aim: Aim) {
        if self.locked {
            self.placed += 1;
            return;
        }
        if text.len() > limits::TEXT_BYTES {
            self.notice = Some(too_long(text.len()).into());
            self.placed += 1;
            return;
        }
        if *text == *self.doc.text {
            self.doc.caret = caret;
            return;
        }
        self.write(text, caret, kind);
        self.start_job(aim);
    }

    fn write(&mut self, text: Rc<str>, caret: usize, kind: EditKind) {
        let before = self.place();
        let after = CaretPlace { caret, ..before };
        Rc::make_mut(&mut self.history).record(&self.doc.text, &text, before, after, kind);
        self.doc = Document { text, caret };
        self.playing = false;
        self.keep_draft();
    }

    /// Whether so many bytes more still make a scenario, and if not, why.
    pub fn has_room(&self, bytes: usize) -> Result<(), String> {
        let all = self.doc.text.len().saturating_add(bytes);
        if all > limits::TEXT_BYTES {
            return Err(too_long(all));
        }
        Ok(())
    }

    /// What a key means in the text, beyond writing.
    #[must_use]
    pub fn editor_key(&self, press: Press<'_>) -> Option<Action> {
        match (press.key, press.ctrl, press.shift) {
            ("z" | "Z", true, false) => Some(Action::Undo),
            ("z" | "Z", true, true) => Some(Action::Redo),
            ("Enter", true, false) => Some(Action::Seek(Seek::Line(self.doc.caret_line()))),
            (".", true, false) => self.next_fixable().and_then(super::select::fix_of),
            _ => None,
        }
    }

    /// The problem that the key mends: that at the caret, else the first behind it, else the first; of those that
    /// can be mended.
    #[must_use]
    pub fn next_fixable(&self) -> Option<&Diagnostic> {
        let caret = self.doc.caret;
        let mut fixable = self.problems().iter().filter(|p| p.fix.is_some());
        let first = fixable.clone().next();
        fixable.find(|p| p.span.end as usize >= caret).or(first)
    }

    fn place(&self) -> CaretPlace {
        CaretPlace {
            caret: self.doc.caret,
            cursor: self.cursor,
        }
    }
}

pub(super) fn too_long(bytes: usize) -> String {
    format!(
        "That text has {} MiB; a scenario holds at most {} MiB. Nothing was changed.",
        bytes.div_ceil(1024 * 1024),
        limits::TEXT_BYTES / (1024 * 1024),
    )
}

fn refusal_words(refusal: &Refusal) -> String {
    match refusal {
        Refusal::Problems(problems) => {
            let words = |p: &Diagnostic| match p.help.as_str() {
                "" => p.message.clone(),
                help => [&p.message, "; ", help].concat(),
            };
            problems.first().map_or_else(String::new, words)
        }
        Refusal::Unreachable => {
            "This very moment has no name in the language: step to the next event and try again."
                .into()
        }
    }
}
