//! An event as named fields: what the canonical text and JSON lines are both made of.
//! First whom it is about, then the rest in the order of the vocabulary.

use super::Trace;
use super::event::{Disconnection, What};
use super::link::Fault;
use crate::ids::LogId;
use crate::language::Scenario;

/// The value of a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Field<'a> {
    /// A number.
    Number(u64),
    /// One of the lab's own words.
    Word(&'static str),
    /// A name or a text of the scenario.
    Text(&'a str),
    /// Set or not; not named when it is not.
    Flag(bool),
}

/// Takes the fields of an event in their order.
pub trait Fields {
    /// One field.
    fn field(&mut self, name: &'static str, field: Field<'_>);
}

impl dyn Fields + '_ {
    /// A number.
    pub fn number(&mut self, name: &'static str, n: u64) {
        self.field(name, Field::Number(n));
    }

    /// One of the lab's own words.
    pub fn word(&mut self, name: &'static str, word: &'static str) {
        self.field(name, Field::Word(word));
    }

    /// A name or a text of the scenario.
    pub fn text(&mut self, name: &'static str, text: &str) {
        self.field(name, Field::Text(text));
    }

    /// Whether something is so.
    pub fn flag(&mut self, name: &'static str, set: bool) {
        self.field(name, Field::Flag(set));
    }

    /// The first of `count` numbers, and `count`.
    pub fn range(&mut self, name: &'static str, first: u64, count: u64) {
        self.number(name, first);
        self.number("count", count);
    }

    /// The time between two messages of a range, unless it is zero.
    pub fn stride(&mut self, stride_us: u64) {
        if stride_us > 0 {
            self.number("stride_us", stride_us);
        }
    }
}

/// Gives every field of an event to `to`, in a fixed order.
pub fn visit(what: &What, trace: &Trace, scenario: &Scenario, to: &mut dyn Fields) {
    if let Some(actor) = what.actor() {
        to.text("actor", &scenario.actors[actor.index()].name);
    }
    let vocabulary = scenario.header.family.vocabulary();
    let log = |log: LogId, to: &mut dyn Fields| {
        let word = scenario.header.family.log().doc().word;
        to.text(word, &scenario.streams[log.index()]);
    };
    if let Some(stream) = what.stream() {
        log(stream, to);
    }
    match what {
        What::Family(event) => event.fields(&trace.arenas, to),
        What::Sent { message, .. } | What::Arrived { message, .. } => {
            message.fields(&trace.arenas, to);
        }
        What::Lost { message, why, .. } => {
            message.fields(&trace.arenas, to);
            to.word("why", why.word());
        }
        What::NodeCrashed { node }
        | What::NodeStarted { node }
        | What::NodeCut { node }
        | What::NodeHealed { node } => to.number("node", node.0.into()),
        What::Processed {
            log: of,
            first,
            count,
            stride,
            again,
            ..
        } => {
            if vocabulary.reads_several_logs {
                log(*of, to);
            }
            to.range("first", first.0, *count);
            to.stride(stride.0);
            to.flag("again", *again);
        }
        What::Skipped {
            log: of,
            first,
            count,
            why,
            ..
        } => {
            if vocabulary.reads_several_logs {
                log(*of, to);
            }
            to.range("first", first.0, *count);
            to.word("why", why.word());
        }
        What::Printed { line, .. } => to.text("line", line),
        What::Ignored { why, .. } => to.word("why", why.word()),
        What::Disconnected { why, retries, .. } => {
            disconnection_fields(*why, to);
            to.flag("retries", *retries);
        }
        What::Fault { fault, .. } => fault_fields(*fault, to),
        What::Ready { .. }
        | What::Closed { .. }
        | What::Crashed { .. }
        | What::Healed { .. }
        | What::Paused { .. }
        | What::Resumed { .. }
        | What::Waited => {}
    }
}

fn disconnection_fields(why: Disconnection, to: &mut dyn Fields) {
    to.word("why", why.word());
    let code = match why {
        Disconnection::NodeDown => None,
        Disconnection::HungUp { request, code } => {
            to.word("request", request);
            code
        }
        Disconnection::Unavailable { message, code } => {
            to.word("message", message);
            Some(code)
        }
    };
    if let Some(code) = code {
        to.word("code", code.name);
    }
}

fn fault_fields(fault: Fault, to: &mut dyn Fields) {
    match fault {
        Fault::LoseNext(kind) => to.word("lose", kind.word()),
        Fault::Drop {
            numerator,
            denominator,
        } => {
            to.number("drop", numerator.into());
            to.number("of", denominator.into());
        }
        Fault::Delay { by } => to.number("delay_us", by.0),
    }
}
