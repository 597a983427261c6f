//! Steps through a timeline: events, and messages within ranges where a learner wants to see them one by one.
//! Knows the timeline, never the app.

use offset_lab::ids::StatementId;
use offset_lab::language::StatementKind;
use offset_lab::trace::Level;
use offset_lab::units::SimDuration;
use offset_lab::view::beats;
use offset_lab::world::{Cursor, Timeline};

/// A step enters ranges of up to so many messages.
const SHORT: u64 = 40;

/// One step forward at a level of detail; at the end, the end. Nothing that is to be read is passed over.
#[must_use]
pub fn forward(timeline: &Timeline, at: Cursor, level: Level) -> Cursor {
    let next = timeline.trace().next_shown(level, at.event);
    let pause = beats::after(timeline, at);
    match next {
        Some(event) if event < pause => {
            let from = match event == at.event {
                true => at,
                false => Cursor::at(event),
            };
            walk(timeline, from, enters(timeline, event, level))
        }
        Some(_) | None => Cursor::at(pause),
    }
}

/// So many steps forward. A story enters no range, so that its steps to the next pause are counted, however many.
#[must_use]
pub fn forward_by(timeline: &Timeline, at: Cursor, level: Level, steps: u32) -> Cursor {
    if level != Level::Story {
        return (0..steps).fold(at, |at, _| forward(timeline, at, level));
    }
    let (mut at, mut left) = (at, steps);
    while left > 0 && at.event < timeline.len() {
        let trace = timeline.trace();
        let pause = beats::after(timeline, at);
        let shown = trace.shown_up_to(level, at.event);
        match trace.nth_shown(level, shown.saturating_add(left - 1)) {
            Some(event) if event < pause => return Cursor::at(event + 1),
            Some(_) | None => {
                let there = trace
                    .last_shown(level, pause)
                    .is_some_and(|last| last + 1 == pause);
                let walked = trace.shown_up_to(level, pause) - shown;
                left = left.saturating_sub(walked.saturating_add(u32::from(!there)).max(1));
                at = Cursor::at(pause);
            }
        }
    }
    at
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

/// One step back at a level of detail; at the start, the start.
#[must_use]
pub fn back(timeline: &Timeline, at: Cursor, level: Level) -> Cursor {
    if at.part > 1 && level != Level::Story {
        return Cursor {
            part: at.part - 1,
            ..at
        };
    }
    // From within a range, a story goes back to where the range begins.
    if at.part > 0 {
        return rest(timeline, at.event, level);
    }
    let Some(event) = at.event.checked_sub(1) else {
        return at;
    };
    match enters(timeline, event, level) {
        true => Cursor {
            event,
            part: timeline.parts(event) - 1,
        },
        false => rest(timeline, event, level),
    }
}

/// The last step between two events that does not lie behind this moment.
fn rest(timeline: &Timeline, event: u32, level: Level) -> Cursor {
    let shown = timeline.trace().last_shown(level, event);
    let pause = beats::before(timeline, Cursor::at(event));
    Cursor::at(shown.map_or(0, |shown| shown + 1).max(pause))
}

/// How many steps there are from the last pause of the story to the next one.
#[must_use]
pub fn in_beat(timeline: &Timeline, at: Cursor, level: Level) -> u32 {
    let (from, to) = (beats::before(timeline, at), beats::after(timeline, at));
    let shown = |to| timeline.trace().shown_up_to(level, to);
    shown(to) - shown(from)
}

fn is_shown(timeline: &Timeline, event: u32, level: Level) -> bool {
    let event = timeline.trace().events.get(event as usize);
    event.is_some_and(|event| event.what.level() <= level)
}

/// Whether a step goes through an event message by message: what is processed, and what is published over
/// time, unless it is long, or told in one go.
fn enters(timeline: &Timeline, event: u32, level: Level) -> bool {
    if level == Level::Story || !is_shown(timeline, event, level) {
        return false;
    }
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
    fn back_undoes_forward_step_by_step_at_every_level() {
        let timeline = timeline(TEXT);
        let mut steps = Vec::new();
        for level in Level::ALL {
            let mut at = Cursor::default();
            let mut way = vec![at];
            while at.event < timeline.len() {
                at = forward(&timeline, at, level);
                way.push(at);
            }
            let inside = way.iter().any(|c| c.part > 0);
            assert_eq!(
                inside,
                level != Level::Story,
                "the consumer is seen at work"
            );
            for pair in way.windows(2).rev() {
                assert!(pair[0] < pair[1]);
                assert_eq!(back(&timeline, pair[1], level), pair[0]);
            }
            assert_eq!(back(&timeline, Cursor::default(), level), Cursor::default());
            steps.push(way.len());
        }
        assert!(steps.is_sorted_by(|a, b| a < b), "{steps:?}");
    }

    #[test]
    fn many_steps_are_as_many_single_ones() {
        let told = "> One.\nstream s\n> Two.\nproducer p on s\npublish p 30 \"m{n}\" one by one\nrun\n> Three.\n\
            consumer c on s from first store every 3 takes 1ms\nrun\ncrash c\n> Four.\nrestart c\nrun\nchapter \"End\"\n";
        for text in [TEXT, told] {
            let timeline = timeline(text);
            for level in Level::ALL {
                for steps in [0, 1, 2, 3, 7, 20, 1_000] {
                    for event in 0..=timeline.len() {
                        let at = Cursor::at(event);
                        let single = (0..steps).fold(at, |at, _| forward(&timeline, at, level));
                        assert_eq!(
                            forward_by(&timeline, at, level, steps),
                            single,
                            "{steps} from {event}"
                        );
                    }
                }
            }
        }
    }

    #[test]
    fn no_step_passes_over_what_is_to_be_read() {
        let timeline = timeline(
            "> One.\nstream s\n> Two.\nproducer p on s\npublish p 3 \"m\"\nrun\n> Three.\nask \"Next?\" s.next\nrun\n",
        );
        let mut at = Cursor::default();
        let mut read = vec![];
        while at.event < timeline.len() {
            read.push(beats::before(&timeline, at));
            at = forward(&timeline, at, Level::Story);
        }
        read.dedup();
        assert_eq!(read, [0, 1], "{read:?}");
    }

    #[test]
    fn chapters_and_lines_are_places_in_time() {
        let timeline = timeline(TEXT);
        let read = next_chapter(&timeline, Cursor::default());
        assert_eq!(read, after_line(&timeline, 5));
        assert_eq!(previous_chapter(&timeline, read), Cursor::default());
        assert_eq!(after_line(&timeline, 0), Cursor::default());
        assert_eq!(after_line(&timeline, 99), Cursor::at(timeline.len()));
        assert!(beats::opening(&timeline) < read);
    }
}
