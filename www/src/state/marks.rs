//! The marks along the line of time: where, never more than can be told apart. Knows no element.

use std::cell::RefCell;
use std::rc::Rc;
use std::sync::Arc;

use offset_lab::explain::Anomaly;
use offset_lab::trace::Level;
use offset_lab::view::transport::{TimeMark, transport};
use offset_lab::world::Timeline;

use super::slices::Timing;

/// A mark on the line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spot {
    /// Where, in ten-thousandths of its length.
    pub place: u32,
    /// The moment: events that have happened.
    pub event: u32,
    /// What it is.
    pub words: String,
}

/// Places along the line, in ten-thousandths of its length.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TimeMarks {
    /// Events.
    pub ticks: Vec<u32>,
    /// Starts of chapters.
    pub chapters: Vec<Spot>,
    /// Failed checks.
    pub failed: Vec<Spot>,
    /// Anomalies.
    pub unusual: Vec<Spot>,
}

/// The marks of a timeline at a level of detail, with anomalies as far as they were found.
#[must_use]
pub fn marks(timeline: &Timeline, found: &[Anomaly], level: Level) -> TimeMarks {
    let line = transport(timeline, found, level);
    let place = |event: u32| {
        let at = u64::from(event) * 10_000 / u64::from(line.events.max(1));
        u32::try_from(at).unwrap_or(10_000)
    };
    let spot = |kind: &str, mark: &TimeMark| Spot {
        place: place(mark.at),
        event: mark.at,
        words: format!("{kind}: {}", mark.text),
    };
    let spots = |kind, marks: &[TimeMark]| marks.iter().map(|mark| spot(kind, mark)).collect();
    TimeMarks {
        ticks: line.ticks.iter().copied().map(place).collect(),
        chapters: spots("chapter", &line.chapters),
        failed: spots("failed check", &line.failed),
        unusual: spots("unusual", &line.anomalies),
    }
}

/// The marks of a line of time, made anew when they are others.
#[derive(Debug, Default)]
pub struct KeptMarks(RefCell<Option<(Depends, Rc<TimeMarks>)>>);

/// What they depend on: the run, whether its anomalies were found, how much is shown, what is not told yet.
type Depends = (Option<(usize, bool)>, Level, Option<u32>);

impl KeptMarks {
    /// Those of this line.
    #[must_use]
    pub fn of(&self, timing: &Timing) -> Rc<TimeMarks> {
        let good = timing.good.as_ref();
        let run = good.map(|good| (Arc::as_ptr(&good.run) as usize, good.found.is_some()));
        let depends = (run, timing.level, timing.veil);
        let mut kept = self.0.borrow_mut();
        if let Some((_, marks)) = kept.as_ref().filter(|(before, _)| *before == depends) {
            return Rc::clone(marks);
        }
        let all = good.map(|good| {
            let found = good.found.as_ref();
            let found = found.map_or(&[][..], |found| &found.anomalies);
            marks(good.timeline(), found, timing.level)
        });
        let marks = Rc::new(all.unwrap_or_default().before(timing.veil));
        *kept = Some((depends, Rc::clone(&marks)));
        marks
    }
}

impl TimeMarks {
    /// The same without what failed and what is unusual behind so many events.
    #[must_use]
    pub fn before(mut self, veil: Option<u32>) -> Self {
        let is_told = |spot: &Spot| veil.is_none_or(|veil| spot.event <= veil);
        self.failed.retain(is_told);
        self.unusual.retain(is_told);
        self
    }

    /// All marks, failed checks before what is unusual, chapters last.
    pub fn spots(&self) -> impl Iterator<Item = &Spot> {
        let (failed, unusual, chapters) = (&self.failed, &self.unusual, &self.chapters);
        failed.iter().chain(unusual).chain(chapters)
    }

    /// Where a press leads, `place` and `near` in ten-thousandths: to the mark that is near, else to the
    /// moment that stands there.
    #[must_use]
    pub fn pressed(&self, place: u32, near: u32, events: u32) -> u32 {
        let far = |spot: &&Spot| spot.place.abs_diff(place);
        let spot = self
            .spots()
            .filter(|spot| far(spot) <= near)
            .min_by_key(far);
        spot.map_or_else(
            || {
                let at = u64::from(events) * u64::from(place.min(10_000)) / 10_000;
                u32::try_from(at).unwrap_or(events)
            },
            |spot| spot.event,
        )
    }

    /// What stands at a moment, in words.
    #[must_use]
    pub fn words_at(&self, event: u32) -> Option<&str> {
        let spot = self.spots().find(|spot| spot.event == event);
        spot.map(|spot| &*spot.words)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_press_near_a_mark_leads_to_its_moment() {
        let spot = |place, event| Spot {
            place,
            event,
            words: format!("chapter: {event}"),
        };
        let marks = TimeMarks {
            chapters: vec![spot(0, 0), spot(5_000, 50)],
            failed: vec![spot(5_400, 54)],
            ..TimeMarks::default()
        };
        assert_eq!(marks.pressed(5_100, 300, 100), 50);
        assert_eq!(marks.pressed(5_300, 300, 100), 54);
        assert_eq!(marks.pressed(7_000, 300, 100), 70);
        assert_eq!(marks.words_at(54), Some("chapter: 54"));
    }
}
