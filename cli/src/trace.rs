//! `offset-lab trace`: every event of a run, a line each.

use std::io;
use std::path::Path;

use offset_lab::Timeline;
use offset_lab::ids::EventId;
use offset_lab::trace::fields::{self, Field, Fields};
use offset_lab::trace::text;
use serde_json::{Map, Value as Json};

use crate::args::TraceFormat;
use crate::drawing::Named;
use crate::run::simulated;
use crate::screen::{Outcome, Screen};
use crate::source;

/// Prints the events of the scenario in `file`.
pub(crate) fn trace(file: &Path, format: TraceFormat, screen: &mut Screen) -> io::Result<Outcome> {
    let source = match source::read(file) {
        Ok(source) => source,
        Err(message) => {
            screen.problem(&message)?;
            return Ok(Outcome::Bad);
        }
    };
    let (timeline, diagnostics, more) =
        simulated(&source.text, &format!("running {}", source.name), screen);
    for id in (0..timeline.as_ref().map_or(0, Timeline::len)).map(EventId) {
        if let Some(timeline) = &timeline {
            match format {
                TraceFormat::Text => {
                    let line = text::line(timeline.trace(), timeline.scenario(), id);
                    screen.line(format_args!("{line}"))?;
                }
                TraceFormat::Jsonl => screen.json(&json(timeline, id))?,
            }
        }
    }
    let of = Named {
        name: &source.name,
        text: &source.text,
        above: 0,
    };
    screen.diagnostics(of, &diagnostics, more)?;
    Ok(if diagnostics.is_empty() {
        Outcome::Good
    } else {
        Outcome::Bad
    })
}

/// An event as one object: number, time, cause (a number, or null for the script), kind, fields.
fn json(timeline: &Timeline, id: EventId) -> Json {
    struct Object(Map<String, Json>);
    impl Fields for Object {
        fn field(&mut self, name: &'static str, field: Field<'_>) {
            let value: Json = match field {
                Field::Number(number) => number.into(),
                Field::Word(word) => word.into(),
                Field::Text(text) => text.into(),
                Field::Flag(flag) => flag.into(),
            };
            self.0.insert(name.to_owned(), value);
        }
    }
    let mut object = Object(Map::new());
    if let Some(event) = timeline.trace().get(id) {
        object.field("event", Field::Number(id.0.into()));
        object.field("time_us", Field::Number(event.at.0));
        let cause = event.cause.map(|cause| cause.0);
        object.0.insert("cause".to_owned(), cause.into());
        object.field("kind", Field::Word(event.what.word()));
        fields::visit(
            &event.what,
            timeline.trace(),
            timeline.scenario(),
            &mut object,
        );
    }
    Json::Object(object.0)
}
