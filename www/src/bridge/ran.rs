//! A text run to its end, for programs without a page: what came of it as one object.

use offset_lab::language::ast::Value;
use offset_lab::language::parse;
use offset_lab::world::{Cursor, Timeline};
use offset_lab::{Run, Scenario};
use serde::Serialize;
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

use super::facts::{fact, facts};
use crate::state::plain::Plain;

#[derive(Serialize)]
struct Ran {
    /// Of the run; nothing for a text with problems.
    digest: Option<String>,
    events: u32,
    checks: Vec<Check>,
    console: Vec<Line>,
    diagnostics: Vec<Problem>,
}

#[derive(Serialize)]
struct Check {
    line: u32,
    text: String,
    passed: bool,
    actual: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    why: Option<String>,
}

#[derive(Serialize)]
struct Line {
    time_us: Plain,
    actor: String,
    text: String,
}

#[derive(Serialize)]
struct Problem {
    line: u32,
    column: u32,
    message: String,
    help: String,
}

/// Runs a text: digest, facts, checks, console and diagnostics, as `offset-lab run --format json` prints them.
///
/// # Errors
/// None that a text can bring about.
#[wasm_bindgen]
pub fn run(text: &str) -> Result<JsValue, JsValue> {
    let parsed = parse(text);
    let timeline = parsed
        .is_ok()
        .then(|| Run::new(&parsed.scenario).complete());
    let problems = parsed.diagnostics.into_iter().map(|diagnostic| Problem {
        line: diagnostic.line,
        column: diagnostic.column,
        message: diagnostic.message,
        help: diagnostic.help,
    });
    let mut diagnostics: Vec<Problem> = problems.collect();
    diagnostics.extend(timeline.as_ref().and_then(stopped));
    let ran = Ran {
        digest: timeline.as_ref().map(Timeline::digest),
        events: timeline.as_ref().map_or(0, Timeline::len),
        checks: timeline.as_ref().map_or_else(Vec::new, checks),
        console: timeline.as_ref().map_or_else(Vec::new, console),
        diagnostics,
    };
    let object = ran.serialize(&serde_wasm_bindgen::Serializer::json_compatible())?;
    let facts = match &timeline {
        Some(timeline) => facts(timeline, Cursor::at(timeline.len()))?,
        None => js_sys::Object::new().into(),
    };
    js_sys::Reflect::set(&object, &"facts".into(), &facts)?;
    Ok(object)
}

fn line(scenario: &Scenario, statement: offset_lab::ids::StatementId) -> u32 {
    scenario.statements[statement.index()].line
}

/// Why the run ended before its text did.
fn stopped(timeline: &Timeline) -> Option<Problem> {
    timeline.stopped().map(|stopped| Problem {
        line: line(timeline.scenario(), stopped.statement),
        column: 1,
        message: stopped.message.clone(),
        help: "the run ends here; what happened before is kept".to_owned(),
    })
}

fn checks(timeline: &Timeline) -> Vec<Check> {
    let of = |check: &offset_lab::CheckResult| Check {
        line: line(timeline.scenario(), check.statement),
        text: check.text.clone(),
        passed: check.passed,
        actual: check.actual.clone(),
        why: check.why.clone(),
    };
    timeline.checks().iter().map(of).collect()
}

fn console(timeline: &Timeline) -> Vec<Line> {
    let actors = &timeline.scenario().actors;
    let events = timeline.trace().events.iter();
    let lines = events.filter_map(|event| {
        let (actor, text) = event.what.printed()?;
        Some(Line {
            time_us: fact(&Value::Number(event.at.0)),
            actor: actors[actor.index()].name.to_string(),
            text: text.to_string(),
        })
    });
    lines.collect()
}
