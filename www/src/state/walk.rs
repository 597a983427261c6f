//! Walking from mark to mark with the arrow keys, as one reads: along a row, and from row to row. Knows the
//! picture's places, no element.

use offset_lab::base::sorted_by_key;
use offset_lab::ids::{LogId, Offset};
use offset_lab::view::key::Key;
use offset_lab::view::stage::{Bounds, LaneArea};
use offset_lab::view::{Stage, Target};

use super::drag::{Nudge, nudged};

/// A key of the walk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WalkKey {
    /// To the mark before in the row.
    Left,
    /// To the next mark in the row.
    Right,
    /// To the nearest mark of the row above.
    Up,
    /// To the nearest mark of the row below.
    Down,
    /// To the first mark of the row; among cells to the first of the stream.
    Home,
    /// To the last mark of the row; among cells to the last of the stream.
    End,
}

impl WalkKey {
    /// The step of a key, by the browser's name of it.
    #[must_use]
    pub fn of_key(key: &str) -> Option<Self> {
        Some(match key {
            "ArrowLeft" => Self::Left,
            "ArrowRight" => Self::Right,
            "ArrowUp" => Self::Up,
            "ArrowDown" => Self::Down,
            "Home" => Self::Home,
            "End" => Self::End,
            _ => return None,
        })
    }
}

/// Where a step leads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// To the mark of this place in the picture.
    To(usize),
    /// To a mark that comes into view when the cells of this stream begin there.
    Beyond(LogId, u64, Target),
    /// Nowhere: it is the last one on that side.
    Nowhere,
}

/// Where a step from the mark of place `at` leads.
#[must_use]
pub fn walk(stage: &Stage, at: usize, step: WalkKey) -> Way {
    let rows = rows(stage);
    let Some(row) = rows.iter().position(|row| row.places.contains(&at)) else {
        return Way::Nowhere;
    };
    if let Some(way) = beyond(stage, &rows[row], at, step) {
        return way;
    }
    let places = &rows[row].places;
    let here = places.iter().position(|place| *place == at).unwrap_or(0);
    let to = match step {
        WalkKey::Left => here.checked_sub(1).map(|to| places[to]),
        WalkKey::Right => places.get(here + 1).copied(),
        WalkKey::Home => places.first().copied(),
        WalkKey::End => places.last().copied(),
        WalkKey::Up => row
            .checked_sub(1)
            .and_then(|row| nearest(stage, &rows[row], at)),
        WalkKey::Down => rows.get(row + 1).and_then(|row| nearest(stage, row, at)),
    };
    match to {
        Some(to) if to != at => Way::To(to),
        Some(_) | None => Way::Nowhere,
    }
}

/// The mark that takes the place of one that is gone: the same thing, or what stands where it stood.
#[must_use]
pub fn instead(stage: &Stage, key: Key, was: Bounds) -> Option<usize> {
    let marks = || {
        stage
            .marks
            .iter()
            .enumerate()
            .filter(|(_, m)| m.target.is_some())
    };
    let same = marks().find(|(_, mark)| mark.key == key);
    let near = || {
        marks().min_by_key(|(_, mark)| {
            let is = mark.shape.bounds();
            let sizes = (is.width - was.width).abs() + (is.height - was.height).abs();
            (is.x - was.x).abs() + 2 * (is.y - was.y).abs() + sizes
        })
    };
    same.or_else(near).map(|(place, _)| place)
}

/// The mark of a target, if it is in the picture.
#[must_use]
pub fn mark_of(stage: &Stage, target: Target) -> Option<usize> {
    stage
        .marks
        .iter()
        .position(|mark| mark.target == Some(target))
}

