//! Steps through a timeline: events, and messages within ranges where a learner wants to see them one by one.
//! Knows the timeline, never the app.

use offset_lab::ids::StatementId;
use offset_lab::language::StatementKind;
use offset_lab::units::SimDuration;
use offset_lab::world::{Cursor, Timeline};

/// A step enters ranges of up to so many messages.
const SHORT: u64 = 40;

/// One step forward; at the end, the end.
#[must_use]
pub fn forward(timeline: &Timeline, at: Cursor) -> Cursor {
    walk(timeline, at, enters(timeline, at.event))
}

/// One step forward, into a range however long.
#[must_use]
pub fn into(timeline: &Timeline, at: Cursor) -> Cursor {
    walk(timeline, at, true)
}

fn walk(timeline: &Timeline, at: Cursor, by_message: bool) -> Cursor {
    let end = timeline.len();
    if at.event >= end {
        return Cursor::at(end);
    }
    let next = at.part.saturating_add(1);
    match by_message && next < timeline.parts(at.event) {
        true => Cursor { part: next, ..at },
        false => Cursor::at(at.event + 1),
    }
}

/// One step back; at the start, the start.
#[must_use]
pub fn back(timeline: &Timeline, at: Cursor) -> Cursor {
    if at.part > 0 {
        let part = match enters(timeline, at.event) || at.part > 1 {
            true => at.part - 1,
            false => 0,
        };
        return Cursor { part, ..at };
    }
    let Some(event) = at.event.checked_sub(1) else {
        return at;
    };
    match enters(timeline, event) {
        true => Cursor {
            event,
            part: timeline.parts(event) - 1,
        },
        false => Cursor::at(event),
    }
}

/// Whether a step goes through an event message by message: what is processed, and what is published over
/// time, unless it is long.
fn enters(timeline: &Timeline, event: u32) -> bool {
    let event = timeline.trace().events.get(event as usize);
    let over_time = event.is_some_and(|event| {
        let stride = event.what.range().map(|(_, stride)| stride);
        event.what.processed().is_some() || stride > Some(SimDuration::ZERO)
    });
    over_time && (2..=SHORT).contains(&event.map_or(0, |event| event.what.parts()))
}

/// Where the chapters start, as events.
pub fn chapters(timeline: &Timeline) -> impl Iterator<Item = u32> {
    let statements = timeline.scenario().statements.iter().zip(0..);
    let chapters = statements.filter(|(s, _)| matches!(s.kind, StatementKind::Chapter(_)));
    chapters.filter_map(|(_, at)| timeline.end_of(StatementId(at)))
}

/// The start of the next chapter, else the end.
#[must_use]
pub fn next_chapter(timeline: &Timeline, at: Cursor) -> Cursor {
    let next = chapters(timeline).find(|start| Cursor::at(*start) > at);
    Cursor::at(next.unwrap_or(timeline.len()))
}

/// The start of this chapter, or of the one before when this one has just started; else the start.
#[must_use]
pub fn previous_chapter(timeline: &Timeline, at: Cursor) -> Cursor {
    let before = chapters(timeline)
        .take_while(|start| Cursor::at(*start) < at)
        .last();
    Cursor::at(before.unwrap_or(0))
}

/// The moment after the last statement at or above a line (from 1).
#[must_use]
pub fn after_line(timeline: &Timeline, line: u32) -> Cursor {
    let statements = &timeline.scenario().statements;
    let count = statements.partition_point(|s| s.line <= line);
    let last = u32::try_from(count)
        .ok()
        .and_then(|count| count.checked_sub(1));
    let end = last.map(|at| timeline.end_of(StatementId(at)).unwrap_or(timeline.len()));
    Cursor::at(end.unwrap_or(0))
}

/// The moment before time first moves: the stage is set, nothing has been answered yet.
#[must_use]
pub fn opening(timeline: &Timeline) -> Cursor {
    let statements = timeline.scenario().statements.iter().zip(0..);
    let first = statements.into_iter().find(|(s, _)| s.kind.moves_time());
    let start = first.and_then(|(_, at)| timeline.start_of(StatementId(at)));
    Cursor::at(start.unwrap_or(0))
}

/// The nearest moment that the timeline has.
#[must_use]
pub fn clamp(timeline: &Timeline, at: Cursor) -> Cursor {
    if at.event >= timeline.len() {
        return Cursor::at(timeline.len());
    }
    let most = timeline.parts(at.event).saturating_sub(1);
    Cursor {
        part: at.part.min(most),
        ..at
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::state::tests::timeline;

    const TEXT: &str = "stream s\nproducer p on s\npublish p 30 \"m\"\nrun\n\
        chapter \"Read\"\nconsumer c on s from first takes 1ms\nrun\nchapter \"End\"\n";

    #[test]
    fn back_undoes_forward_step_by_step() {
        let timeline = timeline(TEXT);
        let mut at = Cursor::default();
        let mut way = vec![at];
        while at.event < timeline.len() {
            at = forward(&timeline, at);
            way.push(at);
        }
        assert!(
            way.iter().any(|c| c.part > 0),
            "the consumer is seen at work"
        );
        for pair in way.windows(2).rev() {
            assert!(pair[0] < pair[1]);
            assert_eq!(back(&timeline, pair[1]), pair[0]);
        }
        assert_eq!(back(&timeline, Cursor::default()), Cursor::default());
    }

    #[test]
    fn chapters_and_lines_are_places_in_time() {
        let timeline = timeline(TEXT);
        let read = next_chapter(&timeline, Cursor::default());
        assert_eq!(read, after_line(&timeline, 5));
        assert_eq!(previous_chapter(&timeline, read), Cursor::default());
        assert_eq!(after_line(&timeline, 0), Cursor::default());
        assert_eq!(after_line(&timeline, 99), Cursor::at(timeline.len()));
        assert!(opening(&timeline) < read);
    }
}
