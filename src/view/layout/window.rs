//! Which part of a log has cells: the window follows the action in calm steps, or stays where it was dragged.

use super::Sketch;
use super::grid::Window;
use super::plan::turned;
use crate::ids::{ActorId, Offset};
use crate::view::model::Lane;
use crate::view::stage::{PicturePart, Target};

/// Cells shown of what has just been removed.
const REMNANT: u64 = 5;

/// Offsets from the first to the last one that should be in view.
type Interest = (u64, u64);

/// The window on a log.
pub(crate) fn of(sketch: &Sketch<'_>, lane: &Lane) -> Window {
    let grid = sketch.grid;
    let cells = u64::from(grid.cells.unsigned_abs());
    let first = match lane.removed.map(|removed| removed.offsets) {
        Some(gone) => gone
            .to
            .0
            .saturating_sub(REMNANT)
            .max(gone.from.0)
            .min(lane.first.0),
        None => lane.first.0,
    };
    // One cell behind the last record is for the bracket of the next offset.
    let latest = (lane.next.0 + 1).saturating_sub(cells).max(first);
    let wanted = match turned(sketch.options, PicturePart::Cells(lane.id)) {
        Some(from) => from,
        None if latest == first => first,
        None => follow(interest(sketch, lane), cells),
    };
    Window {
        grid,
        from: Offset(wanted.clamp(first, latest)),
    }
}

/// What should be in view: the selected program, or what happened last, or the end.
fn interest(sketch: &Sketch<'_>, lane: &Lane) -> Interest {
    let family = &sketch.moment.world.family;
    let selected = sketch.options.selected.and_then(program);
    let interest = family.interest(&sketch.moment, lane.id, selected);
    let (low, high) = interest.unwrap_or((lane.next, lane.next));
    (low.0, high.0)
}

const fn program(target: Target) -> Option<ActorId> {
    match target {
        Target::Actor(actor) => Some(actor),
        Target::Message(..)
        | Target::Block(..)
        | Target::Section(..)
        | Target::Stream(_)
        | Target::Set(_)
        | Target::Node(_)
        | Target::File(_)
        | Target::Pending(..)
        | Target::Look(..)
        | Target::Window(_) => None,
    }
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
