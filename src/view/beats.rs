//! Beats: the moments at which a story pauses for its reader, and the words that belong to each. It pauses where there
//! is something to read (narration, a chapter), to answer (a question), to check, and behind a fault. Knows no picture.

use alloc::sync::Arc;
use alloc::vec::Vec;

use crate::base::bisect;
use crate::ids::StatementId;
use crate::language::Narration;
use crate::language::ast::{Statement, StatementKind};
use crate::world::{Cursor, Timeline};

/// Where a statement makes the story pause by what it is; its narration is read before it in any case.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Pause {
    Nowhere,
    /// It is something to look at where it stands.
    Here,
    /// What it did is to be seen.
    Behind,
}

const fn pause(kind: &StatementKind) -> Pause {
    match kind {
        StatementKind::Chapter(_) | StatementKind::Ask { .. } | StatementKind::Expect(_) => {
            Pause::Here
        }
        StatementKind::Crash(_) | StatementKind::Node(_) | StatementKind::Link(_) => Pause::Behind,
        StatementKind::Family(_)
        | StatementKind::Restart(_)
        | StatementKind::Stop(_)
        | StatementKind::Pause(_)
        | StatementKind::Resume(_)
        | StatementKind::Run
        | StatementKind::RunFor(_)
        | StatementKind::RunUntil(_)
        | StatementKind::Step(_)
        | StatementKind::Await(_)
        | StatementKind::Goal { .. } => Pause::Nowhere,
    }
}

/// The moment before time first moves, or before the story first pauses behind its start: the stage is set, nothing
/// has been answered yet, and what is to be read first is there.
#[must_use]
pub fn opening(timeline: &Timeline) -> Cursor {
    let statements = timeline.scenario().statements.iter().zip(0..);
    let first = statements.into_iter().find(|(s, _)| s.kind.moves_time());
    let start = first.and_then(|(_, at)| timeline.start_of(StatementId(at)));
    let tells = timeline
        .scenario()
        .statements
        .iter()
        .any(|s| s.narration.is_some());
    let read = match tells {
        true => after(timeline, Cursor::default()),
        false => u32::MAX,
    };
    Cursor::at(start.unwrap_or(0).min(read))
}

/// The next pause behind a cursor, in events; the end at the latest.
#[must_use]
pub fn after(timeline: &Timeline, cursor: Cursor) -> u32 {
    let statements = timeline.scenario().statements.len();
    let from = ended(timeline, cursor.event);
    let mut pauses = (from..statements).flat_map(|at| pauses(timeline, at));
    let next = pauses.find(|pause| *pause > cursor.event);
    next.unwrap_or_else(|| timeline.len())
}

/// Where the first words of a story are read, in events; `None` when it has none before its end.
#[must_use]
pub fn first_words(timeline: &Timeline) -> Option<u32> {
    let statements = &timeline.scenario().statements;
    let told = statements
        .iter()
        .position(|statement| statement.narration.is_some())?;
    timeline.start_of(StatementId::at(told))
}

/// The last pause at or before a cursor, in events; the start at the earliest.
#[must_use]
pub fn before(timeline: &Timeline, cursor: Cursor) -> u32 {
    if cursor.event >= timeline.len() {
        return timeline.len();
    }
    let statements = timeline.scenario().statements.len();
    let to = (ended(timeline, cursor.event) + 1).min(statements);
    let mut pauses = (0..to).rev().flat_map(|at| pauses(timeline, at).rev());
    let last = pauses.find(|pause| *pause <= cursor.event);
    last.unwrap_or(0)
}

/// The pauses that a statement makes, in the order of time.
fn pauses(timeline: &Timeline, at: usize) -> impl DoubleEndedIterator<Item = u32> + use<> {
    let statements = &timeline.scenario().statements;
    let statement = &statements[at];
    let pause = pause(&statement.kind);
    let begins = timeline
        .start_of(StatementId::at(at))
        .filter(|_| statement.narration.is_some() || pause == Pause::Here);
    // Faults that strike together are seen together.
    let goes_on = |next: &Arc<Statement>| {
        self::pause(&next.kind) == Pause::Behind && next.narration.is_none()
    };
    let ends = timeline
        .end_of(StatementId::at(at))
        .filter(|_| pause == Pause::Behind && !statements.get(at + 1).is_some_and(goes_on));
    begins.into_iter().chain(ends)
}

/// The words to be read at a moment, and the moment that they are about: what is told at the last pause stays until
/// the next one, and nothing is told behind an open question before time goes on.
pub(super) fn words(timeline: &Timeline, cursor: Cursor) -> Option<(u32, Vec<&Narration>)> {
    let statements = &timeline.scenario().statements;
    let to = (ended(timeline, cursor.event) + 1).min(statements.len());
    let is_told = |at: usize| {
        let start = timeline.start_of(StatementId::at(at));
        let start = start.filter(|start| *start <= cursor.event)?;
        (!is_withheld(timeline, cursor, at)).then_some(start)
    };
    // From the last statement back to where the chapter begins, and what is read there with its title.
    let mut last = None;
    let mut chapter = None;
    for at in (0..to).rev() {
        let Some(start) = is_told(at) else {
            continue;
        };
        if chapter.is_some_and(|begins| start < begins) {
            break;
        }
        if statements[at].narration.is_some() {
            last = Some(at);
            break;
        }
        if matches!(statements[at].kind, StatementKind::Chapter(_)) {
            chapter = chapter.or(Some(start));
        }
    }
    let last = last?;
    let pause = is_told(last)?;
    let first = bisect(0, last, |at| {
        timeline.start_of(StatementId::at(at)).unwrap_or(u32::MAX) < pause
    });
    let mut words = Vec::new();
    for statement in &statements[first..=last] {
        words.extend(&statement.narration);
    }
    Some((pause, words))
}

/// Whether a statement stands behind a question that is open at this very moment.
fn is_withheld(timeline: &Timeline, cursor: Cursor, at: usize) -> bool {
    let before = timeline.scenario().statements[..at].iter().rev();
    let starts = |at: usize| timeline.start_of(StatementId::at(at)) == Some(cursor.event);
    cursor.part == 0
        && starts(at)
        && before
            .zip(1..)
            .take_while(|(_, back)| starts(at - back))
            .any(|(statement, _)| matches!(statement.kind, StatementKind::Ask { .. }))
}

/// How many statements' effects have ended at a moment.
pub(super) fn ended(timeline: &Timeline, event: u32) -> usize {
    let end = |at: usize| timeline.end_of(StatementId::at(at)).unwrap_or(u32::MAX);
    let statements = timeline.scenario().statements.len();
    bisect(0, statements, |at| end(at) <= event)
}
