//! What is done to any program by its name. Which of these its scripts have, and where the reference shows
//! them, is for a family to say.

use crate::language::ast::StatementKind;
use crate::language::authoring::meaning;
use crate::language::doc::{FormDoc, Heading};
use crate::language::form::{Form, LineReader};

/// A form of one name and nothing else.
pub(crate) const fn simple(
    keyword: &'static str,
    shapes: &'static [&'static str],
    about: &'static str,
    example: &'static str,
    read: LineReader,
) -> Form {
    Form {
        doc: FormDoc {
            keyword,
            group: Heading::Actors,
            shapes,
            options: &[],
            about: meaning!(about),
            example: meaning!(example),
        },
        read,
    }
}

/// The forms of this file.
pub(crate) const FORMS: &[Form] = &[
    simple(
        "restart",
        &["restart A"],
        "Starts a program again with the settings it had. One that runs ends first, as `stop` ends it.",
        "restart c",
        |line| Ok(Some(StatementKind::Restart(line.actor()?))),
    ),
    simple(
        "stop",
        &["stop A"],
        "Ends a program gracefully, in its own way; a producer is closed.",
        "stop c",
        |line| Ok(Some(StatementKind::Stop(line.actor()?))),
    ),
    simple(
        "pause",
        &["pause C"],
        "The program stops processing; deliveries pile up within its credits.",
        "pause c",
        |line| Ok(Some(StatementKind::Pause(line.consumer()?))),
    ),
    simple(
        "resume",
        &["resume C"],
        "The program goes on processing.",
        "resume c",
        |line| Ok(Some(StatementKind::Resume(line.consumer()?))),
    ),
];
