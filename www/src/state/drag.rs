//! Moving the window on a stream: dragging its strip or its cells, and by keys on its handle. Knows the
//! picture's places, no pointer.

use offset_lab::base::{divide, divide_signed};
use offset_lab::ids::LogId;
use offset_lab::view::Stage;
use offset_lab::view::stage::{LaneArea, Strip};

/// Units that a pointer moves before cells are dragged: a press that moves less is a click.
const SLACK: i32 = 6;
/// Units around a strip that belong to it.
const AROUND: u32 = 6;

/// A drag that has begun.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Drag {
    stream: LogId,
    by: By,
    x: i32,
    from: u64,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum By {
    /// The strip, `jumped` when it was pressed beside the window.
    Strip { strip: Strip, jumped: bool },
    /// The cells, so wide.
    Cells(i32),
}

impl Drag {
    /// The drag that begins at a place of the picture, if one does.
    #[must_use]
    pub fn begin(stage: &Stage, x: i32, y: i32) -> Option<Self> {
        stage.lanes.iter().find_map(|lane| Self::on(lane, x, y))
    }

    fn on(lane: &LaneArea, x: i32, y: i32) -> Option<Self> {
        let within = |from: i32, length: u32, at: i32| {
            at >= from && i64::from(at) <= i64::from(from) + i64::from(length)
        };
        let around = i32::try_from(AROUND).unwrap_or(0);
        let strip = lane.strip?;
        let on_strip = within(strip.x - around, strip.width + 2 * AROUND, x)
            && within(strip.y - around, strip.height + 2 * AROUND, y);
        if on_strip {
            let at = offset_at(strip, x);
            let cells = u64::from(lane.cells);
            let window = lane.from.0..=lane.from.0.saturating_add(cells);
            // A window narrower than a finger is still held when it is nearly hit.
            let near = (x - place_of(strip, lane.from.0 + cells / 2)).abs() <= around * 2;
            let jumped = !window.contains(&at) && !near;
            let from = match jumped {
                true => at.saturating_sub(cells / 2),
                false => lane.from.0,
            };
            return Some(Self {
                stream: lane.stream,
                by: By::Strip { strip, jumped },
                x,
                from,
            });
        }
        let on_cells = within(lane.x, lane.width, x) && within(lane.y, lane.height, y);
        on_cells.then(|| Self {
            stream: lane.stream,
            by: By::Cells(i32::try_from(lane.pitch.max(1)).unwrap_or(1)),
            x,
            from: lane.from.0,
        })
    }

    /// Where the window goes at once, before the pointer moves: a press beside the window jumps.
    #[must_use]
    pub fn at_once(&self) -> Option<(LogId, u64)> {
        match self.by {
            By::Strip { jumped: true, .. } => Some((self.stream, self.from)),
            By::Strip { jumped: false, .. } | By::Cells(_) => None,
        }
    }

    /// Where the window is when the pointer is at `x`; `None` while it has not moved enough.
    #[must_use]
    pub fn to(&self, x: i32) -> Option<(LogId, u64)> {
        let by = i64::from(x) - i64::from(self.x);
        let offsets = match self.by {
            By::Strip { .. } if by == 0 => return None,
            By::Strip { strip, .. } => {
                let all = i128::from(strip.to.0.saturating_sub(strip.from.0));
                let moved = divide_signed(all * i128::from(by), strip.width.max(1).into());
                i64::try_from(moved).unwrap_or(i64::MAX)
            }
            By::Cells(_) if by.abs() < i64::from(SLACK) => return None,
            By::Cells(pitch) => -by / i64::from(pitch),
        };
        Some((self.stream, self.from.saturating_add_signed(offsets)))
    }
}

/// The offset at a place of a strip.
fn offset_at(strip: Strip, x: i32) -> u64 {
    let at = u128::from((x - strip.x).max(0).unsigned_abs().min(strip.width));
    let all = u128::from(strip.to.0.saturating_sub(strip.from.0));
    let part = divide(all * at, strip.width.max(1).into());
    strip
        .from
        .0
        .saturating_add(u64::try_from(part).unwrap_or(u64::MAX))
}

