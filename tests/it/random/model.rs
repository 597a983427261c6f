//! The naive stream's state, and what effects say. Decides nothing.

use std::collections::{BTreeMap, VecDeque};
use std::sync::Arc;

use offset_lab::family::rabbitmq::broker::{Change, ClientFrame, Effect, Response};
use offset_lab::family::rabbitmq::log::{Chunk, ChunkKind};
use offset_lab::ids::Offset;

/// A message or tracking command as the writer takes it; one each, never in runs.
#[derive(Clone, Debug)]
pub(super) enum Command {
    Message {
        producer: usize,
        id: u64,
        records: u64,
    },
    Store {
        consumer: usize,
        offset: u64,
    },
    QueryOffset {
        consumer: usize,
    },
    QuerySequence {
        producer: usize,
    },
}

/// What a reader has been given.
#[derive(Clone, Debug)]
pub(super) struct Reader {
    pub(super) next: u64,
    pub(super) credit: u64,
    pub(super) limit: u64,
}

/// The naive stream.
#[derive(Default)]
pub(super) struct Model {
    /// What is at each offset: producer and id of a record, nothing for tracking.
    pub(super) log: Vec<Option<(usize, u64)>>,
    pub(super) first: u64,
    pub(super) first_at_evaluation: u64,
    pub(super) stored: BTreeMap<usize, u64>,
    pub(super) highest: BTreeMap<usize, u64>,
    pub(super) mailbox: VecDeque<Command>,
    pub(super) readers: BTreeMap<u8, Reader>,
}

pub(super) fn written(effect: &Effect, kind: ChunkKind) -> bool {
    matches!(effect, Effect::Changed { change: Change::Written { chunk, .. }, .. } if chunk.kind == kind)
}

/// Publisher and id of everything confirmed.
pub(super) fn confirms(out: &[Effect]) -> Vec<(u8, u64)> {
    let mut ids = Vec::new();
    for effect in out {
        if let Effect::ToClient {
            frame:
                ClientFrame::Confirm {
                    publisher,
                    ids: runs,
                    ..
                },
            ..
        } = effect
        {
            for run in runs {
                ids.extend((0..run.ids).map(|k| (publisher.0, run.first.0 + k)));
            }
        }
    }
    ids
}

/// What queries were answered; nothing stored is `None`.
pub(super) fn answered(out: &[Effect]) -> Vec<Option<u64>> {
    let mut answers = Vec::new();
    for effect in out {
        if let Effect::ToClient {
            frame: ClientFrame::Response { response, .. },
            ..
        } = effect
        {
            answers.push(match response {
                Response::StoredOffset(value) | Response::Sequence(value) => Some(*value),
                Response::Code(_) | Response::Metadata { .. } | Response::Stats { .. } => None,
            });
        }
    }
    answers
}

/// The chunk that was sent: to which subscription, and what was committed then.
pub(super) fn delivered(effect: &Effect) -> Option<(u8, &Arc<Chunk>, Option<Offset>)> {
    match effect {
        Effect::ToClient {
            frame:
                ClientFrame::Deliver {
                    subscription,
                    chunk,
                    committed,
                },
            ..
        } => Some((subscription.0, chunk, *committed)),
        _ => None,
    }
}

/// The first offset that retention left.
pub(super) fn truncated(effect: &Effect) -> Option<u64> {
    match effect {
        Effect::Changed {
            change: Change::Truncated { first, .. },
            ..
        } => Some(first.0),
        _ => None,
    }
}
