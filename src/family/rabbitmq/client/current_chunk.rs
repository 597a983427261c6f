//! The chunk that a consumer goes through: which of its messages are dropped, which are processed,
//! where it stops. Knows no program.

use alloc::sync::Arc;

use super::Work;
use super::profile::Numbering;
use crate::family::rabbitmq::log::{Chunk, MessageRun};
use crate::family::rabbitmq::statements::FilterSpec;
use crate::ids::Offset;
use crate::message::search::first_with;
use crate::trace::event::Skip;

/// A chunk and how far it is done.
#[derive(Clone, Debug)]
pub(super) struct CurrentChunk {
    pub(super) chunk: Arc<Chunk>,
    /// The next offset.
    pub(super) at: Offset,
    /// The first message to be processed whose body contains what the consumer stops at.
    pub(super) stop: Option<Offset>,
    /// How many messages of it were processed, if the program takes that for their offsets.
    kept: Option<u64>,
}

impl CurrentChunk {
    pub(super) fn new(
        chunk: Arc<Chunk>,
        below: Option<Offset>,
        filter: Option<&FilterSpec>,
        stop_at: Option<&str>,
        numbering: Numbering,
    ) -> Self {
        let at = chunk.id;
        let from = below.unwrap_or(at).max(at);
        let stop = stop_at.and_then(|text| find_stop(&chunk, from, filter, text));
        let counts = numbering == Numbering::CountsKept && filter.is_some();
        let kept = counts.then_some(0);
        Self {
            chunk,
            at,
            stop,
            kept,
        }
    }

    /// How many messages are left.
    pub(super) fn left(&self) -> u64 {
        self.chunk.next().0.saturating_sub(self.at.0)
    }

    /// It went through the first `count` messages of a piece of work.
    pub(super) fn advance(&mut self, work: Work, count: u64) {
        self.at = work.first.plus(count);
        if let (Some(kept), None) = (&mut self.kept, work.skip) {
            *kept += count;
        }
    }

    pub(super) fn is_done(&self) -> bool {
        self.at >= self.chunk.next()
    }

    /// The next messages that share a fate: at most `limit` when they are processed.
    pub(super) fn next(
        &self,
        below: Option<Offset>,
        filter: Option<&FilterSpec>,
        limit: u64,
    ) -> Work {
        let end = self.chunk.next();
        if let Some(below) = below.filter(|below| *below > self.at) {
            return Work {
                first: self.at,
                seen: self.at,
                count: below.min(end).0 - self.at.0,
                skip: Some(Skip::BelowSpec),
            };
        }
        let mut until = self.at;
        let mut kept = None;
        for (from, run) in runs(&self.chunk) {
            let behind = from.plus(run.count);
            if behind <= self.at {
                continue;
            }
            let keeps = passes(run, filter);
            if *kept.get_or_insert(keeps) != keeps {
                break;
            }
            until = behind;
        }
        let count = until.0.saturating_sub(self.at.0).max(1);
        if kept == Some(false) {
            return Work {
                first: self.at,
                seen: self.at,
                count,
                skip: Some(Skip::Filtered),
            };
        }
        let to_stop = self.stop.map_or(u64::MAX, |stop| stop.0 - self.at.0 + 1);
        Work {
            first: self.at,
            seen: self.kept.map_or(self.at, |kept| self.chunk.id.plus(kept)),
            count: count.min(limit).min(to_stop).max(1),
            skip: None,
        }
    }
}

fn find_stop(
    chunk: &Chunk,
    from: Offset,
    filter: Option<&FilterSpec>,
    text: &str,
) -> Option<Offset> {
    runs(chunk)
        .filter(|(_, run)| passes(run, filter))
        .find_map(|(start, run)| {
            let skip = from.0.saturating_sub(start.0);
            let k = first_with(&run.body, run.numbers(), skip..run.count, text)?;
            Some(start.plus(k))
        })
}

/// The runs of a chunk with the offset of their first message.
fn runs(chunk: &Chunk) -> impl Iterator<Item = (Offset, &MessageRun)> {
    chunk.runs.iter().scan(chunk.id, |at, run| {
        let from = *at;
        *at = from.plus(run.count);
        Some((from, run))
    })
}

fn passes(run: &MessageRun, filter: Option<&FilterSpec>) -> bool {
    filter.is_none_or(|filter| match &run.filter {
        Some(value) => *value == filter.value,
        None => filter.match_unfiltered,
    })
}
