//! What the programs print, in the words of the recorded runs; where none was recorded, in those of
//! the tutorials' sources. Knows no program.
//!
//! Texts may hold `{first}`, `{last}`, `{count}`, `{offset}`, `{stream}` and `{name}`.

use alloc::string::{String, ToString};

use crate::base::replaced;

/// Lines of a client's programs. `None`: it says nothing.
#[derive(Debug, PartialEq, Eq)]
pub struct ConsoleWords {
    /// A consumer without tracking starts.
    pub started: Option<&'static str>,
    /// A consumer that tracks starts.
    pub started_tracking: Option<&'static str>,
    /// When it says so.
    pub says_started: Says,
    /// It asked for its stored offset and there is none.
    pub nothing_stored: Option<&'static str>,
    /// The first message of a run without tracking.
    pub first_message: Option<&'static str>,
    /// The first message of a run that tracks.
    pub first_message_tracking: Option<&'static str>,
    /// The message that says stop was processed.
    pub done: &'static str,
    /// A producer was handed messages.
    pub publishing: Option<&'static str>,
    /// All of them are confirmed.
    pub confirmed: Option<&'static str>,
    /// The answer to a query by the script.
    pub stored: &'static str,
    /// The answer to a query by the script when there is none.
    pub not_stored: &'static str,
    /// A consumer without a name is told to query.
    pub nameless: &'static str,
    /// It is told to store. Java leaves that out in silence.
    pub nameless_store: Option<&'static str>,
    /// The stream does not exist.
    pub no_stream: Option<&'static str>,
    /// It cannot say to the broker where it is to start: the offset does not fit.
    pub no_such_offset: Option<&'static str>,
    /// The connection is gone.
    pub connection_lost: Option<&'static str>,
    /// The stream is gone or has no leader.
    pub stream_lost: Option<&'static str>,
}

/// When a consumer says that it started.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Says {
    /// Before anything else.
    AtOnce,
    /// When the broker first answered well: it was built.
    WhenBuilt,
    /// When it is subscribed.
    WhenReady,
}

impl ConsoleWords {
    /// What a consumer says at the start.
    #[must_use]
    pub const fn start(&self, tracks: bool) -> Option<&'static str> {
        if tracks {
            self.started_tracking
        } else {
            self.started
        }
    }

    /// What it says at its first message.
    #[must_use]
    pub const fn first(&self, tracks: bool) -> Option<&'static str> {
        if tracks {
            self.first_message_tracking
        } else {
            self.first_message
        }
    }
}

/// A line with its placeholders filled.
#[must_use]
pub fn fill(line: &str, values: &[(&str, &dyn core::fmt::Display)]) -> String {
    let mut line = String::from(line);
    for (name, value) in values {
        line = replaced(&line, name, &value.to_string());
    }
    line
}

/// The lab's own program.
pub const CANONICAL: ConsoleWords = ConsoleWords {
    started: None,
    started_tracking: None,
    says_started: Says::AtOnce,
    nothing_stored: None,
    first_message: Some("first message: offset {first}"),
    first_message_tracking: Some("first message: offset {first}"),
    done: "done: first offset {first}, last offset {last}",
    publishing: None,
    confirmed: None,
    stored: "stored offset: {offset}",
    not_stored: "no offset is stored",
    nameless: "a consumer without a name cannot store or query",
    nameless_store: Some("a consumer without a name cannot store or query"),
    no_stream: None,
    no_such_offset: None,
    connection_lost: None,
    stream_lost: None,
};

/// The Java tutorial and client, as recorded.
pub const JAVA: ConsoleWords = ConsoleWords {
    started: Some("Started consuming..."),
    started_tracking: Some("Started consuming..."),
    says_started: Says::WhenReady,
    first_message: Some("First message received."),
    first_message_tracking: Some("First message received."),
    done: "Done consuming, first offset {first}, last offset {last}.",
    publishing: Some("Publishing {count} messages..."),
    confirmed: Some("Messages confirmed: true."),
    not_stored: "com.rabbitmq.stream.NoOffsetException: \
                 No offset stored for name {name} on stream {stream} (19 (NO_OFFSET))",
    nameless: "java.lang.UnsupportedOperationException: \
               Not possible to query stored offset for a consumer without a name",
    nameless_store: None,
    no_stream: Some(
        "com.rabbitmq.stream.StreamDoesNotExistException: Stream {stream}  does not exist",
    ),
    ..CANONICAL
};

/// The Rust tutorial and client, as recorded.
pub const RUST: ConsoleWords = ConsoleWords {
    started: Some("Started consuming"),
    started_tracking: Some("Started consuming"),
    says_started: Says::WhenBuilt,
    first_message: Some("First message received"),
    first_message_tracking: Some("First message received"),
    done: "Done consuming first_offset: {first} last_offset: {last}  ",
    publishing: Some("Publishing {count} messages"),
    confirmed: Some("Messages confirmed: True"),
    stored: "{offset}",
    not_stored: "Client(RequestError(OffsetNotFound))",
    nameless: "NameMissing",
    nameless_store: Some("NameMissing"),
    no_stream: Some("StreamDoesNotExist { stream: \"{stream}\" }"),
    ..CANONICAL
};

/// The Rust tutorial's nested loop, as recorded: the outer loop takes the first message and does
/// not say so.
pub const RUST_TUTORIAL: ConsoleWords = ConsoleWords {
    first_message_tracking: None,
    ..RUST
};

/// The Python tutorial and rstream, as recorded.
pub const PYTHON: ConsoleWords = ConsoleWords {
    started: Some("Starting consuming Press control +C to close"),
    started_tracking: Some("Started consuming: Press control +C to close"),
    says_started: Says::AtOnce,
    nothing_stored: Some("Offset not previously stored. "),
    first_message: Some("First message received"),
    first_message_tracking: Some("First message received"),
    done: "Done consuming first_offset: {first} last_offset {last} ",
    publishing: Some("Publishing {count} messages"),
    confirmed: Some("Messages confirmed."),
    stored: "{offset}",
    not_stored: "rstream.exceptions.OffsetNotFound: ",
    nameless: "builtins.ValueError: subscriber_name must not be an empty string",
    nameless_store: Some("builtins.ValueError: subscriber_name must not be an empty string"),
    no_stream: Some("rstream.exceptions.StreamDoesNotExist: "),
    no_such_offset: Some("builtins.ValueError: Could not encode frame Subscribe"),
    connection_lost: Some("OnClosedErrorInfo(reason='Connection Closed', streams=['{stream}'])"),
    stream_lost: Some("OnClosedErrorInfo(reason='Metadata Update', streams=['{stream}'])"),
};

/// The Go tutorial and client, as recorded.
pub const GO: ConsoleWords = ConsoleWords {
    confirmed: Some("Messages confirmed."),
    not_stored: "Offset not found",
    nameless: "offset query error: consumer not properly initialized",
    no_stream: Some("Stream Does Not Exist"),
    ..JAVA
};
