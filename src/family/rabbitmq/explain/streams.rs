//! Clauses about streams: what the broker wrote, committed, stored, deleted and replicated, and who leads.

use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use super::phrases;
use crate::explain::english;
use crate::explain::names::EventNames;
use crate::family::rabbitmq::broker::{PolicyLimits, ResponseCode};
use crate::family::rabbitmq::log::{Chunk, ChunkKind, TrackingEntry};
use crate::ids::{Epoch, LogId, NodeId, Offset};

pub(super) fn created(names: &EventNames<'_>, stream: LogId) -> String {
    let nodes = match names.scenario.header.nodes {
        0 | 1 => String::new(),
        n => format!(" on {n} nodes, led by node 1"),
    };
    let name = names.stream(stream);
    format!("stream {name} was created{nodes}; it is empty")
}

pub(super) fn refused(names: &EventNames<'_>, stream: LogId, code: ResponseCode) -> String {
    let name = names.stream(stream);
    match code {
        ResponseCode::StreamAlreadyExists => {
            format!("stream {name} is there already with the same arguments, which is fine")
        }
        ResponseCode::PreconditionFailed if name.is_empty() => format!(
            "the broker takes no stream with an empty name, so it refused ({})",
            code.name()
        ),
        ResponseCode::PreconditionFailed if name.starts_with("amq.") => format!(
            "the broker takes no stream whose name begins with `amq.`, so it refused ({})",
            code.name()
        ),
        ResponseCode::PreconditionFailed => format!(
            "stream {name} is there with other arguments, so the broker refused ({})",
            code.name()
        ),
        ResponseCode::Ok
        | ResponseCode::StreamDoesNotExist
        | ResponseCode::SubscriptionIdAlreadyExists
        | ResponseCode::SubscriptionIdDoesNotExist
        | ResponseCode::StreamNotAvailable
        | ResponseCode::UnknownFrame
        | ResponseCode::AccessRefused
        | ResponseCode::PublisherDoesNotExist
        | ResponseCode::NoOffset => format!(
            "the broker refused the request about stream {name} ({})",
            code.name()
        ),
    }
}

pub(super) fn deleted(names: &EventNames<'_>, stream: LogId) -> String {
    let name = names.stream(stream);
    format!("stream {name} was deleted, with all stored offsets")
}

pub(super) fn policy_set(
    names: &EventNames<'_>,
    stream: LogId,
    limits: Option<&PolicyLimits>,
) -> String {
    let name = names.stream(stream);
    match limits {
        Some(limits) => format!("a policy limits {name} to {}", phrases::limits(limits)),
        None => format!("the policy for {name} is gone, so its own limits hold"),
    }
}

pub(super) fn committed(names: &EventNames<'_>, stream: LogId, chunk: Offset) -> String {
    let reason = if names.has_cluster() {
        "because a majority of the nodes has it, so consumers may read it"
    } else {
        "so consumers may read it"
    };
    let (name, chunk) = (names.stream(stream), english::number(chunk.0));
    format!("chunk {chunk} of {name} is committed, {reason}")
}

pub(super) fn truncated(names: &EventNames<'_>, stream: LogId, row: u32) -> String {
    let first = phrases::chunk(names, stream, row).id;
    let (name, first) = (names.stream(stream), english::number(first.0));
    format!("retention deleted the oldest segments of {name}; its first offset is now {first}")
}

pub(super) fn written(names: &EventNames<'_>, stream: LogId, row: u32) -> String {
    let rolled = row > 0 && names.trace.arenas.stream(stream).chunks[row as usize].rolled;
    let chunk = phrases::chunk(names, stream, row);
    let name = names.stream(stream);
    let place = if rolled {
        ", which opened a new segment"
    } else {
        ""
    };
    match chunk.kind {
        ChunkKind::User => {
            let what = english::count(chunk.records, "message");
            let at = english::offsets(chunk.id.0, chunk.records);
            let from = publishers(names, chunk);
            format!(
                "chunk {} was written to {name}: {what}{from} at {at}{place}{}",
                english::number(chunk.id.0),
                trailer(chunk)
            )
        }
        ChunkKind::TrackingDelta => format!(
            "with no message to ride along with, {} went into a chunk of its own, which took offset {} of {name}{place}",
            entries(chunk),
            english::number(chunk.id.0),
        ),
        ChunkKind::TrackingSnapshot => format!(
            "a new segment of {name} began with a snapshot of its tracking, which took offset {}",
            english::number(chunk.id.0),
        ),
    }
}

