//! `offset-lab run`: a scenario's console lines, checks and facts, for people and for programs.

use std::io;
use std::path::Path;

use offset_lab::explain::notes;
use offset_lab::language::ast::{FactRef, Subject, Value};
use offset_lab::language::{Diagnostic, Parsed, Span, parse};
use offset_lab::{Progress, Run, Timeline};
use serde_json::{Map, Value as Json, json};

use crate::args::RunFormat;
use crate::drawing::Named;
use crate::explain;
use crate::screen::{Emphasis, Outcome, Screen};
use crate::source::{self, ScenarioSource};

/// Runs the scenario in `file`.
pub(crate) fn run(
    file: &Path,
    format: RunFormat,
    explained: bool,
    screen: &mut Screen,
) -> io::Result<Outcome> {
    let source = match source::read(file) {
        Ok(source) => source,
        Err(message) => {
            screen.problem(&message)?;
            if format == RunFormat::Json {
                screen.json(&json(None, &[unreadable(message)], 0))?;
            }
            return Ok(Outcome::Bad);
        }
    };
    let ScenarioSource { name, text } = &source;
    let (timeline, diagnostics, more) = simulated(text, &format!("running {name}"), screen);
    match format {
        RunFormat::Json => {
            let mut result = json(timeline.as_ref(), &diagnostics, more);
            if let Some(timeline) = timeline.as_ref().filter(|_| explained) {
                result["anomalies"] = explain::json(timeline);
            }
            screen.json(&result)?;
        }
        RunFormat::Text => {
            if let Some(timeline) = &timeline {
                text_of(timeline, screen)?;
                if explained {
                    explain::text(timeline, screen)?;
                }
            }
            let of = Named {
                name,
                text,
                above: 0,
            };
            screen.diagnostics(of, &diagnostics, more)?;
        }
    }
    Ok(outcome(timeline.as_ref(), &diagnostics))
}

/// A file that cannot be read, as programs see it.
fn unreadable(message: String) -> Diagnostic {
    Diagnostic {
        span: Span::default(),
        line: 1,
        column: 1,
        message,
        help: String::new(),
        fix: None,
    }
}

/// What is run between two words to those who wait.
const SLICE: u32 = 1 << 14;

/// What came of a text: its run unless the text has problems; a limit that the run passed is one too. `at` says what
/// is under way.
pub(crate) fn simulated(
    text: &str,
    at: &str,
    screen: &mut Screen,
) -> (Option<Timeline>, Vec<Diagnostic>, usize) {
    let Parsed {
        scenario,
        diagnostics,
        more,
    } = parse(text);
    if !diagnostics.is_empty() {
        return (None, diagnostics, more);
    }
    let mut run = Run::new(&scenario);
    screen.working(format_args!("{at}"));
    while run.advance(SLICE) == Progress::More {
        screen.working(format_args!("{at}: {} events", run.timeline().len()));
    }
    let timeline = run.into_timeline();
    let stopped = timeline.stopped().map(|stopped| {
        let statement = &timeline.scenario().statements[stopped.statement.index()];
        let line = text
            .split('\n')
            .nth(statement.line as usize - 1)
            .unwrap_or("");
        let indent = line.chars().take_while(|c| c.is_whitespace()).count();
        Diagnostic {
            span: statement.span,
            line: statement.line,
            column: u32::try_from(indent + 1).unwrap_or(u32::MAX),
            message: stopped.message.clone(),
            help: "the run ends here; what happened before is kept".to_owned(),
            fix: None,
        }
    });
    (Some(timeline), stopped.into_iter().collect(), 0)
}

/// The exit status that a run stands for.
pub(crate) fn outcome(timeline: Option<&Timeline>, diagnostics: &[Diagnostic]) -> Outcome {
    if !diagnostics.is_empty() {
        return Outcome::Bad;
    }
    match timeline {
        Some(timeline) if timeline.checks().iter().any(|check| !check.passed) => Outcome::Failed,
        _ => Outcome::Good,
    }
}

