//! What components need and the state does not hold: short derivations, read-only.

use offset_lab::family::Family;
use offset_lab::language::Diagnostic;
use offset_lab::lessons;
use offset_lab::view::frame::{CheckMark, NoteMark};

use super::{Action, AppState};

impl AppState {
    /// Problems of the text, as far as it was read.
    #[must_use]
    pub fn problems(&self) -> &[Diagnostic] {
        self.parsed
            .as_ref()
            .map_or(&[], |parsed| &parsed.diagnostics)
    }

    /// Problems whose places fit the text as it is now.
    #[must_use]
    pub fn problems_of_text(&self) -> &[Diagnostic] {
        match self.job {
            None => self.problems(),
            Some(_) => &[],
        }
    }

    /// The family whose script the text is, as it was read last.
    #[must_use]
    pub fn family_of_text(&self) -> Family {
        let parsed = self.parsed.as_ref();
        parsed.map_or_else(Family::default, |parsed| parsed.scenario.header.family)
    }

    /// Problems beyond those that are listed.
    #[must_use]
    pub fn more_problems(&self) -> usize {
        self.parsed.as_ref().map_or(0, |parsed| parsed.more)
    }

    /// Why the run ended before its script did.
    #[must_use]
    pub fn stopped_words(&self) -> Option<String> {
        let good = self.good.as_ref().filter(|_| self.picture_is_current())?;
        let stopped = good.timeline().stopped()?;
        let statements = &good.timeline().scenario().statements;
        let line = statements
            .get(stopped.statement.index())
            .map_or(0, |s| s.line);
        Some(format!("line {line}: {}", stopped.message))
    }

    /// Whether the picture shows the text, and not an older one.
    #[must_use]
    pub fn picture_is_current(&self) -> bool {
        self.good
            .as_ref()
            .is_some_and(|good| good.is_of(&self.doc.text))
    }

    /// The line of the statement in effect, when the picture shows the text.
    #[must_use]
    pub fn line_in_effect(&self) -> Option<u32> {
        let frame = self.frame.as_ref().filter(|_| self.picture_is_current())?;
        frame.line
    }

    /// Results of checks up to the moment, when the picture shows the text.
    #[must_use]
    pub fn checks(&self) -> &[CheckMark] {
        match &self.frame {
            Some(frame) if self.picture_is_current() => &frame.checks,
            Some(_) | None => &[],
        }
    }

    /// Statements without effect up to the moment, when the picture shows the text.
    #[must_use]
    pub fn notes(&self) -> &[NoteMark] {
        match &self.frame {
            Some(frame) if self.picture_is_current() => &frame.notes,
            Some(_) | None => &[],
        }
    }

    /// The broker of the scenario that the picture shows.
    #[must_use]
    pub fn broker(&self) -> Option<String> {
        let header = &self.good.as_ref()?.timeline().scenario().header;
        let nodes = match header.nodes {
            0 | 1 => String::new(),
            nodes => format!(" · {nodes} nodes"),
        };
        let title = header.family.vocabulary().title;
        Some(format!("{title} {}{nodes}", header.version))
    }

    /// Whether the open text is a lesson that was changed.
    #[must_use]
    pub fn is_changed_lesson(&self) -> bool {
        lessons::find(&self.name).is_some_and(|lesson| !lesson.is_written(&self.doc.text))
    }

    /// Whether moments follow each other too fast for motion.
    #[must_use]
    pub fn moves_fast(&self) -> bool {
        self.playing && self.settings.speed.beat().every_ms < 250
    }

    /// Why the picture is not that of the text.
    #[must_use]
    pub fn stale_words(&self) -> Option<String> {
        if let Some(job) = &self.job {
            let events = job.events?;
            return Some(format!(
                "Running: {events} events so far. The picture is that of the text before."
            ));
        }
        let good = self.good.as_ref().filter(|_| !self.picture_is_current())?;
        let what = match good.name == self.name {
            true => "the text before it had problems",
            false => "the scenario that was open before: this one has problems",
        };
        Some(format!("The picture is that of {what}."))
    }

    /// The line after which the text is folded: that of an open question which nobody has answered, unless
    /// someone is writing behind it.
    #[must_use]
    pub fn folded_after(&self) -> Option<u32> {
        let frame = self.frame.as_ref().filter(|_| self.picture_is_current())?;
        let line = frame.story.question.as_ref()?.line;
        let answered = self.answer.as_ref().is_some_and(|a| a.line == line);
        (!answered && self.doc.caret_line() <= line).then_some(line)
    }
}

/// The action that mends a problem, if anything does.
#[must_use]
pub fn fix_of(problem: &Diagnostic) -> Option<Action> {
    Some(Action::Replace {
        start: problem.span.start as usize,
        end: problem.span.end as usize,
        with: problem.fix.as_deref()?.into(),
    })
}
