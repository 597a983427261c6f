//! A text run to its end, for programs without a page: what came of it as one object.

use offset_lab::language::ast::Value;
use offset_lab::language::parse;
use offset_lab::world::{Cursor, Timeline};
use offset_lab::{Run, Scenario};
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

use super::facts::{fact_value, facts};
use super::object::{Object, array, or_null};

/// Runs a text: digest, facts, checks, console and diagnostics, as `offset-lab run --format json` prints them.
#[wasm_bindgen]
#[must_use]
pub fn run(text: &str) -> JsValue {
    let parsed = parse(text);
    let timeline = parsed
        .is_ok()
        .then(|| Run::new(&parsed.scenario).complete());
    let timeline = timeline.as_ref();
    let problems = parsed.diagnostics.into_iter();
    let problems = problems.map(|d| problem(d.line, d.column, d.message, &d.help));
    let problems = problems.chain(timeline.and_then(stopped));
    let facts = timeline.map(|timeline| facts(timeline, Cursor::at(timeline.len())));
    let ran = Object::new()
        .with("digest", or_null(timeline.map(Timeline::digest)))
        .with("events", timeline.map_or(0, Timeline::len))
        .with("checks", array(timeline.into_iter().flat_map(checks)))
        .with("console", array(timeline.into_iter().flat_map(console)))
        .with("diagnostics", array(problems))
        .with("facts", facts.unwrap_or_else(Object::new));
    ran.into()
}

fn problem(line: u32, column: u32, message: String, help: &str) -> Object {
    let place = Object::new().with("line", line).with("column", column);
    place.with("message", message).with("help", help)
}

fn line(scenario: &Scenario, statement: offset_lab::ids::StatementId) -> u32 {
    scenario.statements[statement.index()].line
}

/// Why the run ended before its text did.
fn stopped(timeline: &Timeline) -> Option<Object> {
    let stopped = timeline.stopped()?;
    let line = line(timeline.scenario(), stopped.statement);
    let help = "the run ends here; what happened before is kept";
    Some(problem(line, 1, stopped.message.clone(), help))
}

fn checks(timeline: &Timeline) -> impl Iterator<Item = Object> {
    timeline.checks().iter().map(|check| {
        let object = Object::new()
            .with("line", line(timeline.scenario(), check.statement))
            .with("text", &*check.text)
            .with("passed", check.passed)
            .with("actual", &*check.actual);
        match &check.why {
            Some(why) => object.with("why", &**why),
            None => object,
        }
    })
}

fn console(timeline: &Timeline) -> impl Iterator<Item = Object> {
    let actors = &timeline.scenario().actors;
    let events = timeline.trace().events.iter();
    events.filter_map(|event| {
        let (actor, text) = event.what.printed()?;
        let line = Object::new()
            .with("time_us", fact_value(Value::Number(event.at.0)))
            .with("actor", &*actors[actor.index()].name)
            .with("text", text.to_string());
        Some(line)
    })
}