fn text_of(timeline: &Timeline, screen: &mut Screen) -> io::Result<()> {
    let scenario = timeline.scenario();
    for event in &timeline.trace().events {
        if let Some((actor, line)) = event.what.printed() {
            let name = &scenario.actors[actor.index()].name;
            let at = event.at.to_string();
            screen.line(format_args!("[{at:>12}] {name}: {line}"))?;
        }
    }
    for check in timeline.checks() {
        let line = scenario.statements[check.statement.index()].line;
        let text = &check.text;
        if check.passed {
            let rest = format_args!("     line {line}: {text}");
            screen.marked(Emphasis::Good, "ok", rest)?;
        } else {
            let why = check.why.as_ref().map(|why| format!(": {why}"));
            let why = why.unwrap_or_default();
            let rest = format_args!(" line {line}: {text} (was {}){why}", check.actual);
            screen.marked(Emphasis::Bad, "failed", rest)?;
        }
    }
    for note in notes(timeline) {
        let line = scenario.statements[note.statement.index()].line;
        screen.marked(
            Emphasis::Strong,
            "note",
            format_args!("   line {line}: {}", note.text),
        )?;
    }
    let failed = timeline
        .checks()
        .iter()
        .filter(|check| !check.passed)
        .count();
    let passed = timeline.checks().len() - failed;
    let (events, time) = (timeline.len(), timeline.end().now);
    let digest = timeline.digest();
    screen.line(format_args!(
        "{passed} checks hold, {failed} failed; {events} events in {time}; digest {digest}"
    ))
}

/// The result for programs.
fn json(timeline: Option<&Timeline>, diagnostics: &[Diagnostic], more: usize) -> Json {
    let mut result = Map::new();
    let end = timeline.map(Timeline::end);
    result.insert("digest".into(), timeline.map(Timeline::digest).into());
    result.insert("events".into(), timeline.map_or(0, Timeline::len).into());
    result.insert("time_us".into(), end.map_or(0, |world| world.now.0).into());
    result.insert("facts".into(), timeline.map_or_else(|| json!({}), facts));
    result.insert("checks".into(), timeline.map_or_else(|| json!([]), checks));
    result.insert(
        "console".into(),
        timeline.map_or_else(|| json!([]), console),
    );
    result.insert("notes".into(), timeline.map_or_else(|| json!([]), said));
    result.insert("diagnostics".into(), json!(diagnostics));
    if more > 0 {
        result.insert("more_diagnostics".into(), more.into());
    }
    Json::Object(result)
}

fn facts(timeline: &Timeline) -> Json {
    let facts = timeline.facts();
    let value = |fact| match facts.value(fact) {
        Value::None => Json::Null,
        Value::Number(number) => number.into(),
        Value::Below(number) => i64::try_from(number).map_or(i64::MIN, |n| -n).into(),
        Value::Text(text) => (*text).into(),
    };
    let scenario = timeline.scenario();
    let of = |subject| -> Json {
        let facts = scenario.facts(subject);
        facts
            .map(|fact| (fact.fact.word.to_owned(), value(fact)))
            .collect()
    };
    let mut all = Map::new();
    for (index, name) in (0..).zip(&scenario.streams) {
        let id = offset_lab::ids::LogId(index);
        all.insert(name.to_string(), of(Subject::Log(id)));
    }
    for (index, actor) in (0..).zip(&scenario.actors) {
        let id = offset_lab::ids::ActorId(index);
        all.insert(actor.name.to_string(), of(Subject::Program(id)));
    }
    for (index, set) in (0..).zip(&scenario.sets) {
        let id = offset_lab::ids::SetId(index);
        all.insert(set.name.to_string(), of(Subject::Set(id)));
    }
    for &(program, log) in &scenario.progresses {
        let subject = Subject::Progress(program, log);
        all.insert(
            offset_lab::language::show::subject(scenario, subject),
            of(subject),
        );
    }
    // A program may be called `world`: then it has this fact too.
    let world = all.entry("world").or_insert_with(|| json!({}));
    world["time"] = value(FactRef::TIME);
    Json::Object(all)
}

fn checks(timeline: &Timeline) -> Json {
    let scenario = timeline.scenario();
    let of = |check: &offset_lab::CheckResult| {
        let mut one = json!({
            "line": scenario.statements[check.statement.index()].line,
            "text": check.text,
            "passed": check.passed,
            "actual": check.actual,
        });
        if let Some(why) = &check.why {
            one["why"] = why.as_str().into();
        }
        one
    };
    timeline.checks().iter().map(of).collect()
}

/// Statements without effect.
fn said(timeline: &Timeline) -> Json {
    let scenario = timeline.scenario();
    let of = |note: &offset_lab::explain::Note| {
        json!({
            "line": scenario.statements[note.statement.index()].line,
            "text": note.text,
        })
    };
    notes(timeline).iter().map(of).collect()
}

fn console(timeline: &Timeline) -> Json {
    let scenario = timeline.scenario();
    let mut lines = Vec::new();
    for event in &timeline.trace().events {
        if let Some((actor, line)) = event.what.printed() {
            lines.push(json!({
                "time_us": event.at.0,
                "actor": *scenario.actors[actor.index()].name,
                "text": **line,
            }));
        }
    }
    Json::Array(lines)
}
