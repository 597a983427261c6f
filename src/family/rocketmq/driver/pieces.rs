//! What comes of consuming messages that a member was brought: by their bodies, as its settings say.

use alloc::vec::Vec;

use super::Driver;
use crate::engine::Host;
use crate::family::rocketmq::arena::QueueArena;
use crate::family::rocketmq::client::{Outcome, OutcomeRun};
use crate::family::rocketmq::statements::{Habits, Mode};
use crate::ids::{ActorId, EventId, LogId, Offset};
use crate::message::search::{Numbers, first_with};

impl Driver {
    /// Messages of a queue that a member was brought, by what will come of them.
    pub(super) fn pieces(
        &mut self,
        host: &Host,
        id: ActorId,
        (queue, found): (LogId, &[(Offset, u64)]),
        event: EventId,
    ) -> Vec<OutcomeRun> {
        let mut pieces = Vec::new();
        let arena = host.trace().arenas.family.rocketmq();
        let (Some(settings), Some(arena)) = (self.member_settings(id), arena) else {
            return pieces;
        };
        for (first, count) in found {
            let range = (first.0, first.0 + count);
            cut(
                arena.queue(queue),
                queue,
                range,
                (&settings.habits, settings.of_group.mode),
                &mut pieces,
            );
            self.processes[id.index()].arrived(queue, first.plus(*count), event);
        }
        pieces
    }
}

/// Cuts offsets into pieces with one outcome each.
fn cut(
    arena: &QueueArena,
    queue: LogId,
    (mut from, to): (u64, u64),
    (habits, mode): (&Habits, Mode),
    pieces: &mut Vec<OutcomeRun>,
) {
    // Behind one that hangs, or that fails in its place, the others wait for their own turn.
    let follows = |outcome: Outcome| match outcome {
        Outcome::Success => true,
        Outcome::Failure => mode != Mode::Orderly,
        Outcome::Hang => false,
    };
    let mut push = |first: u64, count: u64, outcome: Outcome| {
        let goes_on = pieces.last_mut().filter(|last| {
            let end = last.first.0 + last.count;
            (last.queue, end, last.outcome) == (queue, first, outcome) && follows(outcome)
        });
        match goes_on {
            Some(last) => last.count += count,
            None => pieces.push(OutcomeRun {
                queue,
                first: Offset(first),
                count,
                outcome,
            }),
        }
    };
    if habits.fails_at.is_none() && habits.hangs_at.is_none() {
        return push(from, to - from, Outcome::Success);
    }
    while from < to {
        let Some((run, _)) = arena.run_of(Offset(from)) else {
            return push(from, to - from, Outcome::Success);
        };
        let end = run.end().min(to);
        let place = from - run.first.0;
        let messages = run.extent.run.part(run.place, run.step, run.count);
        let find = |text: &str| {
            let numbers = Numbers {
                index: messages.first_index,
                count: messages.first_count,
                step: messages.step,
                id: messages.first_count,
                per_id: 1,
            };
            first_with(&messages.body, numbers, place..end - run.first.0, text)
        };
        let hangs = habits.hangs_at.as_deref().and_then(find);
        let fails = habits.fails_at.as_ref();
        let fails = fails.filter(|failure| failure.times.is_none_or(|n| messages.attempt < n));
        let fails = fails.and_then(|failure| find(&failure.text));
        let (at, outcome) = match (hangs, fails) {
            (Some(hangs), Some(fails)) if fails < hangs => (fails, Outcome::Failure),
            (Some(hangs), _) => (hangs, Outcome::Hang),
            (None, Some(fails)) => (fails, Outcome::Failure),
            (None, None) => {
                push(from, end - from, Outcome::Success);
                from = end;
                continue;
            }
        };
        let at = run.first.0 + at;
        if at > from {
            push(from, at - from, Outcome::Success);
        }
        push(at, 1, outcome);
        from = at + 1;
    }
}
