//! All facts of a moment as JavaScript values, under the names that the language has for them.

use std::borrow::Cow;

use offset_lab::ids::{ActorId, LogId};
use offset_lab::language::ast::{FactRef, Subject, Value};
use offset_lab::limits;
use offset_lab::world::{Cursor, Facts, Timeline};
use serde::Serialize;
use wasm_bindgen::JsValue;

use crate::state::plain::Plain;

/// A value as one of JavaScript.
pub(super) fn value(plain: &Plain) -> Result<JsValue, JsValue> {
    Ok(plain.serialize(&serde_wasm_bindgen::Serializer::json_compatible())?)
}

/// What every stream and program has at a moment: `{billing: {stored: 19, …}, …, world: {time: 2000}}`.
pub(super) fn facts(timeline: &Timeline, cursor: Cursor) -> Result<JsValue, JsValue> {
    let world = timeline.world(cursor);
    value(&all(&timeline.facts_of(&world)))
}

/// A number that JavaScript cannot hold is a text of its digits.
pub(super) fn fact(value: &Value) -> Plain {
    let (number, sign) = match value {
        Value::None => return Plain::None,
        Value::Text(text) => return Plain::from(&**text),
        Value::Number(number) => (*number, 1),
        Value::Below(number) => (*number, -1),
    };
    match i64::try_from(number) {
        Ok(held) if number <= limits::NUMBER => Plain::Number(sign * held),
        Ok(_) | Err(_) if sign > 0 => Plain::Text(number.to_string()),
        Ok(_) | Err(_) => Plain::Text(format!("-{number}")),
    }
}

fn all(facts: &Facts<'_>) -> Plain {
    let scenario = facts.scenario;
    let of = |subject| {
        let known = scenario.facts(subject);
        let fields = known.map(|known| (known.fact.word.into(), fact(&facts.value(known))));
        fields.collect()
    };
    let streams = scenario.streams.iter().zip(0..);
    let streams = streams.map(|(name, id)| (name, Subject::Log(LogId(id))));
    let actors = scenario.actors.iter().zip(0..);
    let actors = actors.map(|(actor, id)| (&actor.name, Subject::Program(ActorId(id))));
    let mut all: Vec<(&str, Vec<_>)> = streams
        .chain(actors)
        .map(|(name, subject)| (&**name, of(subject)))
        .collect();
    // A program may be called `world`: then it has this fact too.
    let time = ("time".into(), fact(&facts.value(FactRef::TIME)));
    match all.iter_mut().find(|(name, _)| *name == "world") {
        Some((_, world)) => world.push(time),
        None => all.push(("world", vec![time])),
    }
    let fields = all.into_iter();
    let fields = fields.map(|(name, facts)| (Cow::Owned(name.to_owned()), Plain::Object(facts)));
    Plain::Object(fields.collect())
}
