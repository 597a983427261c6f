//! An event as named fields: what the canonical text and JSON lines are both made of.
//! First whom it is about, then the rest in the order of the vocabulary.

mod link;

use super::Trace;
use super::event::What;
use crate::family::rabbitmq::log::{ChunkKind, OffsetSpec, TrackingEntry};
use crate::family::rabbitmq::settings::{ConsumerSettings, ProducerSettings};
use crate::ids::{NodeId, StreamId};
use crate::scenario::Scenario;
use crate::scenario::ast::{Client, Policy};

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

/// Gives every field of an event to `to`, in a fixed order.
pub fn visit(what: &What, trace: &Trace, scenario: &Scenario, to: &mut impl Fields) {
    let mut out = Out { trace, to };
    if let Some(actor) = what.actor() {
        out.text("actor", &scenario.actors[actor.index()].name);
    }
    if let Some(stream) = what.stream() {
        out.text("stream", &scenario.streams[stream.index()]);
    }
    out.what(what);
}

struct Out<'a, F> {
    trace: &'a Trace,
    to: &'a mut F,
}

impl<F: Fields> Out<'_, F> {
    fn what(&mut self, what: &What) {
        match what {
            What::Written { stream, row } => self.row(*stream, *row),
            What::Truncated { stream, row } => self.chunk_of("first", *stream, *row),
            What::Committed { chunk, .. } => self.number("chunk", chunk.0),
            What::Stored {
                reference, offset, ..
            } => {
                self.text("reference", reference);
                self.number("offset", *offset);
            }
            What::OffsetForgotten { reference, .. } | What::SequenceForgotten { reference, .. } => {
                self.text("reference", reference);
            }
            What::Replicated { stream, node, row } | What::Diverged { stream, node, row } => {
                self.node(*node);
                self.chunk_of("chunk", *stream, *row);
            }
            What::LeaderElected { .. } => self.elected(what),
            What::NodeCrashed { node }
            | What::NodeStarted { node }
            | What::NodeCut { node }
            | What::NodeHealed { node } => self.node(*node),
            What::Sent { frame, .. } | What::Arrived { frame, .. } => self.frame(frame),
            What::Lost { frame, why, .. } => {
                self.frame(frame);
                self.word("why", why.word());
            }
            What::ProducerStarted { settings, .. } => self.producer(settings),
            What::ConsumerStarted { settings, .. } => self.consumer(settings),
            What::Numbered { from, to, ids, .. } => {
                self.number("from", from.0);
                self.number("to", to.0);
                self.number("ids", *ids);
            }
            What::Handed { .. }
            | What::Processed { .. }
            | What::Skipped { .. }
            | What::Deduplicated { .. } => self.range_of(what),
            What::Attached { at, .. } => self.number("at", at.0),
            What::StoredExternally { offset, .. } => self.number("offset", *offset),
            What::StreamRefused { code, .. } | What::Refused { code, .. } => {
                self.word("code", code.name());
            }
            What::Printed { line, .. } => self.text("line", line),
            What::Ignored { why, .. } => self.word("why", why.word()),
            What::Fault { fault, .. } => self.fault(*fault),
            What::StreamCreated { .. }
            | What::StreamDeleted { .. }
            | What::LeaderLost { .. }
            | What::Ready { .. }
            | What::Closed { .. }
            | What::Crashed { .. }
            | What::Disconnected { .. }
            | What::Healed { .. }
            | What::Paused { .. }
            | What::Resumed { .. }
            | What::Waited => {}
        }
    }

    /// The fields of a range of messages.
    fn range_of(&mut self, what: &What) {
        if let What::Handed {
            first_id,
            ids,
            count,
            stride,
            ..
        } = what
        {
            self.ids(first_id.0, *ids, *count);
            self.stride(stride.0);
        }
        if let What::Processed {
            first,
            count,
            stride,
            again,
            ..
        } = what
        {
            self.range("first", first.0, *count);
            self.stride(stride.0);
            self.flag("again", *again);
        }
        if let What::Skipped {
            first, count, why, ..
        } = what
        {
            self.range("first", first.0, *count);
            self.word("why", why.word());
        }
        if let What::Deduplicated {
            first_id,
            count,
            highest,
            ..
        } = what
        {
            self.range("first_id", first_id.0, *count);
            self.number("highest", highest.0);
        }
    }

    fn elected(&mut self, what: &What) {
        if let What::LeaderElected {
            node,
            epoch,
            offsets,
            sequences,
            ..
        } = what
        {
            self.node(*node);
            self.number("epoch", epoch.0);
            self.number("offsets", offsets.len() as u64);
            self.number("sequences", sequences.len() as u64);
        }
    }

    fn producer(&mut self, settings: &ProducerSettings) {
        if let Some(reference) = &settings.reference {
            self.text("reference", reference);
        }
        self.client(settings.client);
    }

    fn consumer(&mut self, settings: &ConsumerSettings) {
        if let Some(reference) = &settings.reference {
            self.text("reference", reference);
        }
        self.spec(settings.spec);
        match settings.policy {
            Policy::Never => {}
            Policy::Every(n) => self.number("store_every", n),
            Policy::Auto { every, flush } => {
                self.number("auto_every", every);
                self.number("flush_us", flush.0);
            }
            Policy::External(n) => self.number("external_every", n),
        }
        self.number("credit", settings.credit.into());
        self.client(settings.client);
    }

    fn row(&mut self, stream: StreamId, row: u32) {
        let trace = self.trace;
        let row = &trace.arenas.stream(stream).chunks[row as usize];
        let chunk = &row.chunk;
        self.number("chunk", chunk.id.0);
        self.word("kind", kind(chunk.kind));
        self.number("records", chunk.records);
        self.number("entries", chunk.entries.into());
        self.number("bytes", chunk.bytes);
        self.number("epoch", chunk.epoch.0);
        self.flag("rolled", row.rolled);
        for entry in &chunk.tracking {
            match entry {
                TrackingEntry::Offset { reference, offset } => {
                    self.text("offset_of", reference);
                    self.number("offset", *offset);
                }
                TrackingEntry::Sequence { reference, id, .. } => {
                    self.text("sequence_of", reference);
                    self.number("id", *id);
                }
            }
        }
    }

    fn chunk_of(&mut self, name: &'static str, stream: StreamId, row: u32) {
        let id = self.trace.arenas.stream(stream).chunks[row as usize]
            .chunk
            .id;
        self.number(name, id.0);
    }

    fn node(&mut self, node: NodeId) {
        self.number("node", node.0.into());
    }

    fn spec(&mut self, spec: OffsetSpec) {
        match spec {
            OffsetSpec::First => self.word("from", "first"),
            OffsetSpec::Last => self.word("from", "last"),
            OffsetSpec::Next => self.word("from", "next"),
            OffsetSpec::Offset(offset) => self.number("from", offset.0),
            OffsetSpec::Timestamp { ms } => self.number("from_ms", ms),
        }
    }

    fn client(&mut self, client: Option<Client>) {
        if let Some(client) = client {
            self.word("as", client.word());
        }
    }

    fn ids(&mut self, first: u64, ids: u64, count: u64) {
        self.range("first_id", first, count);
        if ids != count {
            self.number("ids", ids);
        }
    }

    fn range(&mut self, name: &'static str, first: u64, count: u64) {
        self.number(name, first);
        self.number("count", count);
    }

    fn stride(&mut self, stride_us: u64) {
        if stride_us > 0 {
            self.number("stride_us", stride_us);
        }
    }

    fn number(&mut self, name: &'static str, n: u64) {
        self.to.field(name, Field::Number(n));
    }

    fn word(&mut self, name: &'static str, word: &'static str) {
        self.to.field(name, Field::Word(word));
    }

    fn text(&mut self, name: &'static str, text: &str) {
        self.to.field(name, Field::Text(text));
    }

    fn flag(&mut self, name: &'static str, set: bool) {
        self.to.field(name, Field::Flag(set));
    }
}

fn kind(kind: ChunkKind) -> &'static str {
    match kind {
        ChunkKind::User => "user",
        ChunkKind::TrackingDelta => "tracking_delta",
        ChunkKind::TrackingSnapshot => "tracking_snapshot",
    }
}
