//! How many events each level of detail shows, counted as they come, so that what a level shows is found without a pass
//! over the trace. Knows no reader.

use super::event::Event;
use super::level::Level;
use crate::base::{Pages, bisect};

/// Events between two counts that are kept: so many are looked at to know any other.
const STRETCH: u32 = 256;
/// Levels that show less than everything.
const LEVELS: usize = Level::ALL.len() - 1;

/// The counts.
#[derive(Clone, Debug, Default)]
pub(super) struct Shown {
    /// Before each stretch of events.
    before: Pages<[u32; LEVELS]>,
    /// So far.
    now: [u32; LEVELS],
}

impl Shown {
    /// Counts the event of a number; in the order of numbers.
    pub(super) fn count(&mut self, number: u32, event: &Event) {
        if number.is_multiple_of(STRETCH) {
            self.before.push(self.now);
        }
        let level = event.what.level();
        for (count, shows) in self.now.iter_mut().zip(Level::ALL) {
            *count += u32::from(level <= shows);
        }
    }

    /// How many of the first `to` events a level shows.
    #[must_use]
    pub(super) fn up_to(&self, events: &Pages<Event>, level: Level, to: u32) -> u32 {
        let all = events.len() as u32;
        let counts = |counts: &[u32; LEVELS]| counts.get(level as usize).copied();
        if to >= all {
            return counts(&self.now).unwrap_or(all);
        }
        let start = to - to % STRETCH;
        let before = self.before.get((to / STRETCH) as usize).and_then(counts);
        before.map_or(to, |before| {
            let rest = events.range(start as usize..to as usize);
            before + rest.filter(|event| event.what.level() <= level).count() as u32
        })
    }

    /// The number of the event before which a level shows `nth` others, and which it shows itself.
    #[must_use]
    pub(super) fn nth(&self, events: &Pages<Event>, level: Level, nth: u32) -> Option<u32> {
        let stretches = self.before.len();
        let first = bisect(0, stretches, |at| {
            self.up_to(events, level, at as u32 * STRETCH) <= nth
        });
        let start = first.checked_sub(1)? as u32 * STRETCH;
        let left = nth - self.up_to(events, level, start);
        shown(events, level, start..events.len() as u32).nth(left as usize)
    }

    /// The first event from number `from` on that a level shows.
    #[must_use]
    pub(super) fn next(&self, events: &Pages<Event>, level: Level, from: u32) -> Option<u32> {
        let all = events.len() as u32;
        let end = (from - from % STRETCH).saturating_add(STRETCH).min(all);
        let near = shown(events, level, from..end).next();
        near.or_else(|| self.nth(events, level, self.up_to(events, level, end)))
    }

    /// The last event below number `to` that a level shows.
    #[must_use]
    pub(super) fn last(&self, events: &Pages<Event>, level: Level, to: u32) -> Option<u32> {
        let to = to.min(events.len() as u32);
        let start = to - to % STRETCH;
        let near = shown(events, level, start..to).next_back();
        near.or_else(|| {
            let before = self.up_to(events, level, start).checked_sub(1)?;
            self.nth(events, level, before)
        })
    }
}

/// The numbers of those events of a range that a level shows.
fn shown(
    events: &Pages<Event>,
    level: Level,
    range: core::ops::Range<u32>,
) -> impl DoubleEndedIterator<Item = u32> {
    range.filter(move |at| events[*at as usize].what.level() <= level)
}
