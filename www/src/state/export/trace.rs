//! A trace as JSON: an array with an object for each event, as `offset-lab trace --format jsonl` has them on its lines.

use std::fmt::Write as _;

use offset_lab::ids::EventId;
use offset_lab::trace::fields::{self, Field, Fields};
use offset_lab::world::Timeline;

/// Every event of a run.
#[must_use]
pub fn trace_json(timeline: &Timeline) -> String {
    let mut out = String::from("[");
    for id in (0..timeline.len()).map(EventId) {
        let Some(event) = timeline.trace().get(id) else {
            continue;
        };
        out.push_str(if id.0 == 0 { "\n{" } else { ",\n{" });
        let mut object = Object(&mut out);
        object.field("event", Field::Number(id.0.into()));
        object.field("time_us", Field::Number(event.at.0));
        object.name("cause");
        match event.cause {
            Some(cause) => object.0.push_str(&cause.0.to_string()),
            None => object.0.push_str("null"),
        }
        object.field("kind", Field::Word(event.what.word()));
        let (trace, scenario) = (timeline.trace(), timeline.scenario());
        fields::visit(&event.what, trace, scenario, &mut object);
        out.push('}');
    }
    out.push_str("\n]\n");
    out
}

/// An object under way.
struct Object<'a>(&'a mut String);

impl Object<'_> {
    fn name(&mut self, name: &str) {
        if !self.0.ends_with('{') {
            self.0.push(',');
        }
        quote(self.0, name);
        self.0.push(':');
    }
}

impl Fields for Object<'_> {
    fn field(&mut self, name: &'static str, field: Field<'_>) {
        self.name(name);
        match field {
            Field::Number(number) => self.0.push_str(&number.to_string()),
            Field::Word(word) => quote(self.0, word),
            Field::Text(text) => quote(self.0, text),
            Field::Flag(flag) => self.0.push_str(if flag { "true" } else { "false" }),
        }
    }
}

fn quote(out: &mut String, text: &str) {
    out.push('"');
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            c if c < ' ' => {
                let _ = write!(out, "\\u{:04x}", u32::from(c));
            }
            c => out.push(c),
        }
    }
    out.push('"');
}
