//! Frames of whole scenarios: named moments, and what holds for every picture.

use offset_lab::trace::Level;
use offset_lab::view::frame::{Frame, FrameOptions};
use offset_lab::view::transport::{transport, value_text};
use offset_lab::view::{Anchor, PicturePart, Shape, Target, frame_at, log, ways_to};
use offset_lab::{Cursor, Timeline};
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use crate::data::{scenario, texts};
use crate::runs::run;

/// Widths that pictures are checked at: a desktop, a tablet, a phone.
const WIDTHS: [u32; 3] = [868, 640, 340];

pub(crate) fn options(width: u32) -> FrameOptions {
    FrameOptions {
        width,
        ..FrameOptions::default()
    }
}

/// Every frame of every scenario that can be run, in steps that keep the test short.
fn each(check: impl Fn(&str, &Timeline, &Frame)) {
    for (name, text) in texts() {
        let timeline = run(text);
        let step = (timeline.len() / 60).max(1) as usize;
        for width in WIDTHS {
            for at in (0..=timeline.len()).step_by(step) {
                let frame = frame_at(&timeline, Cursor::at(at), &options(width));
                check(&format!("{name} #{at} at {width}"), &timeline, &frame);
            }
        }
    }
}

/// Left, top, right and bottom of a mark, as far as its form says.
fn extent(shape: &Shape) -> (i32, i32, i32, i32) {
    let size = |n: u32| i32::try_from(n).expect("a mark is small");
    match shape {
        Shape::Rect {
            x,
            y,
            width,
            height,
            ..
        } => (*x, *y, x + size(*width), y + size(*height)),
        Shape::Circle { x, y, radius } => {
            let r = size(*radius);
            (x - r, y - r, x + r, y + r)
        }
        Shape::Path { d } => {
            let d = d.to_string();
            let numbers: Vec<i32> = d
                .split(|c: char| !c.is_ascii_digit() && c != '-')
                .filter_map(|n| n.parse().ok())
                .collect();
            let low = numbers.iter().copied().min().unwrap_or(0);
            (low, low, low, low)
        }
        Shape::Text { x, y, .. } => (*x, y - 10, *x, *y),
    }
}

#[test]
fn every_mark_is_inside_and_has_a_key_of_its_own() {
    each(|moment, _, frame| {
        let stage = &frame.stage;
        let (w, h) = (stage.width as i32, stage.height as i32);
        let mut keys: Vec<String> = stage.marks.iter().map(|m| m.key.to_string()).collect();
        keys.sort_unstable();
        let all = keys.len();
        keys.dedup();
        assert_eq!(keys.len(), all, "{moment}: two marks have one key");
        for mark in &stage.marks {
            let (left, top, right, bottom) = extent(&mark.shape);
            let inside = left >= 0 && top >= 0 && right <= w && bottom <= h;
            assert!(inside, "{moment}: {mark:?} is outside of {w} × {h}");
        }
    });
}

/// Where a text certainly is: as wide as narrow letters would make it.
fn ink(shape: &Shape) -> Option<(i32, i32, i32)> {
    let Shape::Text { x, y, anchor, text } = shape else {
        return None;
    };
    let w = i32::try_from(text.chars().count()).expect("texts are short") * 5;
    let left = match anchor {
        Anchor::Start => *x,
        Anchor::Middle => x - w / 2,
        Anchor::End => x - w,
    };
    Some((left, left + w, *y))
}

#[test]
fn no_text_covers_another() {
    each(|moment, _, frame| {
        let texts: Vec<_> = frame
            .stage
            .marks
            .iter()
            .filter_map(|mark| Some((ink(&mark.shape)?, &mark.shape)))
            .collect();
        for (i, (a, one)) in texts.iter().enumerate() {
            for (b, other) in &texts[i + 1..] {
                let covers = a.0 < b.1 && b.0 < a.1 && (a.2 - b.2).abs() < 8;
                assert!(!covers, "{moment}: {one:?} and {other:?}");
            }
        }
    });
}

#[test]
fn the_height_of_the_picture_stays_while_time_moves() {
    for (name, text) in texts() {
        let timeline = run(text);
        let height = |at| {
            frame_at(&timeline, Cursor::at(at), &options(868))
                .stage
                .height
        };
        let first = height(0);
        assert!(
            (0..=timeline.len())
                .step_by(7)
                .all(|at| height(at) == first),
            "{name}"
        );
    }
}

#[test]
fn a_million_messages_need_as_few_marks_as_a_hundred() {
    let marks = |messages: u64| {
        let text = format!(
            "stream s\nproducer p on s\npublish p {messages} \"m{{n}}\"\nrun\n\
             consumer c on s from first store every 10_000\nrun\n"
        );
        let timeline = run(&text);
        let frame = |at| frame_at(&timeline, Cursor::at(at), &options(868));
        (0..=timeline.len())
            .step_by((timeline.len() / 50).max(1) as usize)
            .map(|at| frame(at).stage.marks.len())
            .max()
    };
    let (few, many) = (marks(100), marks(1_000_000));
    assert!(many < Some(220), "{many:?}");
    assert!(many <= few.map(|n| n + 60), "{few:?} {many:?}");
}

#[test]
fn equal_moments_give_equal_frames() {
    each(|moment, timeline, frame| {
        let again = frame_at(timeline, frame.cursor, &options(frame.stage.width));
        assert_eq!(again, *frame, "{moment}");
    });
}

