//! What can go wrong with a consumer's place in the stream: retention was faster, or the stored offset is wrong.

use alloc::format;
use alloc::sync::Arc;

use crate::explain::anomaly::{AnomalyKind, Findings, SearchStep};
use crate::explain::english;
use crate::family::rabbitmq::explain::messages::content_to_program;
use crate::family::rabbitmq::log::OffsetSpec;
use crate::family::rabbitmq::message::ToProgram;
use crate::ids::{ActorId, LogId, Offset};

/// A subscription was attached behind the offset that it asked for, because that is gone.
pub(super) fn attached(look: &SearchStep<'_>, consumer: ActorId, at: Offset, found: &mut Findings) {
    let Some(c) = look.world.consumer(consumer) else {
        return;
    };
    let first = first_offset(look, c.settings.stream);
    let Some(OffsetSpec::Offset(asked)) = c.asked else {
        return;
    };
    if asked < first && first <= at {
        let clause = format!(
            "{} asked for {} and starts at {}, because retention has removed {}",
            look.names.program(consumer),
            english::offsets(asked.0, 1),
            english::number(at.0),
            english::offsets(asked.0, first.0 - asked.0),
        );
        found.report(look, AnomalyKind::SkippedByRetention, &clause);
    }
}

/// An offset was stored that is lower than the one before, or that the stream has not reached.
pub(super) fn stored(
    look: &SearchStep<'_>,
    stream: LogId,
    reference: &Arc<str>,
    offset: u64,
    found: &mut Findings,
) {
    let names = &look.names;
    let s = look.world.stream(stream);
    let next = s.log().next(names.trace.arenas.stream(stream));
    let name = names.stream(stream);
    let (before, now) = (s.offsets.get(reference).copied(), english::number(offset));
    if let Some(before) = before.filter(|before| *before > offset) {
        let clause = format!(
            "the stored offset of {reference} on {name} went back from {} to {now}",
            english::number(before)
        );
        found.report(look, AnomalyKind::StoredBackwards, &clause);
    }
    if offset >= next.0 {
        let clause = format!(
            "{now} was stored for {reference}, but the next offset of {name} was only {}",
            english::number(next.0)
        );
        found.report(look, AnomalyKind::StoredBeyondTheEnd, &clause);
    }
}

/// A consumer is told a stored offset whose successor is gone.
pub(super) fn stale(look: &SearchStep<'_>, consumer: ActorId, offset: u64, found: &mut Findings) {
    let Some(c) = look.world.consumer(consumer) else {
        return;
    };
    let first = first_offset(look, c.settings.stream);
    if offset.saturating_add(1) < first.0 {
        let clause = format!(
            "the stored offset {} of {} is stale: retention has moved the first offset to {}",
            english::number(offset),
            look.names.program(consumer),
            english::number(first.0)
        );
        found.report(look, AnomalyKind::StaleStoredOffset, &clause);
    }
}

/// A chunk is delivered, and those before it were gone before the consumer's reader came to them.
pub(super) fn overtaken(
    look: &SearchStep<'_>,
    consumer: ActorId,
    delivery: &ToProgram,
    stream: LogId,
    row: u32,
    found: &mut Findings,
) {
    let names = &look.names;
    let c = look.world.consumer(consumer);
    let unfiltered = c.filter(|c| c.settings.filter.is_none());
    let Some(before) = unfiltered.and_then(|c| c.dispatched) else {
        return;
    };
    let arena = names.trace.arenas.stream(stream);
    let gone = arena.sums((before + 1).min(row)..row).messages;
    let end = arena.chunks[before as usize].chunk.next();
    if gone > 0 && end < first_offset(look, stream) {
        let clause = format!(
            "retention overtook {}: {} {} gone before it came to them, and {} followed",
            names.program(consumer),
            english::count(gone, "message"),
            if gone == 1 { "was" } else { "were" },
            content_to_program(names, delivery),
        );
        found.report(look, AnomalyKind::SkippedByRetention, &clause);
    }
}

/// The first offset of a stream.
fn first_offset(look: &SearchStep<'_>, stream: LogId) -> Offset {
    let arena = look.names.trace.arenas.stream(stream);
    look.world.stream(stream).log().first(arena)
}
