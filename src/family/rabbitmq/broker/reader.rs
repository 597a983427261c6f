//! A subscription and its reader: credits, half windows, filters, what a reader may see.
//! Knows one log and the committed chunk; knows no writer and no other subscription.
//!
//! From `rabbit_stream_reader.erl`: `handle_subscription`, `send_chunks`; `osiris_log.erl`:
//! `send_file`, `can_read_next`, `read_header_with_ra`.

use alloc::sync::Arc;

use super::request::{Properties, SubscriptionFilter};
use crate::family::rabbitmq::log::bloom;
use crate::family::rabbitmq::log::{Chunk, ChunkKind, Log, OffsetSpec, Segment};
use crate::family::rabbitmq::rules::Rules;
use crate::ids::Offset;

/// A subscription of a connection.
#[derive(Clone, Debug)]
pub struct Subscription {
    pub(super) stream: u32,
    pub(super) spec: OffsetSpec,
    /// Below zero after a grant of more than 32,767, which is read as a negative number.
    pub(super) credit: i64,
    pub(super) send_limit: i64,
    pub(super) filter: Option<SubscriptionFilter>,
    /// The group it belongs to, by name, if it is one of a single-active group.
    pub(super) group: Option<Arc<str>>,
    pub(super) reading: ReaderState,
}

/// Where a subscription stands.
#[derive(Clone, Debug)]
pub(super) enum ReaderState {
    /// Another of its group is active.
    Standby,
    /// It was told that it is active and has not yet said where to start.
    Asked,
    /// It reads.
    Attached(Reader),
}

/// A position in a log.
#[derive(Clone, Debug)]
pub(super) struct Reader {
    pub(super) next: Offset,
    /// The segment file that it has open.
    open: Offset,
    /// That file's content after retention deleted it: an open file is read to its end.
    held: Option<Segment>,
    /// The offset it last waited for; it waits only once for each.
    pub(super) waited: Option<Offset>,
}

/// What a subscription's turn gives.
pub(super) enum Turn {
    /// A chunk to send; one credit was taken.
    Deliver(Arc<Chunk>),
    /// The end of what is committed: wait for this offset.
    Wait(Offset),
    /// Nothing to do: no credit, not active, or waiting already.
    Rest,
}

impl Subscription {
    pub(super) fn new(
        stream: u32,
        spec: OffsetSpec,
        credit: u16,
        properties: &Properties,
        rules: &Rules,
    ) -> Self {
        let credit = i64::from(credit);
        Self {
            stream,
            spec,
            credit,
            send_limit: if rules.half_window { credit / 2 } else { 0 },
            filter: properties.filter.clone().filter(|_| rules.filtering),
            group: None,
            reading: ReaderState::Standby,
        }
    }

    /// Chunks that may still be sent.
    #[must_use]
    pub fn credit(&self) -> u64 {
        u64::try_from(self.credit).unwrap_or(0)
    }

    /// The next offset that its reader looks at; `None` while it is not the active one of its group.
    #[must_use]
    pub const fn next(&self) -> Option<Offset> {
        match &self.reading {
            ReaderState::Attached(reader) => Some(reader.next),
            ReaderState::Standby | ReaderState::Asked => None,
        }
    }

    /// Attaches a reader by `spec`. Resolved once, here. Returns where it stands.
    pub(super) fn attach(&mut self, log: &Log, spec: OffsetSpec) -> Offset {
        let next = log.resolve(spec);
        let open = log.segment_of(next).map_or(next, Segment::first);
        self.reading = ReaderState::Attached(Reader {
            next,
            open,
            held: None,
            waited: None,
        });
        next
    }

    /// Whether a turn may begin: above half the window, or with any credit on older brokers.
    pub(super) const fn may_begin(&self) -> bool {
        self.credit > self.send_limit
    }

    /// One step of a turn that has begun: it goes on until credit or committed chunks run out.
    /// Chunks without messages and chunks that the filter excludes are passed over for free.
    pub(super) fn step(&mut self, log: &Log, committed: Option<Offset>) -> Turn {
        let ReaderState::Attached(reader) = &mut self.reading else {
            return Turn::Rest;
        };
        while self.credit > 0 {
            let Some(chunk) = reader.read(log, committed) else {
                if reader.waited.is_some_and(|waited| waited >= reader.next) {
                    return Turn::Rest;
                }
                reader.waited = Some(reader.next);
                return Turn::Wait(reader.next);
            };
            if chunk.kind == ChunkKind::User && wants(self.filter.as_ref(), &chunk) {
                self.credit -= 1;
                return Turn::Deliver(chunk);
            }
        }
        Turn::Rest
    }

    /// Retention deleted these segments: a file that is open stays readable.
    pub(super) fn overtaken(&mut self, removed: &[Segment]) {
        let ReaderState::Attached(reader) = &mut self.reading else {
            return;
        };
        if let Some(open) = removed
            .iter()
            .find(|segment| segment.first() == reader.open)
            && open.last().is_some_and(|last| reader.next <= last.id)
        {
            reader.held = Some(open.clone());
        }
    }
}

impl Reader {
    /// The next chunk with messages, if it is committed. Tracking is passed over, page by page: a
    /// stream may hold a hundred thousand stores between two messages.
    fn read(&mut self, log: &Log, committed: Option<Offset>) -> Option<Arc<Chunk>> {
        if let Some(held) = &self.held {
            let at = |chunk: &&Arc<Chunk>| chunk.id == self.next;
            if let Some(chunk) = held.floor(self.next).filter(at).cloned() {
                self.next = chunk.next();
                return Some(chunk);
            }
            self.held = None;
        }
        self.next = self.next.max(log.first());
        let readable = log.floor(committed?)?.next();
        while self.next < readable {
            let segment = log.segment_of(self.next)?;
            self.open = segment.first();
            let message = segment.user_from(self.next);
            if let Some(chunk) = message.filter(|chunk| chunk.id < readable) {
                self.next = chunk.next();
                return Some(chunk.clone());
            }
            let end = segment.last()?.next().min(readable);
            if end <= self.next {
                return None;
            }
            self.next = end;
        }
        None
    }
}

fn wants(filter: Option<&SubscriptionFilter>, chunk: &Chunk) -> bool {
    filter.is_none_or(|filter| {
        bloom::may_match(
            chunk.filter.as_deref(),
            filter.values.iter().map(|value| &**value),
            filter.match_unfiltered,
        )
    })
}
