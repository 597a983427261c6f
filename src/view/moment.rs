//! A timeline at a cursor, with what every part of a frame asks of it. Knows no mark and no sentence.

use crate::ids::{ActorId, EventId, LogId};
use crate::language::Scenario;
use crate::trace::{Event, Trace};
use crate::world::{Cursor, Facts, Timeline, World};

/// One moment of a timeline.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Moment<'a> {
    /// The timeline.
    pub timeline: &'a Timeline,
    /// Its world at the cursor.
    pub world: &'a World,
    /// The cursor.
    pub cursor: Cursor,
}

impl<'a> Moment<'a> {
    pub(crate) fn scenario(&self) -> &'a Scenario {
        self.timeline.scenario()
    }

    pub(crate) fn trace(&self) -> &'a Trace {
        self.timeline.trace()
    }

    pub(crate) fn facts(&self) -> Facts<'a> {
        self.timeline.facts_of(self.world)
    }

    pub(crate) fn name(&self, actor: ActorId) -> &'a str {
        &self.scenario().actors[actor.index()].name
    }

    pub(crate) fn stream_name(&self, stream: LogId) -> &'a str {
        &self.scenario().streams[stream.index()]
    }

    /// What happened last, and how much of it counts when the cursor stands inside it.
    pub(crate) fn happened(&self) -> Option<(EventId, &'a Event, Option<u64>)> {
        let (at, part) = match (self.cursor.event, self.cursor.part) {
            (event, 1..) => (event, Some(self.cursor.part)),
            (event, 0) => (event.checked_sub(1)?, None),
        };
        let event = self.trace().events.get(at as usize)?;
        Some((EventId(at), event, part))
    }

    /// Events from the last one back.
    pub(crate) fn backwards(&self) -> impl Iterator<Item = (&'a Event, Option<u64>)> {
        let events = &self.trace().events;
        let inside = self.happened().filter(|(_, _, part)| part.is_some());
        let before = events.range(0..(self.cursor.event as usize).min(events.len()));
        inside
            .map(|(_, event, part)| (event, part))
            .into_iter()
            .chain(before.rev().map(|event| (event, None)))
    }
}
