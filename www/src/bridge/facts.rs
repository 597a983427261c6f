//! All facts of a moment as JavaScript values, under the names that the language has for them.

use offset_lab::ids::{ActorId, LogId};
use offset_lab::language::ast::{FactRef, Subject, Value};
use offset_lab::limits;
use offset_lab::world::{Cursor, Facts, Timeline};
use wasm_bindgen::JsValue;

use super::object::Object;

/// What every stream and program has at a moment: `{billing: {stored: 19, …}, …, world: {time: 2000}}`.
pub(super) fn facts(timeline: &Timeline, cursor: Cursor) -> Object {
    let world = timeline.world(cursor);
    all(&timeline.facts_of(&world))
}

/// A value; a number that JavaScript cannot hold is a text of its digits.
pub(super) fn fact_value(value: Value) -> JsValue {
    match value {
        Value::None => JsValue::NULL,
        Value::Number(number) if number <= limits::NUMBER => (number as f64).into(),
        Value::Number(number) => number.to_string().into(),
        Value::Below(number) if number <= limits::NUMBER => (-(number as f64)).into(),
        Value::Below(number) => format!("-{number}").into(),
        Value::Text(text) => (*text).into(),
    }
}

fn all(facts: &Facts<'_>) -> Object {
    let scenario = facts.scenario;
    let of = |subject| {
        let known = scenario.facts(subject);
        known.fold(Object::new(), |object, fact| {
            object.with(fact.fact.word, fact_value(facts.value(fact)))
        })
    };
    let streams = scenario.streams.iter().zip(0..);
    let streams = streams.map(|(name, id)| (&**name, of(Subject::Log(LogId(id)))));
    let actors = scenario.actors.iter().zip(0..);
    let actors = actors.map(|(actor, id)| (&*actor.name, of(Subject::Program(ActorId(id)))));
    // A program may be called `world`: then it has this fact too.
    let time = |object: Object| object.with("time", fact_value(facts.value(FactRef::TIME)));
    let mut world = Some(Object::new());
    let mut all = Object::new();
    for (name, mut object) in streams.chain(actors) {
        if name == "world" && world.take().is_some() {
            object = time(object);
        }
        all = all.with(name, object);
    }
    match world {
        Some(world) => all.with("world", time(world)),
        None => all,
    }
}
