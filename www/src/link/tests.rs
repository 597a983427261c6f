//! Links there and back, and everything that can be wrong with one.

use std::fmt::Write as _;

use offset_lab::ids::{ActorId, LogId, Offset, SetId};
use offset_lab::lessons;
use offset_lab::view::Target;
use offset_lab::world::Cursor;

use super::trail::{Tracing, Trail};
use super::{Broken, DICTIONARY, LinkVersion, ShareLink};
use crate::state::tests::timeline;

fn trail_of(text: &str, events: u32) -> Trail {
    let timeline = timeline(text);
    let mut tracing = Tracing::new(events);
    while !tracing.advance(&timeline, 7) {}
    tracing.finish().1
}

fn link(text: &str) -> ShareLink {
    let events = timeline(text).len();
    ShareLink {
        text: text.into(),
        cursor: Cursor { event: 37, part: 2 },
        selected: Some(Target::Actor(ActorId(1))),
        version: LinkVersion::here(),
        trail: Some(trail_of(text, events)),
    }
}

#[test]
fn a_link_holds_what_it_was_given_and_is_short() {
    let mut long = Vec::new();
    for lesson in lessons::all() {
        let link = link(lesson.text());
        let written = link.write(DICTIONARY);
        assert_eq!(ShareLink::read(&written, DICTIONARY).as_ref(), Ok(&link));
        if written.len() >= 500 {
            long.push((lesson.slug, written.len()));
        }
    }
    assert!(long.is_empty(), "{long:?}");
    let others = [
        Target::Stream(LogId(3)),
        Target::Message(LogId(0), Offset(u64::MAX)),
        Target::Set(SetId(2)),
        Target::Pending(ActorId(9), 1 << 40),
    ];
    for selected in others {
        let text = "stream s\n";
        let link = ShareLink {
            selected: Some(selected),
            ..link(text)
        };
        let address = format!("https://example.org/lab/#{}", link.write(DICTIONARY));
        assert_eq!(ShareLink::read(&address, DICTIONARY), Ok(link));
    }
}

#[test]
fn a_text_of_ones_own_as_long_as_a_lesson_stays_below_500_characters() {
    let text = "title \"Two groups of one stream\"\nsummary \"Each group keeps a place of its own.\"\n\n\
        > Orders come in, and two services read all of them: one writes invoices, the other counts.\nstream orders\n\
        producer shop on orders\npublish shop 250 \"order {n}\" size 300B\nrun\n\n\
        consumer invoices on orders from first store every 25 takes 2ms\n\
        consumer counting on orders from first store every 100 takes 500us\nrun until counting.last == 249\n\n\
        > The slow one has stored less. Now both stop, and are started again.\ncrash invoices\ncrash counting\nrun\n\
        ask \"From which offset do the invoices go on?\" invoices.stored\nrestart invoices\nrestart counting\nrun\n\
        expect counting.redelivered == 50\n\n\
        > What was done twice is done twice: an invoice needs a number by which the second is known.\n";
    assert!((700..1_300).contains(&text.len()), "{}", text.len());
    let written = link(text).write(DICTIONARY);
    assert!(written.len() < 500, "{}", written.len());
}

#[test]
fn a_link_that_is_not_whole_or_later_or_none_is_refused_in_words() {
    let whole = link("stream s\nrun\n").write(DICTIONARY);
    for end in 0..whole.len() {
        let read = ShareLink::read(&whole[..end], DICTIONARY);
        let expected = if end < 3 { Broken::NoLink } else { Broken::Cut };
        assert_eq!(read, Err(expected), "{end}");
    }
    for at in 3..whole.len() {
        let mut bytes = whole.clone().into_bytes();
        bytes[at] = if bytes[at] == b'A' { b'B' } else { b'A' };
        let changed = String::from_utf8(bytes).expect("plain letters");
        assert_eq!(
            ShareLink::read(&changed, DICTIONARY),
            Err(Broken::Cut),
            "{at}"
        );
    }
    for (link, broken) in [
        ("", Broken::NoLink),
        ("main", Broken::NoLink),
        ("s:abc", Broken::NoLink),
        ("s0:abc", Broken::NoLink),
        ("s2:abc", Broken::Later(2)),
        ("s99999999999:abc", Broken::Later(u32::MAX)),
        ("s1:%20", Broken::Cut),
        ("s1:", Broken::Cut),
    ] {
        assert_eq!(ShareLink::read(link, DICTIONARY), Err(broken), "{link}");
        assert!(broken.to_string().len() > 20);
    }
}

#[test]
fn a_bomb_is_refused_before_it_goes_off() {
    let bomb = |bytes: usize| {
        let link = ShareLink {
            text: " ".repeat(bytes),
            ..link("stream s\n")
        };
        link.write(DICTIONARY)
    };
    let most = offset_lab::limits::TEXT_BYTES;
    assert!(ShareLink::read(&bomb(most), DICTIONARY).is_ok());
    let larger = bomb(most * 16);
    assert!(larger.len() < 100_000);
    assert_eq!(ShareLink::read(&larger, DICTIONARY), Err(Broken::TooLarge));
}

#[test]
fn another_run_of_the_same_text_is_known_and_from_where_on() {
    let text = |late: &str| {
        let mut text = String::from("stream s\nproducer p on s\n");
        for n in 0..3 {
            let _ = writeln!(text, "publish p 1 \"m{n}\"\nrun");
        }
        format!("{text}publish p 1 \"{late}\"\nrun\n")
    };
    let (one, other) = (timeline(&text("a")), timeline(&text("bb")));
    let lines = |timeline: &offset_lab::Timeline| -> Vec<String> {
        let ids = (0..timeline.len()).map(offset_lab::ids::EventId);
        ids.map(|id| offset_lab::trace::text::line(timeline.trace(), timeline.scenario(), id))
            .collect()
    };
    let (lines_of_one, lines_of_other) = (lines(&one), lines(&other));
    let first = lines_of_one
        .iter()
        .zip(&lines_of_other)
        .position(|(one, other)| one != other)
        .expect("they differ");
    let known = trail_of(&text("a"), one.len());
    let found = trail_of(&text("bb"), one.len());
    let differs = known.differs(&found).expect("they differ");
    assert!(differs.contains(&(first as u32 + 1)), "{first} {differs:?}");
    assert!(differs.end() - differs.start() <= one.len() / 32 + 1);
    assert_eq!(known.differs(&trail_of(&text("a"), one.len())), None);
}

#[test]
fn the_dictionary_of_the_first_format_is_what_it_was() {
    let parts: Vec<&str> = DICTIONARY.split('\u{c}').collect();
    let sums: Vec<u32> = (parts.iter())
        .map(|part| adler2::adler32_slice(part.as_bytes()))
        .collect();
    assert_eq!(sums, [1_001_532_633, 2_557_820_447, 3_521_572_686]);
}
