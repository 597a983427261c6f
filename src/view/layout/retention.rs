//! What the next evaluation of retention would remove. Sizes and ages only: nothing is removed here.

use crate::ids::Offset;
use crate::scenario::ast::{StatementKind, StreamStatement};
use crate::view::moment::{LogView, Moment};

/// Segments looked at, from the oldest on.
const SEGMENTS: usize = 32;

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

/// What the scenario says about the stream.
fn limits<'a>(moment: &Moment<'a>, log: &LogView<'_>) -> Option<&'a StreamStatement> {
    let statements = &moment.scenario().statements;
    let found = statements.iter().find_map(|s| {
        if let StatementKind::Stream(stream) = &s.kind {
            return (stream.stream == log.id).then_some(stream);
        }
        None
    })?;
    (found.max_length.is_some() || found.max_age.is_some()).then_some(found)
}
