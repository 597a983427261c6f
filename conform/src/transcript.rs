//! A transcript as text: JSON into typed steps. Whatever is wrong is said with file, scenario and step.

use std::fmt;

use serde_json::{Map, Value};

use crate::arguments::Budget;
use crate::prelude::Rules;
use crate::report::Reason;
use crate::step::{self, Step};

/// Steps of one scenario: far above any recording.
const STEPS: usize = 100_000;

/// A text that is no transcript.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Malformed {
    /// The file.
    pub file: String,
    /// The scenario's name, or its place if it has none.
    pub scenario: Option<String>,
    /// The step, from 1.
    pub step: Option<usize>,
    /// What is wrong, and what would be right.
    pub problem: String,
}

impl fmt::Display for Malformed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.file)?;
        if let Some(scenario) = &self.scenario {
            write!(f, ", scenario {scenario}")?;
        }
        if let Some(step) = self.step {
            write!(f, ", step {step}")?;
        }
        write!(f, ": {}", self.problem)
    }
}

/// A parsed transcript.
pub(crate) struct Transcript {
    pub(crate) case: String,
    pub(crate) broker: String,
    pub(crate) rules: Rules,
    pub(crate) scenarios: Vec<Scenario>,
}

/// A parsed scenario.
pub(crate) struct Scenario {
    pub(crate) id: String,
    pub(crate) params: Map<String, Value>,
    /// `None` when it has none: it was recorded through a client library.
    pub(crate) steps: Option<Vec<Step>>,
    /// Its own summary of what was observed.
    summary: Value,
}

impl Scenario {
    /// Why a scenario whose steps show nothing could not be compared.
    pub(crate) fn silent(&self) -> Reason {
        if self.summary.to_string().contains("auth") {
            Reason::Authentication
        } else {
            Reason::NotRecorded
        }
    }
}

pub(crate) fn parse(file: &str, text: &str) -> Result<Transcript, Malformed> {
    let wrong = |problem: String| Malformed {
        file: file.to_string(),
        scenario: None,
        step: None,
        problem,
    };
    let value: Value =
        serde_json::from_str(text).map_err(|error| wrong(format!("not JSON: {error}")))?;
    let Value::Object(root) = value else {
        return Err(wrong("a transcript is a JSON object".into()));
    };
    let string = |key: &str| root.get(key).and_then(Value::as_str).map(String::from);
    let broker = string("broker")
        .ok_or_else(|| wrong("\"broker\" is missing: \"RabbitMQ\" and a version".into()))?;
    let rules = broker
        .rsplit(' ')
        .next()
        .and_then(Rules::parse)
        .ok_or_else(|| {
            wrong(format!(
                "broker \"{broker}\" has no version: \"RabbitMQ 4.0.5\" has"
            ))
        })?;
    let scenarios = match root.get("scenarios") {
        Some(Value::Array(scenarios)) => scenarios.as_slice(),
        Some(_) => return Err(wrong("\"scenarios\" is not a list".into())),
        None if root.contains_key("runs") => &[],
        None => return Err(wrong("\"scenarios\" is missing".into())),
    };
    let scenarios = scenarios
        .iter()
        .enumerate()
        .map(|(at, value)| {
            scenario(at, value).map_err(|(scenario, step, problem)| Malformed {
                file: file.to_string(),
                scenario: Some(scenario),
                step,
                problem,
            })
        })
        .collect::<Result<_, _>>()?;
    Ok(Transcript {
        case: string("case").unwrap_or_default(),
        broker,
        rules,
        scenarios,
    })
}

/// A scenario's name, the step, and what is wrong there.
type Wrong = (String, Option<usize>, String);

fn scenario(at: usize, value: &Value) -> Result<Scenario, Wrong> {
    let place = format!("number {}", at + 1);
    let Value::Object(object) = value else {
        return Err((place, None, "a scenario is a JSON object".into()));
    };
    let id = match object.get("id") {
        Some(Value::String(id)) => id.clone(),
        Some(_) => return Err((place, None, "\"id\" is not a string".into())),
        None => place,
    };
    let params = match object.get("params") {
        Some(Value::Object(params)) => params.clone(),
        None | Some(Value::Null) => Map::new(),
        Some(_) => return Err((id, None, "\"params\" is not an object".into())),
    };
    let steps = match object.get("steps") {
        None => None,
        Some(Value::Array(steps)) if steps.len() > STEPS => {
            return Err((id, None, format!("more than {STEPS} steps")));
        }
        Some(Value::Array(steps)) => Some(parse_steps(&id, steps)?),
        Some(_) => return Err((id, None, "\"steps\" is not a list".into())),
    };
    let summary = object.get("observed").cloned().unwrap_or_default();
    Ok(Scenario {
        id,
        params,
        steps,
        summary,
    })
}

fn parse_steps(id: &str, steps: &[Value]) -> Result<Vec<Step>, Wrong> {
    let mut parsed = Vec::with_capacity(steps.len());
    let mut budget = Budget::default();
    for (at, value) in steps.iter().enumerate() {
        let step = step::parse(value, &mut budget)
            .map_err(|problem| (id.to_string(), Some(at + 1), problem))?;
        parsed.push(step);
    }
    Ok(parsed)
}
