//! The fields of this family's events and messages, in their fixed order.

use super::broker::PolicyLimits;
use super::event::StreamEvent;
use super::log::{ChunkKind, OffsetSpec, TrackingEntry};
use super::message::{Answer, StreamMessage, ToBroker, ToProgram};
use super::settings::{ConsumerSettings, ProducerSettings};
use crate::family::rabbitmq::statements::{Client, Policy};
use crate::ids::LogId;
use crate::trace::Arenas;
use crate::trace::fields::Fields;

impl StreamEvent {
    /// Gives the fields of the event, without the program and the stream that it is about.
    pub(crate) fn fields(&self, arenas: &Arenas, to: &mut dyn Fields) {
        match self {
            Self::Written { stream, row } => row_fields(arenas, *stream, *row, to),
            Self::PolicySet { limits, .. } => policy(limits.as_ref(), to),
            Self::Truncated { stream, row } => chunk(arenas, "first", *stream, *row, to),
            Self::Committed { chunk, .. } => to.number("chunk", chunk.0),
            Self::Stored {
                reference, offset, ..
            } => {
                to.text("reference", reference);
                to.number("offset", *offset);
            }
            Self::OffsetForgotten { reference, .. } | Self::SequenceForgotten { reference, .. } => {
                to.text("reference", reference);
            }
            Self::Replicated { stream, node, row } | Self::Diverged { stream, node, row } => {
                to.number("node", node.0.into());
                chunk(arenas, "chunk", *stream, *row, to);
            }
            Self::LeaderElected {
                node,
                epoch,
                offsets,
                sequences,
                ..
            } => {
                to.number("node", node.0.into());
                to.number("epoch", epoch.0);
                to.number("offsets", offsets.len() as u64);
                to.number("sequences", sequences.len() as u64);
            }
            Self::ProducerStarted { settings, .. } => producer(settings, to),
            Self::ConsumerStarted { settings, .. } => consumer(settings, to),
            Self::Numbered {
                from, to: now, ids, ..
            } => {
                to.number("from", from.0);
                to.number("to", now.0);
                to.number("ids", *ids);
            }
            Self::Handed {
                first_id,
                ids,
                count,
                stride,
                ..
            } => {
                id_fields(first_id.0, *ids, *count, to);
                to.stride(stride.0);
            }
            Self::Deduplicated {
                first_id,
                count,
                highest,
                ..
            } => {
                to.range("first_id", first_id.0, *count);
                to.number("highest", highest.0);
            }
            Self::Attached { at, .. } => to.number("at", at.0),
            Self::StoredExternally { offset, .. } => to.number("offset", *offset),
            Self::StreamRefused { code, .. } | Self::Refused { code, .. } => {
                to.word("code", code.name());
            }
            Self::StreamCreated { .. } | Self::StreamDeleted { .. } | Self::LeaderLost { .. } => {}
        }
    }
}

impl StreamMessage {
    /// Gives the fields of the message, its word first.
    pub(crate) fn fields(&self, arenas: &Arenas, to: &mut dyn Fields) {
        to.word("frame", self.word());
        match self {
            Self::ToBroker(message) => to_broker(message, to),
            Self::ToProgram(message) => to_program(message, arenas, to),
        }
    }
}

fn to_broker(message: &ToBroker, to: &mut dyn Fields) {
    match message {
        ToBroker::Publish(frames) => {
            id_fields(frames.run.first_id.0, frames.ids(), frames.run.count, to);
            if frames.frames() > 1 {
                to.number("frames", frames.frames());
            }
        }
        ToBroker::Subscribe { spec, credit } => {
            spec_field(*spec, to);
            to.number("credit", (*credit).into());
        }
        ToBroker::Credit { credit } => to.number("credit", (*credit).into()),
        ToBroker::Store { offset } => to.number("offset", *offset),
        ToBroker::Activate { spec: Some(spec) } => spec_field(*spec, to),
        ToBroker::Activate { spec: None }
        | ToBroker::Declare
        | ToBroker::QuerySequence
        | ToBroker::QueryOffset(_)
        | ToBroker::Unsubscribe
        | ToBroker::Close => {}
    }
}

