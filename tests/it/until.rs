//! `run until` against a naive evaluation: the same script with a plain `run`, looked at after every step, behind every
//! message of a range, and at every moment in between at which time could make the condition hold.

use offset_lab::engine::{Progress, Run};
use offset_lab::ids::{ActorId, LogId, StatementId};
use offset_lab::language::ast::{Comparison, Condition, FactRef, StatementKind, Subject, Value};
use offset_lab::language::parse;
use offset_lab::trace::What;
use offset_lab::units::SimTime;
use offset_lab::world::{Cursor, Facts, Timeline, World};
use proptest::collection::vec;
use proptest::prelude::*;

use crate::judges::{ACTIVE, Act, TRIMMED, text};

const SLOW: &str = "stream s\nproducer p1 on s\nproducer p2 on s named ref\n\
     consumer c1 on s from first store every 3 takes 300us\n\
     consumer c2 on s from first store external every 4 takes 1ms\n\
     consumer c3 on s from first filter \"x\" match unfiltered as rust-tutorial takes 700us\n";

/// Facts that move while others do, and some that stay.
const FACTS: [&str; 20] = [
    "c1.last",
    "c2.last",
    "c3.last",
    "c1.received",
    "c2.received",
    "c3.received",
    "c1.position",
    "c3.position",
    "c1.stored",
    "c2.stored",
    "c1.behind",
    "c2.behind",
    "c3.behind",
    "c1.first",
    "c2.redelivered",
    "c1.credits",
    "s.next",
    "s.messages",
    "p1.confirmed",
    "p2.unconfirmed",
];
const OPS: [&str; 6] = ["==", "!=", "<", "<=", ">", ">="];

fn comparison() -> impl Strategy<Value = String> {
    let op = || proptest::sample::select(&OPS[..]);
    let fact = || proptest::sample::select(&FACTS[..]);
    prop_oneof![
        4 => (fact(), op(), fact(), -40i64..40)
            .prop_filter("a fact and itself", |(a, _, b, _)| a != b)
            .prop_map(|(a, op, b, plus)| match plus {
                0 => format!("{a} {op} {b}"),
                1.. => format!("{a} {op} {b} + {plus}"),
                _ => format!("{a} {op} {b} - {}", -plus),
            }),
        2 => (fact(), op(), 0u64..60).prop_map(|(a, op, n)| format!("{a} {op} {n}")),
        1 => (op(), 0u64..400).prop_map(|(op, n)| format!("world.time {op} {}us", n * 100)),
    ]
}

/// What is to be the same where both stop: the time and every fact.
fn seen(facts: &Facts<'_>) -> (SimTime, Vec<Value>) {
    let scenario = facts.scenario;
    let logs = (0..scenario.streams.len()).map(|at| Subject::Log(LogId(at as u32)));
    let programs = (0..scenario.actors.len()).map(|at| Subject::Program(ActorId(at as u32)));
    let all = logs
        .chain(programs)
        .flat_map(|subject| scenario.facts(subject));
    (facts.world.now, all.map(|fact| facts.value(fact)).collect())
}

/// The plain run of a script, and how many events had happened behind each of its steps.
fn stepwise(script: &str) -> (Timeline, Vec<u32>) {
    let mut run = Run::new(&parse(script).scenario);
    let mut settled = vec![0];
    while run.advance(1) == Progress::More {
        settled.push(run.timeline().len());
    }
    settled.dedup();
    (run.into_timeline(), settled)
}

