//! Messages that the broker has and that no queue shows yet: those whose delay is not over. Reads a moment.

use alloc::format;
use alloc::string::String;

use crate::base::rsplit_once;
use crate::explain::english;
use crate::family::rocketmq::broker::delay_of;
use crate::family::rocketmq::store::{Extent, Spread};
use crate::ids::LogId;
use crate::units::{SimDuration, SimTime};
use crate::view::moment::Moment;

/// The longest delay of all levels.
const LONGEST: SimDuration = delay_of(u8::MAX);

/// Messages on their way to a queue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Delayed {
    /// How many.
    pub(crate) count: u64,
    /// When the first of them is due.
    pub(crate) first: SimTime,
}

impl Delayed {
    /// `2 delayed, next at 31 s`
    pub(crate) fn words(self) -> String {
        format!(
            "{} delayed, next at {}",
            english::number(self.count),
            self.first
        )
    }
}

/// Messages that wait for a queue at a moment, whether published so or to come again; `None` when there are none.
pub(crate) fn delayed(moment: &Moment<'_>, queue: LogId) -> Option<Delayed> {
    let (name, now) = (moment.stream_name(queue), moment.world.now);
    let appended = &moment.rocketmq_arena().appended;
    let rows = (0..moment.rocketmq().log.rows).rev();
    let extents = rows.filter_map(|row| appended.get(row as usize));
    // What was stored longer ago than any delay has gone where it belongs.
    let recent = extents.take_while(|extent| extent.stored_at.after(LONGEST) > now);
    let waiting = recent.filter_map(|extent| {
        let due = due(extent, name)?;
        (due > now).then_some((extent.run.count, due))
    });
    waiting.fold(None, |found, (count, due)| {
        Some(match found {
            None => Delayed { count, first: due },
            Some(Delayed { count: more, first }) => Delayed {
                count: count.saturating_add(more),
                first: first.min(due),
            },
        })
    })
}

/// When delayed messages are due, if they are bound for that queue.
fn due(extent: &Extent, queue: &str) -> Option<SimTime> {
    let place = extent.bound_for.as_ref()?;
    let (topic, number) = rsplit_once(queue, ".q")?;
    let is_meant = *place.topic == *topic && number.parse() == Ok(place.queue);
    // They lie in a queue for each level, the first in queue 0.
    match (is_meant, &extent.spread) {
        (true, Spread::Queue(level)) => {
            let level = u8::try_from(level.saturating_add(1)).unwrap_or(u8::MAX);
            Some(extent.stored_at.after(delay_of(level)))
        }
        (true, Spread::RoundRobin { .. }) | (false, _) => None,
    }
}
