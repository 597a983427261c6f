//! Which part of a stream has cells: the window follows the action in calm steps, or stays where it was dragged.

use super::grid::{Grid, Window};
use crate::family::FamilyEvent;
use crate::family::rabbitmq::event::StreamEvent;
use crate::ids::{ActorId, Offset, StreamId};
use crate::trace::{Event, What};
use crate::view::frame::FrameOptions;
use crate::view::moment::{LogView, Moment};
use crate::view::stage::{Part, Target};

/// How far back the latest thing that happened to a stream is looked for.
const LOOK_BACK: usize = 512;
/// How many events a removed part of the log stays in view, hatched.
const FADE: usize = 6;
/// Cells shown of what retention has just removed.
const REMNANT: u64 = 5;

/// Offsets from the first to the last one that should be in view.
type Interest = (u64, u64);

/// The window on a stream.
pub(crate) fn of(
    moment: &Moment<'_>,
    options: &FrameOptions,
    grid: Grid,
    log: &LogView<'_>,
) -> Window {
    let cells = u64::from(grid.cells.unsigned_abs());
    let first = match expired(moment, log.id) {
        Some((from, to)) => to.0.saturating_sub(REMNANT).max(from.0).min(log.first.0),
        None => log.first.0,
    };
    // One cell behind the last record is for the bracket of the next offset.
    let latest = (log.next.0 + 1).saturating_sub(cells).max(first);
    let dragged = super::plan::turned(options, Part::Cells(log.id));
    let wanted = match dragged {
        Some(from) => from,
        None if latest == first => first,
        None => {
            let interest = selected(options, moment, log)
                .or_else(|| latest_interest(moment, log))
                .unwrap_or((log.next.0, log.next.0));
            follow(interest, cells)
        }
    };
    Window {
        grid,
        from: Offset(wanted.clamp(first, latest)),
    }
}

/// What retention removed a moment ago.
pub(crate) fn expired(moment: &Moment<'_>, stream: StreamId) -> Option<(Offset, Offset)> {
    let is_it = |event: &Event| matches!(event.what, What::Family(FamilyEvent::RabbitMq(StreamEvent::Truncated { stream: s, .. })) if s == stream);
    moment
        .backwards()
        .take(FADE)
        .any(|(event, _)| is_it(event))
        .then_some(moment.world.stream(stream).expired)?
}

/// The start of a window around an interest. It moves by thirds of the window, so that most steps leave
/// it where it is.
fn follow((low, high): Interest, cells: u64) -> u64 {
    let third = (cells / 3).max(1);
    let paged = (high / third).saturating_sub(1) * third;
    if low < paged && high - low + 2 <= cells {
        let aligned = low / third * third;
        return if high - aligned + 2 <= cells {
            aligned
        } else {
            low
        };
    }
    paged
}

/// Where a selected consumer is: its reading colours the cells.
fn selected(options: &FrameOptions, moment: &Moment<'_>, log: &LogView<'_>) -> Option<Interest> {
    match options.selected? {
        Target::Actor(actor) => consumer(moment, log, actor),
        Target::Message(..)
        | Target::Chunk(..)
        | Target::Segment(..)
        | Target::Stream(_)
        | Target::Node(_)
        | Target::PublishingId(..)
        | Target::Look(..)
        | Target::Window(_) => None,
    }
}

fn latest_interest(moment: &Moment<'_>, log: &LogView<'_>) -> Option<Interest> {
    moment
        .backwards()
        .take(LOOK_BACK)
        .find_map(|(event, _)| interest(moment, log, &event.what))
}

fn interest(moment: &Moment<'_>, log: &LogView<'_>, what: &What) -> Option<Interest> {
    let end = |row: u32| {
        let next = log.chunk(row).next().0.saturating_sub(1);
        (next, next)
    };
    if let What::Family(FamilyEvent::RabbitMq(StreamEvent::Written { stream, row }))
    | What::Family(FamilyEvent::RabbitMq(StreamEvent::Replicated { stream, row, .. })) = what
    {
        return (*stream == log.id).then(|| end(*row));
    }
    if let What::Family(FamilyEvent::RabbitMq(StreamEvent::Committed { stream, .. })) = what {
        let last = log.committed.0.saturating_sub(1);
        return (*stream == log.id).then_some((last, last));
    }
    if let What::Family(FamilyEvent::RabbitMq(StreamEvent::Truncated { stream, .. })) = what {
        return (*stream == log.id).then_some((log.first.0, log.first.0));
    }
    consumer(moment, log, what.actor()?)
}

/// From what is stored to what comes next, of a consumer of this stream.
fn consumer(moment: &Moment<'_>, log: &LogView<'_>, actor: ActorId) -> Option<Interest> {
    if actor.index() >= moment.world.links.len() {
        return None;
    }
    let c = moment.world.consumer(actor)?;
    if c.settings.stream != log.id {
        return None;
    }
    let position = c.position?.0;
    let low = match (moment.again(c), moment.facts().stored(c)) {
        (Some((from, _)), stored) => from.0.min(stored.unwrap_or(from.0)),
        (None, Some(stored)) => stored.min(position),
        (None, None) => position,
    };
    Some((low, position))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn most_steps_leave_the_window_where_it_is() {
        let starts: alloc::vec::Vec<u64> = (0..48).map(|at| follow((at, at), 24)).collect();
        let moves = starts.windows(2).filter(|w| w[0] != w[1]).count();
        assert!(moves <= 5, "{starts:?}");
        assert!(
            starts
                .iter()
                .zip(0..)
                .all(|(from, at)| (*from..from + 24).contains(&at))
        );
    }

    #[test]
    fn a_span_that_fits_is_shown_whole() {
        assert!(follow((19, 28), 24) <= 19);
        assert!(follow((20, 42), 24) <= 20);
        assert_eq!(follow((0, 500), 24), 488);
    }
}