/// ` from p and q`.
fn publishers(names: &EventNames<'_>, chunk: &Chunk) -> String {
    let mut producers: Vec<&str> = Vec::new();
    for run in chunk.runs.iter().take(64) {
        let name = names.program(run.producer);
        if !producers.contains(&name) {
            producers.push(name);
        }
    }
    match producers.len() {
        0 => String::new(),
        n if n > 3 => format!(" from {} producers", english::number(n as u64)),
        _ => format!(" from {}", english::list(&producers)),
    }
}

/// What rides in a user chunk's trailer.
fn trailer(chunk: &Chunk) -> String {
    let offsets = chunk.tracking.iter().any(|entry| match entry {
        TrackingEntry::Offset { .. } => true,
        TrackingEntry::Sequence { .. } => false,
    });
    if !offsets {
        return String::new();
    }
    format!("; {} rode along and took no offset", entries(chunk))
}

/// The stored offsets that a chunk holds.
fn entries(chunk: &Chunk) -> String {
    let stores: Vec<String> = chunk
        .tracking
        .iter()
        .filter_map(|entry| match entry {
            TrackingEntry::Offset { reference, offset } => {
                Some(format!("{reference} ({})", english::number(*offset)))
            }
            TrackingEntry::Sequence { .. } => None,
        })
        .collect();
    match stores.len() {
        0 => "tracking".to_string(),
        1 => format!("the stored offset of {}", stores[0]),
        n if n > 4 => format!("{} stored offsets", english::number(n as u64)),
        _ => format!("the stored offsets of {}", english::list(&stores)),
    }
}

pub(super) fn stored(
    names: &EventNames<'_>,
    stream: LogId,
    reference: &str,
    offset: u64,
) -> String {
    let (name, offset) = (names.stream(stream), english::number(offset));
    format!("the broker noted {offset} as the stored offset of {reference} on {name}")
}

pub(super) fn offset_forgotten(names: &EventNames<'_>, stream: LogId, reference: &str) -> String {
    let name = names.stream(stream);
    format!(
        "the stored offset of {reference} is below the first offset of {name}, so the snapshot dropped it"
    )
}

pub(super) fn sequence_forgotten(names: &EventNames<'_>, stream: LogId, reference: &str) -> String {
    let name = names.stream(stream);
    format!(
        "stream {name} keeps the sequences of 255 producers at most, so the snapshot dropped that of {reference}"
    )
}

pub(super) fn replicated(names: &EventNames<'_>, stream: LogId, node: NodeId, row: u32) -> String {
    let (chunk, name) = (phrases::chunk(names, stream, row), names.stream(stream));
    format!("node {node} copied {name} up to chunk {}", chunk.id)
}

pub(super) fn diverged(names: &EventNames<'_>, stream: LogId, node: NodeId, row: u32) -> String {
    let (chunk, name) = (phrases::chunk(names, stream, row), names.stream(stream));
    let from = english::number(chunk.id.0);
    format!(
        "node {node} threw away {name} from offset {from} on, because the new leader does not have it"
    )
}

pub(super) fn leader_lost(names: &EventNames<'_>, stream: LogId) -> String {
    let name = names.stream(stream);
    format!("stream {name} has no leader until the next election")
}

pub(super) fn leader_elected(
    names: &EventNames<'_>,
    stream: LogId,
    node: NodeId,
    epoch: Epoch,
) -> String {
    let name = names.stream(stream);
    if names.has_cluster() {
        format!("node {node} leads {name} in epoch {epoch}")
    } else {
        format!("stream {name} is open again, in epoch {epoch}")
    }
}