/// Along cells and chunks a row goes on behind the window.
fn beyond(stage: &Stage, row: &Row, at: usize, step: WalkKey) -> Option<Way> {
    let lane_of = |stream: LogId| stage.lanes.iter().find(|lane| lane.stream == stream);
    let target = stage.marks.get(at)?.target?;
    let edge = match step {
        WalkKey::Left | WalkKey::Home => row.places.first()? == &at,
        WalkKey::Right | WalkKey::End => row.places.last()? == &at,
        WalkKey::Up | WalkKey::Down => return None,
    };
    let (back, on) = (Nudge::Back, Nudge::On);
    if let Target::Message(stream, offset) = target {
        let lane = lane_of(stream)?;
        let (nudge, to) = match step {
            WalkKey::Left if edge => (back, offset.0.checked_sub(1)?),
            WalkKey::Right if edge => (on, offset.0 + 1),
            WalkKey::Home => (Nudge::First, lane.first.0),
            WalkKey::End => (Nudge::Last, lane.next.0.checked_sub(1)?),
            WalkKey::Left | WalkKey::Right | WalkKey::Up | WalkKey::Down => return None,
        };
        let to = Offset(to);
        let is_there = lane.first <= to && to < lane.next;
        let there = Target::Message(stream, to);
        return match mark_of(stage, there) {
            Some(place) if place == at => Some(Way::Nowhere),
            Some(place) => Some(Way::To(place)),
            None => is_there.then(|| to_edge(lane, nudge, there)),
        };
    }
    if let Target::Block(stream, chunk) = target
        && edge
    {
        let lane = lane_of(stream).filter(|lane| is_on(stage, lane, at))?;
        let (nudge, to) = match step {
            WalkKey::Left => (back, chunk.checked_sub(1)?),
            WalkKey::Right => (on, chunk.checked_add(1)?),
            WalkKey::Home | WalkKey::End | WalkKey::Up | WalkKey::Down => return None,
        };
        let is_hidden = match step {
            WalkKey::Left => lane.from > lane.first,
            WalkKey::Right | WalkKey::Up | WalkKey::Down | WalkKey::Home | WalkKey::End => {
                lane.from.0 + u64::from(lane.cells) < lane.next.0
            }
        };
        return is_hidden.then(|| to_edge(lane, nudge, Target::Block(stream, to)));
    }
    None
}

fn to_edge(lane: &LaneArea, nudge: Nudge, target: Target) -> Way {
    Way::Beyond(lane.stream, nudged(lane, nudge), target)
}

/// Whether a mark stands among the cells of a lane.
fn is_on(stage: &Stage, lane: &LaneArea, at: usize) -> bool {
    let y = stage.marks[at].shape.bounds().y;
    let height = i32::try_from(lane.height).unwrap_or(0);
    lane.y <= y && y <= lane.y + height
}

/// Marks side by side, from left to right.
struct Row {
    places: Vec<usize>,
    level: i32,
}

/// The rows of the picture, from top to bottom.
fn rows(stage: &Stage) -> Vec<Row> {
    let marks: Vec<(usize, Bounds)> = stage
        .marks
        .iter()
        .enumerate()
        .filter(|(_, mark)| mark.target.is_some())
        .map(|(place, mark)| (place, mark.shape.bounds()))
        .collect();
    let marks = sorted_by_key(marks, |(_, b)| (b.y.into(), b.x.into()));
    let boxes: Vec<Bounds> = marks.iter().map(|(_, bounds)| *bounds).collect();
    let mut rows: Vec<(Bounds, Row)> = Vec::new();
    for (place, bounds) in marks {
        match rows
            .iter_mut()
            .find(|(first, _)| side_by_side(*first, bounds))
        {
            Some((_, row)) => row.places.push(place),
            None => rows.push((
                bounds,
                Row {
                    places: vec![place],
                    level: level(stage, place, bounds, &boxes),
                },
            )),
        }
    }
    let mut rows: Vec<Row> = rows.into_iter().map(|(_, row)| row).collect();
    for row in &mut rows {
        let x = |place: &usize| stage.marks[*place].shape.bounds().x;
        row.places = sorted_by_key(core::mem::take(&mut row.places), |at| (x(at).into(), 0));
    }
    sorted_by_key(rows, |row| (row.level.into(), 0))
}

/// Whether two marks stand beside each other: they share most of their height, are about as high, and none
/// holds the other.
fn side_by_side(a: Bounds, b: Bounds) -> bool {
    let shared = (a.y + a.height).min(b.y + b.height) - a.y.max(b.y);
    let (low, high) = (a.height.min(b.height), a.height.max(b.height));
    2 * shared > low && 2 * low >= high && !holds(a, b) && !holds(b, a)
}

fn holds(a: Bounds, b: Bounds) -> bool {
    let wide = a.x <= b.x && b.x + b.width <= a.x + a.width;
    wide && a.y < b.y && b.y + b.height < a.y + a.height
}

