//! What retention removed a moment ago, and what its next evaluation would remove. Nothing is removed here.

use super::log::LogView;
use crate::family::rabbitmq::broker::PolicyLimits;
use crate::family::rabbitmq::event::StreamEvent;
use crate::family::rabbitmq::statements::{Statement, StreamStatement};
use crate::ids::{LogId, Offset, StatementId};
use crate::language::ast::StatementKind;
use crate::trace::{Event, What};
use crate::view::moment::Moment;

/// Segments looked at, from the oldest on.
const SEGMENTS: usize = 32;
/// How many events a removed part of the log stays in view, hatched.
const FADE: usize = 6;

/// What retention removed a moment ago.
pub(crate) fn expired(moment: &Moment<'_>, stream: LogId) -> Option<(Offset, Offset)> {
    let is_it = |event: &Event| {
        let truncated = of_streams(&event.what).and_then(StreamEvent::truncated);
        truncated.is_some_and(|(of, _)| of == stream)
    };
    moment
        .backwards()
        .take(FADE)
        .any(|(event, _)| is_it(event))
        .then_some(moment.world.stream(stream).expired)?
}

/// The offset behind the segments that are over the stream's limits now; `None` when none is.
pub(crate) fn next_to_go(moment: &Moment<'_>, log: &LogView<'_>) -> Option<Offset> {
    let limits = limits(moment, log)?;
    let (start, end) = (log.log.first_row()?, log.log.last_row()? + 1);
    let mut from = start;
    for _ in 0..SEGMENTS {
        let (_, to) = log.segment(from);
        // The newest segment always stays.
        if to >= end {
            break;
        }
        let bytes = log.log.sums(log.arena).bytes - log.arena.sums(start..from).bytes;
        let too_long = limits.max_length.is_some_and(|max| bytes > max.0);
        let age = moment.world.now.since(log.chunk(to - 1).timestamp);
        let too_old = limits.max_age.is_some_and(|max| age > max);
        if !too_long && !too_old {
            break;
        }
        from = to;
    }
    (from > start).then(|| log.chunk(from).id)
}

/// The limits that the stream has: those of a policy, and its own where the policy says none.
fn limits(moment: &Moment<'_>, log: &LogView<'_>) -> Option<PolicyLimits> {
    let own = arguments(moment, log)?;
    let policy = log.stream.policy.unwrap_or_default();
    let limits = PolicyLimits {
        max_length: policy.max_length.or(own.max_length),
        max_age: policy.max_age.or(own.max_age),
    };
    (limits != PolicyLimits::default()).then_some(limits)
}

/// The arguments that the stream has: those of the statement that created it, the youngest one when it was
/// deleted in between. A statement that was refused or that found the stream there changes nothing.
fn arguments<'a>(moment: &Moment<'a>, log: &LogView<'_>) -> Option<&'a StreamStatement> {
    let statements = moment.scenario().statements.iter().enumerate().rev();
    statements.into_iter().find_map(|(at, statement)| {
        let StatementKind::Family(said) = &statement.kind else {
            return None;
        };
        let Some(Statement::Stream(stream)) = said.rabbitmq() else {
            return None;
        };
        let created = stream.stream == log.id && has_created(moment, log, at);
        created.then_some(stream)
    })
}

/// Whether a statement created the stream, before this moment.
fn has_created(moment: &Moment<'_>, log: &LogView<'_>, statement: usize) -> bool {
    let statement = StatementId::at(statement);
    let Some(start) = moment.timeline.start_of(statement) else {
        return false;
    };
    let end = moment.timeline.end_of(statement);
    let end = end.unwrap_or(start).min(moment.cursor.event);
    let events = &moment.trace().events;
    let is_it = |what: &What| of_streams(what).and_then(StreamEvent::created) == Some(log.id);
    (start..end).any(|at| events.get(at as usize).is_some_and(|e| is_it(&e.what)))
}

fn of_streams(what: &What) -> Option<&StreamEvent> {
    what.family()?.rabbitmq()
}
