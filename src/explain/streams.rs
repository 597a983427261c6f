//! Clauses about streams and nodes: what the broker decided.

use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use super::teller::Teller;
use super::words;
use crate::family::FamilyEvent;
use crate::family::rabbitmq::event::StreamEvent;
use crate::family::rabbitmq::log::{Chunk, ChunkKind, TrackingEntry};
use crate::ids::StreamId;
use crate::trace::What;

/// What happened, or nothing when the event is not about a stream or a node.
pub(super) fn clause(t: &Teller<'_>, what: &What) -> String {
    if let What::Family(FamilyEvent::RabbitMq(StreamEvent::Written { stream, row })) = what {
        return written(t, *stream, *row);
    }
    if let What::Family(FamilyEvent::RabbitMq(StreamEvent::StreamCreated { stream })) = what {
        let nodes = match t.scenario.header.nodes {
            0 | 1 => String::new(),
            n => format!(" on {n} nodes, led by node 1"),
        };
        return format!(
            "stream {} was created{nodes}; it is empty",
            t.stream(*stream)
        );
    }
    if let What::Family(FamilyEvent::RabbitMq(StreamEvent::StreamRefused { stream, code })) = what {
        return refused(t.stream(*stream), code.name());
    }
    if let What::Family(FamilyEvent::RabbitMq(StreamEvent::StreamDeleted { stream })) = what {
        return format!(
            "stream {} was deleted, with all stored offsets",
            t.stream(*stream)
        );
    }
    if let What::Family(FamilyEvent::RabbitMq(StreamEvent::Committed { stream, chunk })) = what {
        let who = match t.scenario.header.nodes {
            0 | 1 => "so consumers may read it",
            _ => "because a majority of the nodes has it, so consumers may read it",
        };
        return format!(
            "chunk {} of {} is committed, {who}",
            words::number(chunk.0),
            t.stream(*stream)
        );
    }
    if let What::Family(FamilyEvent::RabbitMq(StreamEvent::Truncated { stream, row })) = what {
        let first = t.chunk(*stream, *row).id;
        let name = t.stream(*stream);
        return format!(
            "retention deleted the oldest segments of {name}; its first offset is now {}",
            words::number(first.0)
        );
    }
    tracking(t, what)
        .or_else(|| cluster(t, what))
        .unwrap_or_default()
}

fn refused(stream: &str, code: &str) -> String {
    match code {
        "stream_already_exists" => {
            format!("stream {stream} is there already with the same arguments, which is fine")
        }
        "precondition_failed" => {
            format!("stream {stream} is there with other arguments, so the broker refused ({code})")
        }
        _ => format!("the broker refused the request about stream {stream} ({code})"),
    }
}

fn written(t: &Teller<'_>, stream: StreamId, row: u32) -> String {
    let rolled = row > 0 && t.trace.arenas.stream(stream).chunks[row as usize].rolled;
    let chunk = t.chunk(stream, row);
    let name = t.stream(stream);
    let place = if rolled {
        ", which opened a new segment"
    } else {
        ""
    };
    match chunk.kind {
        ChunkKind::User => {
            let what = words::count(chunk.records, "message");
            let at = words::offsets(chunk.id.0, chunk.records);
            let from = publishers(t, chunk);
            format!(
                "chunk {} was written to {name}: {what}{from} at {at}{place}{}",
                words::number(chunk.id.0),
                trailer(chunk)
            )
        }
        ChunkKind::TrackingDelta => format!(
            "with no message to ride along with, {} went into a chunk of its own, which took offset {} of {name}{place}",
            entries(chunk),
            words::number(chunk.id.0),
        ),
        ChunkKind::TrackingSnapshot => format!(
            "a new segment of {name} began with a snapshot of its tracking, which took offset {}",
            words::number(chunk.id.0),
        ),
    }
}

