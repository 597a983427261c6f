//! Where cells are: how many fit into a width, and where an offset's cell stands.

use crate::ids::Offset;
use crate::view::model::LogOffsets;

/// Widths below this are laid out for a phone: bigger marks, fewer of them.
const WIDE: u32 = 600;

/// The columns of the picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Grid {
    /// Width of the whole picture.
    pub(crate) width: i32,
    /// Free space at both sides.
    pub(crate) margin: i32,
    /// From one cell to the next.
    pub(crate) pitch: i32,
    /// Width of a cell.
    pub(crate) cell: i32,
    /// How many cells there are.
    pub(crate) cells: i32,
}

impl Grid {
    /// The grid for a width in abstract units, at least 340.
    pub(crate) fn new(width: u32) -> Self {
        let wide = width >= WIDE;
        let width = i32::try_from(width.clamp(340, 4_000)).unwrap_or(340);
        let (margin, pitch, gap) = if wide { (20, 34, 4) } else { (8, 27, 3) };
        Self {
            width,
            margin,
            pitch,
            cell: pitch - gap,
            cells: ((width - 2 * margin) / pitch).min(40),
        }
    }

    pub(crate) const fn is_wide(&self) -> bool {
        self.width >= WIDE as i32
    }

    /// Left end of what may be drawn on.
    pub(crate) const fn left(&self) -> i32 {
        self.margin
    }

    /// Right end of what may be drawn on.
    pub(crate) const fn right(&self) -> i32 {
        self.width - self.margin
    }

    /// Left end of the first cell: the cells stand in the middle.
    pub(crate) const fn start(&self) -> i32 {
        (self.width - self.cells * self.pitch) / 2 + (self.pitch - self.cell) / 2
    }

    /// Left end of the k-th cell.
    pub(crate) const fn x(&self, k: i32) -> i32 {
        self.start() + k * self.pitch
    }

    /// Behind the last cell.
    pub(crate) const fn end(&self) -> i32 {
        self.x(self.cells - 1) + self.cell
    }
}

/// A window on a stream: the offsets that have cells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Window {
    pub(crate) grid: Grid,
    /// The offset of the first cell.
    pub(crate) from: Offset,
}

/// Where an offset stands to a window.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum OffsetPosition {
    /// Left of it.
    Before,
    /// At this left end of a cell.
    At(i32),
    /// Right of it.
    Behind,
}

impl Window {
    /// Behind the last offset that has a cell.
    pub(crate) fn to(&self) -> Offset {
        self.from.plus(u64::from(self.grid.cells.unsigned_abs()))
    }

    /// Where the cell of an offset is.
    pub(crate) fn place(&self, offset: Offset) -> OffsetPosition {
        match offset.0.checked_sub(self.from.0) {
            None => OffsetPosition::Before,
            Some(k) => match i32::try_from(k) {
                Ok(k) if k < self.grid.cells => OffsetPosition::At(self.grid.x(k)),
                Ok(_) | Err(_) => OffsetPosition::Behind,
            },
        }
    }

    /// The columns of records, cut to the window: left and right end, when any is in view.
    pub(crate) fn of(&self, records: LogOffsets) -> Option<(i32, i32)> {
        self.extent(records.from, records.to)
    }

    /// The columns from `from` to `to` (exclusive), cut to the window: left and right end, when any is in view.
    pub(crate) fn extent(&self, from: Offset, to: Offset) -> Option<(i32, i32)> {
        let (from, to) = (from.max(self.from), to.min(self.to()));
        if from >= to {
            return None;
        }
        match (self.place(from), self.place(Offset(to.0 - 1))) {
            (OffsetPosition::At(left), OffsetPosition::At(right)) => {
                Some((left, right + self.grid.cell))
            }
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_desktop_has_twenty_to_forty_cells_and_a_phone_twelve_big_ones() {
        let wide = Grid::new(868);
        assert!((20..=40).contains(&wide.cells), "{wide:?}");
        assert!(wide.end() <= wide.right() && wide.start() >= wide.left());
        let narrow = Grid::new(340);
        assert!(narrow.cells >= 12 && narrow.cell >= 24, "{narrow:?}");
        assert!(narrow.end() <= narrow.right() && narrow.start() >= narrow.left());
    }

    #[test]
    fn extents_are_cut_to_the_window() {
        let window = Window {
            grid: Grid::new(868),
            from: Offset(10),
        };
        let all = window.extent(Offset(0), Offset(u64::MAX));
        assert_eq!(all, Some((window.grid.start(), window.grid.end())));
        assert_eq!(window.extent(Offset(0), Offset(10)), None);
        assert_eq!(window.place(Offset(9)), OffsetPosition::Before);
    }
}
