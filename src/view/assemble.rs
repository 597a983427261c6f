//! Puts a frame together. Costs the same for any length of a stream or a trace.

use alloc::vec::Vec;

use super::frame::{CheckMark, ConsoleLine, Frame, FrameOptions, LagMark, NoteMark};
use super::moment::Moment;
use super::stage::{PicturePart, Target};
use super::{inspector, layout, story, tables};
use crate::explain::narration::narrate;
use crate::explain::notes_at;
use crate::family;
use crate::world::{Cursor, Timeline, World};

/// Console lines of a frame at the most.
const CONSOLE: usize = 200;
/// Lags that lie, of one moment at the most.
const LAGS: usize = 20;

/// What a host shows of a moment. A cursor behind the end is the end.
#[must_use]
pub fn frame_at(timeline: &Timeline, cursor: Cursor, options: &FrameOptions) -> Frame {
    frame_of(timeline, cursor, &timeline.world(cursor), options)
}

/// The same for a host that has the world at the cursor already.
#[must_use]
pub fn frame_of(
    timeline: &Timeline,
    cursor: Cursor,
    world: &World,
    options: &FrameOptions,
) -> Frame {
    let cursor = clamped(timeline, cursor);
    let moment = Moment {
        timeline,
        world,
        cursor,
    };
    Frame {
        notes: notes(&moment),
        lags: lags(&moment),
        tables: world.family.tables(&moment, options),
        inspector: options.selected.and_then(|target| {
            inspector::inspect(&moment, target, tables::turned(options, "children"))
        }),
        ..scene(&moment, options)
    }
}

/// The same without notes, tables and inspector, for a host that shows none and is to hold nothing of them.
#[must_use]
pub fn scene_of(
    timeline: &Timeline,
    cursor: Cursor,
    world: &World,
    options: &FrameOptions,
) -> Frame {
    let moment = Moment {
        timeline,
        world,
        cursor: clamped(timeline, cursor),
    };
    scene(&moment, options)
}

fn scene(moment: &Moment<'_>, options: &FrameOptions) -> Frame {
    let Moment {
        timeline,
        world,
        cursor,
    } = *moment;
    let statement = timeline.statement_at(cursor);
    let statements = &timeline.scenario().statements;
    Frame {
        cursor,
        events: timeline.len(),
        time: world.now,
        line: statement.and_then(|s| Some(statements.get(s.index())?.line)),
        narration: narrate(timeline, world, cursor),
        story: story::story(moment),
        stage: layout::stage(*moment, options),
        console: console(moment),
        checks: checks(moment),
        notes: Vec::new(),
        tables: Vec::new(),
        lags: Vec::new(),
        inspector: None,
    }
}

/// What to look at so that a target is in view: windows for [`FrameOptions::windows`]; none when it has no
/// place in the picture.
#[must_use]
pub fn ways_to(timeline: &Timeline, cursor: Cursor, target: Target) -> Vec<(PicturePart, u64)> {
    let cursor = clamped(timeline, cursor);
    let moment = Moment {
        timeline,
        world: &timeline.world(cursor),
        cursor,
    };
    layout::ways_to(&moment, target)
}

fn clamped(timeline: &Timeline, cursor: Cursor) -> Cursor {
    let event = cursor.event.min(timeline.len());
    let parts = timeline.parts(event);
    match cursor.part.min(parts) {
        0 => Cursor::at(event),
        part if part == parts => Cursor::at(event + 1),
        part => Cursor { event, part },
    }
}

fn console(moment: &Moment<'_>) -> Vec<ConsoleLine> {
    let trace = moment.trace();
    let printed = &trace.printed;
    let behind = printed.partition_point(0..printed.len(), |at| *at < moment.cursor.event);
    let from = behind.saturating_sub(CONSOLE);
    let lines = printed.range(from..behind).filter_map(|at| {
        let event = trace.events.get(*at as usize)?;
        let (actor, line) = event.what.printed()?;
        Some(ConsoleLine {
            time_us: event.at.0,
            actor: moment.name(actor).into(),
            text: (**line).into(),
            event: *at,
        })
    });
    lines.collect()
}

fn checks(moment: &Moment<'_>) -> Vec<CheckMark> {
    let statements = &moment.scenario().statements;
    let all = moment.timeline.checks().iter();
    all.filter(|check| check.events <= moment.cursor.event)
        .filter_map(|check| {
            Some(CheckMark {
                line: statements.get(check.statement.index())?.line,
                text: check.text.clone(),
                passed: check.passed,
                actual: check.actual.clone(),
            })
        })
        .collect()
}

fn notes(moment: &Moment<'_>) -> Vec<NoteMark> {
    let statements = &moment.scenario().statements;
    let all = notes_at(moment.timeline, moment.cursor).into_iter();
    all.filter_map(|note| {
        Some(NoteMark {
            line: statements.get(note.statement.index())?.line,
            text: note.text,
        })
    })
    .collect()
}

fn lags(moment: &Moment<'_>) -> Vec<LagMark> {
    let found = family::lags_that_lie(&moment.facts()).into_iter();
    let marks = found.take(LAGS).map(|(program, fact, text)| LagMark {
        target: Target::Actor(program),
        fact: fact.into(),
        text,
    });
    marks.collect()
}
