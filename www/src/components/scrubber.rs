//! The line of time: a native range, with ticks for events, dots for chapters, triangles for failed checks.
//! Must not know what the marks mean beyond their kind.

use std::rc::Rc;

use crate::effects::dom;
use crate::effects::node::{Heard, Node, Tag, tag};
use crate::effects::store::Lab;
use crate::state::marks::{Spot, TimeMarks};
use crate::state::slices::Timing;
use crate::state::{Action, Seek};
use offset_lab::world::Cursor;

/// The line of time.
pub(super) fn scrubber(lab: &Lab, timing: &Timing, marks: &Rc<TimeMarks>) -> Tag {
    let seek = lab.when(|event| {
        let event = dom::value(event).parse().unwrap_or(0);
        Action::Seek(Seek::To(Cursor::at(event)))
    });
    let narration = timing.frame.as_ref().map_or("", |frame| &frame.narration);
    let words = [&*timing.step_words(), ", ", narration].concat();
    let range = tag!(
        "input",
        "type" = "range",
        "data-timeline" = "true",
        "aria-label" = "Moment",
        "aria-valuetext" = words,
        "min" = "0",
        "max" = timing.events().to_string(),
        "step" = "1",
        "value" = timing.cursor.event.to_string()
    );
    tag!("div", "class" = "scrubber")
        .with(range.on("input", seek))
        .with(time_marks(lab, timing, marks))
}

/// The marks along the line.
fn time_marks(lab: &Lab, timing: &Timing, marks: &Rc<TimeMarks>) -> Tag {
    let ticks: Node = marks
        .ticks
        .iter()
        .map(|tick| {
            tag!(
                "rect",
                "class" = "tick",
                "x" = percent(*tick),
                "y" = "1",
                "width" = "1",
                "height" = "4"
            )
        })
        .collect();
    let ground = tag!(
        "rect",
        "class" = "time-ground",
        "width" = "100%",
        "height" = "20"
    );
    tag!(
        "svg",
        "class" = "time-marks",
        "width" = "100%",
        "height" = "20",
        "aria-hidden" = "true"
    )
    .on("click", press(lab, timing.events(), marks))
    .with(ground)
    .with(ticks)
    .with(all(&marks.chapters, || {
        tag!("circle", "class" = "chapter", "cy" = "9", "r" = "3.5")
    }))
    .with(all(&marks.unusual, || {
        tag!("path", "class" = "unusual", "d" = "M-5 13 L0 4 L5 13z")
    }))
    .with(all(&marks.failed, || {
        tag!("path", "class" = "failed", "d" = "M-6 14 L0 3 L6 14z")
    }))
}

/// Goes to what was pressed.
fn press(lab: &Lab, events: u32, marks: &Rc<TimeMarks>) -> Heard {
    let (lab, marks) = (lab.clone(), Rc::clone(marks));
    Rc::new(move |event| {
        if let Some((place, near)) = dom::along(event, "svg.time-marks") {
            let to = marks.pressed(place, near, events);
            lab.send(Action::Seek(Seek::To(Cursor::at(to))));
        }
    })
}

/// Marks of one form, each with its words for the pointer, and room for a finger.
fn all(spots: &[Spot], form: fn() -> Tag) -> Node {
    let drawn = spots.iter().map(|spot| {
        tag!("svg", "x" = percent(spot.place), "overflow" = "visible")
            .with(tag!(
                "rect",
                "class" = "time-spot",
                "x" = "-12",
                "width" = "24",
                "height" = "20"
            ))
            .with(form())
            .with(tag!("title").with(spot.words.clone()))
    });
    drawn.collect()
}

/// Ten-thousandths as per cent.
fn percent(at: u32) -> String {
    format!("{}.{:02}%", at / 100, at % 100)
}