fn to_program(message: &ToProgram, arenas: &Arenas, to: &mut dyn Fields) {
    match message {
        ToProgram::Answer { answer, .. } => match answer {
            Answer::Code(code) => to.word("code", code.name()),
            Answer::StoredOffset(Some(offset)) => to.number("offset", *offset),
            Answer::StoredOffset(None) => to.word("offset", "none"),
            Answer::Sequence(id) => to.number("id", *id),
        },
        ToProgram::Confirm {
            first_id,
            ids,
            count,
            duplicates,
        } => {
            id_fields(first_id.0, *ids, *count, to);
            to.flag("duplicates", *duplicates);
        }
        ToProgram::PublishError {
            first_id,
            ids,
            count,
            code,
        } => {
            id_fields(first_id.0, *ids, *count, to);
            to.word("code", code.name());
        }
        ToProgram::Deliver { stream, row } => chunk(arenas, "chunk", *stream, *row, to),
        ToProgram::MetadataUpdate { code } => to.word("code", code.name()),
        ToProgram::ConsumerUpdate { active } => to.flag("active", *active),
    }
}

fn producer(settings: &ProducerSettings, to: &mut dyn Fields) {
    if let Some(reference) = &settings.reference {
        to.text("reference", reference);
    }
    client(settings.client, to);
}

fn consumer(settings: &ConsumerSettings, to: &mut dyn Fields) {
    if let Some(reference) = &settings.reference {
        to.text("reference", reference);
    }
    spec_field(settings.spec, to);
    match settings.policy {
        Policy::Never => {}
        Policy::Every(n) => to.number("store_every", n),
        Policy::Auto { every, flush } => {
            to.number("auto_every", every);
            to.number("flush_us", flush.0);
        }
        Policy::Manual => to.word("store", "manual"),
        Policy::External(n) => to.number("external_every", n),
    }
    to.flag("at_stored", settings.at_stored);
    to.number("credit", settings.credit.into());
    client(settings.client, to);
}

fn policy(limits: Option<&PolicyLimits>, to: &mut dyn Fields) {
    let Some(limits) = limits else {
        return to.flag("none", true);
    };
    if let Some(bytes) = limits.max_length {
        to.number("max_length", bytes.0);
    }
    if let Some(age) = limits.max_age {
        to.number("max_age_us", age.0);
    }
}

fn row_fields(arenas: &Arenas, stream: LogId, row: u32, to: &mut dyn Fields) {
    let row = &arenas.stream(stream).chunks[row as usize];
    let chunk = &row.chunk;
    to.number("chunk", chunk.id.0);
    to.word("kind", kind(chunk.kind));
    to.number("records", chunk.records);
    to.number("entries", chunk.entries.into());
    to.number("bytes", chunk.bytes);
    to.number("epoch", chunk.epoch.0);
    to.flag("rolled", row.rolled);
    for entry in &chunk.tracking {
        match entry {
            TrackingEntry::Offset { reference, offset } => {
                to.text("offset_of", reference);
                to.number("offset", *offset);
            }
            TrackingEntry::Sequence { reference, id, .. } => {
                to.text("sequence_of", reference);
                to.number("id", *id);
            }
        }
    }
}

fn chunk(arenas: &Arenas, name: &'static str, stream: LogId, row: u32, to: &mut dyn Fields) {
    let id = arenas.stream(stream).chunks[row as usize].chunk.id;
    to.number(name, id.0);
}

fn spec_field(spec: OffsetSpec, to: &mut dyn Fields) {
    match spec {
        OffsetSpec::First => to.word("from", "first"),
        OffsetSpec::Last => to.word("from", "last"),
        OffsetSpec::Next => to.word("from", "next"),
        OffsetSpec::Offset(offset) => to.number("from", offset.0),
        OffsetSpec::Timestamp { ms } => to.number("from_ms", ms),
    }
}

fn client(client: Option<Client>, to: &mut dyn Fields) {
    if let Some(client) = client {
        to.word("as", client.word());
    }
}

fn id_fields(first: u64, ids: u64, count: u64, to: &mut dyn Fields) {
    to.range("first_id", first, count);
    if ids != count {
        to.number("ids", ids);
    }
}

fn kind(kind: ChunkKind) -> &'static str {
    match kind {
        ChunkKind::User => "user",
        ChunkKind::TrackingDelta => "tracking_delta",
        ChunkKind::TrackingSnapshot => "tracking_snapshot",
    }
}
