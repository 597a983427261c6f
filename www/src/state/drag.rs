//! Dragging the window on a stream: by its strip, or by its cells. Knows the picture's places, no pointer.

use offset_lab::ids::{Offset, StreamId};
use offset_lab::view::Stage;
use offset_lab::view::stage::Strip;

/// Units that a pointer moves before cells are dragged: a press that moves less is a click.
const SLACK: i32 = 6;

/// A drag that has begun.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Drag {
    stream: StreamId,
    by: By,
    cells: u64,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum By {
    Strip(Strip),
    Cells { x: i32, pitch: i32, from: u64 },
}

impl Drag {
    /// The drag that begins at a place of the picture, if one does.
    #[must_use]
    pub fn begin(stage: &Stage, x: i32, y: i32) -> Option<Self> {
        let within = |from: i32, length: u32, at: i32| {
            at >= from && i64::from(at) <= i64::from(from) + i64::from(length)
        };
        stage.lanes.iter().find_map(|lane| {
            let strip = lane.strip.filter(|strip| {
                within(strip.x, strip.width, x) && within(strip.y - 5, strip.height + 10, y)
            });
            let on_cells = within(lane.x, lane.width, x) && within(lane.y, lane.height, y);
            let by = match strip {
                Some(strip) => By::Strip(strip),
                None if on_cells && lane.strip.is_some() => By::Cells {
                    x,
                    pitch: i32::try_from(lane.pitch.max(1)).ok()?,
                    from: lane.from.0,
                },
                None => return None,
            };
            Some(Self {
                stream: lane.stream,
                by,
                cells: u64::from(lane.cells),
            })
        })
    }

    /// Where the window is when the pointer is at `x`; `None` while it has not moved enough.
    #[must_use]
    pub fn to(&self, x: i32) -> Option<(StreamId, Offset)> {
        let from = match self.by {
            By::Strip(strip) => {
                let at = u64::from((x - strip.x).max(0).unsigned_abs().min(strip.width));
                let all = u128::from(strip.to.0.saturating_sub(strip.from.0));
                let part = all * u128::from(at) / u128::from(strip.width.max(1));
                let middle = strip.from.0 + u64::try_from(part).unwrap_or(u64::MAX);
                middle.saturating_sub(self.cells / 2)
            }
            By::Cells { x: start, .. } if (x - start).abs() < SLACK => return None,
            By::Cells {
                x: start,
                pitch,
                from,
            } => from.saturating_add_signed(i64::from((start - x) / pitch)),
        };
        Some((self.stream, Offset(from)))
    }
}
