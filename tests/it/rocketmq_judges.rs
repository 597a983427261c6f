//! Random scenarios of RocketMQ against a naive book-keeper, which reads the trace alone, knows messages one by one and no
//! runs, and holds the run to what must never happen.
//!
//! `OFFSET_LAB_SEED` draws others, `OFFSET_LAB_CASES` so many of each.

mod book;
mod groups;
mod links;
mod log;
mod rest;
pub(crate) mod texts;

use offset_lab::world::{Cursor, Timeline, World};
use proptest::prelude::*;
use proptest::test_runner::RngSeed;

use crate::judges::run;
use book::Book;
use texts::{acts, healed, setting, text};

/// So many cases, the same ones each time unless the environment says otherwise.
pub(crate) fn config(cases: u32) -> ProptestConfig {
    let said = |name: &str| std::env::var(name).ok()?.parse().ok();
    let seed: Option<u64> = said("OFFSET_LAB_SEED");
    let said: Option<u64> = said("OFFSET_LAB_CASES");
    ProptestConfig {
        cases: said.and_then(|n| u32::try_from(n).ok()).unwrap_or(cases),
        failure_persistence: None,
        rng_seed: RngSeed::Fixed(seed.unwrap_or(1)),
        ..ProptestConfig::default()
    }
}

/// Reads a run; whatever is found is told with the text.
fn judge(text: &str, at_the_end: impl Fn(&Book<'_>, &Timeline)) {
    let timeline = run(text);
    let read = std::panic::AssertUnwindSafe(|| {
        let mut book = Book::new(&timeline);
        book.read();
        book.close();
        at_the_end(&book, &timeline);
    });
    if let Err(why) = std::panic::catch_unwind(read) {
        eprintln!("{text}");
        std::panic::resume_unwind(why);
    }
}

/// The world is what the book-keeper counted.
fn is_the_world(book: &Book<'_>, timeline: &Timeline) {
    let state = timeline.end().family.rocketmq().expect("of RocketMQ");
    for (group, id) in state.groups.iter().zip(0..) {
        let Some(group) = group else { continue };
        let id = offset_lab::ids::ActorId(id);
        let counted = book.groups.counts.get(&id).copied().unwrap_or_default();
        assert_eq!((group.received, group.redelivered), counted, "group {id}");
        for (queue, offset) in group.offsets.iter() {
            assert_eq!(book.told.get(&(id, *queue)), Some(&offset.0), "group {id}");
        }
        for (member, of_it) in state.members(id) {
            for (queue, reading) in of_it.queues.iter() {
                let hand = book.groups.in_hands(member, *queue);
                assert_eq!(reading.unfinished.len(), hand, "{member} of {queue:?}");
            }
        }
    }
}

proptest! {
    #![proptest_config(config(400))]

    #[test]
    fn nothing_is_lost_and_nothing_is_passed_over(setting in setting(), acts in acts(60)) {
        judge(&text(setting, &acts), is_the_world);
    }
}

proptest! {
    #![proptest_config(config(200))]

    #[test]
    fn what_is_whole_again_comes_to_rest(setting in setting(), acts in acts(60)) {
        let but = setting.hangs().then_some("g");
        judge(&healed(setting, &acts), |book, timeline| {
            is_the_world(book, timeline);
            rest::is_at_rest(book, timeline, but);
        });
    }

    #[test]
    fn a_seek_is_a_fold_of_so_many_events(setting in setting(), acts in acts(30)) {
        let timeline = run(&text(setting, &acts));
        let arenas = &timeline.trace().arenas;
        let mut world = World::new(timeline.scenario());
        for (event, at) in timeline.trace().events.iter().zip(0..) {
            prop_assert_eq!(&timeline.world(Cursor::at(at)), &world);
            world.apply(event, arenas);
        }
        prop_assert_eq!(timeline.end(), &world);
    }
}
