//! What a consumer makes of the records in view, and what a record holds.

use super::log::LogView;
use crate::family::rabbitmq::log::{Chunk, ChunkKind, RenderedMessage};
use crate::family::rabbitmq::state::Consumer;
use crate::ids::{ActorId, Offset};
use crate::trace::arena::ActorArena;
use crate::view::moment::Moment;

/// What a consumer makes of an offset.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum OffsetMeaning {
    /// It has nothing to do with it.
    None,
    /// It processed it in this run.
    Done,
    /// It processed it in this run and would process it again after a crash.
    Again,
    /// It was delivered and is not processed.
    Waiting,
    /// It went past it without processing it.
    Passed,
}

impl OffsetMeaning {
    pub(crate) const fn class(self) -> &'static str {
        match self {
            Self::None => "",
            Self::Done => " done",
            Self::Again => " again",
            Self::Waiting => " waiting",
            Self::Passed => " passed",
        }
    }

    pub(crate) const fn words(self) -> &'static str {
        match self {
            Self::None => "",
            Self::Done => ", processed",
            Self::Again => ", processed, would be processed again",
            Self::Waiting => ", delivered, not processed",
            Self::Passed => ", passed over",
        }
    }
}

/// A consumer as a reader of offsets.
#[derive(Clone, Copy, Debug)]
pub(crate) struct OffsetReader<'a> {
    consumer: &'a Consumer,
    arena: &'a ActorArena,
    log: LogView<'a>,
    again: Option<(Offset, Offset)>,
}

impl<'a> OffsetReader<'a> {
    pub(crate) fn new(moment: &Moment<'a>, id: ActorId) -> Option<Self> {
        let consumer = moment.world.consumer(id)?;
        Some(Self {
            consumer,
            arena: moment.trace().arenas.actor(id),
            log: moment.log(consumer.settings.stream),
            again: moment.again(consumer),
        })
    }

    /// What it makes of an offset.
    pub(crate) fn reading(&self, offset: Offset) -> OffsetMeaning {
        let c = self.consumer;
        if self.range_with(offset).is_some() {
            return match self.again {
                Some((from, to)) if from <= offset && offset < to => OffsetMeaning::Again,
                _ => OffsetMeaning::Done,
            };
        }
        let position = c.position.unwrap_or(Offset(0));
        if offset < position {
            let begun = c.first.is_some_and(|first| first < offset);
            return if begun {
                OffsetMeaning::Passed
            } else {
                OffsetMeaning::None
            };
        }
        let holds = |row: &u32| {
            let chunk = self.log.chunk(*row);
            chunk.id <= offset && offset < chunk.next()
        };
        match c.waiting.iter().take(64).any(holds) {
            true => OffsetMeaning::Waiting,
            false => OffsetMeaning::None,
        }
    }

    /// Whether this run processed an offset that an earlier run had processed.
    pub(crate) fn is_repeated(&self, offset: Offset) -> bool {
        self.range_with(offset)
            .is_some_and(|at| self.arena.again[at])
    }

    /// The processed range of this run that holds an offset: within a run, ranges rise.
    fn range_with(&self, offset: Offset) -> Option<usize> {
        let c = self.consumer;
        let (from, to) = (c.processed_from as usize, c.processed_to as usize);
        let ranges = &self.arena.processed;
        let behind = ranges.partition_point(from..to, |(_, first, _)| *first <= offset);
        let at = behind.checked_sub(1).filter(|at| *at >= from)?;
        let (_, first, count) = ranges[at];
        let is_last = behind == to;
        let count = c.processed_part.filter(|_| is_last).unwrap_or(count);
        (offset < first.plus(count)).then_some(at)
    }
}

/// The body of the message with this offset, and its publishing id.
pub(crate) fn message(chunk: &Chunk, offset: Offset) -> Option<RenderedMessage> {
    if chunk.kind != ChunkKind::User {
        return None;
    }
    let mut at = offset.0.checked_sub(chunk.id.0)?;
    for run in &chunk.runs {
        if at < run.count {
            return Some(run.message(at));
        }
        at -= run.count;
    }
    None
}
