//! What can be the matter with the offset of a group: it is lost with the broker, went back, lies beyond the end, or
//! points at what is gone.

use alloc::format;

use crate::explain::anomaly::{AnomalyKind, Findings, SearchStep};
use crate::explain::english;
use crate::family::rocketmq::broker::StoredBy;
use crate::family::rocketmq::event::QueueEvent;
use crate::family::rocketmq::explain::clause;
use crate::ids::{ActorId, LogId, Offset};

/// An offset was stored by a commit that is lower than the one before, or one that the queue has not reached.
pub(super) fn stored(
    look: &SearchStep<'_>,
    (group, queue): (ActorId, LogId),
    offset: Offset,
    by: StoredBy,
    found: &mut Findings,
) {
    let Some(state) = look.world.family.rocketmq() else {
        return;
    };
    let names = &look.names;
    let (name, of) = (names.program(group), names.stream(queue));
    let before = state
        .group(group)
        .and_then(|group| group.offsets.get(&queue));
    let is_meant = match by {
        // A reset is meant to go back.
        StoredBy::Reset => true,
        StoredBy::Commit | StoredBy::Pull | StoredBy::Pop => false,
    };
    if let Some(before) = before.filter(|before| **before > offset && !is_meant) {
        let clause = format!(
            "the offset of {name} on {of} went back from {} to {}",
            english::number(before.0),
            english::number(offset.0)
        );
        found.report(look, AnomalyKind::StoredBackwards, &clause);
    }
    let max = max(look, queue);
    if max.is_some_and(|max| offset > max) {
        let clause = format!(
            "{} was stored for {name}, but the maximum of {of} was only {}",
            english::number(offset.0),
            english::number(max.unwrap_or_default().0)
        );
        found.report(look, AnomalyKind::StoredBeyondTheEnd, &clause);
    }
}

/// A member is told an offset whose message is gone.
pub(super) fn stale(
    look: &SearchStep<'_>,
    member: ActorId,
    queue: LogId,
    offset: Offset,
    found: &mut Findings,
) {
    let Some(state) = look.world.family.rocketmq() else {
        return;
    };
    let min = state.queue(queue).min;
    let group = state.member(member).map(|member| member.settings.group);
    let stored = group.and_then(|group| state.group(group)?.offsets.get(&queue).copied());
    // An answer of 0 to a group that has no offset is none of its own.
    if offset < min && stored == Some(offset) {
        let names = &look.names;
        let clause = format!(
            "the offset {} of {} on {} is stale: the minimum is {}",
            english::number(offset.0),
            names.program(group.unwrap_or(member)),
            names.stream(queue),
            english::number(min.0)
        );
        found.report(look, AnomalyKind::StaleStoredOffset, &clause);
    }
}

/// The broker came back without offsets that it had.
pub(super) fn lost(
    look: &SearchStep<'_>,
    event: &QueueEvent,
    rolled_back: &[(ActorId, LogId, Option<Offset>)],
    found: &mut Findings,
) {
    if !rolled_back.is_empty() {
        found.report(
            look,
            AnomalyKind::OffsetLost,
            &clause::clause(&look.names, event),
        );
    }
}

/// The maximum of a queue.
pub(super) fn max(look: &SearchStep<'_>, queue: LogId) -> Option<Offset> {
    let state = look.world.family.rocketmq()?;
    let arena = look.names.trace.arenas.family.rocketmq()?;
    Some(state.queue(queue).max(arena.queue(queue)))
}
