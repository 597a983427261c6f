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
    /// How many messages of it passed the filter, if the program takes that for their offsets.
    kept: Option<u64>,
    /// The message at which half of what is not below the spec is through; `None` when there was nothing, or it is.
    half: Option<Offset>,
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
        let left = chunk.next().0.saturating_sub(from.0);
        let half = (left > 0).then(|| from.plus(left / 2));
        let counts = numbering == Numbering::CountsKept && filter.is_some();
        let kept = counts.then_some(0);
        let from = if counts {
            nth_kept(&chunk, filter, from.0 - at.0)
        } else {
            from
        };
        let stop = stop_at.and_then(|text| find_stop(&chunk, from, filter, text));
        Self {
            chunk,
            at,
            stop,
            kept,
            half,
        }
    }

    /// Whether half of it has been gone through since this was asked last.
    pub(super) fn takes_half(&mut self) -> bool {
        self.half.take_if(|half| *half < self.at).is_some()
    }

    /// How many messages until half of it is through.
    pub(super) fn until_half(&self) -> Option<u64> {
        Some(self.half?.0.saturating_sub(self.at.0) + 1)
    }

    /// How many messages are left.
    pub(super) fn left(&self) -> u64 {
        self.chunk.next().0.saturating_sub(self.at.0)
    }

    /// It went through the first `count` messages of a piece of work.
    pub(super) fn advance(&mut self, work: Work, count: u64) {
        self.at = work.first.plus(count);
        let counted = match work.skip {
            None | Some(Skip::BelowSpec) => count,
            Some(Skip::Filtered | Skip::Closed) => 0,
        };
        if let Some(kept) = &mut self.kept {
            *kept += counted;
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
        let exact = self.kept.is_none();
        if let Some(below) = below.filter(|below| exact && *below > self.at) {
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
        let seen = self.kept.map_or(self.at, |kept| self.chunk.id.plus(kept));
        if let Some(below) = below.filter(|below| *below > seen) {
            return Work {
                first: self.at,
                seen,
                count: count.min(below.0 - seen.0),
                skip: Some(Skip::BelowSpec),
            };
        }
        let stop = self.stop.filter(|stop| *stop >= self.at);
        let to_stop = stop.map_or(u64::MAX, |stop| stop.0 - self.at.0 + 1);
        Work {
            first: self.at,
            seen,
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

/// The message that as many before it pass the filter as are said; the end of the chunk when there is none.
fn nth_kept(chunk: &Chunk, filter: Option<&FilterSpec>, mut before: u64) -> Offset {
    for (start, run) in runs(chunk).filter(|(_, run)| passes(run, filter)) {
        if before < run.count {
            return start.plus(before);
        }
        before -= run.count;
    }
    chunk.next()
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
