//! Acting is editing: lines inserted at the cursor of a run. Knows texts and statements; what a cursor
//! is, and whether the edited script runs to the same prefix, is for the caller to say.
//!
//! ```text
//! run            run for 40ms        run for 1s     run for 40ms      step 9     step 4
//!           ──▶  crash billing                 ──▶  crash billing           ──▶  crash billing
//!                run                                run for 960ms                step 5
//! ```

use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use super::ast::{FactRef, Scenario, Statement, StatementKind, Subject};
use super::diagnostic::Diagnostic;
use super::lexer::lex;
use super::lines::{LineKind, TextLine, lines};
use super::parse::{Parsed, parse};
use super::show;
use super::values::DURATIONS;
use crate::ids::{ActorId, Offset, StatementId};
use crate::units::SimDuration;

/// Where the cursor of a run lies in its script.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Place {
    /// The last statement whose whole effect lies before the cursor.
    pub after: Option<StatementId>,
    /// How far the cursor is in the effect of the statement behind that one (or, behind the last, in
    /// the run at the end of every script); nothing when that has not begun.
    pub inside: Option<Inside>,
}

/// How far a cursor is in the effect of a statement.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Inside {
    /// A time names the cursor: everything up to and including this long after the beginning.
    Time(SimDuration),
    /// Only a number of events does.
    Events {
        /// Events since the beginning.
        events: u64,
        /// Time since the beginning.
        elapsed: SimDuration,
    },
    /// A time and a number of events behind it do: where nothing is under way, `step` waits for no timer.
    EventsAfter {
        /// The time, since the beginning.
        quiet: SimDuration,
        /// Events behind everything at that time.
        events: u64,
        /// Time since the beginning.
        elapsed: SimDuration,
    },
    /// A consumer has just processed this message, in the midst of others at the same instant.
    Message {
        /// The consumer.
        consumer: ActorId,
        /// The offset of the message.
        offset: Offset,
    },
    /// A consumer has just processed so many messages in its run.
    Received {
        /// The consumer.
        consumer: ActorId,
        /// Messages.
        count: u64,
    },
    /// Nothing is left to happen: the run at the end of the script, when it is idle.
    Idle,
}

/// An edited text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edited {
    /// All of it.
    pub text: String,
    /// The line of the first action, from 1.
    pub line: u32,
    /// What it says: there are no diagnostics.
    pub parsed: Parsed,
}

/// Inserts `actions`, a statement each, where the cursor lies in `text`, which says `scenario`.
///
/// # Errors
///
/// The diagnostics of the edited text, if it has any: an action that is no statement, or does not
/// fit there. A text that has problems already cannot be acted on.
pub fn insert(
    text: &str,
    scenario: &Scenario,
    place: Place,
    actions: &[&str],
) -> Result<Edited, Vec<Diagnostic>> {
    let (text, line) = edited(text, scenario, place, actions);
    let parsed = parse(&text);
    if parsed.is_ok() {
        Ok(Edited { text, line, parsed })
    } else {
        Err(parsed.diagnostics)
    }
}

/// The edited text, and the line of the first action.
fn edited(text: &str, scenario: &Scenario, place: Place, actions: &[&str]) -> (String, u32) {
    let statements = &scenario.statements;
    let next = place.after.map_or(0, |after| after.index() + 1);
    let before = next.checked_sub(1).and_then(|index| statements.get(index));
    let mut edit = Edit::new(text);
    match (statements.get(next), place.inside) {
        (Some(next), Some(inside)) => edit.split(scenario, next, inside, actions),
        (Some(next), None) if before.is_none() => edit.above(next, actions),
        (_, inside) => {
            let line = before.or(statements.last()).map(|statement| statement.line);
            let first = match inside {
                Some(inside) => up_to(scenario, inside),
                None => Vec::new(),
            };
            edit.below(line, first, actions);
        }
    }
    edit.done()
}

/// The statements that run as far as the cursor.
fn up_to(scenario: &Scenario, inside: Inside) -> Vec<String> {
    let of = |consumer, fact| {
        let subject = Subject::Program(consumer);
        show::fact(scenario, FactRef { subject, fact })
    };
    let first = match inside {
        Inside::Message { consumer, offset } => {
            let last = scenario.header.family.vocabulary().last;
            format!("run until {} == {offset}", of(consumer, last))
        }
        Inside::Received { consumer, count } => {
            let received = scenario.header.family.vocabulary().received;
            format!("run until {} == {count}", of(consumer, received))
        }
        Inside::Time(elapsed) => format!("run for {}", duration(elapsed)),
        Inside::EventsAfter { quiet, events, .. } => {
            let time = format!("run for {}", duration(quiet));
            return Vec::from([time, format!("step {events}")]);
        }
        Inside::Events { events, .. } => format!("step {events}"),
        Inside::Idle => "run".to_string(),
    };
    Vec::from([first])
}

