//! A transcript as text: JSON into typed steps. Whatever is wrong is said with file, scenario and step.

use std::fmt;

use serde_json::{Map, Value};

use crate::report::Reason;

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

/// What a family knows of its transcripts.
pub(crate) trait Words {
    /// What differs between its versions.
    type Rules;
    /// A step, read.
    type Step;

    /// The rules of a version, if it is one.
    fn rules(version: &str) -> Option<Self::Rules>;

    /// Reads the steps of a scenario; what is wrong, with the step's number from 1.
    fn steps(steps: &[Value]) -> Result<Vec<Self::Step>, (usize, String)>;
}

/// A parsed transcript.
pub(crate) struct Transcript<W: Words> {
    pub(crate) case: String,
    pub(crate) broker: String,
    pub(crate) rules: W::Rules,
    pub(crate) scenarios: Vec<Scenario<W::Step>>,
}

/// A parsed scenario.
pub(crate) struct Scenario<S> {
    pub(crate) id: String,
    pub(crate) params: Map<String, Value>,
    /// `None` when it has none: it was recorded through a client library.
    pub(crate) steps: Option<Vec<S>>,
    /// Its own summary of what was observed.
    summary: Value,
}

/// The root of a transcript, not yet read any further.
pub(crate) struct Root {
    file: String,
    fields: Map<String, Value>,
    broker: String,
}

impl Root {
    fn wrong(&self, problem: String) -> Malformed {
        Malformed::of(&self.file, problem)
    }

    /// Whether it was recorded from a broker of this name.
    pub(crate) fn is_of(&self, broker: &str) -> bool {
        let name = self.broker.split(' ').next().unwrap_or_default();
        name.eq_ignore_ascii_case(broker)
    }
}

impl Malformed {
    fn of(file: &str, problem: String) -> Self {
        Self {
            file: file.to_string(),
            scenario: None,
            step: None,
            problem,
        }
    }
}

impl<S> Scenario<S> {
    /// Why a scenario whose steps show nothing could not be compared.
    pub(crate) fn silent(&self) -> Reason {
        if self.summary.to_string().contains("auth") {
            Reason::Authentication
        } else {
            Reason::NotRecorded
        }
    }
}

pub(crate) fn root(file: &str, text: &str) -> Result<Root, Malformed> {
    let wrong = |problem: String| Malformed::of(file, problem);
    let value: Value =
        serde_json::from_str(text).map_err(|error| wrong(format!("not JSON: {error}")))?;
    let Value::Object(fields) = value else {
        return Err(wrong("a transcript is a JSON object".into()));
    };
    let Some(broker) = fields.get("broker").and_then(Value::as_str) else {
        return Err(wrong(
            "\"broker\" is missing: \"RabbitMQ\" or \"RocketMQ\" and a version".into(),
        ));
    };
    Ok(Root {
        file: file.to_string(),
        broker: broker.to_string(),
        fields,
    })
}

pub(crate) fn parse<W: Words>(root: &Root) -> Result<Transcript<W>, Malformed> {
    let broker = root.broker.clone();
    let version = broker.rsplit(' ').next();
    let rules = version.and_then(W::rules).ok_or_else(|| {
        root.wrong(format!(
            "broker \"{broker}\" has no version: \"RabbitMQ 4.0.5\" has"
        ))
    })?;
    let scenarios = match root.fields.get("scenarios") {
        Some(Value::Array(scenarios)) => scenarios.as_slice(),
        Some(_) => return Err(root.wrong("\"scenarios\" is not a list".into())),
        None if root.fields.contains_key("runs") => &[],
        None => return Err(root.wrong("\"scenarios\" is missing".into())),
    };
    let scenarios = scenarios
        .iter()
        .enumerate()
        .map(|(at, value)| {
            scenario::<W>(at, value).map_err(|(scenario, step, problem)| Malformed {
                file: root.file.clone(),
                scenario: Some(scenario),
                step,
                problem,
            })
        })
        .collect::<Result<_, _>>()?;
    let case = root.fields.get("case").and_then(Value::as_str);
    Ok(Transcript {
        case: case.unwrap_or_default().to_string(),
        broker,
        rules,
        scenarios,
    })
}

/// A scenario's name, the step, and what is wrong there.
type Wrong = (String, Option<usize>, String);

fn scenario<W: Words>(at: usize, value: &Value) -> Result<Scenario<W::Step>, Wrong> {
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
        Some(Value::Array(steps)) => {
            let steps = W::steps(steps);
            Some(steps.map_err(|(step, problem)| (id.clone(), Some(step), problem))?)
        }
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
