//! The canonical text of a trace, one line an event, and the digest over it. Knows fields, makes no sentences.
//!
//! ```text
//! #12 2000us <- #9 written stream=letters chunk=0 kind=user records=32 entries=32 bytes=640
//! ```
//! Number, moment, cause (`script` when there is none), what, fields. Strings are bare when they are
//! names, else quoted as in the language. The digest is the SHA-256 of this text, first 16 hex digits.

use alloc::string::String;
use core::fmt::{self, Write};

use sha2::{Digest, Sha256};

use super::Trace;
use super::event::Event;
use super::fields::{self, Field, Fields};
use crate::family::Family;
use crate::ids::EventId;
use crate::language::{Scenario, show};

/// The line of one event, without a line break.
#[must_use]
pub fn line(trace: &Trace, scenario: &Scenario, id: EventId) -> String {
    let mut out = String::new();
    if let Some(event) = trace.get(id) {
        write_line(&mut out, trace, scenario, id, event).expect("a String takes everything");
    }
    out
}

/// The first 16 hex digits of the SHA-256 of all lines, each ended by a line feed.
#[must_use]
pub fn digest(trace: &Trace, scenario: &Scenario) -> String {
    let mut digester = Digester::default();
    digester.take(trace, scenario, u32::MAX);
    digester.finish()
}

/// A digest that is computed in slices.
#[derive(Clone, Debug, Default)]
pub struct Digester {
    hash: Sha256,
    text: String,
    next: usize,
}

impl Digester {
    /// Takes in up to `budget` further events; answers whether it came to the end.
    pub fn take(&mut self, trace: &Trace, scenario: &Scenario, budget: u32) -> bool {
        let to = self.next.saturating_add(budget as usize);
        let to = to.min(trace.events.len());
        for at in self.next..to {
            let id = EventId(u32::try_from(at).expect("events are limited"));
            self.text.clear();
            write_line(&mut self.text, trace, scenario, id, &trace.events[at])
                .expect("a String takes everything");
            self.text.push('\n');
            self.hash.update(self.text.as_bytes());
        }
        self.next = to;
        to == trace.events.len()
    }

    /// The first 16 hex digits.
    #[must_use]
    pub fn finish(self) -> String {
        let mut hex = String::with_capacity(16);
        for byte in &self.hash.finalize()[..8] {
            write!(hex, "{byte:02x}").expect("a String takes everything");
        }
        hex
    }
}

fn write_line(
    out: &mut String,
    trace: &Trace,
    scenario: &Scenario,
    id: EventId,
    event: &Event,
) -> fmt::Result {
    write!(out, "#{id} {}us <- ", event.at.0)?;
    match event.cause {
        Some(cause) => write!(out, "#{cause}")?,
        None => out.write_str("script")?,
    }
    write!(out, " {}", event.what.word())?;
    let family = scenario.header.family;
    let mut sink = Words { out, family };
    fields::visit(&event.what, trace, scenario, &mut sink);
    Ok(())
}

struct Words<'a> {
    out: &'a mut String,
    family: Family,
}

impl Fields for Words<'_> {
    fn field(&mut self, name: &'static str, field: Field<'_>) {
        let written = match field {
            Field::Number(n) => write!(self.out, " {name}={n}"),
            Field::Word(word) => write!(self.out, " {name}={word}"),
            Field::Text(text) => write!(self.out, " {name}={}", show::name_in(self.family, text)),
            Field::Flag(true) => write!(self.out, " {name}"),
            Field::Flag(false) => Ok(()),
        };
        written.expect("a String takes everything");
    }
}