/// The place of an offset on a strip.
fn place_of(strip: Strip, offset: u64) -> i32 {
    let all = u128::from(strip.to.0.saturating_sub(strip.from.0).max(1));
    let at = u128::from(offset.saturating_sub(strip.from.0)).min(all);
    let x = divide(at * u128::from(strip.width), all);
    strip.x.saturating_add(i32::try_from(x).unwrap_or(0))
}

/// A key on the handle of a window.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Nudge {
    /// A third of the window back.
    Back,
    /// A third of the window on.
    On,
    /// A window back.
    PageBack,
    /// A window on.
    PageOn,
    /// To the first offset.
    First,
    /// To the newest.
    Last,
}

/// Where a window goes by a key.
#[must_use]
pub fn nudged(lane: &LaneArea, nudge: Nudge) -> u64 {
    let (page, from) = (u64::from(lane.cells), lane.from.0);
    let third = (page / 3).max(1);
    // One cell behind the last record is for the bracket of the next offset.
    let last = (lane.next.0 + 1).saturating_sub(page).max(lane.first.0);
    let to = match nudge {
        Nudge::Back => from.saturating_sub(third),
        Nudge::On => from.saturating_add(third),
        Nudge::PageBack => from.saturating_sub(page),
        Nudge::PageOn => from.saturating_add(page),
        Nudge::First => 0,
        Nudge::Last => last,
    };
    to.clamp(lane.first.0, last)
}

/// The window in words: `offsets 14 to 37 of 0 to 101`.
#[must_use]
pub fn window_words(lane: &LaneArea) -> String {
    let end = lane
        .from
        .0
        .saturating_add(u64::from(lane.cells))
        .min(lane.next.0);
    format!(
        "offsets {} to {} of {} to {}",
        lane.from,
        end.saturating_sub(1).max(lane.from.0),
        lane.first,
        lane.next.0.saturating_sub(1)
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::state::tests::stage;

    const LONG: &str = "stream s\nproducer p on s\npublish p 1_000 \"m{n}\"\nrun\n";

    #[test]
    fn a_press_beside_the_window_jumps_and_a_press_on_it_holds_it() {
        let stage = stage(LONG);
        let lane = &stage.lanes[0];
        let strip = lane.strip.expect("a long stream has a strip");
        let y = strip.y + 3;
        let beside = Drag::begin(&stage, strip.x + 10, y).expect("on the strip");
        let (_, from) = beside.at_once().expect("it jumps");
        assert!(from < 30, "{from}");
        let on = Drag::begin(&stage, place_of(strip, lane.from.0 + 8), y).expect("on the window");
        assert_eq!(on.at_once(), None);
        assert_eq!(on.to(place_of(strip, lane.from.0 + 8)), None);
        let (_, moved) = on.to(strip.x).expect("moved");
        assert!(moved < 20, "{moved}");
    }

    #[test]
    fn cells_follow_the_pointer_and_keys_stay_inside() {
        let stage = stage(LONG);
        let lane = &stage.lanes[0];
        let x = lane.x + 200;
        let drag = Drag::begin(&stage, x, lane.y + 20).expect("on the cells");
        assert_eq!(drag.to(x + 3), None);
        let (_, from) = drag
            .to(x + 3 * i32::try_from(lane.pitch).expect("a cell is narrow"))
            .expect("moved");
        assert_eq!(from, lane.from.0 - 3);
        assert_eq!(nudged(lane, Nudge::First), 0);
        assert_eq!(nudged(lane, Nudge::PageOn), nudged(lane, Nudge::Last));
        assert!(nudged(lane, Nudge::Back) < lane.from.0);
        assert!(
            window_words(lane).ends_with("of 0 to 999"),
            "{}",
            window_words(lane)
        );
    }
}