/// ` from p and q`.
fn publishers(t: &Teller<'_>, chunk: &Chunk) -> String {
    let mut names: Vec<&str> = Vec::new();
    for run in chunk.runs.iter().take(64) {
        let name = t.name(run.producer);
        if !names.contains(&name) {
            names.push(name);
        }
    }
    match names.len() {
        0 => String::new(),
        n if n > 3 => format!(" from {} producers", words::number(n as u64)),
        _ => format!(" from {}", words::list(&names)),
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
                Some(format!("{reference} ({})", words::number(*offset)))
            }
            TrackingEntry::Sequence { .. } => None,
        })
        .collect();
    match stores.len() {
        0 => "tracking".to_string(),
        1 => format!("the stored offset of {}", stores[0]),
        n if n > 4 => format!("{} stored offsets", words::number(n as u64)),
        _ => format!("the stored offsets of {}", words::list(&stores)),
    }
}

fn tracking(t: &Teller<'_>, what: &What) -> Option<String> {
    if let What::Family(FamilyEvent::RabbitMq(StreamEvent::Stored {
        stream,
        reference,
        offset,
    })) = what
    {
        return Some(format!(
            "the broker noted {} as the stored offset of {reference} on {}",
            words::number(*offset),
            t.stream(*stream)
        ));
    }
    if let What::Family(FamilyEvent::RabbitMq(StreamEvent::OffsetForgotten { stream, reference })) =
        what
    {
        return Some(format!(
            "the stored offset of {reference} is below the first offset of {}, so the snapshot dropped it",
            t.stream(*stream)
        ));
    }
    if let What::Family(FamilyEvent::RabbitMq(StreamEvent::SequenceForgotten {
        stream,
        reference,
    })) = what
    {
        return Some(format!(
            "stream {} keeps the sequences of 255 producers at most, so the snapshot dropped that of {reference}",
            t.stream(*stream)
        ));
    }
    None
}

fn cluster(t: &Teller<'_>, what: &What) -> Option<String> {
    if let What::NodeCrashed { node } = what {
        return Some(match t.scenario.header.nodes {
            0 | 1 => "the broker crashed".to_string(),
            _ => format!("node {node} crashed"),
        });
    }
    if let What::NodeStarted { node } = what {
        return Some(match t.scenario.header.nodes {
            0 | 1 => "the broker started again".to_string(),
            _ => format!("node {node} started again"),
        });
    }
    if let What::NodeCut { node } = what {
        return Some(format!("node {node} no longer reaches the other nodes"));
    }
    if let What::NodeHealed { node } = what {
        return Some(format!("node {node} reaches the other nodes again"));
    }
    if let What::Family(FamilyEvent::RabbitMq(StreamEvent::Replicated { stream, node, row })) = what
    {
        let (chunk, name) = (t.chunk(*stream, *row), t.stream(*stream));
        return Some(format!(
            "node {node} copied {name} up to chunk {}",
            chunk.id
        ));
    }
    if let What::Family(FamilyEvent::RabbitMq(StreamEvent::Diverged { stream, node, row })) = what {
        let (chunk, name) = (t.chunk(*stream, *row), t.stream(*stream));
        return Some(format!(
            "node {node} threw away {name} from offset {} on, because the new leader does not have it",
            words::number(chunk.id.0)
        ));
    }
    if let What::Family(FamilyEvent::RabbitMq(StreamEvent::LeaderLost { stream })) = what {
        return Some(format!(
            "stream {} has no leader until the next election",
            t.stream(*stream)
        ));
    }
    if let What::Family(FamilyEvent::RabbitMq(StreamEvent::LeaderElected {
        stream,
        node,
        epoch,
        ..
    })) = what
    {
        let name = t.stream(*stream);
        return Some(match t.scenario.header.nodes {
            0 | 1 => format!("stream {name} is open again, in epoch {epoch}"),
            _ => format!("node {node} leads {name} in epoch {epoch}"),
        });
    }
    None
}