/// A duration in the largest unit in which it is whole.
#[must_use]
pub fn duration(duration: SimDuration) -> String {
    let whole = |(_, unit): &&(&str, u64)| duration.0.is_multiple_of(*unit) && duration.0 > 0;
    let (name, unit) = DURATIONS.iter().rev().find(whole).unwrap_or(&DURATIONS[0]);
    format!("{}{name}", duration.0 / unit)
}

/// A text that is being edited, by lines.
struct Edit<'a> {
    lines: Vec<TextLine<'a>>,
    /// What goes before the line of this index, and whether that line is replaced.
    at: usize,
    inserted: Vec<String>,
    replaced: bool,
    /// Which of the inserted lines is the first action.
    action: usize,
    text: &'a str,
}

impl<'a> Edit<'a> {
    fn new(text: &'a str) -> Self {
        Self {
            lines: lines(text).collect(),
            at: 0,
            inserted: Vec::new(),
            replaced: false,
            action: 0,
            text,
        }
    }

    /// Before a statement of which nothing happened, and before its narration and comments.
    fn above(&mut self, next: &Statement, actions: &[&str]) {
        self.at = next.line as usize - 1;
        while self.at > 0
            && matches!(
                self.lines[self.at - 1].kind(),
                LineKind::Narration(_) | LineKind::Comment(_)
            )
        {
            self.at -= 1;
        }
        self.act("", actions);
    }

    /// Behind a line, or behind all there is when nothing happens in it.
    fn below(&mut self, line: Option<u32>, first: Vec<String>, actions: &[&str]) {
        self.at = line.map_or(self.lines.len(), |line| line as usize);
        if line.is_none() && self.lines.last().is_some_and(|line| line.text.is_empty()) {
            self.at -= 1;
        }
        self.inserted.extend(first);
        self.act("", actions);
    }

    /// In the midst of the effect of `next`.
    fn split(&mut self, scenario: &Scenario, next: &Statement, inside: Inside, actions: &[&str]) {
        self.at = next.line as usize - 1;
        let line = self.lines[self.at];
        let indent = &line.text[..line.text.len() - line.text.trim_start().len()];
        let rest = rest(&next.kind, inside);
        let first = up_to(scenario, inside).into_iter();
        self.inserted
            .extend(first.map(|line| format!("{indent}{line}")));
        self.act(indent, actions);
        if let Some(rest) = rest {
            self.replaced = true;
            self.inserted.push(with_number(line, &rest));
        }
    }

    fn act(&mut self, indent: &str, actions: &[&str]) {
        self.action = self.inserted.len();
        let actions = actions
            .iter()
            .map(|action| format!("{indent}{}", action.trim()));
        self.inserted.extend(actions);
    }

    fn done(self) -> (String, u32) {
        let crlf = self.text.contains("\r\n");
        let end = if crlf { "\r\n" } else { "\n" };
        let start = |index: usize| self.lines.get(index).map(|line| line.start as usize);
        let from = start(self.at).unwrap_or(self.text.len());
        let to = if self.replaced {
            from + self.lines[self.at].text.len()
        } else {
            from
        };
        let (head, tail) = (&self.text[..from], &self.text[to..]);
        let mut text = String::from(head);
        if !head.is_empty() && !head.ends_with('\n') {
            text.push_str(end);
        }
        text.push_str(&self.inserted.join(end));
        if !self.replaced {
            text.push_str(end);
        }
        text.push_str(tail);
        let line = u32::try_from(self.at + self.action + 1).unwrap_or(u32::MAX);
        (text, line)
    }
}

/// What is left of a statement's own number behind the cursor, if it has one that shrinks.
fn rest(kind: &StatementKind, inside: Inside) -> Option<String> {
    match (kind, inside) {
        (
            StatementKind::RunFor(all),
            Inside::Time(elapsed)
            | Inside::Events { elapsed, .. }
            | Inside::EventsAfter { elapsed, .. },
        ) => Some(duration(SimDuration(all.0.saturating_sub(elapsed.0)))),
        (StatementKind::Step(all), Inside::Events { events, .. }) => {
            Some(all.saturating_sub(events).max(1).to_string())
        }
        _ => None,
    }
}

/// The line with its last word, a number, replaced; its comment stays.
fn with_number(line: TextLine<'_>, number: &str) -> String {
    let tokens = lex(line.text, 0).tokens;
    let Some(last) = tokens.last() else {
        return line.text.to_string();
    };
    let (from, to) = (last.span.start as usize, last.span.end as usize);
    format!("{}{number}{}", &line.text[..from], &line.text[to..])
}
