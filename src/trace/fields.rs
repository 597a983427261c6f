//! An event as named fields: what the canonical text and JSON lines are both made of.

use super::Trace;
use super::event::What;
use super::frame::{Fault, Frame};
use crate::ids::{ActorId, StreamId};
use crate::log::{Chunk, ChunkKind, OffsetSpec, TrackingEntry};
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
    let mut out = Out {
        trace,
        scenario,
        to,
    };
    out.what(what);
}

struct Out<'a, F> {
    trace: &'a Trace,
    scenario: &'a Scenario,
    to: &'a mut F,
}

impl<F: Fields> Out<'_, F> {
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

    fn stream(&mut self, id: StreamId) {
        let name = self.scenario.streams[id.index()].clone();
        self.text("stream", &name);
    }

    fn actor(&mut self, id: ActorId) {
        let name = self.scenario.actors[id.index()].name.clone();
        self.text("actor", &name);
    }

    fn range(&mut self, name: &'static str, first: u64, count: u64) {
        self.number(name, first);
        self.number("count", count);
    }

    fn what(&mut self, what: &What) {
        match what {
            What::StreamCreated { stream }
            | What::StreamDeleted { stream }
            | What::LeaderLost { stream } => self.stream(*stream),
            What::StreamRefused { stream, code } => {
                self.stream(*stream);
                self.word("code", code.name());
            }
            What::Written { stream, row } => {
                self.stream(*stream);
                self.row(*stream, *row);
            }
            What::Truncated { stream, row } => {
                self.stream(*stream);
                self.chunk_of("first", *stream, *row);
            }
            What::Committed { stream, chunk } => {
                self.stream(*stream);
                self.number("chunk", chunk.0);
            }
            What::Stored {
                stream,
                reference,
                offset,
            } => {
                self.stream(*stream);
                self.text("reference", reference);
                self.number("offset", *offset);
            }
            What::OffsetForgotten { stream, reference }
            | What::SequenceForgotten { stream, reference } => {
                self.stream(*stream);
                self.text("reference", reference);
            }
            What::Replicated { stream, node, row } | What::Diverged { stream, node, row } => {
                self.stream(*stream);
                self.number("node", node.0.into());
                self.chunk_of("chunk", *stream, *row);
            }
            What::LeaderElected {
                stream,
                node,
                epoch,
                offsets,
                sequences,
            } => {
                self.stream(*stream);
                self.number("node", node.0.into());
                self.number("epoch", epoch.0);
                self.number("offsets", offsets.len() as u64);
                self.number("sequences", sequences.len() as u64);
            }
            What::NodeCrashed { node }
            | What::NodeStarted { node }
            | What::NodeCut { node }
            | What::NodeHealed { node } => self.number("node", node.0.into()),
            What::Waited => {}
            What::Sent { actor, frame } | What::Arrived { actor, frame } => {
                self.actor(*actor);
                self.frame(frame);
            }
            What::Lost { actor, frame, why } => {
                self.actor(*actor);
                self.frame(frame);
                self.word("why", why.word());
            }
            What::Deduplicated { .. }
            | What::Attached { .. }
            | What::ProducerStarted { .. }
            | What::Handed { .. }
            | What::ConsumerStarted { .. }
            | What::Ready { .. }
            | What::Refused { .. }
            | What::Processed { .. }
            | What::Skipped { .. }
            | What::StoredExternally { .. }
            | What::Paused { .. }
            | What::Resumed { .. }
            | What::Closed { .. }
            | What::Crashed { .. }
            | What::Disconnected { .. }
            | What::Printed { .. }
            | What::Ignored { .. }
            | What::Fault { .. }
            | What::Healed { .. } => self.program(what),
        }
    }

    fn program(&mut self, what: &What) {
        match what {
            What::ProducerStarted { producer, settings } => {
                self.actor(*producer);
                self.stream(settings.stream);
                if let Some(reference) = &settings.reference {
                    self.text("reference", reference);
                }
                self.client(settings.client);
            }
            What::ConsumerStarted { consumer, settings } => {
                self.actor(*consumer);
                self.stream(settings.stream);
                if let Some(reference) = &settings.reference {
                    self.text("reference", reference);
                }
                self.spec(settings.spec);
                self.policy(settings.policy);
                self.number("credit", settings.credit.into());
                self.client(settings.client);
            }
            What::Handed {
                producer,
                first_id,
                ids,
                count,
                stride,
            } => {
                self.actor(*producer);
                self.range("first_id", first_id.0, *count);
                if ids != count {
                    self.number("ids", *ids);
                }
                if stride.0 > 0 {
                    self.number("stride_us", stride.0);
                }
            }
            What::Processed {
                consumer,
                first,
                count,
                stride,
                again,
            } => {
                self.actor(*consumer);
                self.range("first", first.0, *count);
                if stride.0 > 0 {
                    self.number("stride_us", stride.0);
                }
                self.flag("again", *again);
            }
            What::Skipped {
                consumer,
                first,
                count,
                why,
            } => {
                self.actor(*consumer);
                self.range("first", first.0, *count);
                self.word("why", why.word());
            }
            What::Deduplicated {
                producer,
                first_id,
                count,
                highest,
            } => {
                self.actor(*producer);
                self.range("first_id", first_id.0, *count);
                self.number("highest", highest.0);
            }
            What::Attached { consumer, at } => {
                self.actor(*consumer);
                self.number("at", at.0);
            }
            What::StoredExternally { consumer, offset } => {
                self.actor(*consumer);
                self.number("offset", *offset);
            }
            What::Refused { actor, code } => {
                self.actor(*actor);
                self.word("code", code.name());
            }
            What::Printed { actor, line } => {
                self.actor(*actor);
                self.text("line", line);
            }
            What::Ignored { actor, why } => {
                if let Some(actor) = actor {
                    self.actor(*actor);
                }
                self.word("why", why.word());
            }
            What::Fault { actor, fault } => {
                self.actor(*actor);
                self.fault(*fault);
            }
            What::Ready { actor }
            | What::Closed { actor }
            | What::Crashed { actor }
            | What::Disconnected { actor }
            | What::Healed { actor }
            | What::Paused { consumer: actor }
            | What::Resumed { consumer: actor } => self.actor(*actor),
            What::StreamCreated { .. }
            | What::StreamRefused { .. }
            | What::StreamDeleted { .. }
            | What::Written { .. }
            | What::Committed { .. }
            | What::Truncated { .. }
            | What::Stored { .. }
            | What::OffsetForgotten { .. }
            | What::SequenceForgotten { .. }
            | What::Sent { .. }
            | What::Arrived { .. }
            | What::Lost { .. }
            | What::NodeCrashed { .. }
            | What::NodeStarted { .. }
            | What::NodeCut { .. }
            | What::NodeHealed { .. }
            | What::Replicated { .. }
            | What::Diverged { .. }
            | What::LeaderLost { .. }
            | What::LeaderElected { .. }
            | What::Waited => {}
        }
    }

    fn chunk_of(&mut self, name: &'static str, stream: StreamId, row: u32) {
        let id = self.trace.arenas.stream(stream).chunks[row as usize]
            .chunk
            .id;
        self.number(name, id.0);
    }

    fn row(&mut self, stream: StreamId, row: u32) {
        let trace = self.trace;
        let row = &trace.arenas.stream(stream).chunks[row as usize];
        let chunk: &Chunk = &row.chunk;
        self.number("chunk", chunk.id.0);
        self.word(
            "kind",
            match chunk.kind {
                ChunkKind::User => "user",
                ChunkKind::TrackingDelta => "tracking_delta",
                ChunkKind::TrackingSnapshot => "tracking_snapshot",
            },
        );
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

    fn frame(&mut self, frame: &Frame) {
        self.word("frame", frame.word());
        match frame {
            Frame::Publish {
                first_id,
                ids,
                count,
                frames,
            } => {
                self.ids(first_id.0, *ids, *count);
                if *frames > 1 {
                    self.number("frames", *frames);
                }
            }
            Frame::Confirm {
                first_id,
                ids,
                count,
                duplicates,
            } => {
                self.ids(first_id.0, *ids, *count);
                self.flag("duplicates", *duplicates);
            }
            Frame::PublishError {
                first_id,
                ids,
                count,
                code,
            } => {
                self.ids(first_id.0, *ids, *count);
                self.word("code", code.name());
            }
            Frame::Subscribe { spec, credit } => {
                self.spec(*spec);
                self.number("credit", (*credit).into());
            }
            Frame::Credit { credit } => self.number("credit", (*credit).into()),
            Frame::Store { offset } => self.number("offset", *offset),
            Frame::Activate { spec } => {
                if let Some(spec) = spec {
                    self.spec(*spec);
                }
            }
            Frame::Code(code) | Frame::MetadataUpdate { code } => self.word("code", code.name()),
            Frame::StoredOffset { offset } => match offset {
                Some(offset) => self.number("offset", *offset),
                None => self.word("offset", "none"),
            },
            Frame::Sequence { id } => self.number("id", *id),
            Frame::Deliver { stream, row } => self.chunk_of("chunk", *stream, *row),
            Frame::ConsumerUpdate { active } => self.flag("active", *active),
            Frame::Declare | Frame::QuerySequence | Frame::QueryOffset | Frame::Close => {}
        }
    }

    fn ids(&mut self, first: u64, ids: u64, count: u64) {
        self.range("first_id", first, count);
        if ids != count {
            self.number("ids", ids);
        }
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

    fn policy(&mut self, policy: Policy) {
        match policy {
            Policy::Never => {}
            Policy::Every(n) => self.number("store_every", n),
            Policy::Auto { every, flush } => {
                self.number("auto_every", every);
                self.number("flush_us", flush.0);
            }
            Policy::External(n) => self.number("external_every", n),
        }
    }

    fn client(&mut self, client: Option<Client>) {
        if let Some(client) = client {
            self.word("as", client.word());
        }
    }

    fn fault(&mut self, fault: Fault) {
        match fault {
            Fault::LoseConfirm => self.word("lose", "confirm"),
            Fault::LoseStore => self.word("lose", "store"),
            Fault::LosePublish => self.word("lose", "publish"),
            Fault::Drop {
                numerator,
                denominator,
            } => {
                self.number("drop", numerator.into());
                self.number("of", denominator.into());
            }
            Fault::Delay { by } => self.number("delay_us", by.0),
        }
    }
}
