//! Acting at a cursor: which lines come where.

use offset_lab::ids::StatementId;
use offset_lab::language::edit::{self, Edited, Inside, Place, duration};
use offset_lab::language::{Diagnostic, parse};
use offset_lab::units::SimDuration;

#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

fn insert(text: &str, place: Place, actions: &[&str]) -> Result<Edited, Vec<Diagnostic>> {
    edit::insert(text, &parse(text).scenario, place, actions)
}

const MS: SimDuration = SimDuration::from_millis(1);
const HEAD: &str = "title \"x\"\n\n# The stream.\nstream s\n";

/// Edits a text whose first statement is `stream s` and whose second is `line`.
fn acted(line: &str, inside: Option<Inside>) -> String {
    let text = format!("{HEAD}{line}\nexpect s.next == 0\n");
    let place = Place {
        after: Some(StatementId(0)),
        inside,
    };
    let Edited { text, line, .. } = insert(&text, place, &["producer p on s"]).expect("it fits");
    let found = text.split('\n').nth(line as usize - 1);
    assert_eq!(found.map(str::trim), Some("producer p on s"), "{text}");
    assert!(parse(&text).is_ok());
    text.strip_prefix(HEAD)
        .and_then(|text| text.strip_suffix("\nexpect s.next == 0\n"))
        .unwrap_or(&text)
        .replace("producer p on s", "!")
}

#[test]
fn a_run_stays_behind_the_time_and_the_action() {
    let time = Some(Inside::Time(MS));
    assert_eq!(acted("run", time), "run for 1ms\n!\nrun");
    assert_eq!(
        acted("run until s.next == 3", time),
        "run for 1ms\n!\nrun until s.next == 3"
    );
    assert_eq!(
        acted("> Words.\n  run # why", time),
        "> Words.\n  run for 1ms\n  !\n  run # why"
    );
    assert_eq!(acted("run", None), "!\nrun");
    assert_eq!(acted("> Words.\nrun", None), "!\n> Words.\nrun");
}

#[test]
fn a_duration_is_split() {
    let time = Some(Inside::Time(SimDuration(40_000)));
    assert_eq!(
        acted("run for 1s # why", time),
        "run for 40ms\n!\nrun for 960ms # why"
    );
    assert_eq!(acted("wait 1m", time), "run for 40ms\n!\nwait 59960ms");
}

#[test]
fn where_no_time_names_the_cursor_a_step_does() {
    let events = Some(Inside::Events {
        events: 4,
        elapsed: MS,
    });
    assert_eq!(acted("run", events), "step 4\n!\nrun");
    assert_eq!(acted("step 9", events), "step 4\n!\nstep 5");
    assert_eq!(acted("run for 1ms", events), "step 4\n!\nrun for 0us");
    let behind = Some(Inside::EventsAfter {
        quiet: SimDuration(300),
        events: 2,
        elapsed: MS,
    });
    assert_eq!(
        acted("  run for 3ms", behind),
        "  run for 300us\n  step 2\n  !\n  run for 2ms"
    );
}

#[test]
fn before_everything_and_behind_everything() {
    let act = |text: &str, after: Option<u32>, inside| {
        let place = Place {
            after: after.map(StatementId),
            inside,
        };
        insert(text, place, &["stream t", "run"]).map(|edited| (edited.text, edited.line))
    };
    let text = "title \"x\"\r\n# Why.\r\nstream s\r\n> The end.";
    assert_eq!(
        act(text, None, None),
        Ok((
            "title \"x\"\r\nstream t\r\nrun\r\n# Why.\r\nstream s\r\n> The end.".into(),
            2
        ))
    );
    assert_eq!(
        act(text, Some(0), Some(Inside::Idle)),
        Ok((
            "title \"x\"\r\n# Why.\r\nstream s\r\nrun\r\nstream t\r\nrun\r\n> The end.".into(),
            5
        ))
    );
    assert_eq!(act("", None, None), Ok(("stream t\nrun\n".into(), 1)));
    assert_eq!(
        act("stream s", Some(0), None),
        Ok(("stream s\nstream t\nrun\n".into(), 2))
    );
    assert_eq!(
        act("title \"x\"\n", None, None),
        Ok(("title \"x\"\nstream t\nrun\n".into(), 2))
    );
}

#[test]
fn an_action_that_does_not_fit_is_refused_with_its_diagnostics() {
    let refused = insert("stream s\n", Place::default(), &["publish p \"x\""]);
    assert_eq!(refused.map_err(|problems| problems[0].line), Err(1));
    let refused = insert("strem s\n", Place::default(), &["run"]);
    assert_eq!(refused.map_err(|problems| problems.len()), Err(1));
}

#[test]
fn durations_are_written_in_the_largest_whole_unit() {
    for (us, written) in [
        (0, "0us"),
        (1_500, "1500us"),
        (2_000, "2ms"),
        (60_000_000, "1m"),
        (90_000_000, "90s"),
    ] {
        assert_eq!(duration(SimDuration(us)), written);
    }
}