/// The first world from `start` on at which the condition holds.
fn naive(timeline: &Timeline, settled: &[u32], start: u32, condition: &Condition) -> Option<World> {
    let holds = |world: &World| timeline.facts_of(world).all_hold(condition);
    let timed = condition.all.iter().any(about_time);
    let mut world = timeline.world(Cursor::at(start));
    if holds(&world) {
        return Some(world);
    }
    let mut from = start;
    for to in settled.iter().filter(|to| **to > start) {
        let next = timeline.trace().events[from as usize].at;
        let between = if timed { world.now.0 + 1..next.0 } else { 0..0 };
        // Times are written in steps of 100 us, and what holds only behind one holds a microsecond later.
        for now in between.filter(|now| now % 100 <= 1) {
            world.now = SimTime(now);
            if holds(&world) {
                return Some(world);
            }
        }
        for event in from..*to {
            let is_work = matches!(
                timeline.trace().events[event as usize].what,
                What::Processed { .. }
            );
            for part in (1..timeline.parts(event)).filter(|_| is_work) {
                let inside = timeline.world(Cursor { event, part });
                if holds(&inside) {
                    return Some(inside);
                }
            }
        }
        world = timeline.world(Cursor::at(*to));
        if holds(&world) {
            return Some(world);
        }
        from = *to;
    }
    None
}

fn about_time(c: &Comparison) -> bool {
    c.fact == FactRef::TIME
}

fn compare(script: &str, condition: &str) {
    let waiting = parse(&format!("{script}run until {condition}\n"));
    assert_eq!(waiting.diagnostics, [], "{condition}");
    let last = StatementId::at(waiting.scenario.statements.len() - 1);
    let StatementKind::RunUntil(wanted) = &waiting.scenario.statements[last.index()].kind else {
        panic!("the last statement is the wait");
    };
    let (plain, settled) = stepwise(&format!("{script}run\n"));
    let start = plain.start_of(last).expect("the script was run to its end");
    let expected = naive(&plain, &settled, start, wanted);
    let solved = Run::new(&waiting.scenario).complete();
    let check = solved
        .checks()
        .iter()
        .next_back()
        .expect("a wait is a check");
    let there = solved.world(Cursor::at(check.events));
    let (there, end) = (solved.facts_of(&there), plain.facts());
    if check.passed && there.world.now > end.world.now {
        // Time goes on up to something that left no event: behind the last one nothing but time passes.
        assert!(wanted.all.iter().any(about_time) && expected.is_none());
        assert_eq!(
            seen(&there).1,
            seen(&end).1,
            "{script}run until {condition}"
        );
        return;
    }
    assert_eq!(
        check.passed,
        expected.is_some(),
        "{script}run until {condition}\n{}",
        check.actual
    );
    if let Some(expected) = expected {
        let expected = plain.facts_of(&expected);
        assert_eq!(
            seen(&there),
            seen(&expected),
            "{script}run until {condition}"
        );
    }
}

fn acts() -> impl Strategy<Value = Vec<Act>> {
    // Publishing first, so that there is something to wait for.
    (
        vec((0u8..10, any::<u8>(), 1u64..60), 1..4),
        vec((0u8..56, any::<u8>(), 1u64..60), 0..12),
    )
        .prop_map(|(first, more)| first.into_iter().chain(more).collect())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1_500, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_wait_ends_at_the_first_moment_at_which_its_condition_holds(
        prelude in proptest::sample::select(&[SLOW, TRIMMED, ACTIVE][..]),
        acts in acts(),
        conditions in vec(vec(comparison(), 1..3), 1..4),
    ) {
        let script = text(prelude, &acts);
        for condition in conditions {
            compare(&script, &condition.join(" and "));
        }
    }
}

#[test]
fn facts_are_compared_behind_every_message_of_a_range() {
    let script = "stream s\nproducer p on s\npublish p 1_000 \"m{n}\"\nrun\n\
        consumer a on s from first takes 10us\nconsumer b on s from offset 100 takes 25us\n";
    for condition in [
        "a.last > b.last",
        "a.last == b.last + 7",
        "a.received == b.received + 100 and world.time > 4ms",
        "a.behind < b.behind - 1",
        "a.position == s.next - 1",
        "b.last != a.last + 90",
    ] {
        compare(script, condition);
    }
}
