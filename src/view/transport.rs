//! What stands along the line of time: ticks for events, chapters, failed checks and anomalies. Knows no width.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use super::log::LogRows;
use crate::explain::{Anomaly, Sentences, english};
use crate::ids::StatementId;
use crate::language::ast::StatementKind;
use crate::trace::Level;
use crate::world::{Cursor, Timeline};

/// Ticks at the most; with more events a tick stands for several.
pub const TICKS: u32 = 200;
/// Marks of one kind at the most.
pub const MARKS: usize = 200;

/// The line of time of a finished run.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Transport {
    /// Events of the whole run: where the line ends.
    pub events: u32,
    /// Moments behind events that are shown, in events that have happened.
    pub ticks: Vec<u32>,
    /// Chapters at the moments at which they begin.
    pub chapters: Vec<TimeMark>,
    /// Checks that failed, at the moments at which they were checked.
    pub failed: Vec<TimeMark>,
    /// Anomalies, at the moments behind their first events.
    pub anomalies: Vec<TimeMark>,
}

/// A mark on the line of time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TimeMark {
    /// Events that have happened then.
    pub at: u32,
    /// What it is, in words.
    pub text: String,
}

/// The line of time at a level of detail, with anomalies that were found before (they take a pass over the whole trace).
#[must_use]
pub fn transport(timeline: &Timeline, anomalies: &[Anomaly], level: Level) -> Transport {
    let events = timeline.len();
    let shown = LogRows::new(timeline, level);
    let step = shown.len().div_ceil(TICKS).max(1);
    let anomaly = |a: &Anomaly| {
        Some(TimeMark {
            at: a.events.first()?.0.saturating_add(1),
            text: format!("{}: {}", a.kind.name(), a.text),
        })
    };
    Transport {
        events,
        ticks: (step..=shown.len())
            .step_by(step as usize)
            .map(|row| shown.event(row - 1).saturating_add(1))
            .collect(),
        chapters: chapters(timeline),
        failed: failed(timeline),
        anomalies: anomalies.iter().filter_map(anomaly).take(MARKS).collect(),
    }
}

fn chapters(timeline: &Timeline) -> Vec<TimeMark> {
    let statements = timeline.scenario().statements.iter();
    (0..)
        .zip(statements)
        .filter_map(|(id, statement)| {
            let StatementKind::Chapter(title) = &statement.kind else {
                return None;
            };
            Some(TimeMark {
                at: timeline.end_of(StatementId(id))?,
                text: title.clone(),
            })
        })
        .take(MARKS)
        .collect()
}

fn failed(timeline: &Timeline) -> Vec<TimeMark> {
    let statements = &timeline.scenario().statements;
    let checks = timeline.checks().iter().filter(|check| !check.passed);
    checks
        .filter_map(|check| {
            let line = statements.get(check.statement.index())?.line;
            Some(TimeMark {
                at: check.events,
                text: format!(
                    "line {line}: {} failed, it was {}",
                    check.text, check.actual
                ),
            })
        })
        .take(MARKS)
        .collect()
}

/// A moment for `aria-valuetext`: `step 37 of 68, billing crashed`.
#[must_use]
pub fn value_text(timeline: &Timeline, cursor: Cursor) -> String {
    let all = english::number(timeline.len().into());
    let step = english::number(cursor.event.into());
    let inside = match (cursor.part, timeline.parts(cursor.event)) {
        (0, _) => String::new(),
        (part, all) => format!(
            ", message {} of {}",
            english::number(part),
            english::number(all)
        ),
    };
    let at = match cursor.part {
        0 => cursor.event.checked_sub(1),
        _ => Some(cursor.event),
    };
    let happened = at.and_then(|at| timeline.trace().events.get(at as usize));
    let what = happened.map_or_else(String::new, |event| {
        let sentences = Sentences::of(timeline);
        format!(", {}", sentences.clause(event))
    });
    format!("step {step} of {all}{inside}{what}")
}
