//! Messages that a consumer goes past although no run of it has processed them.

use alloc::format;
use alloc::vec::Vec;
use core::ops::Range;

use crate::base::{SmallMap, bisect};
use crate::explain::anomaly::{AnomalyKind, Findings, SearchStep};
use crate::explain::english;
use crate::family::rabbitmq::arena::StreamArena;
use crate::family::rabbitmq::explain::phrases;
use crate::family::rabbitmq::log::ChunkKind;
use crate::ids::{ActorId, LogId, Offset};

/// How far each consumer has come, over all its runs: the stream, and the offset behind the last one processed.
#[derive(Clone, Debug, Default)]
pub(super) struct Skips(SmallMap<ActorId, (LogId, Offset)>);

impl Skips {
    /// A consumer processed messages.
    pub(super) fn processed(
        &mut self,
        look: &SearchStep<'_>,
        consumer: ActorId,
        first: Offset,
        count: u64,
    ) {
        let Some(c) = look.world.consumer(consumer) else {
            return;
        };
        let (stream, behind) = (c.settings.stream, first.plus(count));
        let before = self.0.get(&consumer);
        let farthest = before.filter(|(known, _)| *known == stream);
        let behind = farthest.map_or(behind, |(_, before)| behind.max(*before));
        self.0.insert(consumer, (stream, behind));
    }

    /// A stream was deleted, and with it all that was processed of it.
    pub(super) fn deleted(&mut self, stream: LogId) {
        let gone = self.0.iter().filter(|(_, (of, _))| *of == stream);
        let gone: Vec<ActorId> = gone.map(|(consumer, _)| *consumer).collect();
        for consumer in gone {
            self.0.remove(&consumer);
        }
    }

    /// A subscription was attached; what lies between the last message processed and its place is skipped. What
    /// retention took is told elsewhere.
    pub(super) fn attached(
        &self,
        look: &SearchStep<'_>,
        consumer: ActorId,
        at: Offset,
        found: &mut Findings,
    ) {
        let known = look.world.consumer(consumer).zip(self.0.get(&consumer));
        let Some((c, (stream, behind))) = known else {
            return;
        };
        let log = look.world.stream(*stream).log();
        let arena = look.names.trace.arenas.stream(*stream);
        let from = (*behind).max(log.first(arena));
        if c.settings.stream != *stream || c.settings.filter.is_some() || at <= from {
            return;
        }
        let missed: u64 = log
            .rows
            .iter()
            .map(|rows| messages(arena, rows, from..at))
            .sum();
        if missed == 0 {
            return;
        }
        let reason = c.asked.map_or_else(Default::default, |spec| {
            format!(", because it asked for {}", phrases::spec(spec))
        });
        let clause = format!(
            "{} went on at offset {} and skipped {} behind the last one that it had processed{reason}",
            look.names.program(consumer),
            english::number(at.0),
            english::count(missed, "message"),
        );
        found.report(look, AnomalyKind::Skipped, &clause);
    }
}

/// Messages of some rows of a log that lie between two offsets.
fn messages(arena: &StreamArena, rows: &Range<u32>, between: Range<Offset>) -> u64 {
    let chunk = |row: usize| &arena.chunks[row].chunk;
    let (low, high) = (rows.start as usize, rows.end as usize);
    let low = bisect(low, high, |row| chunk(row).next() <= between.start);
    let high = bisect(low, high, |row| chunk(row).id < between.end);
    let Some(last) = high.checked_sub(1).filter(|last| *last >= low) else {
        return 0;
    };
    let whole = arena.sums(low as u32..high as u32).messages;
    let cut = |row: usize, records: u64| match chunk(row).kind {
        ChunkKind::User => records,
        ChunkKind::TrackingDelta | ChunkKind::TrackingSnapshot => 0,
    };
    let before = cut(low, between.start.0.saturating_sub(chunk(low).id.0));
    let behind = cut(last, chunk(last).next().0.saturating_sub(between.end.0));
    whole - before - behind
}