/// How far down a mark is read: a chunk holds cells and has its name below them; any other that holds marks has
/// its name above them.
fn level(stage: &Stage, place: usize, bounds: Bounds, all: &[Bounds]) -> i32 {
    let holds_some = all.iter().any(|other| holds(bounds, *other));
    match stage.marks[place].target {
        Some(Target::Block(..)) if bounds.height > 40 => bounds.y + bounds.height - 8,
        _ if holds_some => bounds.y + 8,
        _ => bounds.y + bounds.height / 2,
    }
}

/// The mark of a row that is nearest to another mark.
fn nearest(stage: &Stage, row: &Row, at: usize) -> Option<usize> {
    let from = stage.marks[at].shape.bounds();
    let x = from.x + from.width / 2;
    let far = |place: &usize| {
        let to = stage.marks[*place].shape.bounds();
        let beside = (to.x - x).max(x - (to.x + to.width)).max(0);
        (beside, (to.x + to.width / 2 - x).abs())
    };
    row.places.iter().copied().min_by_key(far)
}

/// The place of the mark that is in the order of tabs: the one that had the focus last, or else the first.
#[must_use]
pub fn tab_stop(stage: &Stage, current: Option<Key>) -> usize {
    let each = || {
        stage
            .marks
            .iter()
            .enumerate()
            .filter(|(_, m)| m.target.is_some())
    };
    let tab = each().find(|(_, mark)| Some(mark.key) == current);
    tab.or_else(|| each().next()).map_or(0, |(at, _)| at)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::state::tests::stage;

    const LONG: &str = "stream s\nproducer p on s\npublish p 70 \"m{n}\"\nrun\n\
        consumer c on s from first store every 10\nrun\n";

    fn message(offset: u64) -> Target {
        Target::Message(LogId(0), Offset(offset))
    }

    fn end(way: Way, stage: &Stage) -> Option<Target> {
        match way {
            Way::To(place) => stage.marks[place].target,
            Way::Beyond(_, _, target) => Some(target),
            Way::Nowhere => None,
        }
    }

    #[test]
    fn cells_are_walked_by_offset_and_the_row_goes_on_behind_the_window() {
        let stage = stage(LONG);
        let lane = &stage.lanes[0];
        let first = lane.from.0;
        let last = lane.next.0 - 1;
        let at = |offset| mark_of(&stage, message(offset)).expect("in view");
        for offset in first..last {
            let way = walk(&stage, at(offset), WalkKey::Right);
            assert_eq!(end(way, &stage), Some(message(offset + 1)));
            let way = walk(&stage, at(offset + 1), WalkKey::Left);
            assert_eq!(end(way, &stage), Some(message(offset)));
        }
        assert_eq!(walk(&stage, at(last), WalkKey::Right), Way::Nowhere);
        let Way::Beyond(_, from, target) = walk(&stage, at(first), WalkKey::Left) else {
            panic!("the stream goes on");
        };
        assert!(from < first && target == message(first - 1));
        let home = walk(&stage, at(last), WalkKey::Home);
        assert_eq!(home, Way::Beyond(LogId(0), 0, message(0)));
    }

    #[test]
    fn down_and_up_visit_every_row_and_come_back() {
        let stage = stage(LONG);
        let rows = rows(&stage);
        let all: usize = rows.iter().map(|row| row.places.len()).sum();
        let targets = stage.marks.iter().filter(|m| m.target.is_some()).count();
        assert_eq!(all, targets, "every mark is in one row");
        let mut at = rows[0].places[0];
        let mut visited = 1;
        while let Way::To(next) = walk(&stage, at, WalkKey::Down) {
            at = next;
            visited += 1;
            assert!(visited <= rows.len(), "down never turns back");
        }
        assert_eq!(visited, rows.len());
        while let Way::To(next) = walk(&stage, at, WalkKey::Up) {
            at = next;
            visited -= 1;
        }
        assert_eq!(visited, 1);
    }

    #[test]
    fn what_vanishes_is_followed_by_what_stands_there() {
        let stage = stage(LONG);
        let cell = &stage.marks[mark_of(&stage, message(60)).expect("in view")];
        let gone = Key::stream(LogId(0), "gone");
        let place = instead(&stage, gone, cell.shape.bounds()).expect("there are marks");
        assert_eq!(stage.marks[place].key, cell.key);
        let same = instead(
            &stage,
            cell.key,
            Bounds {
                x: 0,
                y: 0,
                width: 0,
                height: 0,
            },
        );
        assert_eq!(same, Some(place));
    }
}