#[test]
fn everything_that_can_be_selected_has_facts() {
    each(|moment, timeline, frame| {
        if frame.stage.width != 868 {
            return;
        }
        for mark in frame
            .stage
            .marks
            .iter()
            .filter(|mark| mark.target.is_some())
        {
            let selected = FrameOptions {
                selected: mark.target,
                ..options(868)
            };
            assert!(mark.label.is_some(), "{moment}: {mark:?} has no name");
            if let Some(Target::Look(..) | Target::Window(_)) = mark.target {
                continue;
            }
            let inspected = frame_at(timeline, frame.cursor, &selected).inspector;
            let inspector = inspected.unwrap_or_else(|| panic!("{moment}: {mark:?}"));
            assert!(!inspector.title.is_empty());
        }
    });
}

#[test]
fn a_target_that_is_not_there_is_no_harm() {
    use offset_lab::ids::{ActorId, LogId, NodeId, Offset, SetId};
    let timeline = run(scenario("10-crash-and-redelivery"));
    for target in [
        Target::Actor(ActorId(99)),
        Target::Stream(LogId(99)),
        Target::Set(SetId(99)),
        Target::Block(LogId(0), 9_999),
        Target::Section(LogId(9), 0),
        Target::Message(LogId(0), Offset(u64::MAX)),
        Target::Node(NodeId(0)),
        Target::Node(NodeId(200)),
        Target::Pending(ActorId(99), 1),
        Target::Pending(ActorId(0), u64::MAX),
        Target::Look(PicturePart::Streams, Some(u64::MAX)),
        Target::Window(LogId(99)),
    ] {
        let _ = ways_to(&timeline, Cursor::at(u32::MAX), target);
        let options = FrameOptions {
            width: u32::MAX,
            windows: vec![
                (PicturePart::Cells(LogId(0)), u64::MAX),
                (PicturePart::Cells(LogId(7)), 3),
                (PicturePart::Streams, u64::MAX),
                (PicturePart::Consumers(LogId(0)), u64::MAX),
                (PicturePart::Producers(LogId(9)), 0),
            ],
            tables: vec![("consumers", usize::MAX), ("none", 3)],
            selected: Some(target),
        };
        let at = Cursor {
            event: u32::MAX,
            part: u64::MAX,
        };
        let frame = frame_at(&timeline, at, &options);
        assert_eq!(frame.cursor, Cursor::at(timeline.len()));
        assert_eq!(frame.inspector, None, "{target:?}");
    }
}

#[test]
fn the_crash_is_told_and_asked_about() {
    let timeline = run(scenario("10-crash-and-redelivery"));
    let at = (0..=timeline.len())
        .find(|at| value_text(&timeline, Cursor::at(*at)).ends_with("billing crashed"))
        .expect("billing crashes");
    let frame = frame_at(&timeline, Cursor::at(at), &options(868));
    assert_eq!(
        frame.narration,
        "billing crashed after processing offset 27; its last stored offset is 19, \
         so 20 to 27 would be processed again."
    );
    let question = frame.story.question.expect("the question is open");
    assert_eq!(
        (question.fact.as_str(), question.answer.as_str()),
        ("billing.redelivered", "8")
    );
    let label = |text: &str| {
        let is = |shape: &Shape| matches!(shape, Shape::Text { text: t, .. } if t == text);
        frame.stage.marks.iter().any(|mark| is(&mark.shape))
    };
    for words in [
        "20–27 would be processed again",
        "stored 19",
        "position 28",
        "62 more › next 102",
    ] {
        assert!(label(words), "{words}: {:?}", frame.stage.description);
    }
    let rows = &frame.tables[0].rows;
    assert_eq!(
        rows[0].cells[..6],
        ["billing", "crashed", "28", "19", "28", "0"]
    );
    let end = frame_at(&timeline, Cursor::at(timeline.len()), &options(868));
    assert_eq!(end.story.question, None);
}

/// Counts kept as events come say what a look at every event says.
fn shown_as_one_by_one(timeline: &Timeline) {
    let trace = timeline.trace();
    for level in Level::ALL {
        let events = || (0..).zip(&trace.events);
        let shown = events().filter(|(_, event)| event.what.level() <= level);
        let shown: Vec<u32> = shown.map(|(number, _)| number).collect();
        let rows = log::LogRows::new(timeline, level);
        assert_eq!(rows.events(0..rows.len()).collect::<Vec<_>>(), shown);
        for at in (0..=timeline.len()).chain([u32::MAX]) {
            let before = shown.partition_point(|event| *event < at);
            assert_eq!(rows.up_to(at), before as u32, "{level:?} {at}");
            assert_eq!(trace.next_shown(level, at), shown.get(before).copied());
            let last = before.checked_sub(1).map(|last| shown[last]);
            assert_eq!(trace.last_shown(level, at), last);
            let row = shown.get(at as usize).copied();
            assert_eq!(trace.nth_shown(level, at), row);
        }
    }
}

#[test]
fn the_line_of_time_has_few_ticks_and_the_log_only_the_rows_asked_for() {
    let timeline = run(scenario("04-half-a-million"));
    for level in Level::ALL {
        let line = transport(&timeline, &[], level);
        assert!(line.ticks.len() <= 200 && line.failed.is_empty());
    }
    let all = log::LogRows::new(&timeline, Level::Everything);
    assert_eq!((all.len(), all.event(7)), (timeline.len(), 7));
    assert_eq!(log::row(&timeline, timeline.len()), None);
    let rows = (0..all.len()).filter_map(|row| log::row(&timeline, all.event(row)));
    assert!(
        rows.into_iter()
            .all(|row| row.cause.is_none_or(|cause| cause < row.event))
    );
    shown_as_one_by_one(&timeline);
    shown_as_one_by_one(&run(
        "stream s\nproducer p on s\npublish p 300 \"m{n}\" one by one\nconsumer c on s from first takes 1ms\nrun\n",
    ));
    let browse = run(scenario("01-browse-a-stream"));
    let chapters = transport(&browse, &[], Level::Story).chapters;
    assert_eq!(chapters.len(), 3);
}
