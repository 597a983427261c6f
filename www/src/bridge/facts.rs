//! All facts of a moment as JavaScript values, under the names that the language has for them.

use offset_lab::ids::{ActorId, LogId};
use offset_lab::language::ast::{FactRef, Subject, Value};
use offset_lab::limits;
use offset_lab::world::{Cursor, Facts, Timeline};
use serde::{Serialize, Serializer};
use wasm_bindgen::JsValue;

/// What every stream and program has at a moment: `{billing: {stored: 19, …}, …, world: {time: 2000}}`.
pub(super) fn facts(timeline: &Timeline, cursor: Cursor) -> Result<JsValue, JsValue> {
    let world = timeline.world(cursor);
    let all = all(&timeline.facts_of(&world));
    Ok(all.serialize(&serde_wasm_bindgen::Serializer::json_compatible())?)
}

/// Fields in their order.
struct Object<K, V>(Vec<(K, V)>);

impl<K: Serialize, V: Serialize> Serialize for Object<K, V> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(name, value)| (name, value)))
    }
}

/// A value; a number that JavaScript cannot hold is a text of its digits.
pub(super) struct FactValue(pub(super) Value);

impl Serialize for FactValue {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match &self.0 {
            Value::None => serializer.serialize_none(),
            Value::Number(number) if *number <= limits::NUMBER => serializer.serialize_u64(*number),
            Value::Number(number) => serializer.collect_str(number),
            Value::Below(number) => match i64::try_from(*number) {
                Ok(below) if *number <= limits::NUMBER => serializer.serialize_i64(-below),
                Ok(_) | Err(_) => serializer.collect_str(&format_args!("-{number}")),
            },
            Value::Text(text) => serializer.serialize_str(text),
        }
    }
}

fn all(facts: &Facts<'_>) -> Object<String, Object<&'static str, FactValue>> {
    let scenario = facts.scenario;
    let of = |subject| {
        let known = scenario.facts(subject);
        let fields = known.map(|fact| (fact.fact.word, FactValue(facts.value(fact))));
        Object(fields.collect())
    };
    let streams = scenario.streams.iter().zip(0..);
    let streams = streams.map(|(name, id)| (name.to_string(), of(Subject::Log(LogId(id)))));
    let actors = scenario.actors.iter().zip(0..);
    let actors =
        actors.map(|(actor, id)| (actor.name.to_string(), of(Subject::Program(ActorId(id)))));
    let mut all: Vec<_> = streams.chain(actors).collect();
    // A program may be called `world`: then it has this fact too.
    let time = ("time", FactValue(facts.value(FactRef::TIME)));
    match all.iter_mut().find(|(name, _)| name == "world") {
        Some((_, world)) => world.0.push(time),
        None => all.push(("world".to_owned(), Object(vec![time]))),
    }
    Object(all)
}
