//! Pictures of more than fits: what is left out is counted, reachable, and costs nothing.

use offset_lab::Cursor;
use offset_lab::ids::{LogId, Offset};
use offset_lab::view::frame::FrameOptions;
use offset_lab::view::key::Key;
use offset_lab::view::outline::{Outline, PathCommand};
use offset_lab::view::{PicturePart, Shape, Target, frame_at, ways_to};
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use crate::runs::run;
use crate::view::options;

/// The most marks of any of some moments of a text, and the highest picture.
fn most(text: &str) -> (usize, u32) {
    let timeline = run(text);
    let step = (timeline.len() / 40).max(1) as usize;
    let moments = (0..=timeline.len()).step_by(step);
    let stage = |at| frame_at(&timeline, Cursor::at(at), &options(868)).stage;
    moments.map(stage).fold((0, 0), |(marks, height), stage| {
        (marks.max(stage.marks.len()), height.max(stage.height))
    })
}

/// A text with so many streams, each with so many producers and consumers.
fn crowd(streams: u32, programs: u32) -> String {
    let mut text = String::new();
    for s in 0..streams {
        text.push_str(&format!("stream s{s}\n"));
        for k in 0..programs {
            text.push_str(&format!("producer p{s}.{k} on s{s}\n"));
            text.push_str(&format!(
                "consumer c{s}.{k} on s{s} from first store every 2\n"
            ));
        }
    }
    text.push_str("publish p0.0 30 \"m{n}\"\n");
    text + &format!(
        "publish p{0}.{1} 30 \"m{{n}}\"\nrun\n",
        streams - 1,
        programs - 1
    )
}

#[test]
fn a_thousand_streams_or_programs_need_as_few_marks_as_a_few() {
    let (six, height) = most(&crowd(7, 3));
    let (thousand, high) = most(&crowd(1_000, 3));
    assert!(thousand <= six + 40, "{six} {thousand}");
    assert_eq!(height, high);
    let (few, height) = most(&crowd(1, 7));
    let (many, high) = most(&crowd(1, 1_000));
    assert!(many <= few + 60, "{few} {many}");
    assert_eq!(height, high);
}

#[test]
fn what_is_left_out_is_counted_and_there_is_a_way_to_it_and_back() {
    let timeline = run(&crowd(8, 9));
    let start = frame_at(&timeline, Cursor::at(0), &options(868)).stage;
    let way = |stage: &offset_lab::view::Stage, part, to| {
        let wanted = Some(Target::Look(part, to));
        stage.marks.iter().any(|mark| mark.target == wanted)
    };
    let consumers = PicturePart::Consumers(offset_lab::ids::LogId(0));
    assert!(way(&start, PicturePart::Streams, Some(6)));
    assert!(way(&start, consumers, Some(2)));
    assert!(
        start.description.contains("2 streams not drawn"),
        "{}",
        start.description
    );
    assert!(
        start.description.contains("7 consumers of s0 not drawn"),
        "{}",
        start.description
    );
    let turned = FrameOptions {
        windows: vec![(PicturePart::Streams, 6), (consumers, 4)],
        ..options(868)
    };
    let there = frame_at(&timeline, Cursor::at(0), &turned).stage;
    assert_eq!(there.lanes[5].stream.0, 7, "the last page is full");
    assert!(way(&there, PicturePart::Streams, Some(0)) && way(&there, PicturePart::Streams, None));
    assert_eq!(there.height, start.height);
}

#[test]
fn whatever_is_selected_elsewhere_can_be_brought_into_view() {
    let timeline = run(&crowd(8, 9));
    let end = Cursor::at(timeline.len());
    for actor in 0..144 {
        let target = Target::Actor(offset_lab::ids::ActorId(actor));
        let windows = ways_to(&timeline, end, target);
        let options = FrameOptions {
            windows,
            ..options(868)
        };
        let stage = frame_at(&timeline, end, &options).stage;
        assert!(
            stage.marks.iter().any(|mark| mark.target == Some(target)),
            "{actor}"
        );
    }
    let stream = offset_lab::ids::LogId(7);
    for offset in [0, 17, 29] {
        let target = Target::Message(stream, Offset(offset));
        let windows = ways_to(&timeline, end, target);
        let options = FrameOptions {
            windows,
            ..options(340)
        };
        let stage = frame_at(&timeline, end, &options).stage;
        assert!(
            stage.marks.iter().any(|mark| mark.target == Some(target)),
            "{offset}"
        );
    }
}

#[test]
fn a_table_is_a_page_of_its_rows() {
    let timeline = run(&crowd(1, 250));
    let end = Cursor::at(timeline.len());
    let table = |from| {
        let options = FrameOptions {
            tables: vec![("consumers", from)],
            ..options(868)
        };
        frame_at(&timeline, end, &options).tables.remove(0)
    };
    let (first, third, beyond) = (table(0), table(200), table(9_999));
    assert_eq!((first.from, first.rows.len(), first.all), (0, 100, 250));
    assert_eq!((third.from, third.rows.len()), (200, 50));
    assert_eq!(beyond, third);
    assert_eq!(third.rows[0].cells[0], "c0.200");
}

#[test]
fn what_is_about_to_go_is_hatched_by_the_arguments_that_the_stream_has() {
    let text = "stream other\nstream s max-length 100GB\ndelete s\n\
        stream s max-length 3kB segment 1kB\nstream s max-length 50GB segment 1kB\n\
        producer p on s\npublish p 80 \"m{n}\" size 60B one by one\nrun\n";
    let timeline = run(text);
    let hatched = (0..=timeline.len()).any(|at| {
        let stage = frame_at(&timeline, Cursor::at(at), &options(868)).stage;
        stage
            .marks
            .iter()
            .any(|mark| mark.key == Key::stream(LogId(1), "expiring"))
    });
    assert!(hatched);
}

#[test]
fn a_box_holds_the_points_of_its_form() {
    let d = Outline::new(&[
        PathCommand::MoveTo(4, 9),
        PathCommand::HorizontalTo(20),
        PathCommand::VerticalTo(30),
        PathCommand::LineTo(2, 11),
        PathCommand::Close,
    ]);
    assert_eq!(d.to_string(), "M4 9H20V30L2 11Z");
    let path = Shape::Path { d };
    let bounds = path.bounds();
    assert_eq!(
        (bounds.x, bounds.y, bounds.width, bounds.height),
        (2, 9, 18, 21)
    );
}
