//! Messages that a group never gets: the cleaner was faster, it started behind them, or it was reset over them.

use alloc::format;

use super::offsets::max;
use crate::base::SmallMap;
use crate::explain::anomaly::{AnomalyKind, Findings, SearchStep};
use crate::explain::english;
use crate::family::rocketmq::event::PlacedBy;
use crate::family::rocketmq::explain::phrases;
use crate::family::rocketmq::message::{QueueMessage, ToBroker, ToProgram};
use crate::family::rocketmq::state::State;
use crate::family::rocketmq::store::PullStatus;
use crate::ids::{ActorId, LogId, Offset};

/// Where each group was placed on each queue before it had an offset there.
#[derive(Clone, Debug, Default)]
pub(super) struct Skips(SmallMap<(ActorId, LogId), Offset>);

impl Skips {
    /// A member knows where it reads: a group that decides anew where to start may leave messages out.
    pub(super) fn placed(
        &mut self,
        look: &SearchStep<'_>,
        (member, queue): (ActorId, LogId),
        at: Offset,
        by: PlacedBy,
        found: &mut Findings,
    ) {
        let decides = match by {
            PlacedBy::Last | PlacedBy::Timestamp => true,
            PlacedBy::Broker | PlacedBy::First | PlacedBy::OwnFile | PlacedBy::Retry => false,
        };
        let state = look.world.family.rocketmq();
        let Some(member) = state
            .and_then(|state| state.member(member))
            .filter(|_| decides)
        else {
            return;
        };
        let group = member.settings.group;
        let before = self.0.insert((group, queue), at);
        let Some(before) = before.filter(|before| *before < at) else {
            return;
        };
        let unread = unconsumed(state, group, queue, (before, at));
        if unread > 0 {
            let (name, names) = (look.names.program(group), &look.names);
            let clause = format!(
                "{name} decided anew where to start on {}: at {} and no longer at {}, so it never gets {}",
                names.stream(queue),
                english::number(at.0),
                english::number(before.0),
                english::count(unread, "message"),
            );
            found.report(look, AnomalyKind::Skipped, &clause);
        }
    }

    /// A pull was told to go on elsewhere, because what it asked for is gone.
    pub(super) fn arrived(
        &self,
        look: &SearchStep<'_>,
        program: ActorId,
        message: &QueueMessage,
        found: &mut Findings,
    ) {
        match message {
            QueueMessage::ToProgram(ToProgram::Pulled {
                queue,
                offset,
                status: PullStatus::OffsetIllegal | PullStatus::NoMatchedMsg,
                next,
                ..
            }) => overtaken(look, program, *queue, (*offset, *next), found),
            QueueMessage::ToProgram(_) => {}
            QueueMessage::ToBroker(message) => match message {
                ToBroker::Send(_)
                | ToBroker::Heartbeat
                | ToBroker::Unregister
                | ToBroker::ListMembers
                | ToBroker::QueryOffset { .. }
                | ToBroker::MaxOffset { .. }
                | ToBroker::SearchOffset { .. }
                | ToBroker::Pull { .. }
                | ToBroker::Commit { .. }
                | ToBroker::SendBack { .. }
                | ToBroker::Lock { .. }
                | ToBroker::Unlock { .. }
                | ToBroker::Pop { .. }
                | ToBroker::Ack { .. } => {}
            },
        }
    }
}

/// Messages from an offset on are gone, and others follow.
fn overtaken(
    look: &SearchStep<'_>,
    member: ActorId,
    queue: LogId,
    (asked, next): (Offset, Offset),
    found: &mut Findings,
) {
    let state = look.world.family.rocketmq();
    let (Some(state), Some(max)) = (state, max(look, queue)) else {
        return;
    };
    let min = state.queue(queue).min.max(next.min(max));
    // A new group that reads from 0 asks for nothing of its own.
    let group = state.member(member).map(|member| member.settings.group);
    let Some(group) = group.filter(|group| {
        let stored = state
            .group(*group)
            .and_then(|group| group.offsets.get(&queue));
        stored.is_some() && asked < state.queue(queue).min
    }) else {
        return;
    };
    let unread = unconsumed(Some(state), group, queue, (asked, min));
    if unread > 0 {
        let names = &look.names;
        let clause = format!(
            "the cleaner overtook {}: {} of {} {} gone before it came to {}",
            names.program(group),
            english::count(unread, "message"),
            names.stream(queue),
            if unread == 1 { "was" } else { "were" },
            if unread == 1 { "it" } else { "them" },
        );
        found.report(look, AnomalyKind::SkippedByRetention, &clause);
    }
}

/// The tool reset a group ahead over what it has not consumed.
pub(super) fn reset(
    look: &SearchStep<'_>,
    group: ActorId,
    offsets: &[(LogId, Offset)],
    found: &mut Findings,
) {
    let Some(state) = look.world.family.rocketmq() else {
        return;
    };
    for (queue, to) in offsets {
        let from = state
            .group(group)
            .and_then(|group| group.offsets.get(queue));
        let Some(from) = from.copied().filter(|from| from < to) else {
            continue;
        };
        let end = max(look, *queue).map_or(*to, |max| (*to).min(max));
        let from = from.max(state.queue(*queue).min);
        let unread = unconsumed(Some(state), group, *queue, (from, end));
        if unread > 0 {
            let what = phrases::offsets_of(&look.names, *queue, from, end.0 - from.0);
            let clause = format!(
                "{} was reset ahead over {what}, of which it has not consumed {}",
                look.names.program(group),
                english::number(unread),
            );
            found.report(look, AnomalyKind::Skipped, &clause);
        }
    }
}

/// How many messages between two offsets a group has not consumed.
fn unconsumed(
    state: Option<&State>,
    group: ActorId,
    queue: LogId,
    (from, to): (Offset, Offset),
) -> u64 {
    let all = to.0.saturating_sub(from.0);
    let group = state.and_then(|state| state.group(group));
    let consumed = group.and_then(|group| group.consumed.get(&queue));
    all - consumed.map_or(0, |consumed| consumed.count_in(from.0, all))
}
