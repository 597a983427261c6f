//! Attempts at exercises: which lines were written, whether they were allowed, which goals hold, and what went wrong.

use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use super::hints;
use super::verdict::{Goal, Verdict};
use crate::explain::Anomaly;
use crate::language::ast::StatementKind;
use crate::language::{format, parse};
use crate::world::Timeline;

/// Judges an attempt by its run: `start` is the exercise as it is given, `attempt` the text that was run.
#[must_use]
pub fn judge(start: &str, attempt: &str, timeline: &Timeline, anomalies: &[Anomaly]) -> Verdict {
    let exercise = parse(start).scenario.header;
    let (given, written) = (statements(start), statements(attempt));
    let added = without(&written, &given);
    let removed = without(&given, &written);
    let may = |line: &str| exercise.allowed.is_empty() || exercise.allowed.contains(&keyword(line));
    let is_fixed = |line: &str| ["goal", "allow", "par"].contains(&keyword(line));
    let mut forbidden = Vec::new();
    for line in removed.iter().filter(|line| !may(line) || is_fixed(line)) {
        forbidden.push(format!(
            "The line `{line}` belongs to the exercise: leave it as it is."
        ));
    }
    for line in added.iter().filter(|line| !may(line) || is_fixed(line)) {
        let words = list(&exercise.allowed);
        let which = match words.as_str() {
            "" => String::new(),
            words => format!(": only {words} may be written"),
        };
        forbidden.push(format!("The line `{line}` is not allowed here{which}."));
    }
    let goals = goals(timeline);
    let mut verdict = Verdict {
        goals,
        lines: added.len().max(removed.len()),
        par: exercise.par,
        allowed: exercise.allowed,
        forbidden,
        hint: None,
    };
    if !verdict.is_solved() {
        verdict.hint = hints::hint(&verdict, timeline, anomalies);
    }
    verdict
}

fn goals(timeline: &Timeline) -> Vec<Goal> {
    let statements = &timeline.scenario().statements;
    let mut goals = Vec::new();
    for (at, statement) in statements.iter().enumerate() {
        if let StatementKind::Goal { text, .. } = &statement.kind {
            let result = timeline.checks().iter().find(|c| c.statement.index() == at);
            goals.push(Goal {
                text: text.clone(),
                holds: result.is_some_and(|result| result.passed),
                actual: result.map_or_else(String::new, |result| result.actual.clone()),
            });
        }
    }
    goals
}

/// The statements of a text, each laid out in one way.
fn statements(text: &str) -> Vec<String> {
    let laid_out = format(text).unwrap_or_default();
    let lines = laid_out.lines().map(str::trim);
    let lines = lines.filter(|line| !line.is_empty() && !line.starts_with(['#', '>']));
    lines.map(without_comment).collect()
}

fn without_comment(line: &str) -> String {
    let end = crate::language::comment_of(line).unwrap_or(line.len());
    line[..end].trim_end().to_string()
}

/// The lines of `all` that have no partner in `other`.
fn without(all: &[String], other: &[String]) -> Vec<String> {
    let mut left: Vec<&String> = other.iter().collect();
    let mut alone = Vec::new();
    for line in all {
        match left.iter().position(|other| *other == line) {
            Some(partner) => drop(left.swap_remove(partner)),
            None => alone.push(line.clone()),
        }
    }
    alone
}

fn keyword(line: &str) -> &str {
    line.split(' ').next().unwrap_or_default()
}

/// `consumer`, `consumer` and `run`
fn list(words: &[&str]) -> String {
    let quoted: Vec<String> = words.iter().map(|word| format!("`{word}`")).collect();
    crate::explain::english::list(&quoted)
}
